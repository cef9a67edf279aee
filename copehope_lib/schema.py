"""The eleven tables of a registry, each declared once.

Everything that must agree with a table is made from what stands here: the checks, the
templates and the data dictionary. A column says what it means, the report section it comes
from, an example, and (for a code) the table in which that code is declared.

Periods are half-open: ``left_on``, ``to_on`` and ``ended_on`` are the first day on which a
thing no longer holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pandera.pandas as pa

from copehope_lib import vocabulary as words
from copehope_lib.language import mark as N_

SCHEMA_VERSION = 1
"""Raised whenever a table, a column or a vocabulary changes its meaning."""

CODE_PATTERN = r"[A-Za-z]{1,6}-[0-9]{1,8}"
"""What a code looks like: letters, a dash, digits. A name does not."""

DAY: Final = "datetime64[us]"
"""Days and moments alike are timestamps without a zone: local time of the team."""


@dataclass(frozen=True)
class Table:
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
    schema : pandera.DataFrameSchema
        Columns with dtype, rule, meaning, section and example.

    Examples
    --------
    >>> TABLES["attendance"].key
    ('session', 'woman')
    >>> TABLES["women"].column("entered_on").metadata["section"]
    '5.1.1'
    """

    name: str
    row: str
    section: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in the order of the templates."""
        return list(self.schema.columns)

    @property
    def dtypes(self) -> dict[str, Any]:
        """The dtype of each column; days and moments are counted in microseconds."""
        # Pandera takes timestamps of any unit and calls them all nanoseconds.
        return {
            name: DAY
            if (column.metadata or {})["kind"] in ("day", "moment")
            else column.dtype.type
            for name, column in self.schema.columns.items()
        }

    def column(self, name: str) -> pa.Column:
        """Return the declaration of one column."""
        column: pa.Column = self.schema.columns[name]
        return column


def _column(
    kind: str,
    dtype: Any,
    meaning: str,
    section: str,
    example: str,
    *,
    optional: bool = False,
    checks: pa.Check | None = None,
    **metadata: object,
) -> pa.Column:
    return pa.Column(
        dtype,
        checks,
        nullable=optional,
        description=meaning,
        metadata={"kind": kind, "section": section, "example": example, **metadata},
    )


def _code(meaning: str, section: str, example: str, *, of: str | None = None) -> pa.Column:
    check = pa.Check.str_matches(rf"^{CODE_PATTERN}$", name="code")
    return _column("code", "str", meaning, section, example, checks=check, references=of)


def _word(
    vocabulary: type[words.Vocabulary],
    meaning: str,
    section: str,
    example: str,
    *,
    optional: bool = False,
) -> pa.Column:
    dtype = pd.CategoricalDtype(vocabulary.codes())
    return _column(
        "word", dtype, meaning, section, example, optional=optional, vocabulary=vocabulary
    )


def _day(meaning: str, section: str, example: str, *, optional: bool = False) -> pa.Column:
    return _column("day", DAY, meaning, section, example, optional=optional)


def _moment(meaning: str, section: str, example: str) -> pa.Column:
    return _column("moment", DAY, meaning, section, example)


def _integer(
    meaning: str, section: str, example: str, low: int, high: int, *, optional: bool = False
) -> pa.Column:
    check = pa.Check.in_range(low, high, name="range")
    return _column(
        "integer", "Int64", meaning, section, example, optional=optional, checks=check,
        low=low, high=high,
    )  # fmt: skip


def _number(meaning: str, section: str, example: str, low: float, high: float) -> pa.Column:
    check = pa.Check.in_range(low, high, name="range")
    return _column(
        "number", "Float64", meaning, section, example, checks=check, low=low, high=high
    )


def _yes_no(meaning: str, section: str, example: str = "no") -> pa.Column:
    return _column("yes_no", "boolean", meaning, section, example, vocabulary=words.YesNo)


def _text(meaning: str, section: str, example: str) -> pa.Column:
    return _column("text", "str", meaning, section, example)


def _in_order(earlier: str, later: str, *, strictly: bool = False) -> pa.Check:
    """Ask that ``later`` does not come before ``earlier`` where both are known."""

    def holds(frame: pd.DataFrame) -> pd.Series:
        after = frame[later] > frame[earlier] if strictly else frame[later] >= frame[earlier]
        return after | frame[[earlier, later]].isna().any(axis=1)

    check: Callable[..., pa.Check] = pa.Check
    return check(holds, name="order", description=f"{earlier} {later}")


def _table(
    name: str,
    row: str,
    section: str,
    key: tuple[str, ...],
    columns: dict[str, pa.Column],
    *order: pa.Check,
) -> Table:
    schema = pa.DataFrameSchema(columns, checks=list(order), name=name, strict=False)
    return Table(name, row, section, key, schema)


def _woman(example: str = "W-001") -> pa.Column:
    return _code(N_("Her code, never her name"), "5.1.2", example, of="women")


_WOMEN = _table(
    "women",
    N_("One stay of a woman in the programme; she who comes back has a second row"),
    "5.6",
    ("woman", "entered_on"),
    {
        "woman": _code(N_("Her code, never her name"), "5.1.2", "W-001"),
        "site": _text(N_("Where she is accompanied: a town or a centre"), "4", "Barcelona"),
        "entered_on": _day(N_("First day of this stay"), "5.1.1", "2026-01-15"),
        "left_on": _day(
            N_("First day on which she is no longer accompanied; empty while she is"),
            "5.6", "2026-09-30", optional=True,
        ),
        "leaving_reason": _word(
            words.LeavingReason, N_("Why this stay ended"), "5.6", "completed", optional=True
        ),
        "birth_year": _integer(
            N_("Year of birth"), "5.3.3", "1998", 1920, 2030, optional=True
        ),
        "region_of_origin": _column(
            "text", "str", N_("Region of the world she comes from, not her town"), "5.3.2",
            "West Africa", optional=True,
        ),
        "residence_status": _word(
            words.ResidenceStatus, N_("What her papers allow"), "5.2", "asylum_applicant",
            optional=True,
        ),
        "housing": _word(
            words.Housing, N_("Where she lives"), "5.2", "reception_centre", optional=True
        ),
        "children_in_care": _integer(
            N_("Children she takes care of here"), "5.6", "1", 0, 15, optional=True
        ),
    },
    _in_order("entered_on", "left_on"),
)  # fmt: skip

_PROFESSIONALS = _table(
    "professionals",
    N_("A member of the team, or an external professional"),
    "5.4",
    ("professional",),
    {
        "professional": _code(N_("Code of the professional, never a name"), "5.1.2", "P-01"),
        "profile": _word(words.Profile, N_("Professional profile"), "5.4", "social_educator"),
        "fte": _number(N_("Share of a full-time post, 0 to 1"), "5.4", "0.8", 0, 1),
        "external": _yes_no(N_("Comes from outside the team"), "5.6"),
        "trafficking_training_on": _day(
            N_("Day of the first training on trafficking"), "5.5", "2025-09-15", optional=True
        ),
        "started_on": _day(N_("First day in the team"), "5.4", "2025-09-01"),
        "ended_on": _day(
            N_("First day on which no longer in the team; empty while in it"),
            "5.4", "2026-07-01", optional=True,
        ),
    },
    _in_order("started_on", "ended_on"),
)  # fmt: skip

_ASSIGNMENTS = _table(
    "assignments",
    N_("Who accompanies whom, in which function"),
    "5.4",
    ("woman", "professional", "function", "from_on"),
    {
        "woman": _woman(),
        "professional": _code(
            N_("Who accompanies her"), "5.4", "P-01", of="professionals"
        ),
        "function": _word(words.Function, N_("In which function"), "5.4", "reference"),
        "from_on": _day(N_("First day of it"), "5.4", "2026-01-15"),
        "to_on": _day(
            N_("First day on which it no longer holds; empty while it does"),
            "5.4", "2026-09-30", optional=True,
        ),
    },
    _in_order("from_on", "to_on"),
)  # fmt: skip

_ACTIVITIES = _table(
    "activities",
    N_("A course, a group or an individual line of work"),
    "4",
    ("activity",),
    {
        "activity": _code(N_("Code of the activity"), "4", "A-01"),
        "module": _word(words.Module, N_("Which of the fifteen modules"), "4", "language"),
        "format": _word(words.Format, N_("How it is held"), "5.1.2", "group"),
        "sessions_planned": _integer(N_("Sessions planned"), "5.2", "20", 1, 1000),
        "places": _integer(
            N_("Women it was planned for"), "5.6", "10", 0, 100000, optional=True
        ),
        "modular": _yes_no(N_("Women can enter and leave at the end of a part"), "5.2"),
        "childcare": _yes_no(N_("Children are looked after meanwhile"), "5.6"),
        "transport_support": _yes_no(N_("Transport is paid for"), "5.5"),
        "certificate": _yes_no(N_("Ends with a certificate"), "4.15"),
    },
)  # fmt: skip

_SESSIONS = _table(
    "sessions",
    N_("One meeting of an activity"),
    "5.5",
    ("session",),
    {
        "session": _code(N_("Code of the session"), "5.5", "S-0001"),
        "activity": _code(N_("Which activity"), "4", "A-01", of="activities"),
        "starts_at": _moment(N_("Start, local time"), "5.5", "2026-10-05T10:00"),
        "ends_at": _moment(N_("End, local time"), "5.5", "2026-10-05T11:30"),
        "place": _code(N_("Code of the place, never an address"), "5.1.1", "R-1"),
        "professional": _code(
            N_("Who holds the session"), "5.4", "P-01", of="professionals"
        ),
    },
    _in_order("starts_at", "ends_at", strictly=True),
)  # fmt: skip

_ATTENDANCE = _table(
    "attendance",
    N_("One woman at one session"),
    "5.6",
    ("session", "woman"),
    {
        "session": _code(N_("Which session"), "5.6", "S-0001", of="sessions"),
        "woman": _woman(),
        "status": _word(words.AttendanceStatus, N_("What happened"), "5.6", "attended"),
        "barrier": _word(
            words.Barrier, N_("What stood in the way"), "5.2", "childcare", optional=True
        ),
    },
)

_GOALS = _table(
    "goals",
    N_("One goal of a personal itinerary"),
    "5.5",
    ("goal",),
    {
        "goal": _code(N_("Code of the goal"), "5.5", "G-001"),
        "woman": _woman(),
        "area": _word(words.Area, N_("What it is about"), "5.5", "documents"),
        "chosen_by": _word(words.ChosenBy, N_("Whose goal it is"), "5.3.2", "her"),
        "set_on": _day(N_("Day on which it was set"), "5.5", "2026-02-01"),
        "target_on": _day(N_("Day it is hoped for"), "5.3.2", "2026-12-01", optional=True),
    },
    _in_order("set_on", "target_on"),
)

_GOAL_EVENTS = _table(
    "goal_events",
    N_("Something that happened to a goal"),
    "5.3.2",
    ("goal", "on", "event"),
    {
        "goal": _code(N_("Which goal"), "5.5", "G-001", of="goals"),
        "on": _day(N_("Day"), "5.3.2", "2026-03-01"),
        "event": _word(words.GoalEvent, N_("What happened"), "5.6", "started"),
        "attainment": _integer(
            N_("How far the goal was reached, −2 to 2 (goal attainment scaling)"),
            "5.3.2", "1", -2, 2, optional=True,
        ),
    },
)  # fmt: skip

_NEEDS = _table(
    "needs",
    N_("One basic need at one review"),
    "5.2",
    ("woman", "reviewed_on", "need"),
    {
        "woman": _woman(),
        "reviewed_on": _day(N_("Day of the review"), "5.2", "2026-10-12"),
        "need": _word(words.Need, N_("Which need"), "5.2", "childcare"),
        "coverage": _word(words.Coverage, N_("How far it is covered"), "5.2", "partly"),
    },
)

_ANSWER = words.YesNoUnknown
_SAFETY = _table(
    "safety",
    N_("One risk assessment"),
    "5.1.1",
    ("woman", "assessed_on"),
    {
        "woman": _woman(),
        "assessed_on": _day(N_("Day of the assessment"), "5.1.1", "2026-09-20"),
        "can_share_space": _word(
            _ANSWER, N_("Can she be in one space with other women?"), "5.1.1", "yes"
        ),
        "protected_witness": _word(_ANSWER, N_("Is she a protected witness?"), "5.1.1", "no"),
        "judicial_process": _word(
            _ANSWER, N_("Is she involved in a judicial process?"), "5.1.1", "no"
        ),
        "lives_with_network": _word(
            _ANSWER,
            N_("Does she live with people of the network, or with others still exploited?"),
            "5.1.1", "no",
        ),
        "threatened_recently": _word(
            _ANSWER, N_("Has she been threatened lately?"), "5.1.1", "unknown"
        ),
        "imminent_danger": _word(_ANSWER, N_("Is there imminent danger?"), "5.1.1", "no"),
        "setting": _word(
            words.Setting, N_("In which company she can safely be seen"), "5.1.2",
            "group_if_safe",
        ),
        "contact_channel": _word(
            words.ContactChannel, N_("How she has agreed to be reached"), "5.1.1", "call"
        ),
        "contact_consent": _yes_no(N_("Her consent to it is signed"), "5.1.1", "yes"),
    },
)  # fmt: skip

_ACTIONS = _table(
    "actions",
    N_("A decision of an earlier meeting"),
    "5.4",
    ("action",),
    {
        "action": _code(N_("Code of the action"), "5.4", "D-001"),
        "decided_on": _day(N_("Day of the meeting"), "5.4", "2026-09-28"),
        "text": _text(
            N_("What was decided, without any woman’s name"), "5.4",
            "Ask the language school for a room with childcare",
        ),
        "owner": _code(N_("Who takes care of it"), "5.4", "P-01", of="professionals"),
        "due_on": _day(N_("Day by which"), "5.4", "2026-10-26", optional=True),
        "done_on": _day(N_("Day on which it was done"), "5.4", "2026-10-20", optional=True),
        "dimension": _word(
            words.Dimension, N_("Which dimension of the report"), "3", "best_practices"
        ),
    },
    _in_order("decided_on", "due_on"),
    _in_order("decided_on", "done_on"),
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _WOMEN, _PROFESSIONALS, _ASSIGNMENTS, _ACTIVITIES, _SESSIONS, _ATTENDANCE,
        _GOALS, _GOAL_EVENTS, _NEEDS, _SAFETY, _ACTIONS,
    )
}  # fmt: skip
"""The tables by name, in the order of the design."""
