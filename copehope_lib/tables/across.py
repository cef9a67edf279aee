"""Checks between tables: what one says of what another declares."""

from collections.abc import Container, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from copehope_lib.language import gettext as _
from copehope_lib.schema import TABLES, heading
from copehope_lib.tables.findings import Finding, masked
from copehope_lib.vocabulary import GoalEvent

Frames = Mapping[str, pd.DataFrame]
"""Typed frames by name: codes as categories, the index the row of the spreadsheet."""

Times = npt.NDArray[np.datetime64]
Places = npt.NDArray[np.integer]

_NEVER = np.datetime64("2262-01-01", "us")
_SECONDS = 34
"""Bits that hold the seconds of any interval."""

_LONGEST_SESSION = pd.Timedelta(days=1)


def across(frames: Frames, read: Container[str]) -> Iterator[Finding]:
    """Yield everything in which the tables of a registry contradict each other.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        All tables.
    read : container of str
        Those that could be read: a code is not unknown for want of the table that declares it.
    """
    for name in TABLES:
        yield from _unknown_codes(frames, name, read)
    yield from _outside_stay(frames)
    yield from _two_reference_persons(frames)
    yield from _woman_in_two_sessions(frames)
    yield from _professional_in_two_sessions(frames)
    yield from _long_sessions(frames)
    yield from _before_the_goal(frames)
    yield from _after_achieving(frames)


def _unknown_codes(frames: Frames, name: str, read: Container[str]) -> Iterator[Finding]:
    for column_name, column in TABLES[name].declared.items():
        if column.references is None or column.references not in read:
            continue
        codes, target = frames[name][column_name], heading(column.references)
        declared = frames[column.references].iloc[:, 0]
        unknown = np.append(_places(codes, declared.cat.categories) < 0, False)
        for row, code in codes[unknown[codes.cat.codes]].items():
            yield Finding(
                "unknown_code",
                "error",
                name,
                int(str(row)),
                column_name,
                masked(code),
                _("The table {target} has no such code.").format(target=target),
                _("Correct the code, or add it to {target}.").format(target=target),
            )


def _outside_stay(frames: Frames) -> Iterator[Finding]:
    attendance, women = frames["attendance"], frames["women"]
    day = _looked_up(attendance["session"], frames["sessions"], "session", "starts_at")
    stays = women.dropna(subset=["woman", "entered_on"]).sort_values("entered_on")
    inside = np.isnat(day)
    first: Times | None = None
    # A woman has one stay, seldom two or three: a turn for the first stays, one for the second…
    for _turn, stay in stays.groupby(stays.groupby("woman", observed=True).cumcount()):
        entered = _looked_up(attendance["woman"], stay, "woman", "entered_on")
        left = _looked_up(attendance["woman"], stay, "woman", "left_on")
        first = entered if first is None else first
        inside |= (entered <= day) & ((day < left) | np.isnat(left))
    if first is None:
        return
    before = _("The session was before she entered.")
    after = _("The session was when she was no longer accompanied.")
    for place in np.flatnonzero(~inside & ~np.isnat(first)).tolist():
        early = day[place] < first[place]
        yield Finding(
            "before_entering" if early else "after_leaving",
            "warning",
            "attendance",
            int(attendance.index[place]),
            "woman",
            masked(attendance["woman"].iloc[place]),
            before if early else after,
            _("Correct her stay, or the session."),
        )


def _two_reference_persons(frames: Frames) -> Iterator[Finding]:
    assignments = frames["assignments"]
    reference = assignments[assignments["function"] == "reference"].dropna(
        subset=["woman", "from_on"]
    )
    ends = reference["to_on"].fillna(_NEVER).to_numpy()
    for place, other in _overlaps(
        reference["woman"].cat.codes.to_numpy(), reference["from_on"].to_numpy(), ends
    ):
        yield Finding(
            "two_reference_persons",
            "warning",
            "assignments",
            int(reference.index[place]),
            "from_on",
            masked(reference["woman"].iloc[place]),
            _("She has another reference person at that time (row {row}).").format(
                row=reference.index[other]
            ),
            _("End the earlier one on the day on which the next one begins."),
        )


def _woman_in_two_sessions(frames: Frames) -> Iterator[Finding]:
    attendance, sessions = frames["attendance"], frames["sessions"]
    expected = attendance.loc[attendance["status"] != "cancelled_by_us", ["session", "woman"]]
    session = expected["session"].cat.codes.to_numpy()
    starts = _looked_up(expected["session"], sessions, "session", "starts_at")
    ends = _looked_up(expected["session"], sessions, "session", "ends_at")
    for place, other in _overlaps(expected["woman"].cat.codes.to_numpy(), starts, ends):
        if session[place] == session[other]:  # the same row twice is said of the table itself
            continue
        yield Finding(
            "woman_in_two_sessions",
            "warning",
            "attendance",
            int(expected.index[place]),
            "session",
            masked(expected["session"].iloc[place]),
            _("She was expected at another session at that time (row {row}).").format(
                row=expected.index[other]
            ),
            _("Correct one of them, so that what she could not do does not count as missed."),
        )


def _professional_in_two_sessions(frames: Frames) -> Iterator[Finding]:
    sessions, attendance = frames["sessions"], frames["attendance"]
    took_place = attendance.loc[attendance["status"] != "cancelled_by_us", "session"].unique()
    cancelled = sessions["session"].isin(attendance["session"].cat.categories)
    cancelled &= ~sessions["session"].isin(took_place)
    held = sessions[~cancelled]
    for place, other in _overlaps(
        held["professional"].cat.codes.to_numpy(),
        held["starts_at"].to_numpy(),
        held["ends_at"].to_numpy(),
    ):
        yield Finding(
            "professional_in_two_sessions",
            "warning",
            "sessions",
            int(held.index[place]),
            "professional",
            masked(held["professional"].iloc[place]),
            _("The same professional holds another session at that time (row {row}).").format(
                row=held.index[other]
            ),
            _("Correct the time or the professional of one of them."),
        )


def _long_sessions(frames: Frames) -> Iterator[Finding]:
    sessions = frames["sessions"]
    long = sessions["ends_at"] - sessions["starts_at"] > _LONGEST_SESSION
    for row in sessions.index[long].tolist():
        yield Finding(
            "long_session",
            "error",
            "sessions",
            row,
            "ends_at",
            "",
            _("The session is longer than a day."),
            _("Correct its start or its end; a course has a row for each of its sessions."),
        )


def _before_the_goal(frames: Frames) -> Iterator[Finding]:
    events = frames["goal_events"]
    set_on = _looked_up(events["goal"], frames["goals"], "goal", "set_on")
    for place in np.flatnonzero(events["on"].to_numpy() < set_on).tolist():
        yield Finding(
            "before_the_goal",
            "error",
            "goal_events",
            int(events.index[place]),
            "on",
            masked(events["goal"].iloc[place]),
            _("It happened before the goal was set."),
            _("Correct it, or the day on which the goal was set."),
        )


def _after_achieving(frames: Frames) -> Iterator[Finding]:
    events = frames["goal_events"].dropna(subset=["goal", "on", "event"])
    events = events.sort_values(["goal", "on"], kind="stable")
    # The last time before that it was achieved, or taken up again.
    turns = events[["on", "event"]].where(events["event"].isin(["achieved", "resumed"]))
    before = turns.groupby(events["goal"], observed=True).ffill()
    before = before.groupby(events["goal"], observed=True).shift()
    late = (before["event"] == "achieved") & (events["event"] != "resumed")
    late &= events["on"] > before["on"]
    for row, goal in events.loc[late, "goal"].sort_index().items():
        yield Finding(
            "after_achieving",
            "warning",
            "goal_events",
            int(str(row)),
            "event",
            masked(goal),
            _("Something happened to the goal after it was achieved."),
            _("Add a row “{event}” before it, or correct the days.").format(
                event=GoalEvent.RESUMED.label
            ),
        )


def _looked_up(codes: pd.Series, table: pd.DataFrame, key: str, value: str) -> Times:
    """Return the value of each code in another table; not a time where it has none."""
    rows = table.dropna(subset=[key]).drop_duplicates(key)
    places = np.append(_places(codes, rows[key].cat.categories), -1)
    row_of = np.full(len(rows[key].cat.categories) + 1, -1)
    row_of[rows[key].cat.codes] = np.arange(len(rows))
    values = np.append(rows[value].to_numpy(), np.datetime64("NaT", "us"))
    # Place −1, a code that is missing or unknown, is the last value: not a time.
    found: Times = values[row_of[places[codes.cat.codes]]]
    return found


def _places(codes: pd.Series, among: pd.Index) -> Places:
    """Return where each distinct code stands among others; −1 where it does not."""
    found = pc.index_in(pa.array(codes.cat.categories), pa.array(among))
    places: Places = found.fill_null(-1).to_numpy()
    return places


def _overlaps(group: Places, starts: Times, ends: Times) -> Iterator[tuple[int, int]]:
    """Yield the places of each interval that begins within an earlier one of its group.

    Parameters
    ----------
    group : numpy.ndarray of int
        Shape (n,): whose interval it is; −1 for nobody's.
    starts, ends : numpy.ndarray of datetime64
        Shape (n,): half-open intervals; those without a start or an end are left out.

    Yields
    ------
    tuple of int
        Its place, and the place of the earlier interval.
    """
    known = np.flatnonzero((group >= 0) & (starts < ends))
    if not len(known):
        return
    first = starts[known].min()
    # Whose it is and the second at which it begins or ends, in one number that can be sorted.
    person = group[known].astype(np.int64) << _SECONDS
    begins = person + (starts[known] - first).astype("timedelta64[s]").astype(np.int64)
    stops = person
    stops += (ends[known] - first).astype("timedelta64[s]").astype(np.int64)
    order = np.argsort(begins, kind="stable")
    begins, latest = begins[order], stops[order]
    np.maximum.accumulate(latest, out=latest)
    for n in np.flatnonzero(latest[:-1] > begins[1:]).tolist():
        other = np.searchsorted(latest, latest[n])
        yield int(known[order[n + 1]]), int(known[order[other]])
