"""The end of a month: look through the tables, and publish what each audience may see."""

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from copehope_lib.cli.arguments import (
    Folder,
    KeyFile,
    Month,
    app,
    open_workspace,
    period_of,
    warned,
)
from copehope_lib.cli.bring_in import bring_in
from copehope_lib.cli.terminal import paper, progress
from copehope_lib.documents import CheckFormat
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext

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
        with workspace.alone():
            _mend(workspace)
        return
    tables = _read(workspace)
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


def _read(workspace: "Workspace") -> "Tables":
    """Read the tables, and say who is in danger, counted here or not.

    It is said beside what is printed: that may be sent on, and this must not be.
    """
    from copehope_lib.metrics.assessments import danger
    from copehope_lib.tables.consent import counted

    tables = workspace.all_tables(progress(_("Reading the tables")))
    if sentence := danger(tables, pd.Timestamp.now().normalize()):
        print(sentence, file=sys.stderr)
    return counted(tables)


def _mend(workspace: "Workspace") -> None:
    """Mend copies of the files in a new folder, and print what is otherwise in each column."""
    from copehope_lib.tables import mend

    mended = mend.mend(workspace.registry, workspace.settings)
    changes = [change for file in mended for change in file.changes]
    for change in changes:
        print(change)
    if not changes:
        print(_("There is nothing that could be mended without a guess."))
        return
    target = mend.write(mended, workspace.path)
    n = sum(change.cells for change in changes)
    sentence = ngettext(
        "{n} cell is written otherwise in {folder}; the registry is as it was.",
        "{n} cells are written otherwise in {folder}; the registry is as it was.",
        n,
    )
    print(sentence.format(n=n, folder=target))
    print(
        _("Look through the files there, put them in place of the old ones, and run check again.")
    )


@app.command()
def preview(folder: Folder, month: Month, key: KeyFile = None) -> None:
    """Show a month to supervision alone, as a draft; nothing of it is remembered.

    Example: copehope preview my-team --month 2026-10
    """
    period = period_of(month)
    from copehope_lib.privacy.publish import preview as preview_month

    workspace = warned(open_workspace(folder, key))
    with workspace.alone():
        tables = _read(workspace)
        print(preview_month(workspace, tables, period, progress(_("Looking"))))


@app.command()
def publish(
    folder: Folder,
    month: Annotated[
        str | None, typer.Option(metavar="MONTH", help="Month, such as 2026-10 or October.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Close it without asking.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last closing back, before anybody saw it.")
    ] = False,
    key: KeyFile = None,
) -> None:
    """Close a month: write what each audience may see of it, once and for good.

    Example: copehope publish my-team --month 2026-10
    """
    if (month is None) != undo:
        raise typer.BadParameter(_("Write --month with a month, or --undo alone."))
    from copehope_lib.privacy import closing
    from copehope_lib.privacy.publish import publish as publish_month

    workspace = warned(open_workspace(folder, key))
    if month is None:
        sentence = _("{month} is open again: look at it with `copehope preview`.")
        print(sentence.format(month=closing.undo(workspace)))
        return
    period = period_of(month)
    with workspace.alone():
        tables = _read(workspace)
        tables.refuse_unless_ready(period)
        closing.Months.of(workspace).refuse(period)
        if sentence := closing.unsigned(workspace.settings):
            print(sentence, file=sys.stderr)
        _ask(closing.doubts(workspace, tables, period), yes=yes)
        folders = publish_month(workspace, tables, period, progress(_("Publishing")))
        for one in folders:
            print(one)
    _what_next(folder, folders)


def _what_next(team: "Path", folders: "list[Path]") -> None:
    """Say how much of a month groups are not shown, and how to look at it."""
    from copehope_lib.privacy.manifest import Manifest

    groups = [one for one in map(Manifest.read, folders) if not one.audience.cases]
    shares = [
        _("{audience}: {hidden} of {counts}").format(
            audience=one.audience.badge[0],
            hidden=sum(file.hidden for file in one.tables.values()),
            counts=sum(file.counts for file in one.tables.values()),
        )
        for one in groups
    ]
    print(_("Counts that are hidden: {shares}.").format(shares=", ".join(shares)))
    sentence = _(
        "Look at it with `copehope serve {folder} --audience team`, and write what may be sent "
        "with `copehope pack {folder} --audience partner`."
    )
    print(sentence.format(folder=team))


def _ask(doubts: list[str], *, yes: bool) -> None:
    """Say what there is to be sure of, and go on only if somebody is."""
    for sentence in doubts:
        typer.echo(sentence, err=True)
    if not doubts or yes:
        return
    if not sys.stdin.isatty():
        raise CopehopeError(_("Nothing was closed: add --yes if that is what you want."))
    typer.confirm(_("Close it all the same?"), abort=True, err=True)


@app.command("month")
def guided(folder: Folder, key: KeyFile = None) -> None:
    """Go through the end of a month, step by step; each one asks before it does anything.

    Example: copehope month my-team
    """
    from copehope_lib.cli import report
    from copehope_lib.privacy import closing

    workspace = open_workspace(folder, key)
    print(f"1 {_('Bring in')}")
    typed = typer.prompt(_("Files to bring in (Enter: none)"), default="", show_default=False)
    if files := shlex.split(typed, posix=os.name == "posix"):
        bring_in(folder, [Path(file.strip("'\"")) for file in files], yes=False, key=key)
    print(f"2 {_('Mend')}")
    tables = _read(workspace)
    report.show(tables, paper())
    if tables.errors:
        sentence = _("Mend what keeps the month from being published, and run it again.")
        raise CopehopeError(sentence)
    print(f"3 {_('Look at the draft')}")
    over = [one for one in tables.months if one.end_time < closing.today()]
    month = typer.prompt(_("Month"), default=str(over[-1]) if over else None)
    preview(folder, month, key)
    print(_("Look at it: copehope serve {folder} --audience supervision").format(folder=folder))
    print(f"4 {_('Close {month}').format(month=month)}")
    typer.confirm(_("Close it now?"), default=False, abort=True)
    publish(folder, month, key=key)
    print(f"5 {_('Hand out')}")
    for words in ("site {} --audience team --out pages", "room {}", "pack {} --audience partner"):
        print(f"copehope {words.format(folder)}")


@app.command()
def withdraw(folder: Folder, month: Month) -> None:
    """Withdraw a closed month from groups as a whole; it is not replaced.

    Example: copehope withdraw my-team --month 2026-10
    """
    period = period_of(month)
    from copehope_lib.privacy import closing

    workspace = open_workspace(folder)
    away = closing.withdraw(workspace, period)
    sentence = _("{month} is withdrawn, and lies in {folder}. Tell those who were given it: {who}.")
    handed = "; ".join(closing.handed_out(workspace, period)) or _("nobody that is written down")
    print(sentence.format(month=period, folder=away, who=handed))
