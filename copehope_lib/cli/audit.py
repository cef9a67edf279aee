"""What somebody could compute from what was published."""

from pathlib import Path
from typing import Annotated

import typer

from copehope_lib.cli.arguments import app
from copehope_lib.cli.terminal import print_table
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
    rows = []
    for name, (hidden, counts) in found.shares.items():
        widths = [one.width for one in found.deduced if one.table == name]
        closest = f"{min(widths):g}" if widths else "–"
        rows.append((name, counts, hidden, f"{hidden / counts:.0%}", closest))
    print_table((_("table"), _("counts"), _("hidden"), _("share"), _("closest")), rows)
    one = found.narrowest
    if one is not None:
        about = {"place": one.place, "month": one.month, "low": one.low}
        about |= {"n": f"{one.width:g}", "high": "∞" if one.high is None else one.high}
        sentence = _(
            "The closest: {place} of {month} could be any of {n} numbers ({low} to {high}); "
            "{promised} are promised."
        )
        print(sentence.format(**about, promised=found.audience.width))
    for sentence in found.wrong:
        print(sentence)
    if found.wrong:
        raise typer.Exit(1)
    print(_("Nothing breaks a promise."))
