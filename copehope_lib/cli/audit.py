"""What somebody could compute from what was published."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table as Grid

from copehope_lib.cli.arguments import app
from copehope_lib.cli.terminal import paper
from copehope_lib.language import gettext as _

Extracts = Annotated[
    list[Path] | None,
    typer.Option("--against", metavar="EARLIER", help="Another extract that somebody may hold."),
]


@app.command()
def audit(
    folder: Annotated[Path, typer.Argument(metavar="EXTRACT", help="Folder of one extract.")],
    against: Extracts = None,
) -> None:
    """Say how close an attacker could come to each hidden count.

    Example: copehope audit extracts/2026-10/team --against extracts/2026-09/team
    """
    from copehope_lib.privacy.audit import audit as deduce

    found = deduce(folder, against or [])
    grid = Grid(box=None, padding=(0, 2))
    for title in (_("table"), _("counts"), _("hidden"), _("share"), _("closest")):
        grid.add_column(title)
    for name, (hidden, counts) in found.shares.items():
        widths = [one.width for one in found.deduced if one.table == name]
        closest = f"{min(widths):g}" if widths else "–"
        grid.add_row(name, str(counts), str(hidden), f"{hidden / counts:.0%}", closest)
    paper().print(grid)
    one = found.narrowest
    if one is not None:
        highest = "∞" if one.high is None else one.high
        print(
            _(
                "The closest: {place} of {month} could be any of {n} numbers ({low} to "
                "{high}); {promised} are promised."
            ).format(
                place=one.place,
                month=one.month,
                n=f"{one.width:g}",
                low=one.low,
                high=highest,
                promised=found.audience.width,
            )
        )
    for sentence in found.wrong:
        print(sentence)
    if found.wrong:
        raise typer.Exit(1)
    print(_("Nothing breaks a promise."))
