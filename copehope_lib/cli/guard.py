"""The text guard for scripts: where a text leads to a person, never what it says."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from copehope_lib.cli.arguments import app
from copehope_lib.cli.terminal import print_table
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

if TYPE_CHECKING:
    from copehope_lib.guard import Found


LONGEST = 20_000_000
"""Bytes of a text at most."""


@app.command("guard")
def look(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text file, UTF-8.")],
    format: Annotated[Literal["json"] | None, typer.Option(help="json, for scripts.")] = None,
) -> None:
    """Say where a text leads to a person; status 1 if it does. The text is never printed.

    Example: copehope guard minutes.txt --format json
    """
    from copehope_lib.guard import find

    text = _text(file)
    found = find(text)
    if format == "json":
        rows = [
            {"line": line, "start": start, "end": end, "kind": one.kind.value}
            for one, (line, start, end) in zip(found, _places(text, found), strict=True)
        ]
        print(json.dumps(rows, indent=1))
    elif found:
        headings = (_("Line"), _("From"), _("To"), _("What it looks like"))
        places = zip(_places(text, found), found, strict=True)
        print_table(headings, ((*place, one.kind.label) for place, one in places))
    else:
        print(_("Nothing here looks as if it led to a person; look through it all the same."))
    if found:
        raise typer.Exit(1)


def _text(path: Path) -> str:
    from copehope_lib.files import private

    try:
        text = private.read(path, LONGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        sentence = _("{path} is no text that can be read: save it as plain text, in UTF-8.")
        raise CopehopeError(sentence.format(path=path))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _places(text: str, found: "list[Found]") -> list[tuple[int, int, int]]:
    """Return line, first column and column after the last of each finding."""
    places, line, begin, at = [], 1, 0, 0
    for one in found:
        line += text.count("\n", at, one.start)
        begin = max(begin, text.rfind("\n", at, one.start) + 1)
        at = one.start
        places.append((line, one.start - begin, one.end - begin))
    return places
