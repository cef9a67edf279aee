"""What each audience is shown of the results of a month."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from copehope_lib import demo
from copehope_lib.demo.two_women import two_women
from copehope_lib.metrics import METRICS, compute
from copehope_lib.privacy.audience import AUDIENCES, PARTNER, TEAM, Audience
from copehope_lib.privacy.protect import Hidden, decide, may_see, named, show
from copehope_lib.privacy.system import Edition
from copehope_lib.settings import Settings
from copehope_lib.vocabulary import AttendanceStatus, Barrier, Pattern

OCTOBER = pd.Period("2026-10", "M")
Tables = dict[str, pd.DataFrame]


def shown(
    results: Tables,
    audience: Audience,
    *,
    earlier: Sequence[Edition] = (),
    dominated: Hidden | None = None,
    before: Tables | None = None,
) -> Tables:
    hidden = decide(results, OCTOBER, audience, dominated=dominated or {}, earlier=earlier)
    return show(results, hidden.hidden, audience, before or {})


def counts(column: pd.Series) -> list[int | None]:
    return [None if pd.isna(n) else int(n) for n in column]


def barriers(*times: int) -> Tables:
    named_so = [*times, *[20] * (len(Barrier) - len(times))]
    table = pd.DataFrame({"barrier": Barrier.codes(), "times": named_so})
    return {"engagement.barriers": table.astype({"times": "Int64"})}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (TEAM, [None, None, None, 3, 9 + 13, 10, 12 + 9 * 20, 20]),
        (PARTNER, [None, None, None, None, 20, 10, 190, 20]),
    ],
)
def test_counts_under_the_minimum_are_hidden_and_the_rest_rounded(
    audience: Audience, expected: list[int | None]
) -> None:
    table = shown(barriers(0, 1, 2, 3, 9, 10, 12, 13), audience)["engagement.barriers"]
    assert counts(table["times"]) == expected


def team_of(patterns: Sequence[int], carried_alone: int = 0) -> Tables:
    """Women by pattern, and the one row that says how many they are.

    Groups are told the first two of these as one, *coming*, and the last two, *beginning*.
    """
    women = sum(patterns)
    *others, last = patterns  # nobody is in touch outside sessions alone
    patterns = [*others, 0, last]
    each = pd.DataFrame({"pattern": Pattern.codes(), "women": patterns})
    spread = {"professionals": 5, "women": women, "carried_alone": carried_alone,
              "median": 1.0, "max_to_median": 1.5, "gini": 0.2}  # fmt: skip
    whole = dict.fromkeys(("professionals", "women", "carried_alone"), "Int64")
    return {
        "caseload.load": loads([9] * 5),
        "caseload.spread": pd.DataFrame([spread]).astype(whole),
        "engagement.patterns": each.astype({"women": "Int64"}),
    }


def loads(women: Sequence[int], points: Sequence[float] | None = None) -> pd.DataFrame:
    table = pd.DataFrame(
        {"professional": [f"P-{n}" for n in range(len(women))], "women": women,
         "women_average": [n + 0.3 for n in women], "points": points or [*women],
         "load": [n / 20 for n in points or women]}
    )  # fmt: skip
    of = dict.fromkeys(("women_average", "points", "load"), "Float64")
    return table.astype({"women": "Int64", **of})


def test_a_count_that_follows_from_the_total_is_hidden_with_another_that_is_needed_less() -> None:
    """Women who came back are shown before those who come, though they are fewer."""
    tables = shown(team_of([9, 6, 1, 4, 0, 0]), TEAM)
    assert counts(tables["caseload.spread"]["women"]) == [20]
    assert counts(tables["engagement.patterns"]["women"]) == [None, None, 4, 0]


def test_two_small_counts_that_hide_each_other_need_no_third() -> None:
    tables = shown(team_of([9, 6, 2, 2, 0, 4]), TEAM)
    assert counts(tables["engagement.patterns"]["women"]) == [15, None, None, 4]


def test_a_one_and_a_zero_are_too_few_to_hide_in() -> None:
    """Of a known sum of 1 each part could be 0 or 1 only, and three numbers are promised."""
    table = shown(team_of([9, 6, 1, 0, 0, 4]), TEAM)["engagement.patterns"]
    hidden = [n for n, told in zip([15, 1, 0, 4], counts(table["women"]), strict=True)
              if told is None]  # fmt: skip
    assert 1 in hidden
    assert sum(hidden) >= 2


def test_zeros_of_a_group_of_two_are_hidden_too() -> None:
    table = shown(team_of([0, 2, 0, 0, 0, 0]), TEAM)["engagement.patterns"]
    assert counts(table["women"]) == [None] * 4


def test_women_by_their_rest_are_not_told_either() -> None:
    """If 19 of 20 women are not carried alone, the one who is must not be counted out."""
    tables = shown(team_of([9, 6, 5, 0, 0, 0], carried_alone=19), TEAM)
    assert counts(tables["caseload.spread"]["carried_alone"]) == [None]


def attendance(*rows: tuple[str, int, int, int, int, int]) -> Tables:
    table = pd.DataFrame(rows, columns=["scope", *AttendanceStatus.codes()])
    came, away = table["attended"] + table["partly"], table["excused"] + table["missed"]
    whole = table.astype(dict.fromkeys(AttendanceStatus.codes(), "Int64"))
    return {"engagement.attendance": whole.assign(rate=came / (came + away))}


def test_a_rate_is_told_with_its_parts_and_no_status_with_it() -> None:
    results = attendance(("all", 40, 22, 15, 13, 0), ("language", 20, 2, 5, 3, 0),
                         ("work_guidance", 20, 20, 10, 10, 0))  # fmt: skip
    row = shown(results, TEAM)["engagement.attendance"].iloc[1]
    assert not {"attended", "partly", "excused", "missed"} & {*row.index}
    assert row[["came", "away"]].tolist() == [22, 8]
    assert row["rate"] == 22 / 30


def test_a_rate_that_rests_on_one_or_two_is_hidden() -> None:
    results = attendance(("all", 40, 10, 12, 10, 0), ("language", 20, 5, 1, 1, 0),
                         ("work_guidance", 20, 5, 11, 9, 0))  # fmt: skip
    row = shown(results, TEAM)["engagement.attendance"].iloc[1]
    assert row[["away", "rate"]].isna().all()


def with_places(*places: int | None) -> Tables:
    """Two modules to which six women and two came, and the check of how many places were taken."""
    held = pd.DataFrame({"module": ["language", "sewing"], "women": [6, 2], "group_size": 3.0,
                         "sessions": 4, "places": [*places], "minutes": 60.0})  # fmt: skip
    taken = {"check": ["places_taken"], "numerator": [2], "denominator": [held["places"].sum()]}
    return {
        "engagement.modules": held.astype(dict.fromkeys(["women", "sessions", "places"], "Int64")),
        "practice.checks": pd.DataFrame(taken).astype(
            {"numerator": "Int64", "denominator": "Int64"}
        ),
    }


@pytest.mark.parametrize(("places", "told"), [((5, None), [None, None]), ((5, 7), [5, 7])])
def test_few_places_are_not_told_because_no_more_women_took_one(
    places: Sequence[int | None], told: list[int | None]
) -> None:
    visits = attendance(("all", 40, 40, 20, 20, 0), ("language", 20, 20, 10, 10, 0),
                        ("sewing", 20, 20, 10, 10, 0))  # fmt: skip
    tables = shown({**with_places(*places), **visits}, PARTNER)
    assert counts(tables["engagement.modules"]["places"]) == told
    assert counts(tables["practice.checks"]["denominator"]) == [10 if told[0] else None]


def test_that_nobody_was_away_is_not_told_where_one_or_two_came() -> None:
    """A module stands in the table because somebody was expected: who was not away came."""
    results = {
        **with_places(9, 9),
        **attendance(("all", 12, 0, 4, 0, 0), ("language", 10, 0, 4, 0, 0),
                     ("sewing", 2, 0, 0, 0, 0)),
    }  # fmt: skip
    visits = shown(results, TEAM)["engagement.attendance"].set_index("scope")
    assert visits.loc[["language", "sewing"], "away"].isna().all()
    assert visits.loc["all", ["came", "away"]].tolist() == [12, 4]


def test_a_rate_for_partners_is_computed_from_what_they_see() -> None:
    results = attendance(("all", 31, 12, 11, 14, 0), ("language", 31, 12, 11, 14, 0))
    row = shown(results, PARTNER)["engagement.attendance"].iloc[0]
    assert row[["came", "away"]].tolist() == [45, 25]
    assert row["rate"] == pytest.approx(45 / 70)


def test_a_post_is_told_in_whole_points_and_hidden_with_its_women() -> None:
    results = {"caseload.load": loads([2, 8], [2.25, 9.25])}
    table = shown(results, TEAM)["caseload.load"]
    assert table.loc[0, ["women", "women_average", "points", "load"]].isna().all()
    assert table.loc[1, ["women", "women_average", "points"]].tolist() == [8, 8, 9]
    assert table.loc[1, "load"] == pytest.approx(9 / 20)


def test_a_sum_that_is_nearly_all_one_womans_is_hidden() -> None:
    results = {"caseload.load": loads([8, 8])}
    dominated = {("caseload.load", "women"): np.array([True, False])}
    table = shown(results, TEAM, dominated=dominated)["caseload.load"]
    assert table["points"].isna().tolist() == [True, False]


def test_the_spread_of_loads_tells_nothing_of_one_that_is_hidden() -> None:
    results = team_of([9, 6, 5, 0, 0, 0])
    spreads = []
    for hidden in (1, 2):
        results["caseload.load"] = loads([18, 9, 9, 6, hidden])
        table = shown(results, TEAM)
        assert table["caseload.load"]["load"].isna().sum() == 1
        spreads.append(table["caseload.spread"])
    # Of 18, 9, 9 and 6, by hand.
    assert spreads[0].loc[0, "max_to_median"] == 2.0
    pd.testing.assert_frame_equal(*spreads)


def test_the_flows_of_a_month_do_not_give_away_the_month_before() -> None:
    pairs = [(one, other) for one in [*Pattern.codes(), "not_here"]
             for other in [*Pattern.codes(), "not_here"]][:-1]  # fmt: skip
    flows = pd.DataFrame(pairs, columns=["before", "after"]).assign(women=0)
    for (one, other), n in {
        ("steady", "steady"): 9, ("intermittent", "intermittent"): 6,
        ("paused", "intermittent"): 1, ("returned", "returned"): 4,
    }.items():  # fmt: skip
        flows.loc[(flows["before"] == one) & (flows["after"] == other), "women"] = n
    september = Edition(OCTOBER - 1, shown(team_of([9, 6, 1, 4, 0, 0]), TEAM), minimum=3)
    results = team_of([9, 7, 0, 4, 0, 0])
    results["engagement.flows"] = flows.astype({"women": "Int64"})
    table = shown(results, TEAM, earlier=[september])["engagement.flows"]
    from_paused = table[table["before"] == "paused"]["women"]
    assert from_paused.isna().any()
    stayed = table[(table["before"] == "with_us") & (table["after"] == "with_us")]
    assert stayed["women"].isna().all()


def test_change_is_computed_from_what_was_shown_and_told_of_nothing_else() -> None:
    results = {**team_of([9, 6, 1, 4, 0, 0]), **change()}
    before = shown(team_of([8, 6, 4, 3, 0, 0]), TEAM)
    table = shown(results, TEAM, before=before)["change.patterns"].set_index("pattern")
    assert table.loc["returned", ["before", "before_of", "now", "now_of"]].tolist() == [
        3,
        21,
        4,
        20,
    ]
    assert pd.isna(table.loc["paused", "now"])
    alone = shown(results, TEAM)["change.patterns"]
    assert alone["before"].isna().all()


def change() -> Tables:
    of = compute(two_women(), OCTOBER, Settings(), ["change.patterns"])
    return {"change.patterns": of["change.patterns"]}


def test_rows_about_women_are_for_supervision_by_pseudonym_and_in_its_order() -> None:
    result = pd.DataFrame({"woman": ["W-1", "W-2"], "professionals": [1, 2]})
    names = pd.Series({"W-1": "W-XXXXX", "W-2": "W-CCCCC"})
    table = named({"caseload.functions": result}, names)["caseload.functions"]
    assert table["woman"].tolist() == ["W-CCCCC", "W-XXXXX"]
    assert table["professionals"].tolist() == [2, 1]


FOLLOWING = {"engagement.movements", "engagement.flows", "itineraries.flows", "needs.changes"}
ALONE = {"caseload.distribution", "caseload.outside", "engagement.seen", "learning.languages"}
OURS = {"learning", "network", "voice"}
"""Pages of the team and its supervision."""
CURVES = {"engagement.retention", "engagement.time_to_pause", "engagement.time_to_return"}


@pytest.mark.parametrize("name", METRICS)
def test_an_audience_is_given_no_more_than_its_rules_allow(name: str) -> None:
    metric = METRICS[name]
    allowed = {audience.name for audience in AUDIENCES.values() if may_see(audience, metric)}
    if metric.row == "woman" or name in CURVES | ALONE:
        assert allowed == {"supervision"}
    elif metric.row == "professional" or name in FOLLOWING or name.split(".")[0] in OURS:
        assert allowed == {"supervision", "team"}
    else:
        assert allowed == set(AUDIENCES)


@pytest.mark.parametrize("name", ["practice.checks", "change.checks"])
@pytest.mark.parametrize("audience", [TEAM, PARTNER])
def test_a_check_that_would_tell_of_safety_answers_is_not_even_counted(
    name: str, audience: Audience
) -> None:
    results = compute(two_women(), OCTOBER, Settings())
    told = shown(results, audience)[name]["check"].tolist()
    about_safety = {
        "alone_means_alone", "half_hour", "contact_agreed", "plan_made", "wish_heard",
        "support_in_safe_groups", "discussion_agreed",
    }  # fmt: skip
    assert set(results[name]["check"]) - set(told) == about_safety


def test_counts_of_sessions_and_posts_are_shown_however_small() -> None:
    results = compute(two_women(), OCTOBER, Settings())
    checks = shown(results, TEAM)["practice.checks"].set_index("check")
    of_no_woman = ["childcare", "group_size", "session_length", "supervision_held"]
    assert checks.loc[of_no_woman].notna().all(axis=None)
    assert checks.loc["risk_assessed"].isna().all()


@pytest.fixture(scope="module")
def two_months() -> dict[pd.Period, Tables]:
    registry = demo.workspace().tables()
    return {month: compute(registry, month, Settings()) for month in (OCTOBER - 1, OCTOBER)}


def test_what_a_team_is_not_shown_its_partners_are_not_either(
    two_months: dict[pd.Period, Tables],
) -> None:
    results = two_months[OCTOBER]
    of_team = decide(results, OCTOBER, TEAM, dominated={}).hidden
    of_partner = decide(results, OCTOBER, PARTNER, dominated={}, also=of_team).hidden
    for place, hidden in of_partner.items():
        assert not (of_team[place] & ~hidden).any(), place


def test_a_zero_that_another_zero_tells_is_no_cover() -> None:
    """Nobody came to sewing, and so no woman did: one of the two hides nothing alone."""
    scopes = ["all", "digital_literacy", "sewing", "language", "work_guidance"]
    visits = pd.DataFrame({
        "attended": [31, 2, 0, 17, 12], "partly": 0, "excused": 0, "missed": [9, 0, 2, 4, 3],
        "cancelled_by_us": 0,
    }).astype("Int64")  # fmt: skip
    visits = visits.assign(scope=scopes, one_to_one=False, rate=pd.NA)
    women = pd.DataFrame({"module": scopes[1:], "women": pd.array([1, 0, 6, 5], dtype="Int64")})
    results = {"engagement.attendance": visits, "engagement.modules": women}
    hidden = decide(results, OCTOBER, TEAM, dominated={}).hidden
    assert hidden["engagement.modules", "women"].tolist() == [True, False, False, False]
    came = dict(zip(scopes, hidden["engagement.attendance", "came"], strict=True))
    assert (came["digital_literacy"], came["sewing"]) == (True, False)
    assert sum(came.values()) == 2
