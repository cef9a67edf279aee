"""Under a JupyterHub: what the Hub tells its service, and the words of its own pages.

A Hub starts ``copehope serve`` as one of its services, and says in the environment where to listen
and how to ask who comes. That goes to the server through a pipe, and to no kernel of a page.
"""

import json
import os
from typing import Any
from urllib.parse import urlsplit

from copehope_lib import language
from copehope_lib.language import gettext as _

# Seconds for which an answer of the Hub holds: so long may somebody look whom it lets in no more.
HOLDS = 60


def told() -> dict[str, Any] | None:
    """Return what a Hub told this process, or None where no Hub started it as a service.

    Returns
    -------
    dict
        ``port``, where the service listens; ``calls``, the port at which the Hub answers; ``root``,
        with which each address begins; ``host``, the machine's name in addresses; and ``asks``: how
        the Hub is asked who comes, as JupyterHub's ``HubOAuth`` names it.
    """
    said = os.environ
    if not said.get("JUPYTERHUB_SERVICE_NAME"):
        return None
    root, api = said["JUPYTERHUB_SERVICE_PREFIX"], said["JUPYTERHUB_API_URL"]
    public = urlsplit(said.get("JUPYTERHUB_PUBLIC_URL", "http://localhost"))
    # Cookies end with the browser. Strict ones would be lost on the way back from a log-in
    # elsewhere (OIDC); with Lax ones a page of another site can open a page here, and no more.
    cookie = {"samesite": "Lax", "expires_days": None, "secure": public.scheme == "https"}
    asks = {
        "api_url": api,
        "api_token": said["JUPYTERHUB_API_TOKEN"],
        "base_url": root,
        "hub_prefix": f"{said.get('JUPYTERHUB_BASE_URL', '/')}hub/",
        "oauth_client_id": said["JUPYTERHUB_CLIENT_ID"],
        "access_scopes": json.loads(said["JUPYTERHUB_OAUTH_ACCESS_SCOPES"]),
        "cache_max_age": HOLDS,
        "cookie_options": cookie,
    }
    port, calls = (urlsplit(url).port for url in (said["JUPYTERHUB_SERVICE_URL"], api))
    return {"port": port, "calls": calls, "root": root, "host": public.hostname, "asks": asks}


def words() -> dict[str, str]:
    """Return the words of the Hub's own pages."""
    return {
        "language": language.current(),
        "name": _("Name"),
        "password": _("Password"),
        "enter": _("Log in"),
        "leave": _("Log out"),
        "first": _(
            "The first time you choose the password yourself: 12 characters or more, which you "
            "use nowhere else."
        ),
        "wrong": _(
            "That name and that password do not belong together, or the password has fewer than "
            "12 characters: try again, or ask whoever looks after the server."
        ),
        "open": _("These pages are open to you:"),
        "none": _("No pages are open to you yet: ask whoever looks after the server."),
        "403": _("This page is not open to you: ask whoever looks after the server."),
        "404": _("There is no such page: go back to the one before."),
        "sorry": _("This page could not be made: load it again, or start the server anew."),
    }
