"""Metrics for scripts and spreadsheets."""

import json
from typing import Annotated, Literal

import pandas as pd
import typer

from copehope_lib import months
from copehope_lib.cli.arguments import Folder, KeyFile, Month, app, open_workspace, period_of
from copehope_lib.cli.terminal import progress
from copehope_lib.documents.csv import as_csv
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _

# Formats for scripts and spreadsheets.
NumbersFormat = Literal["json", "csv"]


@app.command()
def metrics(
    folder: Folder,
    month: Month,
    format: Annotated[NumbersFormat, typer.Option(help="json, or csv for one metric.")] = "json",
    name: Annotated[str | None, typer.Option(help="One metric, as caseload.load.")] = None,
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="YYYY-MM", help="First of several months, taken as one."),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Women of each site, housing … apart, as site.")
    ] = None,
    key: KeyFile = None,
) -> None:
    """Print metrics computed on the registry, for scripts and spreadsheets.

    Example: copehope metrics my-team --month 2026-10 --format csv --name caseload.load

    Example: copehope metrics my-team --from 2026-08 --month 2026-10 --by site
    """
    last = period_of(month)
    period = last if since is None else _together(period_of(since), last)
    from copehope_lib.metrics import CATEGORIES, METRICS, Snapshot, compute, compute_by

    if name is not None and name not in METRICS:
        sentence = _("There is no metric {name}: choose one of {all}.")
        raise typer.BadParameter(sentence.format(name=name, all=", ".join(METRICS)))
    if name is None and format == "csv":
        raise typer.BadParameter(_("CSV holds one metric: say which with --name."))
    if by is not None and by not in CATEGORIES:
        sentence = _("{by} is no category: choose one of {all}.")
        raise typer.BadParameter(sentence.format(by=by, all=", ".join(CATEGORIES)))
    chosen = [one for one in METRICS if by is None or METRICS[one].by_category]
    if name is not None and name not in chosen:
        sentence = _("{name} looks at the team as a whole: leave out --by.")
        raise typer.BadParameter(sentence.format(name=name))
    workspace = open_workspace(folder, key)
    tables = workspace.tables(progress(_("Reading the tables")))
    tables.refuse_unless_ready(last)
    each = progress(_("Computing"))(chosen if name is None else [name])
    found = (
        compute(tables, period, workspace.settings, each)
        if by is None
        else compute_by(Snapshot.of(tables, period, workspace.settings), by, each)
    )
    results = {one: _plain(table) for one, table in found.items()}
    if format == "csv" and name is not None:
        print(as_csv(results[name]), end="")
    else:
        rows = {
            one: json.loads(table.to_json(orient="records", double_precision=15))
            for one, table in results.items()
        }
        print(json.dumps(rows, ensure_ascii=False, indent=1))


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Write days as 2026-10-05."""
    plain = table.copy()
    for name in table.select_dtypes("datetime"):
        plain[name] = table[name].dt.strftime("%Y-%m-%d")
    return plain


def _together(first: pd.Period, last: pd.Period) -> pd.Period:
    try:
        return months.together(first, last)
    except CopehopeError as problem:
        raise typer.BadParameter(str(problem)) from None
