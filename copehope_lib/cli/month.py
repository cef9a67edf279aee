"""The end of a month: look through the tables, and publish what each audience may see."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from copehope_lib.cli.arguments import (
    Folder,
    KeyFile,
    Month,
    app,
    one_of,
    open_workspace,
    period_of,
    warned,
)
from copehope_lib.cli.terminal import paper, progress
from copehope_lib.documents import CheckFormat
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.privacy.audience import AUDIENCES

if TYPE_CHECKING:
    from copehope_lib.tables import Tables
    from copehope_lib.workspace import Workspace


@app.command()
def check(
    folder: Folder,
    format: Annotated[
        CheckFormat | None, typer.Option(help="json, csv or html in place of a table.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the safe mendings to new files.")
    ] = False,
    key: KeyFile = None,
) -> None:
    """Look through the tables, and say what there is to mend.

    Example: copehope check my-team --format html > findings.html
    """
    from copehope_lib.cli import report

    workspace = warned(open_workspace(folder, key))
    if fix:
        _mend(workspace)
        return
    tables = workspace.tables(progress(_("Reading the tables")))
    _danger(tables)
    match format:
        case "json":
            print(report.as_json(tables))
        case "csv":
            print(report.findings_as_csv(tables), end="")
        case "html":
            print(report.as_html(tables, workspace.settings.team), end="")
        case None:
            report.show(tables, paper())
    if any(finding.severity != "hint" for finding in tables.findings):
        raise typer.Exit(1)


def _danger(tables: "Tables") -> None:
    """Say who is in danger, beside what is printed: it may be sent on, and this must not be."""
    from copehope_lib.metrics.assessments import in_danger

    women = in_danger(tables, pd.Timestamp.now().normalize())
    if women:
        sentence = ngettext(
            "The last risk assessment of {women} says that she is in imminent danger: see to it "
            "today who acts.",
            "The last risk assessments of {women} say that they are in imminent danger: see to "
            "it today who acts.",
            len(women),
        )
        print(sentence.format(women=", ".join(women)), file=sys.stderr)


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
    sentence = ngettext(
        "{n} change; the tables are in {folder}, and the registry is as it was.",
        "{n} changes; the tables are in {folder}, and the registry is as it was.",
        n,
    )
    print(sentence.format(n=n, folder=target))
    print(_("Look through them, put them in place of the old ones, and run check again."))


@app.command()
def publish(
    folder: Folder,
    month: Month,
    audience: Annotated[list[str] | None, one_of(AUDIENCES, "For whom; all by default.")] = None,
    key: KeyFile = None,
) -> None:
    """Write the extracts of a month: what each audience may see.

    Example: copehope publish my-team --month 2026-10
    """
    period = period_of(month)
    from copehope_lib.privacy.publish import publish as publish_month

    workspace = warned(open_workspace(folder, key))
    tables = workspace.tables(progress(_("Reading the tables")))
    _danger(tables)
    chosen = audience or AUDIENCES
    for one in publish_month(workspace, tables, period, chosen, progress(_("Publishing"))):
        print(one.folder)
        _correction(one.changed, one.withdrawn)


def _correction(changed: Mapping[str, int], withdrawn: Mapping[str, int]) -> None:
    """Say what a month that was published before shows otherwise, and no longer shows."""
    for name, n in changed.items():
        said = ngettext(
            "  corrected: {n} count of {table}", "  corrected: {n} counts of {table}", n
        )
        print(said.format(n=n, table=name))
    for name, n in withdrawn.items():
        said = ngettext(
            "  withdrawn: {n} count of {table} was shown before and is hidden now",
            "  withdrawn: {n} counts of {table} were shown before and are hidden now",
            n,
        )
        print(said.format(n=n, table=name))
