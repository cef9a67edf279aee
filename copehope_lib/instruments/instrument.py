"""An instrument: scales, items by number, answer values, scoring, bands; read from its file.

The wording of published instruments is not ours to give: their files hold the key alone. Our
own month check holds its sentences, in four languages.
"""

from functools import cache
from typing import ClassVar, Literal, Self, get_args

from pydantic import Field, model_validator

from copehope_lib.data_files import Described, Text
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.vocabulary import Band, Scale

InstrumentName = Literal["month_check", "cbi", "proqol", "bat23", "bat12", "olbi"]
"""The register of instruments: each has a file of its name beside this one."""
INSTRUMENTS: tuple[str, ...] = get_args(InstrumentName)
DID_NOT_APPLY = -1
"""What a page holds for an item that did not apply: no answer takes it."""


class ScaleKey(Described):
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
    bands: dict[Band, float] = Field({})


class Wording(Described):
    """What people read: each item, and each answer; in one language, or in four.

    Where an item may not have applied, that can be said, too: it counts as not answered.
    """

    items: dict[int, Text]
    answers: dict[int, Text]
    did_not_apply: Text | None = None


class Instrument(Described):
    """A self-check instrument, as its data file describes it.

    Attributes
    ----------
    name, version, title, licence, source, bands_from : str or int
        What it is called, and where it and its bands come from.
    answers : tuple of int
        The values that an answer may have, lowest first.
    reversed : tuple of int
        Items for which the highest answer counts as the lowest.
    meant : dict of int to str
        By what the sentence of a reversed item is known, where more than one printed order
        is in use: a regular expression, without case and accents.
    scoring : {"mean", "sum"}
        How a scale is made of its items.
    scales : tuple of ScaleKey
        Its scales, in the order in which they are shown.
    stands_out : float, optional
        Part of a scale from which a result names it, and a strength as far from its highest;
        without it a result names every score.
    matters : dict of int to tuple of int
        Answers of an item that ask for help by themselves, whatever the scores are.
    wording : Wording, optional
        Its sentences, where they may be shipped or a team has its own.

    Examples
    --------
    >>> proqol = read("proqol")
    >>> proqol.range("burnout"), proqol.items[-1]
    ((10, 50), 30)
    """

    refusal: ClassVar[str] = N_("Instrument {name}: {reason}")
    name: str
    version: int
    title: str
    answers: tuple[int, ...] = Field(min_length=2)
    reversed: tuple[int, ...] = ()
    meant: dict[int, str] = Field({})
    scoring: Literal["mean", "sum"]
    scales: tuple[ScaleKey, ...] = Field(min_length=1)
    stands_out: float | None = Field(None, gt=0.5, le=1)
    matters: dict[int, tuple[int, ...]] = Field({})
    bands_from: str = ""
    licence: str
    source: str
    wording: Wording | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.answers) != sorted(set(self.answers)):
            raise ValueError("answers are not in their order")
        if list(self.items) != list(range(1, len(self.items) + 1)):
            raise ValueError("items are not numbered from 1 on without a gap")
        if not set(self.reversed) <= set(self.items):
            raise ValueError("a reversed item belongs to no scale")
        for item, values in self.matters.items():
            if item not in self.items or not set(values) <= set(self.answers):
                raise ValueError(f"matters: item {item} or one of its answers is not there")
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
        """The numbers of the items, in their order."""
        return tuple(sorted({item for key in self.scales for item in key.items}))

    def key(self, code: str) -> ScaleKey:
        """Return how one scale is scored."""
        return next(key for key in self.scales if key.code == code)

    def range(self, code: str) -> tuple[int, int]:
        """Return the lowest and the highest score of a scale."""
        factor = len(self.key(code).items) if self.scoring == "sum" else 1
        return self.answers[0] * factor, self.answers[-1] * factor

    def sentence(self, item: int) -> str:
        """Return an item in the language in use, or its number where there is no wording."""
        if self.wording is None:
            return _("Item {number}").format(number=item)
        return self.wording.items[item].spoken

    def takes(self, item: int, value: object) -> bool:
        """Return whether a value is an answer to an item.

        Examples
        --------
        >>> [read("month_check").takes(1, value) for value in (4, 5, "4", DID_NOT_APPLY)]
        [True, False, False, False]
        """
        return item in self.items and isinstance(value, int) and value in self.answers

    @property
    def choices(self) -> list[tuple[int, str]]:
        """The values and words that each item may be answered with."""
        words = self.wording.answers if self.wording else {}
        found = [
            (value, words[value].spoken if value in words else str(value)) for value in self.answers
        ]
        if self.wording and self.wording.did_not_apply:
            found.append((DID_NOT_APPLY, self.wording.did_not_apply.spoken))
        return found


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
    unknown = _("There is no instrument {name}: choose one of {all}.")
    return Instrument.bundled(name, INSTRUMENTS, unknown)
