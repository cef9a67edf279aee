"""The team picture of a wave: what may be shown of the answers of a few people.

The yardstick is an insider who knows everyone's answers but one, and every picture ever shown.
Everything here is made of randomised scores (:mod:`copehope_lib.self_check.randomisation`), which
protect each answer whatever is put together; the rules below come on top of that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from copehope_lib.instruments import Instrument, score
from copehope_lib.instruments.scoring import checked
from copehope_lib.self_check.answer import Answer
from copehope_lib.self_check.randomisation import TRUTH, draws, mean_of, randomised, told_bands

LEAST = 5
"""Answers under which nothing of a wave is shown, and nothing is made of it later either."""
FOR_ITEMS = 10
"""Answers from which single items are shown."""
FOR_BANDS = 20
"""Answers from which shares of bands are shown: randomised, fewer would say nothing."""
APART = 3
"""People by whom two waves must differ to be shown side by side."""
WINDOW = 3
"""Waves that are taken together where one alone is too near to the last that was shown."""
EXACT = {5: (1 / 10, 0.15), 10: (1 / 20, 0.125), 20: (1 / 40, 0.1)}
"""From so many answers on: the step of a mean, and how far the mean of the answers may lie from
what is shown (about four times in five, or better), as parts of the range. The step is the
range ÷ 2n of the fewest answers it is for: it tells nothing of how many there were."""


_RANGE = dict.fromkeys(("low", "mean", "high", "lowest", "highest"), "Float64")
SCALES = {"scale": "string", **_RANGE, "strength": "boolean"}
BANDS = {"scale": "string", "band": "string", "share": "Float64"}
ITEMS = {"item": "Int64", **_RANGE, "help": "boolean"}


@dataclass(frozen=True)
class TeamPicture:
    """What may be shown of a wave.

    Attributes
    ----------
    wave : str
        Its month.
    instrument : str
        What was answered.
    state : {"shown", "window", "few"}
        Alone, together with waves before it, or not at all.
    waves : tuple of str
        The waves that are taken together, oldest first.
    answers : int
        Answers of this wave: remembered to compare with the next one, and shown to nobody.
    rate : float, optional
        How many of those who had a slip answered, to the nearest tenth.
    scales : pandas.DataFrame
        ``scale, low, mean, high, lowest, highest, strength``: the mean in steps, and between
        which values the mean of the answers lies; in the units of the scale.
    bands : pandas.DataFrame
        ``scale, band, share``: to the nearest tenth; no row where bands may not be shown.
    items : pandas.DataFrame
        ``item, low, mean, high, lowest, highest, help``; no row where items may not be shown.
    """

    wave: str
    instrument: str
    state: str
    waves: tuple[str, ...] = ()
    answers: int = 0
    rate: float | None = None
    scales: pd.DataFrame = field(default_factory=lambda: _frame(SCALES))
    bands: pd.DataFrame = field(default_factory=lambda: _frame(BANDS))
    items: pd.DataFrame = field(default_factory=lambda: _frame(ITEMS))


def _frame(columns: Mapping[str, str], rows: Sequence[Sequence[object]] = ()) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns)).astype(dict(columns))


def together(wave: str, counts: Mapping[str, int], last: int | None) -> tuple[str, ...]:
    """The waves that a wave is shown with, itself included; none where it is not shown.

    Who answered is known to nobody, so that two waves may have been answered by all the same
    people but for the difference of their numbers. Fewer than three people apart from the last
    wave that was shown, a wave appears in a window of three only. A wave with fewer than five
    answers is never used: no sum of pictures leaves fewer than five answers over.

    Parameters
    ----------
    wave : str
        The wave.
    counts : mapping of str to int
        Answers of this wave and of those before it that were shown.
    last : int, optional
        Answers of the last wave that was shown before it.

    Examples
    --------
    >>> together("2026-10", {"2026-09": 6, "2026-10": 9}, last=6)
    ('2026-10',)
    >>> together("2026-10", {"2026-09": 8, "2026-10": 9}, last=8)
    ('2026-09', '2026-10')
    >>> together("2026-10", {"2026-10": 4}, None)
    ()
    """
    if counts[wave] < LEAST:
        return ()
    if last is None or abs(counts[wave] - last) >= APART:
        return (wave,)
    usable = sorted(name for name, n in counts.items() if n >= LEAST and name <= wave)
    return tuple(usable[-WINDOW:])


def picture(
    wave: str,
    answers: Mapping[str, Sequence[Answer]],
    instrument: Instrument,
    issued: int,
    last: int | None,
) -> TeamPicture:
    """The team picture of a wave.

    Parameters
    ----------
    wave : str
        The wave.
    answers : mapping of str to sequence of Answer
        Those of this wave and of the waves before it that were shown, each once.
    instrument : Instrument
        What was answered, in all of them.
    issued : int
        Slips of this wave.
    last : int, optional
        Answers of the last wave that was shown before it.

    Returns
    -------
    TeamPicture
        The same for the same answers, in whichever order they come.

    Notes
    -----
    As staff surveys do: 5 answers, at least 3 people between two results that are shown, items
    from 10, no breakdown, steps of the range ÷ 2n. The report asks for supervision in §5.4.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> check = read("month_check")
    >>> most = dict.fromkeys(check.items, 4)
    >>> of = [Answer(check.name, 1, "2026-10", most, f"{number:032x}") for number in range(6)]
    >>> shown = picture("2026-10", {"2026-10": of}, check, issued=9, last=None)
    >>> shown.state, shown.rate, shown.scales.loc[0, "mean"], len(shown.items)
    ('shown', 0.7, np.float64(4.0), 0)
    """
    counts = {name: len(of) for name, of in answers.items()}
    waves = together(wave, counts, last)
    if not waves:
        return TeamPicture(wave, instrument.name, "few")
    pooled = [one for name in waves for one in answers[name]]
    ids = [one.id for one in pooled]
    given = pd.DataFrame([dict(one.answers) for one in pooled], columns=list(instrument.asked))
    scores = score(instrument, given[list(instrument.items)])
    return TeamPicture(
        wave,
        instrument.name,
        "shown" if waves == (wave,) else "window",
        waves,
        counts[wave],
        min(1.0, round(counts[wave] / max(issued, 1), 1)),
        _scales(instrument, scores, ids),
        _bands(instrument, scores, ids),
        _items(instrument, given, ids),
    )


def _mean(
    values: pd.Series, lowest: float, highest: float, purpose: str, ids: list[str]
) -> list[float]:
    """Return the low end, the mean and the high end of what may be shown; nothing of a few."""
    share = (values - lowest) / (highest - lowest)
    drawn = randomised(share.astype("float64"), draws(ids, purpose)).dropna()
    enough = [n for n in EXACT if n <= len(drawn)]
    if not enough:
        return []
    step, off = EXACT[enough[-1]]
    mean = round(mean_of(drawn) / step) * step
    ends = (max(0.0, mean - off), mean, min(1.0, mean + off))
    return [round(lowest + (highest - lowest) * end, 6) for end in ends]


def _scales(instrument: Instrument, scores: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    rows = []
    for key in instrument.scales:
        lowest, highest = instrument.range(key.code)
        told = _mean(scores[key.code.value], lowest, highest, key.code.value, ids)
        if told:
            rows.append([key.code.value, *told, lowest, highest, key.strength])
    return _frame(SCALES, rows)


def _items(instrument: Instrument, given: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    rows = []
    turned = checked(instrument, given[list(instrument.items)])
    for item in instrument.asked:
        values = turned[item] if item in turned else given[item].astype("Float64")
        if values.notna().sum() < FOR_ITEMS:
            continue
        choices = [value for value, _words in instrument.choices(item)]
        told = _mean(values, choices[0], choices[-1], f"item {item}", ids)
        rows.append([item, *told, choices[0], choices[-1], item not in instrument.items])
    return _frame(ITEMS, rows)


def _bands(instrument: Instrument, scores: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Return the shares of bands, put right for those that were drawn by chance."""
    rows = []
    for key in instrument.scales:
        of, names = scores[f"{key.code.value}_band"], [band.value for band in key.bands]
        if of.notna().sum() < FOR_BANDS or not names:
            continue
        truth, band = (draws(ids, f"{key.code.value} {purpose}") for purpose in ("truth", "band"))
        told = told_bands(of, names, truth, band).dropna()
        seen = told.value_counts(normalize=True).reindex(names, fill_value=0.0)
        right = ((seen - (1 - TRUTH) / len(names)) / TRUTH).clip(0, 1).astype("float64")
        shares = (right / (right.sum() or 1)).round(1)
        rows += [[key.code.value, name, share] for name, share in shares.items()]
    return _frame(BANDS, rows)
