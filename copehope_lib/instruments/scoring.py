"""From answers to scores: pure functions that follow the key of an instrument."""

import pandas as pd

from copehope_lib.errors import CopehopeError
from copehope_lib.instruments.instrument import Instrument, ScaleKey
from copehope_lib.language import gettext as _


def score(instrument: Instrument, answers: pd.DataFrame) -> pd.DataFrame:
    """The score and band of each person on each scale, by the instrument's own rules.

    A reversed item counts ``lowest + highest - answer``. A scale is the mean (or the sum) of
    its answered items; with fewer than ``at_least`` of them it has no score.

    Parameters
    ----------
    instrument : Instrument
        Its key.
    answers : pandas.DataFrame
        A row a person, a column an item (its number), values as the instrument's own answers;
        a missing value is an item that was not answered, and so is a missing column.

    Returns
    -------
    pandas.DataFrame
        A row a person, in the same order; for each scale its score (Float64) under its code,
        and its band (string, missing without a score or without published bands) under
        ``<code>_band``.

    Raises
    ------
    CopehopeError
        If a column is no item, or a value is no answer; it names the row and the item.

    Notes
    -----
    Sources of the keys stand in each data file; the burn-out scales answer to §5.4.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> answers = pd.DataFrame([[100] * 6 + [50] * 7 + [None] * 4 + [0, 25]],
    ...     columns=range(1, 20))
    >>> print(*score(read("cbi"), answers).loc[0, ["personal", "work", "work_band"]])
    100.0 50.0 high
    >>> score(read("cbi"), answers)["client"].isna().tolist()
    [True]
    """
    numbers = checked(instrument, answers)
    result = pd.DataFrame(index=answers.index)
    for key in instrument.scales:
        result[key.code.value] = _scale(instrument, key, numbers)
        result[f"{key.code.value}_band"] = bands(key, result[key.code.value])
    return result


def checked(instrument: Instrument, answers: pd.DataFrame) -> pd.DataFrame:
    """Return answers as numbers, a column for each item, reversed items turned around.

    Raises
    ------
    CopehopeError
        If a column is no item, or a value is no answer.
    """
    strange = [name for name in answers if name not in instrument.items]
    if strange:
        sentence = _("{title} has no item {item}: give each column the number of its item.")
        raise CopehopeError(sentence.format(title=instrument.title, item=strange[0]))
    numbers = answers.apply(pd.to_numeric, errors="coerce").astype("Float64")
    wrong = answers.notna() & ~numbers.isin(instrument.answers)
    if wrong.to_numpy().any():
        row, column = next(zip(*wrong.to_numpy().nonzero(), strict=True))
        raise CopehopeError(
            _("Row {row}, item {item}: {value} is no answer, which is one of {all}.").format(
                row=row + 1, item=answers.columns[column],
                value=str(answers.iloc[row, column])[:20],
                all=", ".join(map(str, instrument.answers)),
            )
        )  # fmt: skip
    numbers = pd.DataFrame(numbers, columns=list(instrument.items)).astype("Float64")
    turn = list(instrument.reversed)
    numbers[turn] = instrument.answers[0] + instrument.answers[-1] - numbers[turn]
    return numbers


def _scale(instrument: Instrument, key: ScaleKey, numbers: pd.DataFrame) -> pd.Series:
    of = numbers[list(key.items)]
    made = of.mean(axis=1) if instrument.scoring == "mean" else of.sum(axis=1)
    return made.where(of.notna().sum(axis=1) >= key.at_least).astype("Float64")


def bands(key: ScaleKey, scores: pd.Series) -> pd.Series:
    """Return the band of each score: the last one that begins at or below it.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> scores = pd.Series([22, 23, 42, None], dtype="Float64")
    >>> bands(read("proqol").key("burnout"), scores).tolist()
    ['low', 'moderate', 'high', <NA>]
    """
    found = pd.Series(pd.NA, index=scores.index, dtype="string")
    for band, start in key.bands.items():
        found[(scores >= start).fillna(value=False).astype(bool)] = band.value
    return found
