"""Privacy: back from a pseudonym to a code, for whoever holds the key."""

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import Here, KeyFile, app, open_workspace
from copehope_lib.cli.terminal import progress
from copehope_lib.cli.unlock import lock_of
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

codes = typer.Typer(no_args_is_help=True, help="Codes of women, by their pseudonyms.")
app.add_typer(codes, name="codes")


@codes.command()
def find(
    pseudonym: Annotated[str, typer.Argument(metavar="PSEUDONYM", help="As a page shows it.")],
    folder: Here = Path(),
    key: KeyFile = None,
) -> None:
    """Print the code behind a pseudonym; each search is noted in the registry.

    Example: copehope codes find W-7KQ4M my-team
    """
    from copehope_lib.privacy import pseudonyms

    workspace = open_workspace(folder, key)
    log = workspace.registry / pseudonyms.LOG
    with workspace.alone():
        women = workspace.tables(progress(_("Reading the tables"))).women
        secret, marks = workspace.key, workspace.marks
        try:
            code = pseudonyms.find(pseudonym, women, secret, marks)
        except CopehopeError:
            _note(log, pseudonym, "not found")
            raise
        # First the note, then the answer: there is no answer without a note.
        _note(log, pseudonym, "found")
    print(code)


@codes.command()
def forget(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As the table of women has it.")],
    folder: Here = Path(),
    key: KeyFile = None,
) -> None:
    """Take a woman out of the workspace, and write a sheet for the file.

    Example: copehope codes forget W-002 my-team --key my-key.txt
    """
    from copehope_lib.privacy import forget as forgetting

    workspace = open_workspace(folder, key)
    sheet = forgetting.forget(workspace, code, lock_of(workspace))
    sentence = _("She is taken out. {path} says what is left to do: print it, and delete it then.")
    print(sentence.format(path=sheet))


@codes.command()
def rename(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As the table of women has it.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The code that she is to have.")],
    folder: Here = Path(),
    key: KeyFile = None,
) -> None:
    """Give a woman another code; her pseudonym stays.

    Example: copehope codes rename W-002 W-102 my-team
    """
    from copehope_lib.privacy import forget as forgetting

    workspace = open_workspace(folder, key)
    pseudonym = forgetting.rename(workspace, code, new, lock_of(workspace))
    print(_("She has the code {new}, and is {name} as before.").format(new=new, name=pseudonym))


def _note(log: Path, pseudonym: str, outcome: str) -> None:
    """Add a line to the log: minute, account, pseudonym, outcome, and never the code."""
    from copehope_lib.privacy.pseudonyms import as_written, valid

    # What is no pseudonym could be a name or a code, and the log must hold neither.
    asked = as_written(pseudonym) if valid(pseudonym) else "mistyped"
    try:
        account = "".join(getpass.getuser().split())
        line = f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ} {account} {asked} {outcome}\n"
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line)
    except (OSError, KeyError) as problem:
        raise CopehopeError(
            _(
                "{log} cannot be written ({reason}), and no pseudonym is turned back without a "
                "note of it: check its permissions."
            ).format(log=log, reason=getattr(problem, "strerror", None) or problem)
        ) from None
