"""Texts to values: each distinct text of a column is understood once."""

from typing import Final

import pandas as pd

from copehope_lib.language import plain
from copehope_lib.schema import Column
from copehope_lib.settings import Settings
from copehope_lib.tables import codes, dates
from copehope_lib.tables.dates import Understood
from copehope_lib.vocabulary import YesNoUnknown

# What spreadsheets write for true and false, beside yes and no in four languages.
_TRUE = {"true", "verdadero", "cert", "vero", "1", "x", "s", "y", "v", "t"}
_FALSE = {"false", "falso", "fals", "0", "n", "f"}

# What spreadsheets show in place of a value, in the language of each: #N/A, #¡REF!, Err:502.
ERROR: Final = (
    r"(?i:#(?:n/[ad]|nv|[¡¿]?[\w/.º ]{1,24}[!?]|getting_data|#+)|(?:err|error|errore):[0-9]{3})"
    r"|N/[AD]|n/[ad]|NULL|NaN"
)


def understand(
    cells: pd.Series, column: Column, settings: Settings, epoch: int = 1900
) -> Understood:
    """Turn texts into the values that a column declares.

    Parameters
    ----------
    cells : pandas.Series
        Categorical: its categories are the distinct texts, clean and not blank.
    column : Column
        Its declaration.
    settings : Settings
        Time zone of the team, and what it settled about its files.
    epoch : {1900, 1904}
        From when on the spreadsheet counts days.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> housing = TABLES["women"].column("housing")
    >>> cells = pd.Series(["shared_flat", "PISO COMPARTIDO", "castle"], dtype="category")
    >>> understand(cells, housing, Settings()).meaning.tolist()
    ['shared_flat', nan, 'shared_flat']
    """
    texts, reading = pd.Series(cells.cat.categories), settings.reading
    match column.kind:
        case "code":
            return Understood(codes.read(texts, reading.codes))
        case "word":
            readings = column.words.readings()
            if column.words is YesNoUnknown:
                marks = dict.fromkeys(_TRUE, "yes") | dict.fromkeys(_FALSE, "no")
                readings = marks | readings
            return Understood(_words(texts, readings).astype(column.dtype))
        case "yes_no":
            answers = {text: word == "yes" for text, word in column.words.readings().items()}
            answers |= dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False)
            return Understood(_words(texts, answers).astype("boolean"))
        case "integer":
            numbers = _numbers(texts.mask(texts.str.contains(r"[.,][0-9]{3}$")))
            return Understood(numbers.where(numbers % 1 == 0).astype("Int64"))
        case "number":
            return Understood(_numbers(texts))
        case "day":
            return dates.days(texts, reading.dates, epoch)
        case "moment":
            zone, alone = settings.zone, column.day_alone
            return dates.moments(texts, reading.dates, zone, epoch, day_alone=alone)
        case _:
            return Understood(texts.mask(texts.str.fullmatch(ERROR)))


def _words(texts: pd.Series, readings: dict[str, str] | dict[str, bool]) -> pd.Series:
    return pd.Series([readings.get(plain(text[:100])) for text in texts], texts.index, dtype=object)


def _numbers(texts: pd.Series) -> pd.Series:
    """Read numbers with a decimal point or comma; one with thousands set apart is in doubt."""
    tidy = texts.str.replace(codes.DASHES, "-", regex=True)
    simple = tidy.where(tidy.str.fullmatch(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?"))
    return pd.to_numeric(simple.str.replace(",", "."), errors="coerce").astype("Float64")
