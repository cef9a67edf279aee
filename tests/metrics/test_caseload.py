"""Caseload, by hand."""

import pandas as pd
import pytest

from copehope_lib.metrics import caseload
from copehope_lib.settings import Weights
from copehope_lib.vocabulary import Profile
from tests.metrics.build import registry

OCTOBER = pd.Period("2026-10", "M")
FLAT = Weights(children_in_care=0, no_permit=0, insecure_housing=0)


def women(*stays: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(stays, columns=["woman", "entered_on", "left_on"])
    frame[["entered_on", "left_on"]] = frame[["entered_on", "left_on"]].apply(pd.to_datetime)
    return frame.assign(children_in_care=0, residence_status="protection", housing="shared_flat")


def assignments(*rows: tuple[str, str, str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["woman", "professional", "function", "from_on", "to_on"])
    frame[["from_on", "to_on"]] = frame[["from_on", "to_on"]].apply(pd.to_datetime)
    return frame


def professionals(*rows: tuple[str, float, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["professional", "fte", "started_on", "ended_on"])
    frame[["started_on", "ended_on"]] = frame[["started_on", "ended_on"]].apply(pd.to_datetime)
    frame["fte"] = frame["fte"].astype("Float64")
    return frame.assign(profile=Profile.codes()[: len(frame)])


def load(
    assigned: pd.DataFrame, accompanied: pd.DataFrame, team: pd.DataFrame, month: pd.Period
) -> pd.DataFrame:
    loads = caseload.load(assigned, accompanied, team, month, weights=FLAT, capacity=20)
    return loads.set_index("professional")


def test_a_woman_is_counted_once_however_many_functions_one_person_holds() -> None:
    loads = load(
        assignments(
            ("W-1", "P-1", "reference", "2026-01-01", None),
            ("W-1", "P-1", "work", "2026-10-20", None),
        ),
        women(("W-1", "2026-01-01", None)),
        professionals(("P-1", 1.0, "2025-01-01", None)),
        OCTOBER,
    )
    assert loads.loc["P-1", "women"] == 1
    assert loads.loc["P-1", "women_average"] == 1
    assert loads.loc["P-1", "points"] == 2


def test_a_shared_function_is_shared_by_halves() -> None:
    loads = load(
        assignments(
            ("W-1", "P-1", "legal", "2026-01-01", None),
            ("W-1", "P-2", "legal", "2026-01-01", None),
        ),
        women(("W-1", "2026-01-01", None)),
        professionals(("P-1", 1.0, "2025-01-01", None), ("P-2", 0.5, "2025-01-01", None)),
        OCTOBER,
    )
    assert loads["points"].tolist() == [0.5, 0.5]
    assert loads["load"].tolist() == [0.5 / 20, 0.5 / 10]


def test_the_last_day_of_a_stay_is_the_day_before_she_left() -> None:
    assigned = assignments(("W-1", "P-1", "reference", "2026-01-01", None))
    team = professionals(("P-1", 1.0, "2025-01-01", None))
    gone = load(assigned, women(("W-1", "2026-01-01", "2026-10-31")), team, OCTOBER)
    assert gone.loc["P-1", "women"] == 0
    assert gone.loc["P-1", "women_average"] == pytest.approx(30 / 31)
    here = load(assigned, women(("W-1", "2026-01-01", "2026-11-01")), team, OCTOBER)
    assert here.loc["P-1", "women"] == 1
    assert here.loc["P-1", "women_average"] == 1


def test_a_woman_who_left_and_came_back_counts_for_the_days_she_was_here() -> None:
    loads = load(
        assignments(("W-1", "P-1", "reference", "2026-01-01", None)),
        women(("W-1", "2026-01-01", "2026-10-06"), ("W-1", "2026-10-27", None)),
        professionals(("P-1", 1.0, "2025-01-01", None)),
        OCTOBER,
    )
    assert loads.loc["P-1", "women"] == 1
    assert loads.loc["P-1", "women_average"] == pytest.approx((5 + 5) / 31)


def test_february_of_a_leap_year_has_29_days() -> None:
    loads = load(
        assignments(("W-1", "P-1", "reference", "2028-02-15", None)),
        women(("W-1", "2028-02-15", None)),
        professionals(("P-1", 1.0, "2025-01-01", None)),
        pd.Period("2028-02", "M"),
    )
    assert loads.loc["P-1", "women_average"] == pytest.approx(15 / 29)


def test_who_left_the_team_during_the_month_is_shown_and_who_left_before_is_not() -> None:
    loads = load(
        assignments(("W-1", "P-1", "reference", "2026-01-01", "2026-10-16")),
        women(("W-1", "2026-01-01", None)),
        professionals(
            ("P-1", 1.0, "2025-01-01", "2026-10-16"), ("P-2", 1.0, "2025-01-01", "2026-10-01")
        ),
        OCTOBER,
    )
    assert loads.index.tolist() == ["P-1"]
    assert loads.loc["P-1", "women_average"] == pytest.approx(15 / 31)


def test_a_post_of_zero_has_no_load() -> None:
    loads = load(
        assignments(("W-1", "P-1", "reference", "2026-01-01", None)),
        women(("W-1", "2026-01-01", None)),
        professionals(("P-1", 0.0, "2025-01-01", None)),
        OCTOBER,
    )
    assert loads["load"].isna().all()
    assert loads.loc["P-1", "points"] == 1


def test_weights_add_up_by_circumstance() -> None:
    accompanied = women(("W-1", "2026-01-01", None)).assign(
        children_in_care=2, residence_status="none", housing="insecure"
    )
    loads = caseload.load(
        assignments(("W-1", "P-1", "reference", "2026-01-01", None)),
        accompanied,
        professionals(("P-1", 1.0, "2025-01-01", None)),
        OCTOBER,
        weights=Weights(base=1, children_in_care=0.5, no_permit=0.25, insecure_housing=0.125),
        capacity=20,
    )
    assert loads["points"].tolist() == [1.875]


def test_a_woman_around_whom_nobody_stands_is_listed_and_not_carried_alone() -> None:
    around = caseload.functions(
        assignments(("W-1", "P-1", "reference", "2026-01-01", None)),
        women(("W-1", "2026-01-01", None), ("W-2", "2026-10-30", None)),
        professionals(("P-1", 1.0, "2025-01-01", None)),
        OCTOBER,
    ).set_index("woman")
    assert around["professionals"].tolist() == [1, 0]
    assert around["carried_alone"].tolist() == [True, False]


def test_two_professionals_of_one_profile_are_one_profile() -> None:
    team = professionals(("P-1", 1.0, "2025-01-01", None), ("P-2", 1.0, "2025-01-01", None))
    around = caseload.functions(
        assignments(
            ("W-1", "P-1", "reference", "2026-01-01", None),
            ("W-1", "P-2", "work", "2026-01-01", None),
        ),
        women(("W-1", "2026-01-01", None)),
        team.assign(profile="social_worker"),
        OCTOBER,
    )
    assert around[["professionals", "profiles"]].to_numpy().tolist() == [[2, 1]]


@pytest.mark.parametrize(
    ("loads", "gini"),
    [([1, 1, 1, 1], 0.0), ([0, 0, 0, 1], 0.75), ([1, 2, 3, 4], 0.25)],
)
def test_gini_is_the_mean_difference_divided_by_twice_the_mean(
    loads: list[float], gini: float
) -> None:
    around = pd.DataFrame({"carried_alone": pd.array([], dtype="boolean")})
    table = caseload.spread(pd.DataFrame({"load": pd.array(loads, dtype="Float64")}), around)
    differences = [abs(a - b) for a in loads for b in loads]
    by_definition = sum(differences) / (2 * len(loads) * sum(loads))
    assert table.loc[0, "gini"] == pytest.approx(gini) == pytest.approx(by_definition)


def test_nobody_with_a_post_means_no_spread() -> None:
    table = caseload.spread(
        pd.DataFrame({"load": pd.array([pd.NA], dtype="Float64")}),
        pd.DataFrame({"carried_alone": pd.array([True], dtype="boolean")}),
    )
    assert table.loc[0, ["median", "max_to_median", "gini"]].isna().all()
    assert table.loc[0, "carried_alone"] == 1


def test_a_half_post_that_begins_within_the_month_carries_its_days_and_its_share() -> None:
    loads = load(
        assignments(
            ("W-1", "P-1", "reference", "2026-10-15", None),
            ("W-2", "P-1", "reference", "2026-10-31", None),
        ),
        women(("W-1", "2026-01-01", None), ("W-2", "2026-01-01", None)),
        professionals(("P-1", 0.5, "2026-10-15", None)),
        OCTOBER,
    )
    assert loads.loc["P-1", "women"] == 2
    assert loads.loc["P-1", "women_average"] == pytest.approx((17 + 1) / 31)
    assert loads.loc["P-1", "load"] == 2 / (0.5 * 20)


def changes(*rows: tuple[str, str, str, str, str | None], stays: pd.DataFrame) -> list[int]:
    team = professionals(*((f"P-{n}", 1.0, "2020-01-01", None) for n in (1, 2, 3)))
    table = caseload.reference(assignments(*rows), stays, team, OCTOBER)
    return [int(count) for count in table["women"]]


STAY = women(("W-1", "2025-01-01", None))


@pytest.mark.parametrize(
    ("begins", "bands"),
    [("2026-04-30", [1, 0, 0]), ("2026-05-01", [0, 1, 0]), ("2026-10-31", [0, 1, 0]),
     ("2026-11-01", [1, 0, 0])],
)  # fmt: skip
def test_a_change_of_reference_person_counts_for_six_months(begins: str, bands: list[int]) -> None:
    first = ("W-1", "P-1", "reference", "2025-01-01", begins)
    assert changes(first, ("W-1", "P-2", "reference", begins, None), stays=STAY) == bands


def test_the_first_reference_person_is_no_change_and_another_function_is_none() -> None:
    first = ("W-1", "P-1", "reference", "2026-09-01", None)
    assert changes(first, ("W-1", "P-2", "legal", "2026-10-01", None), stays=STAY) == [1, 0, 0]


def test_a_woman_who_comes_back_to_the_same_person_has_not_changed() -> None:
    stays = women(("W-1", "2025-01-01", "2026-06-01"), ("W-1", "2026-09-01", None))
    assert changes(("W-1", "P-1", "reference", "2025-01-01", None), stays=stays) == [1, 0, 0]
    other = (
        ("W-1", "P-1", "reference", "2025-01-01", "2026-06-01"),
        ("W-1", "P-2", "reference", "2026-09-01", "2026-10-01"),
        ("W-1", "P-3", "reference", "2026-10-01", None),
    )
    assert changes(*other, stays=stays) == [0, 0, 1]


def test_a_post_of_no_day_is_none() -> None:
    loads = load(
        assignments(("W-1", "P-1", "reference", "2026-01-01", None)),
        women(("W-1", "2026-01-01", None)),
        professionals(("P-1", 1.0, "2025-01-01", None), ("P-2", 1.0, "2026-10-05", "2026-10-05")),
        OCTOBER,
    )
    assert loads.index.tolist() == ["P-1"]


def test_nobody_carries_a_woman_whose_only_colleague_left_while_the_assignment_stayed_open() -> (
    None
):
    assigned = assignments(
        ("W-1", "P-1", "reference", "2026-01-01", None),
        ("W-1", "P-2", "legal", "2026-01-01", None),
        ("W-2", "P-1", "reference", "2026-01-01", None),
    )
    stays = women(("W-1", "2026-01-01", None), ("W-2", "2026-01-01", None))
    team = professionals(("P-1", 1.0, "2025-01-01", "2026-10-31"), ("P-2", 1.0, "2025-01-01", None))
    around = caseload.functions(assigned, stays, team, OCTOBER).set_index("woman")
    assert around["professionals"].to_dict() == {"W-1": 1, "W-2": 0}
    assert around["carried_alone"].to_dict() == {"W-1": True, "W-2": False}
    loads = load(assigned, stays, team, OCTOBER)
    assert loads["women"].to_dict() == {"P-1": 0, "P-2": 1}
    assert loads.loc["P-1", "women_average"] == pytest.approx(2 * 30 / 31)
    counted = caseload.distribution(assigned, stays, team, OCTOBER)
    assert counted.to_dict("list") == {"professional": ["P-2"], "function": ["legal"], "women": [1]}
    assert caseload.profiles(around)["women"].tolist() == [1, 1, 0, 0]


def test_nobody_carries_a_woman_before_her_colleague_began() -> None:
    assigned = assignments(("W-1", "P-1", "reference", "2026-01-01", None))
    team = professionals(("P-1", 1.0, "2026-10-17", None))
    stays = women(("W-1", "2026-01-01", None))
    assert load(assigned, stays, team, OCTOBER).loc["P-1", "women_average"] == 15 / 31
    before = caseload.functions(assigned, stays, team, pd.Period("2026-09", "M"))
    assert before["professionals"].tolist() == [0]


def test_a_reference_person_who_follows_one_who_left_is_a_change_on_the_day_of_the_first() -> None:
    rows = assignments(
        ("W-1", "P-1", "reference", "2026-01-01", None),
        ("W-1", "P-2", "reference", "2026-06-01", None),
    )
    team = professionals(("P-1", 1.0, "2025-01-01", "2026-06-01"), ("P-2", 1.0, "2025-01-01", None))
    assert caseload.reference(rows, STAY, team, OCTOBER)["women"].tolist() == [0, 1, 0]


def test_assignments_of_somebody_who_left_the_team_make_no_post() -> None:
    loads = load(
        assignments(("W-1", "P-1", "reference", "2026-01-01", None)),
        women(("W-1", "2026-01-01", None)),
        professionals(("P-1", 1.0, "2025-01-01", "2026-09-30")),
        OCTOBER,
    )
    assert loads.empty


def test_hours_outside_sessions_are_the_middles_of_the_bands_of_the_month() -> None:
    rows = [
        ("P-1", "2026-10-01", "to_15"), ("P-1", "2026-10-31", "longer"),
        ("P-1", "2026-10-05", None), ("P-1", "2026-09-30", "longer"),
        ("P-2", "2026-10-09", "to_45"), (None, "2026-10-09", "to_45"),
        ("P-2", "2026-11-01", "longer"), ("P-2", "2026-10-10", "to_120"),
        ("P-3", "2026-10-10", None),
    ]  # fmt: skip
    contacts = pd.DataFrame(rows, columns=["professional", "on", "minutes"])
    table = caseload.outside(contacts.assign(on=pd.to_datetime(contacts["on"])), OCTOBER)
    assert table.round(3).to_numpy().tolist() == [
        ["P-1", 3, 2.667],
        ["P-2", 2, 1.833],
        ["P-3", 1, 0],
    ]


def test_who_wrote_down_no_contact_has_no_row() -> None:
    assert caseload.outside(registry().contacts, OCTOBER).empty
