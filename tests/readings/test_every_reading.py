"""What holds for every reading: one sentence, in each language, that tells of nobody."""

import re
from collections.abc import Iterator

import pandas as pd
import pytest

from copehope_lib import language
from copehope_lib.metrics import METRICS
from copehope_lib.privacy.audience import AUDIENCES, PARTNER, SUPERVISION, TEAM, Audience
from copehope_lib.readings import READINGS
from tests.readings.tables import GROUPS, WOMEN, hidden, zero

REFUSED = re.compile(r"victim|drop-?out|failure|complian|failed", re.IGNORECASE)
CODES = re.compile(r"\b[WPGASR]-\d")


def shown() -> Iterator[tuple[str, str, pd.DataFrame, Audience]]:
    """Each metric, for each audience that may be given it, in each state of its table."""
    for name, frame in GROUPS.items():
        for audience in AUDIENCES.values():
            yield name, "ordinary", frame, audience
            yield name, "zero", zero(frame), audience
            yield name, "empty", frame.iloc[:0], audience
        for audience in (TEAM, PARTNER):
            yield name, "hidden", hidden(frame), audience
    for name, frame in WOMEN.items():
        yield name, "ordinary", frame, SUPERVISION
        yield name, "empty", frame.iloc[:0], SUPERVISION


CASES = [
    pytest.param(name, frame, audience, id=f"{name}-{state}-{audience.name}")
    for name, state, frame, audience in shown()
]


def test_each_metric_has_its_reading() -> None:
    assert set(READINGS) == {*GROUPS, *WOMEN}
    assert set(METRICS) <= set(READINGS)


@pytest.mark.parametrize(("name", "frame", "audience"), CASES)
def test_it_is_one_whole_sentence_in_each_language(
    name: str, frame: pd.DataFrame, audience: Audience
) -> None:
    for spoken in language.LANGUAGES:
        language.use(spoken)
        sentence = READINGS[name](frame, audience)
        assert sentence.endswith("."), spoken
        assert ". " not in sentence, spoken
        assert not sentence[0].islower(), spoken
        assert not re.search(r"\bnan\b|<NA>|NaT|[{}]|  ", sentence), spoken


@pytest.mark.parametrize(("name", "frame", "audience"), CASES)
def test_it_judges_nobody_and_names_no_code(
    name: str, frame: pd.DataFrame, audience: Audience
) -> None:
    sentence = READINGS[name](frame, audience)
    assert not REFUSED.search(sentence)
    assert not CODES.search(sentence)


@pytest.mark.parametrize("audience", [TEAM, PARTNER], ids=lambda audience: audience.name)
@pytest.mark.parametrize("name", GROUPS)
def test_where_all_is_hidden_it_says_no_number_but_the_minimum(
    name: str, audience: Audience
) -> None:
    sentence = READINGS[name](hidden(GROUPS[name]), audience)
    rows = {str(len(GROUPS[name]))} if name == "engagement.modules" else set()
    assert set(re.findall(r"\d+", sentence)) <= {str(audience.minimum)} | rows


@pytest.mark.parametrize("name", GROUPS)
def test_zero_is_not_said_as_something_hidden(name: str) -> None:
    sentence = READINGS[name](zero(GROUPS[name]), TEAM)
    assert "cannot" not in sentence
    assert "fewer than" not in sentence.lower()


@pytest.mark.parametrize(("name", "frame"), [*GROUPS.items(), *WOMEN.items()])
def test_a_table_without_rows_is_not_said_as_something_hidden(
    name: str, frame: pd.DataFrame
) -> None:
    assert "cannot" not in READINGS[name](frame.iloc[:0], SUPERVISION)


@pytest.mark.parametrize("name", GROUPS)
def test_it_changes_no_table(name: str) -> None:
    frame = GROUPS[name].copy()
    READINGS[name](frame, TEAM)
    pd.testing.assert_frame_equal(frame, GROUPS[name])
