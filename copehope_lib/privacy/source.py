"""From which registry an extract of supervision was made: a name of what that knows of a month."""

import hmac

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.assessments import doubtful
from copehope_lib.metrics.latest import latest_of_each
from copehope_lib.metrics.stays import FOREVER
from copehope_lib.schema import TABLES
from copehope_lib.tables import Tables
from copehope_lib.workspace import Workspace

BEGINS = {
    "women": "entered_on", "professionals": "started_on", "assignments": "from_on",
    "sessions": "starts_at", "goals": "set_on", "goal_events": "on", "needs": "reviewed_on",
    "safety": "assessed_on", "actions": "decided_on", "feedback": "given_on",
    "referrals": "sent_on", "contacts": "on", "trainings": "held_on",
}  # fmt: skip
"""From which day on a row is known: it is none of a month before."""

ENDS = {
    "women": ["left_on", "leaving_reason"], "professionals": ["ended_on"],
    "assignments": ["to_on"], "actions": ["done_on"],
    "feedback": ["answered_on", "we_did"],
    "referrals": ["answered_on", "accepted", "told_again"],
}  # fmt: skip
"""From which day on more is known of it, and what."""

Known = list[tuple[pd.Series, npt.NDArray[np.uint64]]]
"""From which day on something is known (always, where there is none), and its hash."""


def known(tables: Tables) -> Known:
    """Return all that a registry knows, hashed once for all months."""
    starts = tables.sessions.drop_duplicates("session").set_index("session")["starts_at"]
    found: Known = []
    for name in TABLES:
        table, ends = getattr(tables, name), ENDS.get(name, [])
        always = pd.Series(pd.NaT, index=table.index)
        begins = table[BEGINS[name]] if name in BEGINS else always
        if name == "attendance":
            begins = starts.reindex(table["session"]).set_axis(table.index)
        found.append((begins, _hash(table.drop(columns=ends))))
        if ends:
            ended = table[table[ends[0]].notna()]
            found.append((ended[ends[0]], _hash(ended)))
    # Her flag in the months before follows from what is known of her now, and so does whether
    # sites are told apart.
    newest = latest_of_each(
        "safety", tables.safety, "assessed_on", tables.women, tables.women, FOREVER
    )
    women = tables.women[["woman", "entered_on"]]
    flagged = women[women["woman"].isin(newest.loc[doubtful(newest), "woman"])]
    sites = np.array([len(tables.women["site"].dropna().unique()) > 1], dtype=np.uint64)
    return [*found, (flagged["entered_on"], _hash(flagged)), (pd.Series([pd.NaT]), sites)]


def source(workspace: Workspace, of: Known, month: pd.Period) -> str:
    """Return a name of settings and of what is known of a month.

    Nobody without the key learns anything from it.
    """
    digest = hmac.new(workspace.key, workspace.settings.model_dump_json().encode(), "sha256")
    after = months.bounds(month)[1]
    for begins, rows in of:
        digest.update(rows[~(begins >= after).to_numpy()].tobytes() + b";")
    return digest.hexdigest()[:16]


def _hash(table: pd.DataFrame) -> npt.NDArray[np.uint64]:
    return np.asarray(pd.util.hash_pandas_object(table, index=False), dtype=np.uint64)
