"""An instrument: scales, items by number, answer values, scoring, bands; read from its file.

The wording of published instruments is not ours to give: their files hold the key alone. Our
own month check holds its sentences, in four languages.
"""

from functools import cache
from importlib.resources import files
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from copehope_lib.errors import CopehopeError
from copehope_lib.language import current
from copehope_lib.language import gettext as _
from copehope_lib.vocabulary import Band, Scale

INSTRUMENTS = ("month_check", "cbi", "proqol", "bat23", "bat12", "olbi")
"""Names of the instruments that come with the workbench."""

Text = dict[Literal["en", "es", "ca", "it"], str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScaleKey(_Part):
    """How one scale is scored.

    Attributes
    ----------
    code : Scale
        What it measures.
    items : tuple of int
        Numbers of its items.
    at_least : int
        Items that must have been answered; with fewer there is no score.
    strength : bool
        Whether more of it is good to have.
    bands : dict of Band to float
        The score from which on each band holds, lowest first; empty where none are published.
    """

    code: Scale
    items: tuple[int, ...] = Field(min_length=1)
    at_least: int = Field(ge=1)
    strength: bool = False
    bands: dict[Band, float] = {}


class Wording(_Part):
    """What people read: each item, and each answer; in one language, or in four."""

    items: dict[int, Text]
    answers: dict[int, Text]


class Instrument(_Part):
    """A self-check instrument, as its data file describes it.

    Attributes
    ----------
    name, version, title, licence, source, bands_from : str or int
        What it is called, and where it and its bands come from.
    answers : tuple of int
        The values that an answer may have, lowest first.
    reversed : tuple of int
        Items for which the highest answer counts as the lowest.
    scoring : {"mean", "sum"}
        How a scale is made of its items.
    scales : tuple of ScaleKey
        Its scales, in the order in which they are shown.
    wording : Wording, optional
        Its sentences, where they may be shipped or a team has its own.
    help : Wording, optional
        What could help, asked beside the scales and belonging to none.

    Examples
    --------
    >>> proqol = read("proqol")
    >>> proqol.range("burnout"), proqol.items[-1]
    ((10, 50), 30)
    """

    name: str
    version: int
    title: str
    answers: tuple[int, ...] = Field(min_length=2)
    reversed: tuple[int, ...] = ()
    scoring: Literal["mean", "sum"]
    scales: tuple[ScaleKey, ...] = Field(min_length=1)
    bands_from: str = ""
    licence: str
    source: str
    wording: Wording | None = None
    help: Wording | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.answers) != sorted(set(self.answers)):
            raise ValueError("answers are not in their order")
        if list(self.items) != list(range(1, len(self.items) + 1)):
            raise ValueError("items are not numbered from 1 on without a gap")
        if not set(self.reversed) <= set(self.items):
            raise ValueError("a reversed item belongs to no scale")
        for key in self.scales:
            lowest, highest = self.range(key.code)
            starts = list(key.bands.values())
            if len(set(key.items)) < len(key.items) or key.at_least > len(key.items):
                raise ValueError(f"{key.code}: items or at_least are wrong")
            if starts and (starts[0] != lowest or starts != sorted(set(starts))):
                raise ValueError(f"{key.code}: bands do not begin at {lowest} and rise")
            if starts and starts[-1] > highest:
                raise ValueError(f"{key.code}: a band begins above {highest}")
        if self.wording is not None and set(self.wording.items) != set(self.items):
            raise ValueError("wording and key have other items")
        return self

    @property
    def items(self) -> tuple[int, ...]:
        """The numbers of the items that are scored."""
        return tuple(sorted({item for key in self.scales for item in key.items}))

    @property
    def asked(self) -> tuple[int, ...]:
        """The numbers of all that is asked: the items, then what could help."""
        return (*self.items, *(self.help.items if self.help else ()))

    def key(self, code: str) -> ScaleKey:
        """Return how one scale is scored."""
        return next(key for key in self.scales if key.code == code)

    def range(self, code: str) -> tuple[int, int]:
        """Return the lowest and the highest score of a scale."""
        factor = len(self.key(code).items) if self.scoring == "sum" else 1
        return self.answers[0] * factor, self.answers[-1] * factor

    def sentence(self, item: int) -> str:
        """Return an item in the language in use, or its number where there is no wording."""
        of = self.wording if item in self.items else self.help
        return _spoken(of.items[item]) if of else _("Item {number}").format(number=item)

    def choices(self, item: int) -> list[tuple[int, str]]:
        """Return the values and words that an item may be answered with."""
        of = self.wording if item in self.items else self.help
        words = of.answers if of else {}
        return [
            (value, _spoken(words[value]) if value in words else str(value))
            for value in (self.answers if item in self.items else sorted(words))
        ]


def _spoken(text: Text) -> str:
    return text.get(current()) or text.get("en") or next(iter(text.values()))  # type: ignore[call-overload]


@cache
def read(name: str) -> Instrument:
    """Return one of the instruments that come with the workbench.

    Raises
    ------
    CopehopeError
        If there is none of this name, or its file is damaged.

    Examples
    --------
    >>> [key.code.value for key in read("cbi").scales]
    ['personal', 'work', 'client']
    """
    if name not in INSTRUMENTS:
        raise CopehopeError(
            _("There is no instrument {name}: choose one of {all}.").format(
                name=name, all=", ".join(INSTRUMENTS)
            )
        )
    return parse(files("copehope_lib.instruments").joinpath(f"{name}.yaml").read_text("utf-8"))


def parse(text: str) -> Instrument:
    """Read an instrument from the text of its file.

    Raises
    ------
    CopehopeError
        If it is no YAML, or does not describe an instrument; it names the first thing wrong.
    """
    try:
        return Instrument.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as problem:
        reason = " ".join(str(problem).split())
    except ValidationError as problem:
        first = problem.errors()[0]
        reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")
    raise CopehopeError(
        _("The file does not describe an instrument ({reason}): mend it.").format(reason=reason)
    )
