"""Checks between tables: what one says of what another declares."""

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from copehope_lib.schema import TABLES, heading
from copehope_lib.tables.consent import agreed
from copehope_lib.tables.findings import Finding, finding, masked
from copehope_lib.vocabulary import GoalEvent

Frames = Mapping[str, pd.DataFrame]
"""Typed frames by name: codes as categories, the index the row of the spreadsheet."""

Times = npt.NDArray[np.datetime64]
Places = npt.NDArray[np.integer]

_NEVER = np.datetime64("2262-01-01", "us")
# Bits that hold the seconds of any interval.
_SECONDS = 34

_LONGEST_SESSION = pd.Timedelta(days=1)

_YOUNGEST = 12
"""Years; a woman whose year of birth makes her younger on entering was born in another one."""

# How far ahead a day may lie: an entry is known a month before, sessions are planned for a
# quarter, and what is meant to end for longer.
_KNOWN_BEFORE: Final = {
    **dict.fromkeys(("entered_on", "started_on", "from_on"), pd.Timedelta(days=31)),
    **dict.fromkeys(("starts_at", "ends_at"), pd.Timedelta(days=92)),
    **dict.fromkeys(
        ("left_on", "ended_on", "to_on", "target_on", "due_on"), pd.Timedelta(days=3 * 365)
    ),
}


def across(frames: Frames, read: Container[str], today: pd.Timestamp) -> Iterator[Finding]:
    """Yield everything in which the tables of a registry contradict each other.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        All tables.
    read : container of str
        Those that could be read: a code is not unknown for want of the table that declares it.
    today : pandas.Timestamp
        Day of the team; what has happened does not lie after it.
    """
    for name in TABLES:
        yield from _unknown_codes(frames, name, read)
        yield from _in_the_future(frames, name, today)
    yield from _impossible_stays(frames["women"])
    yield from _not_counted(frames["women"])
    yield from _outside_stay(frames)
    yield from _beyond_stay(frames)
    yield from _outside_post(frames, today)
    yield from _two_reference_persons(frames)
    yield from _woman_in_two_sessions(frames)
    yield from _professional_in_two_sessions(frames)
    yield from _long_sessions(frames)
    yield from _ends_without_hours(frames["sessions"])
    yield from _before_the_goal(frames)
    yield from _after_achieving(frames)


def _unknown_codes(frames: Frames, name: str, read: Container[str]) -> Iterator[Finding]:
    for column_name, column in TABLES[name].declared.items():
        if column.references is None or column.references not in read:
            continue
        codes, target = frames[name][column_name], heading(column.references)
        declared = frames[column.references].iloc[:, 0]
        unknown = np.append(_places(codes, declared.cat.categories) < 0, False)
        alike = {_without_zeros(code): code for code in declared.cat.categories}
        for row, code in codes[unknown[codes.cat.codes]].items():
            near = masked(alike.get(_without_zeros(code), ""))
            kind = "unknown_code:near" if near else "unknown_code"
            about = int(str(row)), column_name, masked(code)
            yield finding(kind, name, *about, target=target, near=near)


@lru_cache(maxsize=1 << 16)
def _without_zeros(code: str) -> str:
    """Return a code by which W-4 and W-004 are the same; no other one is near enough."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", code).casefold()


def _in_the_future(frames: Frames, name: str, today: pd.Timestamp) -> Iterator[Finding]:
    frame, tomorrow = frames[name], today + pd.Timedelta(days=1)
    days = {
        column: frame[column]
        for column, of in TABLES[name].declared.items()
        if of.kind in ("day", "moment")
    }
    if name == "attendance":
        met = _looked_up(frame["session"], frames["sessions"], "session", "starts_at")
        days["session"] = pd.Series(met).mask((frame["status"] == "cancelled_by_us").to_numpy())
    for column, day in days.items():
        ahead = np.asarray(day >= tomorrow + _KNOWN_BEFORE.get(column, pd.Timedelta(0)))
        for at in np.flatnonzero(ahead).tolist():
            row, value = int(frame.index[at]), str(day.iloc[at])[:10]
            yield finding("in_the_future", name, row, column, value)


def _impossible_stays(women: pd.DataFrame) -> Iterator[Finding]:
    entered, ends = women["entered_on"], women["left_on"].fillna(_NEVER)
    for place, other in _overlaps(women["woman"], entered, ends):
        # The same row twice is said of the table itself.
        if entered.iloc[place] != entered.iloc[other]:
            yield _about("overlapping_stays", "women", women["woman"], place, other, "entered_on")
    for row in women.index[women["leaving_reason"].notna() & women["left_on"].isna()].tolist():
        yield finding("reason_without_day", "women", row, "left_on")
    late = women["birth_year"] > entered.dt.year - _YOUNGEST
    for at, year in women["birth_year"][late.fillna(value=False).astype(bool)].items():
        yield finding("born_too_late", "women", int(str(at)), "birth_year", str(year), n=_YOUNGEST)


def _not_counted(women: pd.DataFrame) -> Iterator[Finding]:
    said = agreed(women)
    rows = women[women["woman"].isin(said.index[~said])].drop_duplicates("woman", keep="last")
    back = rows["withdrawn_on"].notna()
    for row, code in rows["woman"][back].items():
        about = int(str(row)), "withdrawn_on", masked(code)
        yield finding("consent:withdrawn", "women", *about)
    for row, code in rows["woman"][~back].items():
        yield finding("consent", "women", int(str(row)), "data_on", masked(code))


def _outside_stay(frames: Frames) -> Iterator[Finding]:
    attendance, women = frames["attendance"], frames["women"]
    day = _looked_up(attendance["session"], frames["sessions"], "session", "starts_at")
    for place, early in _outside(attendance["woman"], day, women):
        kind = "before_entering" if early else "after_leaving"
        yield _about(kind, "attendance", attendance["woman"], place)
    days = {"assignments": "from_on", "goals": "set_on", "needs": "reviewed_on"}
    for name, column in (days | {"safety": "assessed_on", "contacts": "on"}).items():
        codes = frames[name]["woman"]
        for place, early in _outside(codes, frames[name][column].to_numpy(), women):
            # Whether it is safe to welcome her is asked before she enters.
            if not (early and name == "safety"):
                yield _about("outside_stay", name, codes, place, column=column)


def _beyond_stay(frames: Frames) -> Iterator[Finding]:
    assignments, women = frames["assignments"], frames["women"]
    last = women.sort_values("left_on", kind="stable").drop_duplicates("woman", keep="last")
    left = _looked_up(assignments["woman"], last, "woman", "left_on")
    to = assignments["to_on"].to_numpy()
    # One that was left open ends with her stay.
    for place in np.flatnonzero(to > left).tolist():
        yield _about("outside_stay", "assignments", assignments["woman"], place, column="to_on")


def _outside_post(frames: Frames, today: pd.Timestamp) -> Iterator[Finding]:
    team = frames["professionals"]
    held = {"assignments": ("from_on", "to_on"), "sessions": ("starts_at", "starts_at")}
    for name, (begins, ends) in held.items():
        who = frames[name]["professional"]
        began = _looked_up(who, team, "professional", "started_on")
        left = _looked_up(who, team, "professional", "ended_on")
        start, end = frames[name][begins].to_numpy(), frames[name][ends].fillna(_NEVER).to_numpy()
        for place in np.flatnonzero(start < began).tolist():
            yield _about("outside_post", name, who, place, column=begins)
        # Who will leave hands her women on until then.
        late = (end > left) & (left <= today) if name == "assignments" else start >= left
        for place in np.flatnonzero(late).tolist():
            yield _about(f"outside_post:{name}", name, who, place, column=ends)


def _outside(codes: pd.Series, day: Times, women: pd.DataFrame) -> Iterator[tuple[int, bool]]:
    """Yield the place of each day on which a woman was not there, and whether it was too early."""
    if codes.empty:
        return
    stays = women.dropna(subset=["woman", "entered_on"]).sort_values("entered_on")
    inside = np.isnat(day)
    first: Times | None = None
    # A woman has one stay, seldom two or three: a turn for the first stays, one for the second…
    for _turn, stay in stays.groupby(stays.groupby("woman", observed=True).cumcount()):
        entered = _looked_up(codes, stay, "woman", "entered_on")
        left = _looked_up(codes, stay, "woman", "left_on")
        first = entered if first is None else first
        inside |= (entered <= day) & ((day < left) | np.isnat(left))
    if first is None:
        return
    for place in np.flatnonzero(~inside & ~np.isnat(first)).tolist():
        yield place, bool(day[place] < first[place])


def _two_reference_persons(frames: Frames) -> Iterator[Finding]:
    assignments = frames["assignments"]
    reference = assignments[assignments["function"] == "reference"]
    women, ends = reference["woman"], reference["to_on"].fillna(_NEVER)
    for place, other in _overlaps(women, reference["from_on"], ends):
        yield _about("two_reference_persons", "assignments", women, place, other, "from_on")


def _woman_in_two_sessions(frames: Frames) -> Iterator[Finding]:
    attendance, sessions = frames["attendance"], frames["sessions"]
    expected = attendance.loc[attendance["status"] != "cancelled_by_us", ["session", "woman"]]
    session = expected["session"]
    starts = pd.Series(_looked_up(session, sessions, "session", "starts_at"))
    ends = pd.Series(_looked_up(session, sessions, "session", "ends_at"))
    for place, other in _overlaps(expected["woman"], starts, ends):
        # The same row twice is said of the table itself.
        if session.iloc[place] != session.iloc[other]:
            yield _about("woman_in_two_sessions", "attendance", session, place, other)


def _professional_in_two_sessions(frames: Frames) -> Iterator[Finding]:
    sessions, attendance = frames["sessions"], frames["attendance"]
    took_place = attendance.loc[attendance["status"] != "cancelled_by_us", "session"].unique()
    cancelled = sessions["session"].isin(attendance["session"].cat.categories)
    cancelled &= ~sessions["session"].isin(took_place)
    held = sessions[~cancelled]
    who = held["professional"]
    for place, other in _overlaps(who, held["starts_at"], held["ends_at"]):
        yield _about("professional_in_two_sessions", "sessions", who, place, other)


def _long_sessions(frames: Frames) -> Iterator[Finding]:
    sessions = frames["sessions"]
    long = sessions["ends_at"] - sessions["starts_at"] > _LONGEST_SESSION
    for row in sessions.index[long].tolist():
        yield finding("long_session", "sessions", row, "ends_at")


def _ends_without_hours(sessions: pd.DataFrame) -> Iterator[Finding]:
    starts = sessions["starts_at"]
    # A day alone was read as its midnight, and no session begins there.
    odd = (starts == starts.dt.normalize()) & sessions["ends_at"].notna()
    for row in sessions.index[odd].tolist():
        yield finding("end_without_hour", "sessions", row, "starts_at")


def _before_the_goal(frames: Frames) -> Iterator[Finding]:
    events = frames["goal_events"]
    set_on = _looked_up(events["goal"], frames["goals"], "goal", "set_on")
    for place in np.flatnonzero(events["on"].to_numpy() < set_on).tolist():
        yield _about("before_the_goal", "goal_events", events["goal"], place, column="on")


def _after_achieving(frames: Frames) -> Iterator[Finding]:
    events = frames["goal_events"].dropna(subset=["goal", "on", "event"])
    if events.empty:
        return
    events = events.sort_values(["goal", "on"], kind="stable")
    # The last time before that it was achieved, or taken up again.
    turns = events[["on", "event"]].where(events["event"].isin(["achieved", "resumed"]))
    before = turns.groupby(events["goal"], observed=True).ffill()
    before = before.groupby(events["goal"], observed=True).shift()
    late = (before["event"] == "achieved") & (events["event"] != "resumed")
    late &= events["on"] > before["on"]
    again = GoalEvent.RESUMED.label
    for row, goal in events.loc[late, "goal"].sort_index().items():
        about = int(str(row)), "event", masked(goal)
        yield finding("after_achieving", "goal_events", *about, event=again)


def _about(
    kind: str, table: str, codes: pd.Series, place: int, other: int = 0, column: str = ""
) -> Finding:
    """Say something of the code at a place, which contradicts what stands at another."""
    row, about = int(codes.index[place]), masked(codes.iloc[place])
    return finding(kind, table, row, column or str(codes.name), about, row=codes.index[other])


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


def _overlaps(whose: pd.Series, begin: pd.Series, end: pd.Series) -> Iterator[tuple[int, int]]:
    """Yield the places of each interval that begins within an earlier one of the same person.

    Parameters
    ----------
    whose : pandas.Series
        Categorical: whose interval it is.
    begin, end : pandas.Series of datetime64
        Half-open intervals; those without a start or an end are left out.

    Yields
    ------
    tuple of int
        Its place, and the place of the earlier interval.
    """
    group, starts, ends = whose.cat.codes.to_numpy(), begin.to_numpy(), end.to_numpy()
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
