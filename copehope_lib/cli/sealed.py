"""Sealed files: make a key, seal a file to it, open what was sealed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import app, write_open
from copehope_lib.cli.unlock import asked_twice, key_of, passphrase_of
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext

keys = typer.Typer(no_args_is_help=True, help="Keys that open what is sealed.")
app.add_typer(keys, name="keys")


@keys.command()
def new(
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where the private key is kept; a new file.")
    ],
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Protect the key with a passphrase.")
    ] = False,
) -> None:
    """Make a key, and print its public half.

    Example: copehope keys new --out my-key.txt --passphrase
    """
    print(*made(out, passphrase=passphrase))


def made(out: Path, *, passphrase: bool) -> tuple[str, ...]:
    """Make a key, say what depends on it, and return its public half."""
    from copehope_lib.files import private, sealing

    _refuse_where_others_look(out)
    private.refuse_existing(out)
    sentence = _(
        "Only this key opens what will be sealed to it. If the key is lost, or its "
        "passphrase forgotten, nobody can open that again: there is no second way in. "
        "Keep a copy of {path} in another place, such as a USB stick in a locked drawer."
    )
    print(sentence.format(path=out), file=sys.stderr)
    key = sealing.new_key()
    content = key.as_file()
    if passphrase:
        content = sealing.seal_with_passphrase(content, asked_twice())
    private.write_new(out, content)
    return key.public


def _refuse_where_others_look(path: Path) -> None:
    """Refuse to keep a key beside what it opens, or where it could be sent on."""
    from copehope_lib.files.exposure import repository
    from copehope_lib.settings import FILE_NAME

    for folder in path.resolve().parents:
        if (folder / FILE_NAME).exists():
            sentence = _(
                "{folder} is a workspace, and a key does not belong beside what it opens: "
                "choose a place outside."
            )
            raise CopehopeError(sentence.format(folder=folder))
    found = repository(path)
    if found is not None:
        sentence = _(
            "{folder} is a git repository, from where a key could reach other machines: "
            "choose a place outside."
        )
        raise CopehopeError(sentence.format(folder=found))


@app.command()
def seal(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File; it is left as it is.")],
    out: Annotated[Path, typer.Option(metavar="FILE.age", help="Sealed file; a new file.")],
    to: Annotated[
        list[str] | None,
        typer.Option(metavar="AGE1…", help="Public key that opens it; several are possible."),
    ] = None,
    to_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="List of public keys, one a line.")
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="A passphrase opens it, and no key.")
    ] = False,
) -> None:
    """Seal a file, so that only some keys or a passphrase open it.

    Example: copehope seal minutes.pdf --to age1… --to age1… --out minutes.pdf.age
    """
    from copehope_lib.files import private, sealing

    if passphrase == bool(to or to_file):
        raise typer.BadParameter(
            _("Say who may open it, with --to and --to-file, or with --passphrase alone.")
        )
    if file.is_dir():
        sentence = _(
            "{folder} is a folder, which cannot be sealed: pack it into one file first, or "
            "seal its files one by one."
        )
        raise CopehopeError(sentence.format(folder=file))
    content = private.read(file)
    private.refuse_existing(out)
    if passphrase:
        private.write_new(out, sealing.seal_with_passphrase(content, asked_twice()))
        print(_("{out} opens with the passphrase; {file} is as it was.").format(out=out, file=file))
        return
    listed = private.read(to_file) if to_file else b""
    lines = listed.decode("utf-8-sig", errors="replace").splitlines()
    public = sealing.recipients([*(to or []), *lines])
    private.write_new(out, sealing.seal(content, public))
    n = len(public)
    sentence = ngettext(
        "{out} opens with {n} key; {file} is as it was.",
        "{out} opens with each of {n} keys; {file} is as it was.",
        n,
    )
    print(sentence.format(out=out, n=n, file=file))


@app.command("open")
def open_file(
    file: Annotated[Path, typer.Argument(metavar="FILE.age", help="Sealed file.")],
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="What was sealed; a new file, or - to print it."),
    ],
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your key; without it a passphrase is asked for."),
    ] = None,
) -> None:
    """Open a sealed file, whole or not at all.

    Example: copehope open minutes.pdf.age --key my-key.txt --out minutes.pdf
    """
    from copehope_lib.files import private, sealing

    to_print = str(out) == "-"
    if not to_print:
        private.refuse_existing(out)
    content = private.read(file)
    if key is not None:
        plain = sealing.open_sealed(content, key_of(key), file)
    else:
        plain = sealing.open_with_passphrase(content, lambda: passphrase_of(file), file)
    if to_print:
        sys.stdout.buffer.write(plain)
    else:
        write_open(out, plain)
