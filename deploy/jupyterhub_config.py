"""One JupyterHub in front of the pages: it knows who comes, and to which pages she may go.

Whoever only reads needs no server of her own: one server for each audience carries a whole team,
so that the Hub starts those, as services, and nothing for anybody. What differs from one
organisation to another stands in hub.toml.
"""

import logging
import os
import re
import sys
import tomllib
from pathlib import Path

from firstuseauthenticator import FirstUseAuthenticator
from oauthenticator.generic import GenericOAuthenticator
from traitlets.config import get_config

from copehope_lib import language
from copehope_lib.server.hub import words
from copehope_lib.theme import tokens

here = Path(__file__).parent
state = Path(os.environ.get("STATE_DIRECTORY", "."))
chosen = Path(os.environ.get("COPEHOPE_HUB", here / "hub.toml"))
settings = tomllib.loads(chosen.read_text(encoding="utf-8"))
ports, pages, members = settings["ports"], settings["pages"], settings.get("groups", {})
language.use(settings["language"])
c = get_config()


class Names(FirstUseAuthenticator):
    """Passwords are given at the first log-in; groups stand in hub.toml, and nowhere else."""

    def known(self, name):
        """Return who that is, and in which groups."""
        return {"name": name, "groups": [of for of, names in members.items() if name in names]}

    async def authenticate(self, handler, data):
        """Look at the password, or keep the first one of whom hub.toml names."""
        if self.normalize_username(data["username"]) not in self.allowed_users:
            return None
        name = await super().authenticate(handler, data)
        return self.known(name) if name else None

    async def refresh_user(self, user, handler=None):
        """Take whom hub.toml names no more out of her groups, though she is logged in."""
        return self.known(user.name)


# Who comes.
if "oidc" in settings:
    oidc = settings["oidc"]
    c.JupyterHub.authenticator_class = GenericOAuthenticator
    c.GenericOAuthenticator.client_id = oidc["client"]
    c.GenericOAuthenticator.client_secret = (chosen.parent / "oidc-secret").read_text().strip()
    c.GenericOAuthenticator.oauth_callback_url = f"{settings['address']}/hub/oauth_callback"
    c.GenericOAuthenticator.authorize_url = oidc["authorize"]
    c.GenericOAuthenticator.token_url = oidc["token"]
    c.GenericOAuthenticator.userdata_url = oidc["userdata"]
    c.GenericOAuthenticator.scope = ["openid", "profile", oidc["groups"]]
    c.GenericOAuthenticator.username_claim = oidc["name"]
    c.GenericOAuthenticator.auth_state_groups_key = f"oauth_user.{oidc['groups']}"
    c.GenericOAuthenticator.allowed_groups = {page["group"] for page in pages}
    c.GenericOAuthenticator.auto_login = True
else:
    c.JupyterHub.authenticator_class = Names
    c.Names.allowed_users = {name for names in members.values() for name in names}
    c.Names.allow_existing_users = False
    c.Names.dbm_path = str(state / "passwords")
    c.Names.min_password_length = 12
    c.Names.auth_refresh_age = 60
c.Authenticator.manage_groups = True
c.Authenticator.auth_refresh_strict = True
c.JupyterHub.cookie_max_age_days = settings["hours"] / 24
c.JupyterHub.tornado_settings = {"cookie_options": {"expires_days": None, "samesite": "Lax"}}

# What each may open. Nobody has a server, a token, or the right to ask for one.
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["read:users!user"]},
    *(
        {
            "name": f"sees-{page['name']}",
            "scopes": [f"access:services!service={page['name']}"],
            "groups": [page["group"]],
        }
        for page in pages
    ),
]
c.JupyterHub.load_groups = {}
serve = [sys.executable, "-m", "copehope_lib.cli", "serve", "--no-browser"]
kept = ("HOME", "LANG", "TZ", "TMPDIR")
c.JupyterHub.services = [
    {
        "name": page["name"],
        "url": f"http://127.0.0.1:{page['port']}",
        "command": [*serve, page["folder"], "--audience", page["audience"]],
        "environment": {name: os.environ[name] for name in kept if name in os.environ},
        "oauth_no_confirm": True,
    }
    for page in pages
]


def first_page(handler):
    """Lead whoever may open one thing there, and everybody else to the list."""
    if handler.current_user is None:
        return "/hub/login"
    hers = {group.name for group in handler.current_user.groups}
    open_to_her = [page["name"] for page in pages if page["group"] in hers]
    return f"/services/{open_to_her[0]}/" if len(open_to_her) == 1 else "/hub/home"


c.JupyterHub.default_url = first_page
c.JupyterHub.template_paths = [str(here / "templates")]
c.JupyterHub.template_vars = {"words": words(), "colours": tokens.variables()}

# Where all of it listens: on this machine alone, with Caddy in front.
c.JupyterHub.public_url = settings["address"]
c.JupyterHub.bind_url = f"http://127.0.0.1:{ports['front']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{ports['hub']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{ports['proxy']}"
c.ConfigurableHTTPProxy.command = [str(here / "node_modules" / ".bin" / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{state / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "cookie-secret")


def without_query(*of, **named):
    """Make a line of the log; what somebody chose on a page stands behind the ? of an address.

    Nor does a line name the session of a browser, which JupyterHub writes as bytes.
    """
    record = logging.LogRecord(*of, **named)
    record.msg, record.args = re.sub(r"\?\S*|b'\S*'", "", record.getMessage()), ()
    return record


logging.setLogRecordFactory(without_query)
