"""The network, by hand."""

import pandas as pd
import pytest

from tests.metrics.build import OCTOBER, Row, metric, professional, registry, woman


def request(code: str, sent: str, service: str = "legal", **columns: object) -> Row:
    return {"referral": code, "woman": "W-1", "service": service, "sent_on": sent, **columns}


def rows(
    name: str, *requests: Row, women: list[Row] | None = None, month: pd.Period = OCTOBER
) -> list[tuple[object, ...]]:
    """The rows of a metric; of counts, those that are not 0."""
    tables = registry(
        women=women or [woman()], professionals=[professional()], referrals=[*requests]
    )
    table = metric(tables, f"network.{name}", month)
    if "requests" in table:
        table = table[table["requests"] > 0]
    days = table.select_dtypes("datetime").columns
    table = table.astype(dict.fromkeys(days, "str"))
    return list(table.itertuples(index=False, name=None))


def test_requests_are_counted_by_service_and_by_how_they_stand_on_the_last_day() -> None:
    assert rows(
        "services",
        request("X-1", "2026-08-01"),
        request("X-2", "2026-10-01", answered_on="2026-10-31", accepted=True),
        request("X-3", "2026-10-01", answered_on="2026-10-09", accepted=False),
        request("X-4", "2026-10-01", "housing", answered_on="2026-10-09"),
        request("X-5", "2026-10-01", "housing"),
        request("X-6", "2026-09-01", "housing", closed_on="2026-10-01"),
    ) == [
        ("legal", "accepted", 1),
        ("legal", "refused", 1),
        ("legal", "silent", 1),
        ("housing", "waiting", 1),
        ("housing", "ended", 2),
    ]


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ("2025-10-31", []),
        ("2025-11-01", ["silent"]),
        ("2026-08-31", ["silent"]),  # 61 days before the last one
        ("2026-09-01", ["waiting"]),
        ("2026-10-31", ["waiting"]),
        ("2026-11-01", []),
    ],
)
def test_a_request_of_twelve_months_is_silent_after_more_than_sixty_days(
    sent: str, stands: list[str]
) -> None:
    found = rows("services", request("X-1", sent))
    assert found == [("legal", state, 1) for state in stands]


@pytest.mark.parametrize("later", ["answered_on", "closed_on"])
def test_what_happened_after_the_last_day_is_not_known_then(later: str) -> None:
    one = request("X-1", "2026-10-01", accepted=True, **{later: "2026-11-01"})
    assert rows("services", one) == [("legal", "waiting", 1)]
    (after,) = rows("services", one, month=OCTOBER + 1)
    assert after == ("legal", "accepted" if later == "answered_on" else "ended", 1)


@pytest.mark.parametrize("name", ["services", "told_again", "waiting", "between"])
def test_a_registry_without_requests_has_no_row(name: str) -> None:
    table = metric(registry(women=[woman()]), f"network.{name}")
    assert table.empty


def test_only_what_was_accepted_counts_as_told_again_or_not() -> None:
    answers = [(True, True), (True, False), (True, None), (True, None), (False, True)]
    requests = [
        request(f"X-{n}", "2026-10-01", answered_on="2026-10-02", accepted=ok, told_again=again)
        for n, (ok, again) in enumerate(answers)
    ]
    assert rows("told_again", *requests, request("X-9", "2026-10-01", told_again=True)) == [
        ("yes", 1),
        ("no", 1),
        ("unknown", 2),
    ]


def test_women_who_are_here_wait_the_longest_first() -> None:
    women = [woman(), woman("W-2"), woman("W-3", left_on="2026-10-31")]
    assert rows(
        "waiting",
        request("X-1", "2026-10-21", professional="P-1"),
        request("X-2", "2026-07-23", "health", woman="W-2"),
        request("X-3", "2026-10-01", woman="W-3"),
        request("X-4", "2026-10-01", answered_on="2026-10-08", accepted=False),
        women=women,
    ) == [
        ("W-2", "health", "2026-07-23", 100, "no"),
        ("W-1", "legal", "2026-10-21", 10, "yes"),
    ]


@pytest.mark.parametrize(
    ("others", "between"),
    [
        ([], []),
        ([request("X-2", "2026-10-05", "health")], [("W-1", 2, "2026-09-02")]),
        ([request("X-2", "2026-10-05", answered_on="2026-10-06", accepted=False)], []),
        (
            [
                request("X-2", "2026-10-05"),
                request("X-3", "2026-10-05", "housing", answered_on="2026-10-06", accepted=True),
            ],
            [],
        ),
        (
            [
                request("X-2", "2026-10-05"),
                request("X-3", "2026-08-05", "housing", answered_on="2026-08-06", accepted=True,
                        closed_on="2026-10-31"),
            ],
            [("W-1", 2, "2026-09-02")],
        ),
    ],
    ids=["one", "two", "one refused", "taken on", "taken on and ended"],
)  # fmt: skip
def test_between_services_is_who_waits_at_two_and_is_taken_on_by_none(
    others: list[Row], between: list[tuple[object, ...]]
) -> None:
    assert rows("between", request("X-1", "2026-09-02"), *others) == between
