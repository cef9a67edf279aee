"""A registry small enough to follow with a pencil; the examples of the metrics use it.

W-001 takes care of a child, entered in June, came on 2 September and missed 21 September; on
5 October childcare kept her away, on 12 October she came back. W-002 has no permit, entered on
16 October, came on 19 October and a week later in part. P-01 accompanies both, full time.

W-001 set out to renew her papers, paused it in September and took it up again on 5 October; her
language course she finished on 20 October, better than hoped. W-002 has a goal that P-01 chose.
"""

from typing import Any

import pandas as pd

from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables

_ROWS: dict[str, list[dict[str, object]]] = {
    "women": [
        {
            "woman": "W-001", "site": "Barcelona", "entered_on": "2026-06-01",
            "birth_year": 1998, "residence_status": "residence_and_work",
            "housing": "shared_flat", "children_in_care": 1,
        },
        {
            "woman": "W-002", "site": "Barcelona", "entered_on": "2026-10-16",
            "birth_year": 2001, "residence_status": "none", "housing": "reception_centre",
        },
    ],
    "professionals": [
        {
            "professional": "P-01", "profile": "social_educator", "fte": 1.0,
            "external": False, "started_on": "2025-01-01",
        },
    ],
    "assignments": [
        {
            "woman": "W-001", "professional": "P-01", "function": "reference",
            "from_on": "2026-06-01",
        },
        {
            "woman": "W-002", "professional": "P-01", "function": "reference",
            "from_on": "2026-10-16",
        },
    ],
    "activities": [
        {
            "activity": "A-01", "module": "language", "format": "group",
            "sessions_planned": 20, "modular": True, "childcare": False,
            "transport_support": True, "certificate": True,
        },
    ],
    "sessions": [
        {
            "session": f"S-{number}", "activity": "A-01", "starts_at": f"{day}T10:00",
            "ends_at": f"{day}T11:30", "place": "R-1", "professional": "P-01",
        }
        for number, day in enumerate(
            (
                "2026-09-02", "2026-09-21", "2026-10-05",
                "2026-10-12", "2026-10-19", "2026-10-26",
            ),
            start=1,
        )
    ],
    "attendance": [
        {"session": "S-1", "woman": "W-001", "status": "attended"},
        {"session": "S-2", "woman": "W-001", "status": "missed"},
        {"session": "S-3", "woman": "W-001", "status": "missed", "barrier": "childcare"},
        {"session": "S-4", "woman": "W-001", "status": "attended"},
        {"session": "S-5", "woman": "W-002", "status": "attended"},
        {"session": "S-6", "woman": "W-002", "status": "partly"},
    ],
    "goals": [
        {
            "goal": "G-001", "woman": "W-001", "area": "documents", "chosen_by": "her",
            "set_on": "2026-06-10",
        },
        {
            "goal": "G-002", "woman": "W-001", "area": "language", "chosen_by": "together",
            "set_on": "2026-06-20",
        },
        {
            "goal": "G-003", "woman": "W-002", "area": "work", "chosen_by": "professional",
            "set_on": "2026-10-20",
        },
    ],
    "goal_events": [
        {"goal": "G-001", "on": "2026-06-15", "event": "started"},
        {"goal": "G-001", "on": "2026-09-01", "event": "paused"},
        {"goal": "G-001", "on": "2026-10-05", "event": "resumed", "attainment": 1},
        {"goal": "G-002", "on": "2026-07-01", "event": "started"},
        {"goal": "G-002", "on": "2026-10-20", "event": "achieved", "attainment": 2},
    ],
    "needs": [
        {
            "woman": "W-001", "reviewed_on": "2026-08-10", "need": "childcare",
            "coverage": "partly",
        },
        {
            "woman": "W-001", "reviewed_on": "2026-10-12", "need": "housing",
            "coverage": "covered",
        },
        {
            "woman": "W-001", "reviewed_on": "2026-10-12", "need": "childcare",
            "coverage": "not_covered",
        },
    ],
    "safety": [
        {
            "woman": "W-001", "assessed_on": "2026-09-01", "can_share_space": "yes",
            "protected_witness": "no", "judicial_process": "no", "lives_with_network": "no",
            "threatened_recently": "unknown", "imminent_danger": "no",
            "setting": "group_welcome", "contact_channel": "call", "contact_consent": True,
        },
    ],
    "actions": [
        {
            "action": "D-001", "decided_on": "2026-09-28", "owner": "P-01",
            "text": "Ask the language school for a room with childcare",
            "due_on": "2026-10-26", "done_on": "2026-10-20", "dimension": "best_practices",
        },
    ],
}  # fmt: skip


def two_women() -> Tables:
    """Return the registry of two women, typed as the schema asks.

    Examples
    --------
    >>> two_women().attendance["status"].tolist()
    ['attended', 'missed', 'missed', 'attended', 'attended', 'partly']
    """
    frames: dict[str, Any] = {name: _typed(name) for name in TABLES}
    return Tables(**frames)


def _typed(name: str) -> pd.DataFrame:
    table = TABLES[name]
    rows = pd.DataFrame(_ROWS.get(name, []), columns=pd.Index(table.columns))
    return rows.astype(table.dtypes)
