"""What a column and a table are, said in values that do not change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.vocabulary import Vocabulary, YesNo

if TYPE_CHECKING:
    import pandera.pandas as pa

DAY: Final = "datetime64[us]"
"""Days and moments alike are timestamps without a zone: local time of the team."""

Kind = Literal["code", "word", "yes_no", "integer", "number", "day", "moment", "text"]

# In which form a column leaves the registry; see SECURITY and the audiences.
NEVER: Final = N_("never leaves the registry")
COUNTED: Final = N_("only counted in groups")
DATED: Final = N_("supervision by day; others only counted")
PSEUDONYM: Final = N_("supervision by pseudonym; others only counted")
BANDED: Final = N_("supervision in five-year bands; others only counted")
FLAGGED: Final = N_("supervision as a flag such as “sessions alone”; others never")
BY_CODE: Final = N_("supervision and team by code; partners never")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    kind : str
        What a cell holds: ``code``, ``word`` of a vocabulary, ``yes_no``, ``integer``,
        ``number``, ``day``, ``moment`` or ``text``.
    meaning : str
        What it says, in plain words; English, the source of the catalogs.
    section : str
        Section of the report that asks for it.
    example : str
        One cell, as it is written in a CSV file in English.
    low, high : float or None
        Smallest and largest number.
    leaves : str
        In which form it leaves the registry.
    optional : bool
        Whether a cell may be empty and the column left out.
    day_alone : bool
        Whether a moment may be a day without an hour; it is read as its midnight.
    vocabulary : type of Vocabulary or None
        The words it may hold.
    references : str or None
        For a code: the table in which it is declared.
    """

    kind: Kind
    meaning: str
    section: str
    example: str
    low: float | None = None
    high: float | None = None
    leaves: str = COUNTED
    optional: bool = False
    day_alone: bool = False
    vocabulary: type[Vocabulary] | None = None
    references: str | None = None

    @property
    def words(self) -> type[Vocabulary]:
        """The vocabulary of a column that has one."""
        if self.vocabulary is None:
            raise TypeError(f"a column of kind {self.kind} has no vocabulary")
        return self.vocabulary

    @property
    def dtype(self) -> Any:
        """The dtype of the column in a typed frame.

        Examples
        --------
        >>> Column("integer", "Children", "5.6", "1").dtype
        'Int64'
        """
        match self.kind:
            case "word":
                return pd.CategoricalDtype(self.words.codes())
            case "yes_no":
                return "boolean"
            case "integer":
                return "Int64"
            case "number":
                return "Float64"
            case "day" | "moment":
                return DAY
            case _:
                return "str"

    def spoken(self, value: Any) -> str:
        """Return a value of a typed frame as it is written for a reader, in the language in use.

        Examples
        --------
        >>> Column("yes_no", "Has a card", "5.5", "no", vocabulary=YesNo).spoken(True)
        'Yes'
        """
        match self.kind:
            case "day":
                return f"{value:%Y-%m-%d}"
            case "yes_no":
                return (YesNo.YES if value else YesNo.NO).label
            case "word":
                return self.words.label_of(str(value))
            case _:
                return str(value)

    @property
    def expected(self) -> str:
        """What is to be written, as one sentence in the language in use."""
        match self.kind:
            case "word" | "yes_no":
                return _("Write one of: {values}.").format(
                    values=", ".join(word.label for word in self.words)
                )
            case "integer" | "number":
                return _("Write a number from {low} to {high}.").format(
                    low=self.low, high=self.high
                )
            case "code":
                return _("Write a code such as {example}, never a name.").format(
                    example=self.example
                )
            case _:
                return _("Write it as {example}.").format(example=self.example)


@dataclass(frozen=True)
class TableSchema:
    """One table of the registry.

    Attributes
    ----------
    name : str
        File name without ending, and sheet name in a workbook.
    row : str
        What one row is, in plain words.
    section : str
        Section of the report that asks for it.
    key : tuple of str
        Columns that together occur once.
    declared : mapping of str to Column
        The columns by name, in the order of the templates.
    in_order : tuple of (str, str, bool)
        Pairs of columns of which the second does not come before the first, and whether it
        has to come after it.
    optional : bool
        Whether a registry may be without it: what is not kept is not asked.

    Examples
    --------
    >>> from copehope_lib.schema import TABLES
    >>> TABLES["attendance"].key
    ('session', 'woman')
    >>> TABLES["women"].column("entered_on").section
    '5.1.1'
    """

    name: str
    row: str
    section: str
    key: tuple[str, ...]
    declared: Mapping[str, Column]
    in_order: tuple[tuple[str, str, bool], ...] = ()
    optional: bool = False

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in the order of the templates."""
        return list(self.declared)

    @property
    def dtypes(self) -> dict[str, Any]:
        """The dtype of each column."""
        return {name: column.dtype for name, column in self.declared.items()}

    def column(self, name: str) -> Column:
        """Return the declaration of one column."""
        return self.declared[name]

    @cached_property
    def schema(self) -> "pa.DataFrameSchema":
        """The table as a pandera schema, for analysts who check frames of their own.

        Examples
        --------
        >>> from copehope_lib.demo import synthetic
        >>> from copehope_lib.schema import TABLES
        >>> needs = synthetic.generate(women=6, professionals=2, months=2)["needs"]
        >>> len(TABLES["needs"].schema.validate(needs)) == len(needs)
        True
        """
        import pandera.pandas as pa

        columns = {
            name: pa.Column(
                column.dtype,
                None if column.low is None else pa.Check.in_range(column.low, column.high),
                nullable=column.optional,
                description=column.meaning,
            )
            for name, column in self.declared.items()
        }
        return pa.DataFrameSchema(columns, name=self.name, unique=list(self.key))


# How columns are declared: what all of a kind have in common is said here.
code = partial(Column, "code", leaves=NEVER)
yes_no = partial(Column, "yes_no", vocabulary=YesNo)
day = partial(Column, "day", leaves=DATED)
moment = partial(Column, "moment", leaves=DATED)
integer = partial(Column, "integer")
number = partial(Column, "number")
text = partial(Column, "text")


def word(
    vocabulary: type[Vocabulary],
    meaning: str,
    section: str,
    example: str,
    *,
    optional: bool = False,
    leaves: str = COUNTED,
) -> Column:
    """Declare a word of a closed list."""
    return Column(
        "word", meaning, section, example, leaves=leaves, optional=optional, vocabulary=vocabulary
    )
