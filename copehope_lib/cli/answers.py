"""The self-check of a team: slips to draw from a hat, and the picture that answers make."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pandas as pd
import typer

from copehope_lib import months
from copehope_lib.cli.arguments import Here, app, open_workspace, period_of, warned
from copehope_lib.cli.unlock import key_of
from copehope_lib.errors import CopehopeError
from copehope_lib.language import gettext as _
from copehope_lib.workspace import Workspace

if TYPE_CHECKING:
    from copehope_lib.self_check.intake import Invitation

answers = typer.Typer(no_args_is_help=True, help="The self-check of the team.")
app.add_typer(answers, name="answers")

_WAVE = typer.Option(metavar="YYYY-MM", help="Month of the wave; this month by default.")
WaveName = Annotated[str | None, _WAVE]


@answers.command()
def tokens(
    count: Annotated[int, typer.Option(min=1, max=200, help="Slips: one a colleague.")],
    folder: Here = Path(),
    wave: WaveName = None,
) -> None:
    """Print slips for a wave, to hand out from a hat; nothing of them is kept but hashes.

    Example: copehope answers tokens my-team --count 9 --wave 2026-10
    """
    from copehope_lib.instruments import read
    from copehope_lib.self_check import wave as waves

    workspace = warned(open_workspace(folder))
    month = _month(wave)
    chosen = workspace.settings.self_check
    keys = workspace.settings.supervision.public_keys
    if not keys:
        raise CopehopeError(
            _(
                "copehope.toml names no key that answers are sealed to: make one with "
                "`copehope keys new`, and write its public half under [supervision] as "
                "public_keys."
            )
        )
    if not any(one.strip() for one in chosen.contacts):
        raise CopehopeError(
            _(
                "copehope.toml names nobody to turn to: before slips are handed out, write who "
                "helps a colleague, and how to reach them, under [self_check] as contacts."
            )
        )
    instrument = read(chosen.instrument)
    of = waves.begin(workspace.dropbox / str(month), instrument.name, instrument.version, keys)
    line = "✂ " + "- " * 24
    for slip in waves.issue(of, count):
        print(line, f"{instrument.title} · {months.name(month)}", "", f"    {slip}", "", sep="\n")
        print(_("Drawn from a hat. Good for one answer; nobody knows whose it is."), "", sep="\n")
    print(line)


@answers.command()
def collect(
    folder: Here = Path(),
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="Key that opens the answers.")
    ] = None,
    wave: WaveName = None,
) -> None:
    """Open the answers of a wave in memory, and show the team what may be shown.

    Example: copehope answers collect my-team --key my-key.txt --wave 2026-10
    """
    from copehope_lib.privacy.wellbeing import collect as collect_wave
    from copehope_lib.self_check.picture import LEAST

    workspace = open_workspace(folder)
    if key is None:
        raise typer.BadParameter(_("Say with --key which key opens the answers."))
    month = _month(wave)
    made = collect_wave(workspace, str(month), key_of(key))
    for sentence in made.left_out:
        print(sentence)
    if made.picture.state == "few":
        sentence = _("There are fewer than {n} answers: nothing is shown, and the wave stays open.")
        print(sentence.format(n=LEAST))
        return
    print(_("The picture of this wave is ready, and the wave is closed."))
    if not made.published:
        sentence = _("The page will show it once {month} is published.")
        print(sentence.format(month=months.name(month)))


def invitation_of(workspace: Workspace) -> "Invitation":
    """Return what the self-check of a team asks, and say which of its waves is elsewhere."""
    from copehope_lib.files.private import read as read_file
    from copehope_lib.instruments import read
    from copehope_lib.instruments.wording import wording
    from copehope_lib.self_check import wave as waves
    from copehope_lib.self_check.intake import Invitation

    chosen = workspace.settings.self_check
    taking = waves.taking(workspace.dropbox)
    for wave in taking:
        if not waves.has_key(wave):
            typer.echo(waves.elsewhere(wave), err=True)
    asked = read(taking[-1].instrument if taking else chosen.instrument)
    own = workspace.wording(asked.name)
    if asked.wording is None and own.exists():
        asked = asked.model_copy(update={"wording": wording(asked, read_file(own))})
    keys = workspace.settings.supervision.public_keys
    return Invitation(asked.model_dump(mode="json"), keys=keys, contacts=chosen.contacts)


def _month(wave: str | None) -> pd.Period:
    return pd.Timestamp.now().to_period("M") if wave is None else period_of(wave)
