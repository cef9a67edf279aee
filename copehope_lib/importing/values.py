"""Her words, days and numbers: what each distinct one becomes, and what has to be asked."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from babel.numbers import format_decimal

from copehope_lib.importing.asking import LEFT_OUT, Asking, Question, labels
from copehope_lib.importing.her import Block
from copehope_lib.importing.spoken import Day, bare, day_of, nearest, readings, region
from copehope_lib.language import gettext as _
from copehope_lib.language import locale, ngettext
from copehope_lib.schema import Column, heading
from copehope_lib.settings import Settings
from copehope_lib.tables import dates
from copehope_lib.tables.understand import understand

FULL_WEEK: Final = 37.5
"""Hours of a full post in a week where no row says more; what is proposed is asked."""

FIRST_DAY: Final = "first"
_YEAR = re.compile(r"(?<!\d)(20[0-9]{2})(?!\d)")


@dataclass(frozen=True)
class Reader:
    """What is known while one table of hers is read.

    Attributes
    ----------
    block : Block
        The table.
    settings : Settings
        Of the workspace.
    today : datetime.date
        No month without a year lies after it.
    ask : Asking
        Asks.
    """

    block: Block
    settings: Settings
    today: datetime.date
    ask: Asking

    def meanings(self, name: str, column: Column, texts: Counter[str]) -> dict[str, str]:
        """Return what each text of a column is to be in our table.

        Parameters
        ----------
        name, column : str, Column
            Which of ours.
        texts : Counter of str
            Her distinct texts, and in how many rows each stands.
        """
        distinct = [text for text in texts if text]
        if not distinct:
            return {}
        if column.kind in ("day", "moment"):
            known = self._days(name, column, distinct)
        else:
            cells = pd.Series(pd.Categorical(distinct))
            meant = understand(cells, column, self.settings)
            known = _meant(cells.cat.categories, meant.meaning, column)
        said = re.findall(r"(\d+(?:[.,]\d+)?)\s*h", " ".join(distinct))
        hours = [float(n.replace(",", ".")) for n in said]
        full = max([hour for hour in hours if 35 <= hour <= 40], default=FULL_WEEK)
        return {
            text: known[text]
            if text in known and column.kind != "text"
            else self._asked(name, column, text, texts[text], full)
            for text in distinct
        }

    def _asked(self, name: str, column: Column, text: str, n: int, full: float) -> str:
        proposal, sure, why = _proposed(column, text, full)
        if sure and proposal == text:
            return text
        choices = {} if column.vocabulary is None else labels(column.words)
        if choices and column.optional:
            choices[LEFT_OUT] = _("leave it empty")
        asks = _("{column}: “{text}” × {n} means").format(column=heading(name), text=text, n=n)
        answer = self.ask(Question(("words", name, text), asks, choices, proposal, sure, why))
        return "" if answer == LEFT_OUT else answer

    @property
    def year(self) -> int:
        """The year of days that are written without one."""
        places = {
            _("from the title"): " ".join(self.block.title),
            _("from the name of the sheet"): self.block.sheet,
            _("from the name of the file"): self.block.file,
            _("from the sheet"): " ".join(self.block.around),
        }
        found = {where: years[-1] for where, of in places.items() if (years := _YEAR.findall(of))}
        why = next(iter(found), "")
        proposal = found.get(why, str(self.today.year))
        about = _("Days without a year are of")
        answer = self.ask(Question(("year",), about, {}, proposal, sure=bool(why), why=why))
        return int(answer) if answer.isdecimal() else int(proposal)

    @property
    def month_first(self) -> bool:
        """Whether 3/10 is the tenth of March, where no day of a column tells."""
        if self.settings.reading.dates != "ask":
            return self.settings.reading.dates == "month_first"
        asks, why = (
            _("A day such as 3/10 is"),
            _("as it is written in Spanish, Catalan and Italian"),
        )
        choices = {"day_first": _("3 October (day first)")}
        choices["month_first"] = _("10 March (month first)")
        question = Question(("order",), asks, choices, "day_first", why=why)
        return self.ask(question) == "month_first"

    def _days(self, name: str, column: Column, texts: list[str]) -> dict[str, str]:
        series = pd.Series(texts, dtype="str")
        read = _read(series, column, "ask", self.settings)
        if len(read.doubtful):
            order: dates.Order = "month_first" if self.month_first else "day_first"
            read = _read(series, column, order, self.settings)
        found = _meant(texts, read.meaning, column)
        vague: dict[str, Day] = {}
        for text in texts:
            day = None if text in found else day_of(text)
            if day and not day.day:
                vague[text] = day
            elif day and (iso := day.iso(day.year or self.year)):
                found[text] = iso
        return found | self._vague(name, column, vague) if vague else found

    def _vague(self, name: str, column: Column, vague: Mapping[str, Day]) -> dict[str, str]:
        n, some = len(vague), ", ".join(list(vague)[:3])
        asks = ngettext(
            "{column}: {n} day is written without its day ({some}). Take",
            "{column}: {n} days are written without their day ({some}). Take",
            n,
        ).format(column=heading(name), n=n, some=some)
        choices = {FIRST_DAY: _("the first day of the month or year")}
        if column.optional:
            choices[LEFT_OUT] = _("leave it empty")
        if self.ask(Question(("days", name), asks, choices, FIRST_DAY)) == LEFT_OUT:
            return dict.fromkeys(vague, "")
        return {
            text: Day(day.year or self.year, day.month or 1, 1).iso() for text, day in vague.items()
        }


def _read(
    texts: pd.Series, column: Column, order: dates.Order, settings: Settings
) -> dates.Understood:
    if column.kind == "day":
        return dates.days(texts, order)
    return dates.moments(texts, order, settings.zone)


def _meant(texts: Iterable[str], values: Iterable[Any], column: Column) -> dict[str, str]:
    """Return what each text means, as our tables have it, without those that mean nothing."""
    both = zip(texts, values, strict=True)
    return {text: _plainly(value, column) for text, value in both if not pd.isna(value)}


def _plainly(value: object, column: Column) -> str:
    """Write a value as our tables have it."""
    if isinstance(value, pd.Timestamp):
        midnight = value == value.normalize()
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%dT%H:%M")
    if column.kind == "yes_no":
        return "yes" if value else "no"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _proposed(column: Column, text: str, full: float) -> tuple[str, bool, str]:
    """Return what a text likely means, whether that is sure, and why."""
    match column.kind:
        case "word" | "yes_no":
            said, sure = bare(text), readings(column.words)
            if said in sure:
                return sure[said], True, ""
            perhaps = readings(column.words, sure=False)
            near = perhaps.get(said) or nearest(text, sure)
            return near, False, _("this is what it is likely to mean") if near else ""
        case "number" | "integer":
            number = re.match(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*(%|h)?", text)
            if not number:
                return "", False, ""
            value = float(number[1].replace(",", "."))
            if number[2] == "%":
                return f"{value / 100:.15g}", True, _("100% is a full post")
            if number[2] == "h":
                hours = _("of {n} hours a week").format(n=format_decimal(full, locale=locale()))
                return f"{value / full:.2g}", False, hours
            return f"{value:.15g}", False, _("the number that stands there")
        case "text":
            where = region(text)
            return where, True, _("the region of a country")
        case _:
            return "", False, ""
