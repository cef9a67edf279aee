"""From the drop-box to the team picture: open, draw once, keep, and lay into the extracts."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.files.sealing import Key
from copehope_lib.instruments import Instrument, read
from copehope_lib.language import gettext as _
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.privacy.manifest import MANIFEST
from copehope_lib.privacy.write import add, replace_file, writing
from copehope_lib.self_check import wave as waves
from copehope_lib.self_check.answer import Answer, open_answer
from copehope_lib.self_check.noise import Noise, noisy
from copehope_lib.self_check.picture import LEAST, SCALES, TeamPicture, picture
from copehope_lib.self_check.wave import Wave
from copehope_lib.workspace import Workspace

SEEN_BY = tuple(name for name, audience in AUDIENCES.items() if audience.professionals)
"""Audiences that are given the team picture, the same for all: those inside the team."""

WAVES = {"instrument": "string", "version": "Int64", "state": "string", "least": "Int64"}


@dataclass(frozen=True)
class Collected:
    """What came of collecting a wave.

    Attributes
    ----------
    picture : TeamPicture
        What may be shown.
    left_out : tuple of str
        A sentence for each file that could not be counted.
    published : bool
        Whether its month is published, so that a page can show it.
    """

    picture: TeamPicture
    left_out: tuple[str, ...]
    published: bool


def collect(workspace: Workspace, wave: str, key: Key, noise: Noise = noisy) -> Collected:
    """Open the answers of a wave in memory, and lay what may be told into the extracts.

    Noise is drawn once, and closes the wave: from then on it stays as it was told.

    Parameters
    ----------
    workspace : Workspace
        Of the team.
    wave : str
        Month of the wave, as ``2026-10``.
    key : Key
        Of the supervisor.
    noise : callable, optional
        What is added to all that is told.

    Raises
    ------
    CopehopeError
        If there is no such wave, the key is another one, it was answered to another version of
        its instrument, it is closed and its picture is gone, there are more or fewer answers
        than slips were spent, or nothing can be written.
    """
    left_out: list[str] = []
    # Counted and closed while nobody else can put an answer in, count them, or publish.
    with workspace.alone(), waves.alone(workspace.dropbox / wave):
        of, kept = waves.read(workspace.dropbox / wave), _kept(workspace, wave)
        if kept is None or kept.state == "few":
            kept = _counted(workspace, of, key, left_out, noise)
        if kept.state != "few" and not of.closed:
            waves.close(of, waves.key_of(of, key))
        published = [attach(workspace, wave, audience) for audience in SEEN_BY]
    return Collected(kept, tuple(left_out), any(published))


def _counted(
    workspace: Workspace, of: Wave, key: Key, left_out: list[str], noise: Noise
) -> TeamPicture:
    """Count the answers of a wave, and keep their picture before anybody can see it."""
    _refuse_another_key(of, key)
    instrument = read(of.instrument)
    if of.version != instrument.version:
        sentence = _(
            "The wave {wave} was answered to another version of {title} than this workbench "
            "has, so that nothing of it is shown: print slips for a new wave."
        )
        raise CopehopeError(sentence.format(wave=of.name, title=instrument.title))
    if waves.lost(of, waves.key_of(of, key)):
        sentence = _(
            "Answers of the wave {wave} are missing or were replaced, so that nothing of it is "
            "shown: bring {path} back whole from your copy."
        )
        raise CopehopeError(sentence.format(wave=of.name, path=of.folder))
    if of.closed:
        sentence = _(
            "The wave {wave} is closed, and what was shown of it is gone: bring {path} back from "
            "your copy. Drawn anew, it would tell more than it may."
        )
        raise CopehopeError(sentence.format(wave=of.name, path=_place(workspace, of.name)))
    made = picture(of.name, _answers(of, key, instrument, left_out), instrument, noise)
    _keep(workspace, made)
    return made


def attach(workspace: Workspace, wave: str, audience: str) -> bool:
    """Lay the picture of a wave into the extract of its month; return whether there is both."""
    folder = workspace.extracts / wave / audience
    told = tables_of(workspace, wave)
    if not told or audience not in SEEN_BY or not (folder / MANIFEST).exists():
        return False
    add(folder, told)
    return True


def tables_of(workspace: Workspace, wave: str) -> dict[str, pd.DataFrame]:
    """Return the picture of a wave as an extract holds it; nothing where there is none."""
    kept = _kept(workspace, wave)
    if kept is None:
        return {}
    about = [[kept.instrument, kept.version, kept.state, kept.least]]
    waves_told = pd.DataFrame(about, columns=list(WAVES)).astype(WAVES)
    return {"wellbeing.waves": waves_told, "wellbeing.scales": kept.scales}


def _answers(of: Wave, key: Key, instrument: Instrument, left_out: list[str]) -> list[Answer]:
    """Return the answers of a wave, each once, and say which files were left out, and why."""
    intake = waves.key_of(of, key)
    found: dict[str, Answer] = {}
    for path in of.files():
        try:
            content = waves.unwrap(of, path, intake)
            answer = open_answer(content, key, instrument, of.name, path.name)
        except CopehopeError as problem:
            left_out.append(str(problem))
            continue
        if answer.id in found:
            left_out.append(_("{name} is a copy of another one.").format(name=path.name))
        # Of two with one number, which one counts must not depend on their names.
        found[answer.id] = min(answer, found.get(answer.id, answer), key=Answer.to_bytes)
    if len(found) > of.spent:
        raise CopehopeError(
            _(
                "The wave {wave} holds {n} answers, and {spent} slips were spent: somebody may "
                "have added to it, so that nothing of it is shown."
            ).format(wave=of.name, n=len(found), spent=of.spent)
        )
    return sorted(found.values(), key=Answer.to_bytes)


def _refuse_another_key(of: Wave, key: Key) -> None:
    if not set(key.public) & set(of.to):
        raise CopehopeError(
            _(
                "The answers of {wave} are sealed to another key ({start}…): without it nobody "
                "can open them."
            ).format(wave=of.name, start=", ".join(one[:12] for one in of.to))
        )


def _place(workspace: Workspace, wave: str) -> Path:
    return workspace.published / "wellbeing" / f"{wave}.json"


def _keep(workspace: Workspace, shown: TeamPicture) -> None:
    values = asdict(shown) | {"scales": json.loads(shown.scales.to_json(orient="values"))}
    place = _place(workspace, shown.wave)
    with writing(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, json.dumps(values, indent=1).encode())


def _kept(workspace: Workspace, wave: str) -> TeamPicture | None:
    """Return what was shown of a wave; what an earlier workbench showed stays shown, too."""
    path = _place(workspace, wave)
    if not path.exists():
        return None
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        least = LEAST if values.get("state", "few") != "few" else 0
        scales = pd.DataFrame(values["scales"], columns=list(SCALES)).astype(SCALES)
        return TeamPicture(
            values["wave"],
            values["instrument"],
            values.get("version", 1),
            values.get("least", least),
            scales,
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError, AttributeError):
        raise CopehopeError(
            _("{path} is damaged: bring it back from your copy.").format(path=path)
        ) from None
