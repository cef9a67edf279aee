"""The command ``copehope``: what a coordinator types at the end of a month."""

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer
from typer.exceptions import TyperException

from copehope_lib import language
from copehope_lib import month as months
from copehope_lib.errors import CopehopeError
from copehope_lib.exports import as_csv
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.screen import bar, paper, progress

# What reads a registry takes seconds to import, and `--help` should not wait for it.
if TYPE_CHECKING:
    from copehope_lib.workspace import Workspace

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="One honest picture of the month, for teams that accompany women.",
    pretty_exceptions_enable=False,
)
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the workspace.")]
Month = Annotated[str, typer.Option(metavar="YYYY-MM", help="Month, for example 2026-10.")]


class AudienceName(StrEnum):
    """Audiences as they are typed."""

    supervision = "supervision"
    team = "team"
    partner = "partner"


class Format(StrEnum):
    """Formats for scripts and spreadsheets."""

    json = "json"
    csv = "csv"


class Report(StrEnum):
    """Formats of what a check found, beside the table that is printed."""

    json = "json"
    csv = "csv"
    html = "html"


Port = Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")]
Browser = Annotated[bool, typer.Option(help="Open a browser.")]


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where the demo team is kept.")
    ] = None,
    audience: AudienceName = AudienceName.team,
    port: Port = 8866,
    browser: Browser = True,
) -> None:
    """Show the workbench with a synthetic team.

    Example: copehope demo
    """
    from copehope_lib.demo import workspace

    team = workspace(folder, each=progress(_("Publishing the demo team")))
    _serve(team, audience, port, browser)


@app.command()
def init(
    folder: Folder,
    team: Annotated[str, typer.Option(help="Name of the team, as pages show it.")] = "Our team",
    language: Annotated[str, typer.Option(help="en, es, ca or it.")] = "en",
) -> None:
    """Make a new workspace, with templates to fill in.

    Example: copehope init my-team --team "Barcelona" --language es
    """
    from copehope_lib import templates
    from copehope_lib.workspace import Workspace

    _speak(language)
    workspace = Workspace.create(folder, team=team, language=language)
    templates.write(workspace.path / "templates")
    print(
        _(
            "The workspace is ready: copy the tables of {templates} to {registry} and fill "
            "them in."
        ).format(templates=folder / "templates", registry=workspace.registry)
    )


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
    from copehope_lib import demo_data as synthetic
    from copehope_lib.tables.files import ENDINGS
    from copehope_lib.workspace import Workspace

    registry = folder / "registry"
    kept = sorted(path.name for path in registry.glob("*.*") if path.suffix in ENDINGS)
    if kept:
        raise CopehopeError(
            _("{registry} holds tables already ({file}): choose another folder.").format(
                registry=registry, file=kept[0]
            )
        )
    with bar() as shown:
        shown.add_task(_("Making the team"), total=None)
        tables = synthetic.generate(
            women=women,
            professionals=professionals or max(1, round(women * 9 / 60)),
            months=months,
            seed=seed,
        )
        synthetic.write(tables, registry)
    if not (folder / "copehope.toml").exists():
        Workspace.create(folder, team="Demo team")
    print(
        _("{registry} holds the tables of {women} women and {rows} attendances.").format(
            registry=registry,
            women=tables["women"]["woman"].nunique(),
            rows=len(tables["attendance"]),
        )
    )


@app.command()
def check(
    folder: Folder,
    format: Annotated[
        Report | None, typer.Option(help="json, csv or html in place of a table.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the safe mendings to new files.")
    ] = False,
) -> None:
    """Look through the tables, and say what there is to mend.

    Example: copehope check my-team --format html > findings.html
    """
    from copehope_lib import report

    workspace = _open(folder)
    if fix:
        _mend(workspace)
        return
    tables = workspace.tables(progress(_("Reading the tables")))
    match format:
        case Report.json:
            print(report.as_json(tables))
        case Report.csv:
            print(report.findings_as_csv(tables), end="")
        case Report.html:
            print(report.as_html(tables, workspace.settings.team), end="")
        case None:
            report.show(tables, paper())
    if any(finding.severity != "hint" for finding in tables.findings):
        raise typer.Exit(1)


def _mend(workspace: "Workspace") -> None:
    """Write what is understood more plainly, to a new folder, and print each change."""
    from copehope_lib.tables import mend

    mended = mend.mend(workspace.registry, workspace.settings)
    changes = [change for table in mended for change in table.changes]
    for change in changes:
        print(change)
    if not changes:
        print(_("There is nothing that could be mended without a guess."))
        return
    target = mend.write(mended, workspace.path)
    n = len(changes)
    print(
        ngettext(
            "{n} change; the tables are in {folder}, and the registry is as it was.",
            "{n} changes; the tables are in {folder}, and the registry is as it was.",
            n,
        ).format(n=n, folder=target)
    )
    print(_("Look through them, put them in place of the old ones, and run check again."))


@app.command()
def publish(
    folder: Folder,
    month: Month,
    audience: Annotated[
        list[AudienceName] | None, typer.Option(help="For whom; all by default.")
    ] = None,
) -> None:
    """Write the extracts of a month: what each audience may see.

    Example: copehope publish my-team --month 2026-10
    """
    period = _month(month)
    from copehope_lib.privacy.audience import AUDIENCES
    from copehope_lib.privacy.publish import publish as publish_month

    workspace = _open(folder)
    tables = workspace.tables(progress(_("Reading the tables")))
    chosen = [AUDIENCES[name] for name in audience or AUDIENCES]
    each = progress(_("Publishing"))
    for path in publish_month(workspace, tables, period, chosen, each):
        print(path)


@app.command()
def serve(
    folder: Folder,
    audience: Annotated[AudienceName, typer.Option(help="Whose extract.")] = AudienceName.team,
    port: Port = 8866,
    browser: Browser = True,
) -> None:
    """Serve the dashboards on this machine, from one audience's extract and nothing else.

    Example: copehope serve my-team --audience team --port 8866
    """
    _serve(_open(folder), audience, port, browser)


@app.command()
def metrics(
    folder: Folder,
    month: Month,
    format: Annotated[Format, typer.Option(help="json, or csv for one metric.")] = Format.json,
    name: Annotated[str | None, typer.Option(help="One metric, as caseload.load.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="YYYY-MM", help="First of several months, taken as one."
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Women of each site, housing … apart, as site.")
    ] = None,
) -> None:
    """Print metrics computed on the registry, for scripts and spreadsheets.

    Example: copehope metrics my-team --month 2026-10 --format csv --name caseload.load

    Example: copehope metrics my-team --from 2026-08 --month 2026-10 --by site
    """
    last = _month(month)
    period = last if since is None else _together(_month(since), last)
    from copehope_lib.metrics import CATEGORIES, METRICS, compute, compute_by

    if name is not None and name not in METRICS:
        raise typer.BadParameter(
            _("There is no metric {name}: choose one of {all}.").format(
                name=name, all=", ".join(METRICS)
            )
        )
    if name is None and format is Format.csv:
        raise typer.BadParameter(_("CSV holds one metric: say which with --name."))
    if by is not None and by not in CATEGORIES:
        raise typer.BadParameter(
            _("{by} is no category: choose one of {all}.").format(
                by=by, all=", ".join(CATEGORIES)
            )
        )
    chosen = [key for key in METRICS if by is None or METRICS[key].splits]
    if name is not None and name not in chosen:
        raise typer.BadParameter(
            _("{name} looks at the team as a whole: leave out --by.").format(name=name)
        )
    workspace = _open(folder)
    tables = workspace.tables(progress(_("Reading the tables")))
    tables.refuse_unless_ready(last)
    each = progress(_("Computing"))(chosen if name is None else [name])
    found = (
        compute(tables, period, workspace.settings, each)
        if by is None
        else compute_by(tables, period, workspace.settings, by, each)
    )
    results = {key: _plain(table) for key, table in found.items()}
    if format is Format.csv and name is not None:
        print(as_csv(results[name]), end="")
    else:
        rows = {
            key: json.loads(table.to_json(orient="records", double_precision=15))
            for key, table in results.items()
        }
        print(json.dumps(rows, ensure_ascii=False, indent=1))


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Write days as 2026-10-05."""
    plain = table.copy()
    for name in table.select_dtypes("datetime"):
        plain[name] = table[name].dt.strftime("%Y-%m-%d")
    return plain


def _open(folder: Path) -> "Workspace":
    from copehope_lib.workspace import Workspace

    workspace = Workspace(folder)
    language.use(workspace.settings.language)
    return workspace


def _speak(name: str) -> None:
    if name not in language.LANGUAGES:
        raise typer.BadParameter(
            _("{language} is not one of {all}.").format(
                language=name, all=", ".join(language.LANGUAGES)
            )
        )
    language.use(name)


def _month(text: str) -> pd.Period:
    try:
        return months.parse(text)
    except CopehopeError as problem:
        raise typer.BadParameter(str(problem)) from None


def _together(first: pd.Period, last: pd.Period) -> pd.Period:
    try:
        return months.together(first, last)
    except CopehopeError as problem:
        raise typer.BadParameter(str(problem)) from None


def _serve(workspace: "Workspace", audience: AudienceName, port: int, browser: bool) -> None:
    from copehope_lib.serve import serve as serve_extract

    serve_extract(workspace.extracts, audience.value, port=port, open_browser=browser)


def main() -> None:
    """Run ``copehope``: status 0 fine, 1 findings or refusal, 2 wrong use; no traceback."""
    try:
        status = app(standalone_mode=False)
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
    return " ".join([*message.split(), _("Try --help.")])


def _say(sentence: str, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


if __name__ == "__main__":
    main()
