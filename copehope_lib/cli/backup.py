"""A workspace as one sealed file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import Folder, app, open_workspace
from copehope_lib.cli.unlock import key_of
from copehope_lib.language import gettext as _

Key = Annotated[Path, typer.Option("--key", metavar="FILE", help="Your key.")]


@app.command()
def backup(
    folder: Folder,
    key: Key,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it goes: a new file.")],
) -> None:
    """Write all of a workspace into one file sealed to your key, and open it again to be sure.

    Example: copehope backup my-team --key anna.key --out my-team.tar.age
    """
    from copehope_lib.privacy.backup import back_up

    files = back_up(open_workspace(folder, key), key_of(key), out)
    print(
        _("{out} holds {n} files, and opens with your key: keep both apart.").format(
            out=out, n=files
        )
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `copehope backup` wrote.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    key: Key,
    instead_of: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The workspace as it was: who was forgotten there stays so."
        ),
    ] = None,
) -> None:
    """Bring a workspace back into a new folder, whole or not at all.

    Example: copehope restore my-team.tar.age my-team-again --key anna.key --instead-of my-team
    """
    from copehope_lib.privacy.backup import restore as bring_back

    forgotten = bring_back(file, key_of(key), folder, instead_of)
    print(_("{folder} is as it was when the copy was made.").format(folder=folder))
    if forgotten:
        print(_("Forgotten since, and here too: {codes}.").format(codes=", ".join(forgotten)))
    elif instead_of is None:
        sentence = _(
            "Whoever was forgotten since stands in it again: name the workspace as it was last "
            "with --instead-of, or run `copehope codes forget` anew."
        )
        print(sentence)
