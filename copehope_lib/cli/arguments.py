"""What the commands share: the program itself, its arguments, and how a workspace is opened."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
import typer

from copehope_lib import language, months
from copehope_lib.cli.unlock import key_of
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

# What reads a registry takes seconds to import, and `--help` should not wait for it.
if TYPE_CHECKING:
    from copehope_lib.workspace import Workspace

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
)


def one_of(
    register: Iterable[str], help: str, *spelt: str, read: Callable[[str], str] = str
) -> Any:
    """Return an option that takes one of the names that a register holds, or what reads as one."""
    names = list(register)

    def chosen(typed: str) -> str:
        if (name := read(typed)) not in names:
            sentence = _("{name} is not one of {all}.")
            raise typer.BadParameter(sentence.format(name=typed, all=", ".join(names)))
        return name

    return typer.Option(*spelt, parser=chosen, metavar=f"[{'|'.join(names)}]", help=help)


def spoken(help: str, *others: str) -> Any:
    """Return an option that takes a language, by its code or its name, or another by its code."""

    def read(typed: str) -> str:
        return language.names().get(language.plain(typed), typed)

    return one_of((*language.LANGUAGES, *others), help, "--language", read=read)


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the workspace.")]
Here = Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder of the workspace.")]
Month = Annotated[
    str, typer.Option(metavar="MONTH", help="Month, such as 2026-10, 10/2026 or October.")
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Your key, where tables are sealed."),
]


def open_workspace(folder: Path, key: Path | None = None) -> "Workspace":
    """Open a workspace, with the key of what is sealed in it; speak its language from here on."""
    from copehope_lib.workspace import Workspace

    workspace = Workspace(folder)
    language.use(workspace.settings.language)
    if key is not None:
        workspace.opened_with = key_of(key)
    return workspace


def warned(workspace: "Workspace") -> "Workspace":
    """Say what endangers a workspace where it lies, and return it."""
    from copehope_lib.files import exposure

    for sentence in exposure.warnings(workspace.path):
        print(sentence, file=sys.stderr)
    return workspace


def period_of(text: str) -> pd.Period:
    """Return the month that was typed."""
    try:
        return months.parse(text)
    except CopehopeError as problem:
        raise typer.BadParameter(str(problem)) from None


def write_open(path: Path, content: str | bytes) -> None:
    """Write a new file that can be read without a key, and say so."""
    from copehope_lib.files.private import write_new

    write_new(path, content if isinstance(content, bytes) else content.encode())
    print(_("{out} is open to read: delete it when you are done.").format(out=path))
