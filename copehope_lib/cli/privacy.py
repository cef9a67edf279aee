"""Privacy: back from a pseudonym to a code, for whoever holds the key."""

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import Here, KeyFile, app, open_workspace
from copehope_lib.cli.terminal import progress
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

# File of the registry that says who looked up which pseudonym, and when.
LOG = "codes.log"

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
    women = workspace.tables(progress(_("Reading the tables"))).women
    secret = workspace.key
    try:
        code = pseudonyms.find(pseudonym, women, secret)
    except CopehopeError:
        _note(workspace.registry / LOG, pseudonym, "not found")
        raise
    # First the note, then the answer: there is no answer without a note.
    _note(workspace.registry / LOG, pseudonym, "found")
    print(code)


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
