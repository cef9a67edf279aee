"""A page of the meeting is of the month that was asked for, and its record, too."""

import pandas as pd
import pytest

from copehope_lib import demo, pages
from copehope_lib.extract import Extract
from copehope_lib.meeting.month import OfMonth


@pytest.fixture
def extract() -> Extract:
    return Extract(demo.workspace().extracts, "supervision")


@pytest.mark.parametrize("name", ["preparation", "supervision", "reflection"])
def test_the_month_of_the_address_is_that_of_heading_record_and_address(
    extract: Extract, name: str
) -> None:
    page = pages.VIEWS[name](extract)
    assert isinstance(page, OfMonth)
    heard: list[object] = []
    page.follow(heard.append)
    page.open("?month=2026-09&since=2026-10&lang=en")
    assert page.shown.session.record.name == "2026-09"
    assert page.query() == "?month=2026-09"
    assert "September 2026" in str([part.value for part in headings(page.shown.view)])
    assert page.shown.women == list(extract.table("cases", pd.Period("2026-09", "M"))["woman"])
    assert len(heard) == 1


def headings(view: object) -> list[object]:
    """What stands above a page."""
    children = list(getattr(view, "children", ()))
    found = [one for one in children if "<h1>" in str(getattr(one, "value", ""))]
    return found or [one for child in children for one in headings(child)]


@pytest.mark.parametrize("asked", ["2026-12", "1999-01", "", "<b>", "October"])
def test_a_month_that_is_not_there_is_said_and_nothing_else_is_opened(
    extract: Extract, asked: str
) -> None:
    page = pages.VIEWS["supervision"](extract)
    assert isinstance(page, OfMonth)
    page.open(f"?month={asked}")
    assert page.query() == "?month=2026-10"
    if asked:
        assert "this is the meeting of October 2026" in page.notice.value
        assert "<b>" not in page.notice.value
    page.open("?month=2026-08")
    assert (page.query(), page.notice.value) == ("?month=2026-08", "")


def test_an_earlier_month_is_shown_as_it_was_before_the_later_ones(extract: Extract) -> None:
    september = extract.until(pd.Period("2026-09", "M"))
    assert september.months == extract.months[:-1]
    assert set(september.history("caseload.load")["month"]) == set(map(str, extract.months[:-1]))
    assert extract.months[-1] == pd.Period("2026-10", "M")
