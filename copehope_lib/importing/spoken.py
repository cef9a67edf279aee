"""What teams call tables, columns, words and days: their own, beside ours in four languages."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from babel import Locale
from babel.dates import get_day_names, get_month_names

from copehope_lib.language import LANGUAGES, locale, plain
from copehope_lib.vocabulary import Vocabulary

# Between the parts of a day: of, the, and what stands before a month.
_SMALL_WORDS: Final = {"de", "del", "d", "di", "el", "il", "the", "of", "dia", "giorno", "h"}
_THIS_CENTURY: Final = 2000


def bare(text: str) -> str:
    """Return a text as it is compared; a sign that is no letter is kept as it is.

    Examples
    --------
    >>> bare(" Sit. Admin. "), bare("✓")
    ('sit admin', '✓')
    """
    return plain(text) or text.strip()


@cache
def _file() -> dict[str, Any]:
    text = files("copehope_lib.importing").joinpath("synonyms.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def called(part: str) -> dict[str, tuple[str, ...]]:
    """Return what teams call the things of one part of the list: tables, columns or roles.

    Examples
    --------
    >>> "usuarias" in called("tables")["women"]
    True
    """
    return {name: tuple(map(bare, said)) for name, said in _file()[part].items()}


@cache
def readings(vocabulary: type[Vocabulary], *, sure: bool = True) -> dict[str, str]:
    """Return the word of ours for each word of theirs.

    Parameters
    ----------
    vocabulary : type of Vocabulary
        The list of ours.
    sure : bool
        Those that mean nothing else; otherwise those that are likely meant so.

    Examples
    --------
    >>> from copehope_lib.vocabulary import Housing
    >>> readings(Housing)["acogida"], readings(Housing, sure=False)["piso"]
    ('reception_centre', 'shared_flat')
    """
    words = _file()["words" if sure else "perhaps"].get(vocabulary.__name__, {})
    theirs = {bare(said): code for code, spelt in words.items() for said in spelt}
    return theirs | vocabulary.readings() if sure else theirs


def nearest(text: str, known: Mapping[str, str]) -> str:
    """Return what the nearest of some known texts means; nothing where none is near.

    Examples
    --------
    >>> nearest("acojida", {"acogida": "reception_centre"}), nearest("x", {"acogida": "no"})
    ('reception_centre', '')
    """
    said = bare(text)
    within = [one for one in known if len(one) > 3 and f" {one} " in f" {said} "]
    near = within or get_close_matches(said, known, 1, 0.8)
    return known[max(near, key=len)] if near else ""


class Day(NamedTuple):
    """A day of which a part may not be written."""

    year: int = 0
    month: int = 0
    day: int = 0

    def iso(self, year: int = 0, month: int = 0) -> str:
        """Write it plainly, with what is known from elsewhere; nothing where there is no such day.

        Examples
        --------
        >>> Day(day=5).iso(2026, 10), Day(month=2, day=31).iso(2026)
        ('2026-10-05', '')
        """
        import datetime

        try:
            whole = datetime.date(self.year or year, self.month or month, self.day)
        except ValueError:
            return ""
        return whole.isoformat()


@cache
def months_by_name() -> dict[str, int]:
    """Return the months by their names, whole and short, in four languages.

    What means one month in one language and another one in another means none.

    Examples
    --------
    >>> months_by_name()["octubre"], months_by_name()["gen"], months_by_name()["sept"]
    (10, 1, 9)
    """
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, Locale(language)).items():
                    word = plain(name).split()[-1]
                    for said in (word, word[:3], word[:4]):
                        found.setdefault(said, set()).add(month)
    return {name: months.pop() for name, months in found.items() if len(months) == 1}


@cache
def _weekdays() -> set[str]:
    named = {
        plain(name)
        for language in LANGUAGES
        for width in ("wide", "abbreviated", "short")
        for name in get_day_names(width, "format", Locale(language)).values()
    }
    return named | {*called("roles")["weekday"]}


def day_of(text: str, *, month_first: bool = False) -> Day | None:
    """Read a day as it stands at the head of a column, or in a cell, be it whole or not.

    Returns
    -------
    Day or None
        What is written of it; nothing where it is no day.

    Examples
    --------
    >>> day_of("3-feb-26"), day_of("02/10"), day_of("jue. 15"), day_of("sept 2025")
    (Day(year=2026, month=2, day=3), Day(year=0, month=10, day=2), \
Day(year=0, month=0, day=15), Day(year=2025, month=9, day=0))
    >>> day_of("12 women") is None
    True
    """
    if re.search(r"\d[.,]\d|\d{5}", text.strip()) and "." not in text.strip()[1:6:1]:
        return None
    parts = [one for one in re.findall(r"\d+|[^\W\d]+", plain(text)) if one not in _SMALL_WORDS]
    words = [one for one in parts if not one.isdigit()]
    named = [months_by_name()[one] for one in words if one in months_by_name()]
    others = [one for one in words if one not in months_by_name() and one not in _weekdays()]
    numbers = [int(one) for one in parts if one.isdigit()]
    if others or len(named) > 1 or len(numbers) > 3 or not (numbers or named):
        return None
    return _whole(numbers, named[0] if named else 0, month_first=month_first)


def _whole(numbers: list[int], month: int, *, month_first: bool) -> Day | None:
    year = next((n for n in numbers if n > 1900), 0)
    rest = [n for n in numbers if n != year]
    if month:
        day, *more = rest or [0]
        found = Day(year or (_THIS_CENTURY + more[0] if more else 0), month, day)
    elif year and numbers[0] == year and len(rest) == 2:
        found = Day(year, *rest)
    elif len(rest) in (2, 3):
        day, month = rest[1::-1] if month_first else rest[:2]
        found = Day(year or (_THIS_CENTURY + rest[2] if len(rest) == 3 else 0), month, day)
    else:
        found = Day(year, 0, *rest) if len(rest) < 2 else Day(month=13)
    return found if found.month <= 12 and found.day <= 31 else None


def region(country: str) -> str:
    """Return the region of the world in which a country lies, in the language in use.

    Names are those of CLDR, regions those of the United Nations (M49). What is no country is
    returned as it is.

    Examples
    --------
    >>> region("Nigèria"), region("West Africa")
    ('Western Africa', 'West Africa')
    """
    code = _countries().get(plain(country), "")
    of = next((of for of, within in _file()["regions"].items() if code in within), "")
    return str(locale().territories[of]) if of else country


@cache
def _countries() -> dict[str, str]:
    return {
        plain(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha()
    }


def without_dates(texts: Iterable[str]) -> str:
    """Return what a title says apart from days, hours and months: the same from month to month.

    Examples
    --------
    >>> without_dates(["Asistencia octubre 2026", "10-11:30"])
    'asistencia'
    """
    codes = re.findall(r"\b[A-Z]{1,6}-\d+\b", " ".join(texts))
    words = re.findall(r"[^\W\d]+", " ".join(map(plain, texts)))
    drop = {word for word in months_by_name().keys() | _weekdays() if len(word) > 2} | _SMALL_WORDS
    return " ".join([*(word for word in words if word not in drop), *codes])
