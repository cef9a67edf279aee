"""A team's own sheets come in: what is understood is shown, what only she knows is asked."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copehope_lib.cli.arguments import Folder, app, open_workspace, warned
from copehope_lib.cli.terminal import print_table
from copehope_lib.cli.unlock import asked_twice, key_of, passphrase_of
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext

if TYPE_CHECKING:
    from copehope_lib.importing import Import, Lock, Plan, Question
    from copehope_lib.workspace import Workspace

SHOWN = 3
"""Rows of what a sheet becomes that are shown."""


@app.command("import")
def bring_in(
    folder: Folder,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Sheets of your own.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Take every proposal without asking, for scripts.")
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="Your key, which seals the list of names."),
    ] = None,
) -> None:
    """Bring in sheets of your own: they are read where they are, and never copied.

    Example: copehope import my-team "datos equipo.xlsx"
    """
    from copehope_lib.importing import Import, names, with_key

    workspace = warned(open_workspace(folder))
    lock = None if key is None else with_key(workspace.registry, key_of(key))
    coming = Import(workspace, files, lock)
    if coming.needs_lock and coming.lock is None:
        there = (workspace.registry / names.FILE_NAME).exists()
        if there or (yes and not sys.stdin.isatty()):
            coming = _unlocked(coming, yes=yes)
    for sentence in (*coming.left_out, *coming.gone):
        print(sentence)
    unsaid = _settle(coming, yes=yes)
    if coming.needs_lock and coming.lock is None:
        coming.lock = _passphrase(workspace)
    if not any(made.rows for made in coming.plans):
        raise CopehopeError(_("Nothing can be brought in of these files."))
    if not yes:
        typer.confirm(_("Take it, and remember for next month?"), default=True, abort=True)
    for sentence in (*coming.take(), *coming.refused, *unsaid):
        print(sentence)
    print(_("Next: copehope check {folder}").format(folder=folder))
    if coming.refused or unsaid:
        raise typer.Exit(1)


def _passphrase(workspace: "Workspace") -> "Lock":
    """Ask for the passphrase of the list of names, or for a new one."""
    from copehope_lib.importing import names, with_passphrase

    path = workspace.registry / names.FILE_NAME
    if path.exists():
        return with_passphrase(workspace.registry, passphrase_of(path))
    typer.echo(_("Names become codes. The list of both is sealed with a passphrase."), err=True)
    return with_passphrase(workspace.registry, asked_twice())


def _unlocked(coming: "Import", *, yes: bool) -> "Import":
    """Ask for the passphrase; a script that says none leaves out what only a name tells apart."""
    from copehope_lib.importing import Import

    try:
        lock = _passphrase(coming.workspace)
    except CopehopeError:
        if not yes or sys.stdin.isatty():
            raise
        return Import(coming.workspace, coming.paths, shut=True)
    return Import(coming.workspace, coming.paths, lock)


def _settle(coming: "Import", *, yes: bool) -> list[str]:
    """Show each table of hers, and settle what is open; return what could not be proposed."""
    from copehope_lib.importing import about, called

    unsaid: dict[tuple[int, tuple[str, ...]], str] = {}
    shown: set[int] = set()
    while left := [one for one in coming.open if (one[0], one[1].id) not in unsaid]:
        place, question = left[0]
        if yes and not question.proposal:
            sheet = called(coming.plans[place].block)
            said = _("{sheet}: nothing could be proposed for “{asks}”.")
            unsaid[place, question.id] = said.format(sheet=sheet, asks=question.asks)
            continue
        if not yes and place not in shown:
            print()
            _show(coming.plans[place])
            shown.add(place)
        coming.answer(place, question.id, question.proposal if yes else _ask(question))
        coming.plan()
    for made in coming.plans:
        print(f"{called(made.block)}: {about(made)}")
        if not yes:
            _preview(made)
    return list(unsaid.values())


def _show(made: "Plan") -> None:
    from copehope_lib.importing import called

    print(called(made.block))
    rows = [enumerate(row.cells) for row in made.block.rows[:SHOWN]]
    seen = [[cell if at in made.read else "…" for at, cell in row] for row in rows]
    print_table(made.block.headings.cells, seen)
    for one in made.asking.asked.values():
        if one.sure:
            print(f"  ✓ {one.asks} {one.label(one.proposal)}")
    for sentence in made.said:
        print(f"  · {sentence}")
    n = len(made.asking.open)
    print(ngettext("{n} thing only you know:", "{n} things only you know:", n).format(n=n))


def _ask(question: "Question") -> str:
    """Ask in the terminal: by number where there are choices, by word otherwise."""
    why = f" ({question.why})" if question.why else ""
    if not question.choices:
        typed: str = typer.prompt(f"{question.asks}{why}", default=question.proposal or None)
        return typed
    choices = list(question.choices)
    print(f"{question.asks}{why}")
    for n, label in enumerate(question.choices.values(), 1):
        print(f"  {n} {label}")
    default = choices.index(question.proposal) + 1 if question.proposal in choices else None
    while True:
        chosen = str(typer.prompt(_("Number"), default=default))
        if chosen.isdecimal() and 1 <= int(chosen) <= len(choices):
            return choices[int(chosen) - 1]


def _preview(made: "Plan") -> None:
    """Show three rows of what a sheet becomes."""
    from copehope_lib.schema import heading

    for table, rows in made.rows.items():
        if rows:
            columns = [name for name in rows[0] if name != "cell"]
            print(f"  {heading(table)}")
            cells = [[row.get(of, "") for of in columns] for row in rows[:SHOWN]]
            print_table(map(heading, columns), cells)
