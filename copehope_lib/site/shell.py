"""The frame of a page: what stands around its cards before any of them is drawn."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from babel import Locale

from copehope_lib import language, theme
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.register import Page
from copehope_lib.theme import tokens

TEMPLATE = Path("voila", "templates", "copehope")
"""Where the frame lies in :mod:`copehope_lib.theme`."""


def folder() -> Path:
    """Return the folder of the frame: its templates, and what is served beside them."""
    return Path(str(files("copehope_lib.theme"))) / TEMPLATE


def templates(
    extract: Extract,
    there: Sequence[Page],
    ending: str = ".ipynb",
    spoken: Sequence[str] = language.LANGUAGES,
) -> dict[str, str]:
    """Return the templates that are made of an extract, by their file names.

    Parameters
    ----------
    extract : Extract
        What is shown.
    there : sequence of Page
        The pages that can be opened.
    ending : str
        Of their addresses.
    spoken : sequence of str
        The languages in which they can be had.
    """
    with_words = {}
    for code in spoken:
        language.use(code)
        words = _words(extract) | {f"{page.name}{ending}": page.title for page in there}
        with_words[code] = words
    language.use(extract.manifest.language if len(spoken) > 1 else spoken[0])
    shell = {
        **_words(extract),
        "language": language.current(),
        "team": extract.manifest.team,
        "symbol": extract.audience.symbol,
        "pages": [{"file": f"{page.name}{ending}", "title": page.title} for page in there],
        "languages": [(code, Locale(code).get_display_name()) for code in spoken],
        "records": extract.audience.cases,
    }
    made = {"shell": shell, "words": with_words}
    lines = (
        f"{{% set {name} = {json.dumps(of, ensure_ascii=False)} %}}" for name, of in made.items()
    )
    return {"shell.html.j2": "\n".join(lines) + "\n", "colours.css": tokens.variables()}


def scripts() -> dict[str, str]:
    """Return what a page of cards is drawn with beside its frame, by file names.

    The scripts are those that widgets have: where no kernel imports them, they are no modules,
    because a page that is opened from a folder may import none.
    """
    made = {"copehope.css": theme.css()}
    for name, known in {"card": "copehopeCard", "self_check": "copehopeSelfCheck"}.items():
        module = files("copehope_lib.widgets").joinpath(f"{name}.js").read_text(encoding="utf-8")
        script = module.replace("export default {", f"globalThis.{known} = {{")
        made[f"{name}.js"] = "(() => {\n" + script.replace("\nexport ", "\n") + "})();\n"
    return made


def _words(extract: Extract) -> dict[str, str]:
    """Return the words of the frame, in the language in use."""
    title, rule = extract.audience.badge
    return {
        "audience": title,
        "rule": rule,
        "languages_label": _("Languages"),
        "dark": _("Dark"),
        "projector": _("Projector"),
        "pages_label": _("Pages"),
        "skip": _("To the content"),
        "loading": _("The page is being made."),
        "unkept": _(
            "Not kept since {time}: what you write stays sealed in this browser, and is handed on "
            "as soon as the workbench answers."
        ),
        "silent": _("This page has stopped answering: start it again."),
        "again": _("Start again"),
        "no_answer": _("There is no answer yet: see whether the workbench is running."),
        "sorry": _("This page could not be made: load it again, or start the server anew."),
        "lost": _(
            "This month could not be loaded: see whether the workbench is running, or whether the "
            "folder was copied whole."
        ),
        "old": _(
            "This browser is too old for these pages: take Firefox from 100 on, Chrome or Edge "
            "from 103 on, or Safari from 16 on."
        ),
        "missing": _("There is no such page: go back to the one before."),
        "forbidden": _(
            "This page is not open to you: come with the address that the server printed at its "
            "start, or ask whoever looks after the server."
        ),
    }
