"""Change, with published intervals: few women make no trend."""

import pandas as pd
import pytest

from copehope_lib.metrics import change
from tests.metrics.build import activity as an_activity
from tests.metrics.build import came, metric, professional, registry, session, woman


def share(part: int, whole: int, name: str = "paused") -> pd.DataFrame:
    table = pd.DataFrame({"pattern": [name], "part": [part], "whole": [whole]})
    return table.astype({"part": "Int64", "whole": "Int64"})


def test_from_three_to_four_of_six_is_no_trend() -> None:
    row = change.between(share(3, 6), share(4, 6), ["paused"]).iloc[0]
    assert row["difference"] == pytest.approx(1 / 6)
    assert row["low"] < 0 < row["high"]
    assert not row["clear"]


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090),
     ((10, 10), (0, 20), 0.6791, 1.0), ((10, 10), (0, 10), 0.6075, 1.0)],
)  # fmt: skip
def test_the_interval_is_the_one_that_newcombe_published(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    row = change.between(share(*before), share(*now), ["paused"]).iloc[0]
    assert row["low"] == pytest.approx(low, abs=0.0001)
    assert row["high"] == pytest.approx(high, abs=0.0001)


def test_an_empty_whole_has_no_change() -> None:
    row = change.between(share(0, 0), share(4, 6), ["paused"]).iloc[0]
    assert row[["difference", "low", "high", "clear"]].isna().all()
    assert row[["before", "before_of", "now", "now_of"]].tolist() == [0, 0, 4, 6]


def test_what_stood_in_one_month_only_keeps_its_row() -> None:
    order = ["was", "is", "never"]
    table = change.between(share(1, 2, "was"), share(2, 3, "is"), order)
    assert table["pattern"].tolist() == ["was", "is"]
    assert table[["before_of", "now_of"]].to_numpy().tolist() == [[2, 0], [0, 3]]


def test_a_range_of_months_is_compared_with_the_months_before_it() -> None:
    days = ["2026-05-04", "2026-06-01", "2026-08-03", "2026-10-05"]
    tables = registry(
        women=[woman()],
        professionals=[professional()],
        activities=[an_activity()],
        sessions=[
            session(f"S-{n}", f"{day}T10:00", f"{day}T11:00") for n, day in enumerate(days)
        ],
        attendance=[
            came("S-0"), came("S-1", status="missed"), came("S-2"), came("S-3"),
        ],
    )  # fmt: skip
    table = metric(tables, "change.attendance", pd.Period("2026-08", "3M"))
    row = table.set_index("scope").loc["all", ["before", "before_of", "now", "now_of"]]
    assert row.tolist() == [1, 2, 2, 2]
