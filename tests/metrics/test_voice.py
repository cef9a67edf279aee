"""Her voice, by hand."""

import pandas as pd

from tests.metrics.build import (
    OCTOBER,
    Row,
    activity,
    came,
    metric,
    professional,
    registry,
    session,
    woman,
)  # fmt: skip


def said(code: str, on: str, asked: str = "safety", **columns: object) -> Row:
    return {"feedback": code, "given_on": on, "asked": asked, **columns}


def told(table: pd.DataFrame, counts: str = "answers") -> dict[str, int]:
    """What is not 0, by the words of its row."""
    rows = table[table[counts] > 0]
    return {" ".join(row[:-1]): row[-1] for row in rows.itertuples(index=False, name=None)}


# Ninety days that end with the 31st of October begin with the 3rd of August.
ANSWERS = [
    said("F-1", "2026-08-02", face="sad", we_did="changed", answered_on="2026-08-20"),
    said("F-2", "2026-08-03", face="sad", we_did="changed", answered_on="2026-10-31"),
    said("F-3", "2026-10-31", face="glad", in_her_language=True, we_did="cannot",
         answered_on="2026-11-01"),
    said("F-4", "2026-10-05", "wish", wish="more", in_her_language=False),
    said("F-5", "2026-10-06", "childcare", answered_on="2026-10-06"),
    said("F-6", "2026-11-01", face="sad"),
]  # fmt: skip


def test_answers_of_ninety_days_count_by_question_face_wish_and_language() -> None:
    tables = registry(women=[woman()], feedback=ANSWERS)
    assert told(metric(tables, "voice.asked")) == {"safety sad": 1, "safety glad": 1}
    assert told(metric(tables, "voice.wishes")) == {"more": 1}
    assert told(metric(tables, "voice.language")) == {"yes": 1, "no": 1, "unknown": 2}


def test_what_we_told_her_after_the_last_day_is_not_answered_yet() -> None:
    tables = registry(women=[woman()], feedback=ANSWERS)
    assert told(metric(tables, "voice.answers")) == {"changed": 1, "not_said": 1, "open": 2}
    november = metric(tables, "voice.answers", OCTOBER + 1)
    assert told(november) == {"cannot": 1, "not_said": 1, "open": 2}


def test_what_was_said_and_never_answered_is_told_however_old_it_is() -> None:
    feedback = [
        said("F-2", "2026-10-30", activity="A-1", woman="W-1", wish="nearer"),
        said("F-3", "2025-02-01", "childcare", face="sad", we_did="changed"),
        said("F-1", "2026-10-30", "language"),
    ]
    tables = registry(women=[woman()], activities=[activity()], feedback=feedback)
    assert told(metric(tables, "voice.unanswered")) == {"safety": 1, "language": 1, "childcare": 1}
    rows = metric(tables, "voice.waiting")
    assert rows["asked"].tolist() == ["childcare", "language", "safety"]
    assert rows["days"].tolist() == [637, 1, 1]
    assert rows["woman"].isna().tolist() == [True, True, False]
    assert rows["activity"].tolist()[2] == "A-1"


def test_where_nobody_was_ever_asked_there_is_no_row_and_else_a_zero() -> None:
    nobody = registry(women=[woman()])
    long_ago = registry(women=[woman()], feedback=[said("F-1", "2025-01-05", face="glad")])
    for name, rows in {"answers": 6, "asked": 18, "wishes": 10, "language": 3}.items():
        assert metric(nobody, f"voice.{name}").empty
        table = metric(long_ago, f"voice.{name}")
        assert len(table) == rows
        assert table["answers"].eq(0).all()


def held(*chosen: bool | None) -> list[Row]:
    return [activity(f"A-{n}", chosen_with_women=of) for n, of in enumerate(chosen)]


def test_activities_count_where_a_woman_was_expected_and_not_where_all_was_cancelled() -> None:
    tables = registry(
        women=[woman()],
        professionals=[professional()],
        activities=held(True, None, False, True),
        sessions=[
            session("S-1", "2026-10-05T10:00", "2026-10-05T11:00", activity="A-0"),
            session("S-2", "2026-10-06T10:00", "2026-10-06T11:00", activity="A-1"),
            session("S-3", "2026-09-30T10:00", "2026-09-30T11:00", activity="A-2"),
            session("S-4", "2026-10-07T10:00", "2026-10-07T11:00", activity="A-3"),
        ],
        attendance=[
            came("S-1"), came("S-2", status="missed"), came("S-3"),
            came("S-4", status="cancelled_by_us"),
        ],
    )  # fmt: skip
    assert told(metric(tables, "voice.activities"), "activities") == {"yes": 1, "unknown": 1}


def test_a_team_that_does_not_write_who_chose_is_told_nothing_of_it() -> None:
    tables = registry(activities=held(None, None))
    assert metric(tables, "voice.activities").empty
