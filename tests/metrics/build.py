"""Small registries, written down row by row."""

from dataclasses import replace
from typing import Any

import pandas as pd

from copehope_lib.metrics import compute
from copehope_lib.schema import TABLES
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables

Row = dict[str, Any]
OCTOBER = pd.Period("2026-10", "M")


def typed(name: str, rows: list[Row]) -> pd.DataFrame:
    table = TABLES[name]
    return pd.DataFrame(rows, columns=pd.Index(table.columns)).astype(table.dtypes)


def registry(**tables: list[Row]) -> Tables:
    """The tables that are given; the others are empty."""
    return Tables(**{name: typed(name, tables.get(name, [])) for name in TABLES})


def changed(tables: Tables, **others: list[Row]) -> Tables:
    return replace(tables, **{name: typed(name, rows) for name, rows in others.items()})


def woman(code: str = "W-1", entered: str = "2026-01-01", **columns: object) -> Row:
    return {"woman": code, "site": "Barcelona", "entered_on": entered, **columns}


def professional(code: str = "P-1", **columns: object) -> Row:
    return {
        "professional": code, "profile": "social_educator", "fte": 1.0, "external": False,
        "started_on": "2025-01-01", **columns,
    }  # fmt: skip


def activity(code: str = "A-1", **columns: object) -> Row:
    return {
        "activity": code, "module": "language", "format": "group", "sessions_planned": 20,
        "modular": True, "childcare": True, "transport_support": True, "certificate": False,
        **columns,
    }  # fmt: skip


def session(code: str, starts: str, ends: str, **columns: object) -> Row:
    return {
        "session": code, "activity": "A-1", "starts_at": starts, "ends_at": ends,
        "place": "R-1", "professional": "P-1", **columns,
    }  # fmt: skip


def came(session: str, woman: str = "W-1", status: str = "attended", **columns: object) -> Row:
    return {"session": session, "woman": woman, "status": status, **columns}


def assessment(woman: str = "W-1", on: str = "2026-10-01", **columns: object) -> Row:
    answers = dict.fromkeys(
        ("can_share_space", "protected_witness", "judicial_process", "lives_with_network",
         "threatened_recently", "imminent_danger"), "no"
    )  # fmt: skip
    answers["can_share_space"] = "yes"
    return {
        "woman": woman, "assessed_on": on, **answers, "setting": "group_welcome",
        "contact_channel": "call", "contact_consent": True, **columns,
    }  # fmt: skip


def metric(
    tables: Tables, name: str, month: pd.Period = OCTOBER, settings: Settings | None = None
) -> pd.DataFrame:
    return compute(tables, month, settings or Settings(), [name])[name]
