"""Begin: a synthetic team to look at, a workspace of one's own, the pages on the screen."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copehope_lib import language
from copehope_lib.cli.answers import invitation_of
from copehope_lib.cli.arguments import Folder, app, one_of, open_workspace, spoken
from copehope_lib.cli.terminal import bar, progress
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import AUDIENCES

if TYPE_CHECKING:
    from copehope_lib.workspace import Workspace

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")]
Browser = Annotated[bool, typer.Option(help="Open a browser.")]
Whose = Annotated[str, one_of(AUDIENCES, "Whose extract.")]

# What of a workspace may lie on the machine of a Hub, beside extracts of one audience.
ON_A_HUB = ("copehope.toml", "dropbox", "records", "reflection", "instruments", ".lock")


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where the demo team is kept.")
    ] = None,
    audience: Whose = "team",
    port: Port = 8866,
    browser: Browser = True,
) -> None:
    """Show the workbench with a synthetic team.

    Example: copehope demo
    """
    from copehope_lib.demo import key_file, slip, workspace

    team = workspace(folder, each=progress(_("Publishing the demo team")))
    print(_("A slip to try the self-check with: {slip}").format(slip=slip(team)), file=sys.stderr)
    print(_("The key of its supervisor: {path}").format(path=key_file(team)), file=sys.stderr)
    _serve(team, audience, port, browser, unconfined=True)


@app.command()
def init(
    folder: Folder,
    team: Annotated[str, typer.Option(help="Name of the team, as pages show it.")] = "Our team",
    language_: Annotated[str, spoken("Language of the team.")] = "en",
) -> None:
    """Make a new workspace, with templates to fill in.

    Example: copehope init my-team --team "Barcelona" --language castellano
    """
    from copehope_lib import templates
    from copehope_lib.workspace import Workspace

    language.use(language_)
    workspace = Workspace.create(folder, team=team, language=language_)
    templates.write(workspace.path / "templates")
    sentence = _(
        "The workspace is ready: put the workbook {workbook} into {registry} and fill it in, or "
        "begin from the CSV files beside it. Then:"
    )
    workbook = folder / "templates" / templates.WORKBOOK
    print(sentence.format(workbook=workbook, registry=workspace.registry))
    for command in ("check {f}", "preview {f} --month MONTH", "publish {f} --month MONTH",
                    "serve {f} --audience team"):  # fmt: skip
        print("    copehope " + command.format(f=folder))


@app.command("demo-data")
def demo_data(
    folder: Folder,
    women: Annotated[int, typer.Option(min=1, help="Women altogether.")] = 60,
    professionals: Annotated[
        int | None, typer.Option(min=1, help="Members of the team; 9 for 60 women by default.")
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=120, help="Months up to 2026-10.")] = 14,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same team.")] = 7,
) -> None:
    """Write the tables of a synthetic team.

    Example: copehope demo-data my-demo --women 60 --professionals 9 --months 14 --seed 7
    """
    from copehope_lib.demo import synthetic
    from copehope_lib.tables.files import ENDINGS
    from copehope_lib.workspace import Workspace

    registry = folder / "registry"
    kept = sorted(path.name for path in registry.glob("*.*") if path.suffix in ENDINGS)
    if kept:
        sentence = _("{registry} holds tables already ({file}): choose another folder.")
        raise CopehopeError(sentence.format(registry=registry, file=kept[0]))
    with bar() as shown:
        shown.add_task(_("Making the team"), total=None)
        team = professionals or max(1, round(women * 9 / 60))
        tables = synthetic.generate(women=women, professionals=team, months=months, seed=seed)
        synthetic.write(tables, registry)
    if not (folder / "copehope.toml").exists():
        Workspace.create(folder, team="Demo team")
    n, rows = tables["women"]["woman"].nunique(), len(tables["attendance"])
    sentence = _("{registry} holds the tables of {women} women and {rows} attendances.")
    print(sentence.format(registry=registry, women=n, rows=rows))


@app.command()
def serve(
    folder: Folder,
    audience: Whose = "team",
    port: Port = 8866,
    browser: Browser = True,
    unconfined: Annotated[
        bool,
        typer.Option(
            "--unconfined",
            help="Serve others than the team where the system cannot shut the pages off.",
        ),
    ] = False,
) -> None:
    """Serve the dashboards on this machine, from one audience's extract and nothing else.

    Example: copehope serve my-team --audience team --port 8866
    """
    _serve(open_workspace(folder), audience, port, browser, unconfined=unconfined)


def _serve(
    workspace: "Workspace", audience: str, port: int, browser: bool, *, unconfined: bool = False
) -> None:
    from copehope_lib.extract import Extract
    from copehope_lib.privacy import closing
    from copehope_lib.records.session import Place
    from copehope_lib.self_check.intake import Intake
    from copehope_lib.server import hub
    from copehope_lib.server.launch import serve as serve_extract

    if hub.told():
        _refuse_more(workspace.path, audience)
    if AUDIENCES[audience].cases and not workspace.settings.supervision.public_keys:
        workspace = _with_a_key(workspace)
    closing.hand_out(workspace, "serve", audience, Extract(workspace.extracts, audience).months)
    serve_extract(
        workspace.extracts,
        audience,
        port=port,
        open_browser=browser,
        intake=Intake(invitation_of(workspace), workspace.dropbox),
        records=workspace.records,
        place=Place(workspace.settings.supervision.public_keys, _models(workspace)),
        unconfined=unconfined,
    )


def _refuse_more(folder: Path, audience: str) -> None:
    """Refuse a workspace in which more lies than the machine of a Hub may have."""
    from copehope_lib.privacy.closing import HANDED_OUT

    for place in sorted(folder.rglob("*")):
        first, *rest = place.relative_to(folder).parts
        fits = first in ON_A_HUB or (first == "extracts" and rest[1:2] == [audience])
        fits = fits or (first, *rest) == ("published", HANDED_OUT)
        if not fits and (place.is_symlink() or not place.is_dir()):
            sentence = _(
                "{place} may not lie on the machine of a Hub, where a folder holds settings, "
                "extracts of {audience}, and what pages write: take it away there, and serve again."
            )
            raise CopehopeError(sentence.format(place=place, audience=audience))


def _with_a_key(workspace: "Workspace") -> "Workspace":
    """Say that nothing of a meeting can be kept without a key, and offer to make one."""
    from copehope_lib.cli.sealed import made
    from copehope_lib.settings import add_public_key

    sentence = _(
        "Nothing of a meeting can be kept yet, so that nothing can be written on its pages: "
        "copehope.toml names no key under [supervision]. Make one with `copehope keys new --out "
        "FILE --passphrase`, outside {folder}, and write what it prints into public_keys."
    )
    typer.echo(sentence.format(folder=workspace.path), err=True)
    if not sys.stdin.isatty() or not typer.confirm(_("Make it now?"), err=True):
        return workspace
    out = Path(
        typer.prompt(_("File of the key, outside {folder}").format(folder=workspace.path), err=True)
    )
    add_public_key(workspace.path, *made(out.expanduser(), passphrase=True))
    typer.echo(_("copehope.toml names the key: what is written is sealed to it."), err=True)
    return type(workspace)(workspace.path)


def _models(workspace: "Workspace") -> tuple[str, ...]:
    """Return the team's own reflection models as text, and say which of them is left out."""
    from copehope_lib.reflection import of_folder

    found, left_out = of_folder(workspace.models)
    for sentence in left_out:
        typer.echo(sentence, err=True)
    return tuple(found.values())
