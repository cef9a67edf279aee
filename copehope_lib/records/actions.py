"""Decisions on their way into the table of actions, and what later meetings found done."""

import base64
import hashlib
import re
from collections.abc import Iterable

import pandas as pd

from copehope_lib.guard import find
from copehope_lib.records.record import Entry, Record

_CODE = re.compile(r"D[A-Z]{5}-(\d\d)(0[1-9]|1[0-2])")
COLUMNS = (
    "action", "decided_on", "text", "owner", "due_on", "done_on", "dimension", "asked_upwards",
    "reply", "replied_on",
)  # fmt: skip


def code_of(name: str, decision: Entry) -> str:
    """Return the code that a decision has as an action: the same each time it is asked for.

    Parameters
    ----------
    name : str
        The record in which it was decided, as ``2026-10``.
    decision : Entry
        The decision.

    Examples
    --------
    >>> code_of("2026-10", Entry("decision", {"text": "Rest"}, "a"))
    'DZKLYC-2610'
    """
    mixed = hashlib.sha256(decision.id.encode()).digest()
    # Letters before the dash and digits behind it, as the codes of a registry are.
    letters = base64.b32encode(mixed).decode().translate(str.maketrans("234567", "ABCDEF"))
    return f"D{letters[:5]}-{name[2:4]}{name[5:]}"


def record_of(code: str) -> str:
    """Return the record in which an action was decided; "" for one that a team wrote itself.

    Examples
    --------
    >>> record_of("DZKLYC-2610"), record_of("A-001")
    ('2026-10', '')
    """
    found = _CODE.fullmatch(code)
    return f"20{found[1]}-{found[2]}" if found else ""


def actions(record: Record, team: frozenset[str]) -> tuple[pd.DataFrame, list[Entry]]:
    """Return what a meeting decided as rows of the table actions, and what is no action yet.

    A decision becomes an action once it has a text that leads to no person, somebody who takes
    care of it, a dimension of the report, and no day before the meeting (report §5.4). What its
    writer wanted to keep in the sealed record as it is does not go into a registry.

    Parameters
    ----------
    record : Record
        Record of the meeting.
    team : frozenset of str
        Codes of professionals, who take care of it and whose codes may stand in a text.

    Returns
    -------
    pandas.DataFrame
        A row a decision, :data:`COLUMNS`, all of them text; days as ``2026-10-05``.
    list of Entry
        The decisions that are left out.

    Examples
    --------
    >>> words = {"text": "Rest", "owner": "P-01", "dimension": "professionals"}
    >>> record = Record("2026-10").put([Entry("step", {"held_on": "2026-11-03"}),
    ...     Entry("decision", words, "a"), Entry("decision", {"text": "Call"}, "b")])
    >>> rows, left_out = actions(record, frozenset({"P-01"}))
    >>> rows.loc[0, "decided_on"], [one.words["text"] for one in left_out]
    ('2026-11-03', ['Call'])
    """
    held = [one.words["held_on"] for one in record.of("step") if one.words.get("held_on")]
    day = held[0] if held else pd.Period(record.name, "M").end_time.date().isoformat()
    rows, left_out = [], []
    for one in record.of("decision"):
        words = {name: one.words.get(name, "") for name in COLUMNS}
        due = words["due_on"]
        if not words["text"].strip():
            continue
        known = words["owner"] in team and bool(words["dimension"])
        # What its writer kept may stand in a sealed record, and not in a registry.
        if known and (not due or due >= day) and not find(words["text"], team):
            own = {"action": code_of(record.name, one), "decided_on": day, "done_on": ""}
            rows.append(words | own)
        else:
            left_out.append(one)
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str"), left_out


def done(records: Iterable[Record]) -> dict[str, str]:
    """Return the day on which each action was done, as meetings wrote it; the last one counts.

    Parameters
    ----------
    records : iterable of Record
        Records, oldest first.

    Examples
    --------
    >>> words = {"action": "DABCDE-2609", "done_on": "2026-11-03"}
    >>> done([Record("2026-10").put([Entry("done", words)])])
    {'DABCDE-2609': '2026-11-03'}
    """
    said = {
        one.words.get("action", ""): one.words.get("done_on", "")
        for record in records
        for one in record.of("done")
    }
    return {action: day for action, day in said.items() if action and day}


def taken_in(table: pd.DataFrame, decided: pd.DataFrame, done_on: dict[str, str]) -> pd.DataFrame:
    """Return the table of actions with those that are new, and with the days of those done.

    What a team wrote itself stays: a row that is there is not written again, and a day that is
    there is not written over.

    Parameters
    ----------
    table : pandas.DataFrame
        The table as it is, all of it text; it may have more columns, or lack some.
    decided : pandas.DataFrame
        As :func:`actions` returns it.
    done_on : dict of str to str
        As :func:`done` returns it.

    Examples
    --------
    >>> there = pd.DataFrame({"action": ["A-1"], "done_on": [""], "room": ["2"]})
    >>> new = pd.DataFrame({"action": ["A-1", "A-2"], "done_on": ["", ""]})
    >>> taken_in(there, new, {"A-1": "2026-10-05"}).values.tolist()
    [['A-1', '2026-10-05', '2'], ['A-2', '', '']]
    """
    new = decided[~decided["action"].isin(table["action"])] if "action" in table else decided
    whole = pd.concat([table, new], ignore_index=True).fillna("")
    marked = whole["action"].map(lambda action: done_on.get(action, ""))
    whole["done_on"] = whole["done_on"].where(whole["done_on"] != "", marked)
    return whole
