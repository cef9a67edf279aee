"""The team picture of a wave: what may be told of the answers of a few people.

The yardstick is an insider who knows every answer but one. So few numbers are told, with noise
(:mod:`copehope_lib.self_check.noise`) for all of them together, that no answer, changed or one
more, changes the odds of what is told by more than nine to one. Which numbers they are, how wide
their ranges are, and that anything is told at all depends on ``STEPS`` alone: from one step to the
next nothing says how many answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from copehope_lib.instruments import Instrument, score
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.noise import Noise, noisy, reach
from copehope_lib.vocabulary import Scale

STEPS = (20, 9, 5)
"""Answers from which more is told; under the last nothing is."""
LEAST = STEPS[-1]
PLACES = 3600
"""Places of a scale, counted from its lowest value; each step divides them."""
WIDEST = PLACES / 2
"""Of a range that is told: what is wider says too little."""

SCALES = {
    "scale": "string",
    **dict.fromkeys(("low", "mean", "high", "lowest", "highest"), "Float64"),
    "strength": "boolean",
}


@dataclass(frozen=True)
class TeamPicture:
    """What may be told of a wave.

    Attributes
    ----------
    wave : str
        Its month.
    instrument, version : str and int
        What was answered.
    least : int
        The last of ``STEPS`` that the answers reached; 0 where they were too few.
    scales : pandas.DataFrame
        ``scale, low, mean, high, lowest, highest, strength``: the mean of the answers as it is
        told, and between which values it lies nine times in ten; in the units of the scale.
    """

    wave: str
    instrument: str
    version: int
    least: int = 0
    scales: pd.DataFrame = field(default_factory=lambda: _frame(SCALES))

    @property
    def state(self) -> str:
        """Whether anything is told: "shown", or "few"."""
        return "shown" if self.least else "few"


def _frame(columns: Mapping[str, str], rows: Sequence[Sequence[object]] = ()) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns)).astype(dict(columns))


def picture(
    wave: str, answers: Sequence[Answer], instrument: Instrument, noise: Noise = noisy
) -> TeamPicture:
    """The team picture of a wave; another one at each call, so that it is drawn once and kept.

    Parameters
    ----------
    wave : str
        The wave.
    answers : sequence of Answer
        Each once.
    instrument : Instrument
        What was answered, in all of them.
    noise : callable, optional
        What is added to all that is told.

    Notes
    -----
    Epsilon is ln 9 for a wave. Who left a scale out counts as its middle: how many left it out
    would be told otherwise. The report asks for supervision in §5.4.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> check = read("month_check")
    >>> of = [Answer(check.name, 2, "2026-10", dict.fromkeys(check.items, 3)) for _one in range(9)]
    >>> shown = picture("2026-10", of, check, noise=lambda numbers, _apart: list(numbers))
    >>> shown.least, shown.scales["scale"].tolist(), shown.scales["mean"].tolist()
    (9, ['weighs', 'carries'], [3.0, 3.0])
    """
    least = next((step for step in STEPS if step <= len(answers)), 0)
    if not least:
        return TeamPicture(wave, instrument.name, instrument.version)
    given = pd.DataFrame([dict(one.answers) for one in answers], columns=list(instrument.items))
    told = next(level for level in _levels(instrument, given) if 2 * off(level, least) <= WIDEST)
    places = (told * PLACES).round().fillna(PLACES // 2).astype("int64")
    means = [int(total) // len(answers) for total in places.sum()]
    rows = []
    for code, mean in zip(map(str, told), noise(means, apart(told, least)), strict=True):
        lowest, highest = _ends(instrument, code)
        at = min(max(mean, 0), PLACES)
        ends = (max(0, at - off(told, least)), at, min(PLACES, at + off(told, least)))
        low, mean_told, high = (lowest + (highest - lowest) * end / PLACES for end in ends)
        rows.append([code, low, mean_told, high, lowest, highest, code in _carrying(instrument)])
    return TeamPicture(wave, instrument.name, instrument.version, least, _frame(SCALES, rows))


def apart(told: pd.DataFrame, least: int) -> int:
    """Return how far one answer may move all means together, of so many answers or more.

    One that is changed moves a sum by at most ``PLACES``; one that is added moves a mean by less.

    Examples
    --------
    >>> apart(pd.DataFrame(columns=["weighs", "carries"]), 9)
    800
    """
    return len(told.columns) * (PLACES // least)


def off(told: pd.DataFrame, least: int) -> float:
    """Return how far the mean of the answers lies from what is told, nine times in ten."""
    return reach(apart(told, least))


def _levels(instrument: Instrument, given: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield what each person could be counted with, from 0 to 1: most is told by the first."""
    scores = score(instrument, given)
    codes = [key.code.value for key in instrument.scales]
    shares = pd.DataFrame({
        code: (scores[code] - lowest) / (highest - lowest)
        for code in codes
        for lowest, highest in [instrument.range(code)]
    })  # fmt: skip
    yield shares
    strengths = [code for code in codes if code in _carrying(instrument)]
    sides = {
        Scale.WEIGHS.value: shares.drop(columns=strengths),
        Scale.CARRIES.value: shares[strengths],
    }
    both = pd.DataFrame({code: of.mean(axis=1) for code, of in sides.items() if len(of.columns)})
    yield both
    yield pd.DataFrame({Scale.BALANCE.value: (both.iloc[:, 0] - both.iloc[:, -1] + 1) / 2})


def _carrying(instrument: Instrument) -> set[str]:
    return {Scale.CARRIES.value, *(key.code.value for key in instrument.scales if key.strength)}


def _ends(instrument: Instrument, code: str) -> tuple[int, int]:
    """Return the lowest and the highest value of what is told."""
    lowest, highest = instrument.answers[0], instrument.answers[-1]
    if code == Scale.BALANCE.value:
        return lowest - highest, highest - lowest
    together = code in (Scale.WEIGHS.value, Scale.CARRIES.value)
    return (lowest, highest) if together else instrument.range(code)
