"""Pictures of needs: what nobody was asked about is no zero."""

import pandas as pd

from copehope_lib.charts import needs


def test_a_need_about_which_nobody_was_asked_is_no_zero() -> None:
    rows = [
        ("2026-09", "food", "not_covered", 0), ("2026-09", "food", "unknown", 9),
        ("2026-10", "food", "not_covered", 0), ("2026-10", "food", "covered", 3),
        ("2026-09", "transport", "not_covered", 0), ("2026-09", "transport", "unknown", 9),
        ("2026-09", "housing", "not_covered", None), ("2026-10", "housing", "not_covered", 4),
    ]  # fmt: skip
    history = pd.DataFrame(rows, columns=["month", "need", "coverage", "women"])
    picture = needs.over_months(history.astype({"women": "Int64"})).data[0]
    # Transport, of which nobody was ever asked, has no row.
    assert [list(row) for row in picture.text] == [["–", "4"], ["·", "0"]]
