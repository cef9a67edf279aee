"""From the drop-box to the team picture: open, draw, remember, and lay into the extracts."""

import json
from collections.abc import Mapping, Sequence
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
from copehope_lib.self_check.picture import BANDS, ITEMS, SCALES, TeamPicture, picture
from copehope_lib.self_check.wave import Wave
from copehope_lib.workspace import Workspace

SEEN_BY = tuple(name for name, audience in AUDIENCES.items() if audience.professionals)
"""Audiences that are given the team picture, the same for all: those inside the team."""

WAVES = {
    "instrument": "string",
    "state": "string",
    "rate": "Float64",
    "waves": "Int64",
    "since": "string",
}

# Tables of a team picture, with their columns.
_TABLES: dict[str, Mapping[str, str]] = {"scales": SCALES, "bands": BANDS, "items": ITEMS}


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


def collect(workspace: Workspace, wave: str, key: Key) -> Collected:
    """Open the answers of a wave in memory, and lay what may be shown into the extracts.

    A wave that was shown is closed, and stays as it was shown.

    Parameters
    ----------
    workspace : Workspace
        Of the team.
    wave : str
        Month of the wave, as ``2026-10``.
    key : Key
        Of the supervisor.

    Raises
    ------
    CopehopeError
        If there is no such wave, the key is another one, a later wave was shown already, there
        are more or fewer answers than slips were spent, or nothing can be written.
    """
    left_out: list[str] = []
    # Counted and closed while nobody else can put an answer in, count them, or publish.
    with workspace.alone(), waves.alone(workspace.dropbox / wave):
        of, kept = waves.read(workspace.dropbox / wave), _kept(workspace, wave)
        if kept is None or kept.state == "few":
            kept = _counted(workspace, of, key, left_out)
        if kept.state != "few" and not of.closed:
            waves.close(of, waves.key_of(of, key))
        published = [attach(workspace, wave, audience) for audience in SEEN_BY]
    return Collected(kept, tuple(left_out), any(published))


def _counted(workspace: Workspace, of: Wave, key: Key, left_out: list[str]) -> TeamPicture:
    """Count the answers of a wave, and remember their picture."""
    _refuse_another_key(of, key)
    if waves.lost(of, waves.key_of(of, key)):
        sentence = _(
            "Answers of the wave {wave} are missing or were replaced, so that nothing of it is "
            "shown: bring {path} back whole from your copy."
        )
        raise CopehopeError(sentence.format(wave=of.name, path=of.folder))
    before = [one for one in _shown_before(workspace, of.name) if one.instrument == of.instrument]
    answers = {
        one.wave: _answers(workspace, one.wave, key, [])
        for one in before
        if (workspace.dropbox / one.wave / waves.FILE_NAME).exists()
    }
    answers[of.name] = _answers(workspace, of.name, key, left_out)
    last = before[-1].answers if before else None
    made = picture(of.name, answers, read(of.instrument), of.issued, last)
    _keep(workspace, made)
    return made


def attach(workspace: Workspace, wave: str, audience: str) -> bool:
    """Lay the picture of a wave into the extract of its month; return whether there is both."""
    folder = workspace.extracts / wave / audience
    kept = _kept(workspace, wave)
    if kept is None or audience not in SEEN_BY or not (folder / MANIFEST).exists():
        return False
    first = min(kept.waves, default=wave)
    about = [[kept.instrument, kept.state, kept.rate, len(kept.waves), first]]
    tables = {"waves": _typed(about, WAVES), **{name: getattr(kept, name) for name in _TABLES}}
    add(folder, {f"wellbeing.{name}": table for name, table in tables.items()})
    return True


def _answers(workspace: Workspace, name: str, key: Key, left_out: list[str]) -> list[Answer]:
    """Return the answers of a wave, each once, and say which files were left out, and why."""
    of = waves.read(workspace.dropbox / name)
    instrument: Instrument = read(of.instrument)
    intake = waves.key_of(of, key)
    found: dict[str, Answer] = {}
    for path in of.files():
        try:
            content = waves.unwrap(of, path, intake)
            answer = open_answer(content, key, instrument, name, path.name)
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
            ).format(wave=name, n=len(found), spent=of.spent)
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


def _shown_before(workspace: Workspace, wave: str) -> list[TeamPicture]:
    """Return the waves that were shown before this one, oldest first."""
    shown = [one for one in _all_kept(workspace) if one.state != "few"]
    later = [one.wave for one in shown if one.wave > wave]
    if later:
        raise CopehopeError(
            _(
                "{later} was shown already: waves are collected in their order, because each "
                "is protected against those before it."
            ).format(later=later[0])
        )
    return shown


def _folder(workspace: Workspace) -> Path:
    return workspace.published / "wellbeing"


def _keep(workspace: Workspace, shown: TeamPicture) -> None:
    """Remember what was shown, before anybody can see it."""
    values = asdict(shown) | {
        name: json.loads(getattr(shown, name).to_json(orient="values")) for name in _TABLES
    }
    folder = _folder(workspace)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(folder / f"{shown.wave}.json", json.dumps(values, indent=1).encode())


def _kept(workspace: Workspace, wave: str) -> TeamPicture | None:
    path = _folder(workspace) / f"{wave}.json"
    if not path.exists():
        return None
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        tables = {name: _typed(values.pop(name), columns) for name, columns in _TABLES.items()}
        return TeamPicture(**values | tables | {"waves": tuple(values["waves"])})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise CopehopeError(
            _("{path} is damaged: bring it back from your copy.").format(path=path)
        ) from None


def _typed(rows: list[Any], columns: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(dict(columns))


def _all_kept(workspace: Workspace) -> Sequence[TeamPicture]:
    names = sorted(path.stem for path in _folder(workspace).glob("*.json"))
    return [one for name in names if (one := _kept(workspace, name)) is not None]
