"""A registry with a million attendances, in which nothing is to be mended."""

from pathlib import Path

import numpy as np
import pandas as pd

from copehope_lib.demo import synthetic
from copehope_lib.schema import TABLES
from copehope_lib.workspace import Workspace

ATTENDANCES, SESSIONS, WOMEN, PROFESSIONALS = 1_000_000, 100_000, 20_000, 200


def make(folder: Path) -> Workspace:
    """Write the registry: 200 sessions side by side, five times a week, ten women each."""
    workspace = Workspace.create(folder)
    session, attendance = np.arange(SESSIONS), np.arange(ATTENDANCES)
    side_by_side, turn = session % PROFESSIONALS, session // PROFESSIONALS
    starts = pd.Timestamp("2022-01-03T09:00") + pd.to_timedelta(turn // 5 * 7 + turn % 5, unit="D")
    held = attendance // 10
    # Each professional sees a hundred women of her own, ten in each session, in turn.
    woman = side_by_side[held] * 100 + turn[held] % 10 * 10 + attendance % 10
    status = np.array(["attended", "partly", "excused", "missed", "cancelled_by_us"])
    written: dict[str, dict[str, object]] = {
        "women": {
            "woman": _codes("W", WOMEN), "site": "Barcelona",
            "entered_on": pd.Timestamp("2021-01-01"),
        },
        "professionals": {
            "professional": _codes("P", PROFESSIONALS), "profile": "social_worker", "fte": 1.0,
            "external": False, "started_on": pd.Timestamp("2020-01-01"),
        },
        "activities": {
            "activity": ["A-1"], "module": "language", "format": "group",
            "sessions_planned": 20, "modular": True, "childcare": True,
            "transport_support": True, "certificate": True,
        },
        "sessions": {
            "session": _codes("S", SESSIONS), "activity": "A-1", "starts_at": starts,
            "ends_at": starts + pd.Timedelta("90min"), "place": "R-1",
            "professional": np.array(_codes("P", PROFESSIONALS))[side_by_side],
        },
        "attendance": {
            "session": np.array(_codes("S", SESSIONS))[held],
            "woman": np.array(_codes("W", WOMEN))[woman], "status": status[attendance % 5],
            "barrier": np.where(attendance % 7 == 0, "childcare", None),
        },
    }  # fmt: skip
    synthetic.write(
        {name: _typed(name, written.get(name, {})) for name in TABLES}, workspace.registry
    )
    return workspace


def _codes(letter: str, count: int) -> list[str]:
    return [f"{letter}-{n:06d}" for n in range(count)]


def _typed(name: str, columns: dict[str, object]) -> pd.DataFrame:
    table = TABLES[name]
    return pd.DataFrame(columns).reindex(columns=table.columns).astype(table.dtypes)
