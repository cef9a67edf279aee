"""Readings of practice: what holds, what cannot be shown, and what is for supervision only."""

import pandas as pd
import pytest

from copehope_lib.privacy.audience import PARTNER, SUPERVISION, TEAM, Audience
from copehope_lib.readings import practice
from copehope_lib.recommendations import RECOMMENDATIONS
from tests.readings.tables import COUNTS, table

ABOUT_SAFETY = ["alone_means_alone", "half_hour", "contact_agreed"]


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "sentence"),
    [
        ("risk_assessed", 31, 38, "A risk assessment younger than 90 days: 31 of 38 women."),
        ("risk_assessed", 1, 1, "A risk assessment younger than 90 days: 1 of 1 woman."),
        ("goals_hers", 0, 60, "Goals that are her own: 0 of 60 goals."),
        ("group_size", 9, 20, "Groups of 5 to 10 women: 9 of 20 sessions."),
        ("childcare", 4, 6, "Childcare where women with children are expected: "
                            "4 of 6 activities."),
        ("externals_trained", 3, 4, "Training on trafficking before the first session of an "
                                    "external professional: 3 of 4 professionals."),
        ("places_taken", 40, 60, "Plans for as many women as can come: 40 of 60 places."),
        ("supervision_held", 5, 6, "Supervision every month: 5 of 6 months."),
        ("actions_done", 3, 4, "What was decided is done: 3 of 4 actions."),
    ],
)  # fmt: skip
def test_a_check_says_how_many_of_what(
    name: str, numerator: int, denominator: int, sentence: str
) -> None:
    assert practice.check(name, numerator, denominator, SUPERVISION) == sentence


@pytest.mark.parametrize("name", RECOMMENDATIONS)
def test_nothing_to_check_is_never_said_as_all(name: str) -> None:
    sentence = practice.check(name, 0, 0, SUPERVISION)
    assert sentence.endswith(": nothing to check.")
    assert "%" not in sentence


@pytest.mark.parametrize("counts", [(None, None), (None, 38), (31, None), (pd.NA, pd.NA)])
def test_a_hidden_count_is_too_few_to_show(counts: tuple[int | None, int | None]) -> None:
    assert practice.check("risk_assessed", *counts, TEAM) == (
        "A risk assessment younger than 90 days: too few to show."
    )


def test_one_of_each_unit_is_said_in_the_singular() -> None:
    endings = {
        practice.check(name, 1, 1, SUPERVISION).rsplit(" ", 1)[1] for name in RECOMMENDATIONS
    }
    units = {asked.unit for asked in RECOMMENDATIONS.values()}
    assert endings == {f"{unit}." for unit in units}


@pytest.mark.parametrize("audience", [TEAM, PARTNER], ids=lambda audience: audience.name)
@pytest.mark.parametrize("name", ABOUT_SAFETY)
def test_what_tells_of_safety_has_no_number_outside_supervision(
    name: str, audience: Audience
) -> None:
    assert practice.check(name, 31, 38, audience).endswith(": for supervision only.")
    assert practice.check(name, 31, 38, SUPERVISION).endswith(".")
    assert "31 of 38" in practice.check(name, 31, 38, SUPERVISION)


def checks(**counts: tuple[int | None, int | None]) -> pd.DataFrame:
    rows = [(name, *pair) for name, pair in counts.items()]
    return table(rows, "check numerator denominator", numerator=COUNTS, denominator=COUNTS)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"childcare": (4, 6), "transport": (5, 5), "group_size": (0, 0)},
         "Of 2 checks with something to look at, 1 holds everywhere."),
        ({"childcare": (6, 6), "transport": (5, 5)},
         "Of 2 checks with something to look at, 2 hold everywhere."),
        ({"childcare": (4, 6)}, "Of 1 check with something to look at, none holds everywhere."),
        ({"childcare": (4, 6), "transport": (5, 5), "group_size": (None, None)},
         "Of 2 checks that can be shown, 1 holds everywhere."),
        ({"childcare": (None, 6)}, "There is too little to show."),
        ({"childcare": (0, 0)}, "There is nothing to check."),
        ({}, "There is nothing to check."),
    ],
)  # fmt: skip
def test_a_check_with_nothing_to_look_at_does_not_count_as_held(
    counts: dict[str, tuple[int | None, int | None]], sentence: str
) -> None:
    assert practice.checks(checks(**counts), TEAM) == sentence


def test_checks_about_safety_are_counted_in_supervision_only() -> None:
    rows = checks(**dict.fromkeys([*ABOUT_SAFETY, "childcare"], (5, 5)))
    assert practice.checks(rows, SUPERVISION).startswith("Of 4 checks")
    assert practice.checks(rows, TEAM).startswith("Of 1 check ")


def test_rounded_counts_that_are_equal_are_not_said_to_be_all() -> None:
    assert practice.checks(checks(childcare=(25, 25), transport=(10, 25)), PARTNER) == (
        "Of 2 checks with something to look at, 1 holds everywhere or nearly everywhere."
    )


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["childcare", "childcare", "half_hour"], "3 things to look at, in 2 checks."),
        (["childcare"], "1 thing to look at, in 1 check."),
        ([], "Every check holds wherever there was something to look at."),
    ],
)
def test_findings_are_counted_and_not_named(names: list[str], sentence: str) -> None:
    assert practice.findings(table(((name,) for name in names), "check"), SUPERVISION) == sentence
