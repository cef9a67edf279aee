"""The command ``copehope``: what a coordinator types at the end of a month."""

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from copehope_lib.cli import (  # noqa: F401 (each adds its commands)
    answers,
    audit,
    backup,
    begin,
    bring_in,
    doctor,
    guard,
    instrument,
    month,
    notebooks,
    numbers,
    pack,
    papers,
    privacy,
    records,
    room,
    sealed,
    sheet,
    shortcut,
    site,
)
from copehope_lib.cli.arguments import app
from copehope_lib.cli.helps import in_words, speak, translated
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

__all__ = ["app", "main"]


def _print_version(asked: bool) -> None:
    if asked:
        print("copehope", version("copehope-workbench"))
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _before_each_command(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """One honest picture of the month, for teams that accompany women.

    Alone, `copehope` opens the coordinator’s page: it leads through the month without a terminal.
    """
    if context.invoked_subcommand is None:
        from copehope_lib.coordinator.launch import open_page

        open_page()


def main() -> None:
    """Run ``copehope``: status 0 fine, 1 findings or refusal, 2 wrong use; no traceback."""
    # Whatever is made is for its owner alone; what is to be sent on is copied by hand.
    os.umask(0o077)
    try:
        speak(sys.argv[1:])
        status = translated(get_command(app))(standalone_mode=False)
    except CopehopeError as problem:
        status = _say(str(problem), 1)
    except TyperException as problem:
        status = _say(_sentence(problem), getattr(problem, "exit_code", 2))
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except Exception as problem:
        if os.environ.get("COPEHOPE_DEBUG"):
            raise
        status = _say(
            _(
                "Something went wrong inside the workbench ({kind}): nothing was changed; set "
                "COPEHOPE_DEBUG=1 and run it again to see where."
            ).format(kind=type(problem).__name__),
            1,
        )
    sys.exit(status)


def _sentence(problem: TyperException) -> str:
    message = getattr(problem, "format_message", lambda: str(problem))()
    return " ".join([*in_words(message).split(), _("Try --help.")])


def _say(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status
