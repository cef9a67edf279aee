"""One registry, written in many ways, loads to the same frames."""

import csv
import io
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, product, zip_longest
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.schema import TABLES, Column
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables, load
from copehope_lib.workspace import Workspace
from tests.night import NIGHT, tries

REGISTRY = {
    "women": """
W-001,Barcelona,2026-01-15,2026-09-30,completed,1998,West Africa,residence_and_work,own_home,1
W-002,L’Hospitalet,2026-02-03,,,2001,,none,reception_centre,
W-003,Vic,2026-05-28,2026-06-04,own_choice,,Latin America,unknown,insecure,0
""",
    "professionals": """
P-01,social_educator,0.8,no,2025-09-15,2025-01-20,
P-02,legal_adviser,1,yes,2025-03-04,2025-02-01,2026-12-31
P-03,psychologist,0.25,no,,2026-01-07,2026-11-05
""",
    "activities": """
A-01,language,group,20,10,yes,no,yes,yes
A-02,womens_group,online_group,8,,no,yes,no,no
A-03,psychological_support,individual,12,1,no,no,no,no
""",
    "sessions": """
S-1,A-01,2026-02-23T10:00,2026-02-23T11:30,R-1,P-01
S-2,A-02,2026-06-02T09:05,2026-06-02T10:20,R-2,P-03
S-3,A-03,2026-03-27T16:00,2026-03-27T17:00,R-1,P-02
""",
    "attendance": """
S-1,W-001,attended,
S-1,W-002,missed,childcare
S-2,W-003,cancelled_by_us,
S-3,W-002,excused,legal_appointment
""",
}
DATES = {
    "iso": lambda at: f"{at:%Y-%m-%d}",
    "slashes": lambda at: f"{at.day}/{at.month}/{at.year}",
    "dots": lambda at: f"{at:%d.%m.%Y}",
    "short": lambda at: f"{at.day}-{at.month}-{at:%y}",
}
YES_NO = {"words": None, "numbers": ("1", "0"), "marks": ("x", "0"), "vero": ("VERO", "falso")}


@dataclass(frozen=True)
class Way:
    """A way to write tables."""

    language: str
    separator: str
    encoding: str
    line_end: str
    case: str
    accents: bool
    codes: bool
    yes_no: str
    comma: bool
    dates: str
    blanks: str
    blank_rows: bool
    empty_column: bool
    title: bool
    reverse: bool
    examples: bool

    def table(self, name: str) -> bytes:
        columns = TABLES[name].declared
        rows = [
            [
                self.cell(text, column)
                # What a registry need not keep stands in the last columns, and is blank here.
                for text, column in zip_longest(row, columns.values(), fillvalue="")
            ]
            for row in csv.reader(REGISTRY.get(name, "").strip().splitlines())
        ]
        rows.insert(0, [self.words(name) for name in columns])
        if self.reverse:
            rows = [row[::-1] for row in rows]
        if self.empty_column:
            rows = [[*row[:2], "", *row[2:]] for row in rows]
        if self.examples:
            rows[1:1] = [["# example", *rows[0][1:]]] * 2
        if self.blank_rows:
            rows[1:1] = [[], [""] * len(rows[0]), [" "] * len(rows[0])]
        if self.title:
            rows[:0] = [["2026"], []]
        return self.encoded(rows)

    def encoded(self, rows: list[list[str]]) -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.separator, lineterminator=self.line_end).writerows(rows)
        return out.getvalue().encode(self.encoding)

    def cell(self, text: str, column: Column) -> str:
        if not text:
            return self.blanks.strip("\t")
        return self.blanks + self.meaning(text, column) + self.blanks

    def meaning(self, text: str, column: Column) -> str:
        match column.kind:
            case "code":
                return text.lower() if self.case == "lower" else text
            case "word":
                return text if self.codes else self.words(column.words(text).english)
            case "yes_no":
                return self.answer(text, column)
            case "day" | "moment":
                return self.date(datetime.fromisoformat(text), time=column.kind == "moment")
            case "number" if self.comma:
                return text.replace(".", ",")
            case _:
                return text

    def answer(self, text: str, column: Column) -> str:
        yes_no = YES_NO[self.yes_no]
        return self.words(column.words(text).english) if yes_no is None else yes_no[text == "no"]

    def words(self, english: str) -> str:
        text = catalog(self.language).gettext(english)
        if not self.accents:
            letters = unicodedata.normalize("NFKD", text)
            text = "".join(c for c in letters if not unicodedata.combining(c))
        return getattr(text, self.case)()

    def date(self, at: datetime, *, time: bool) -> str:
        if self.dates == "serial":
            days = (at - datetime(1899, 12, 30)).total_seconds() / 86_400
            text = f"{days:.9f}" if time else str(int(days))
            return text.replace(".", ",") if self.comma else text
        return DATES[self.dates](at) + (f" {at:%H:%M}" if time else "")


def ways(language: str, separator: str) -> st.SearchStrategy[Way]:
    return st.builds(
        Way,
        language=st.just(language),
        separator=st.just(separator),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
        line_end=st.sampled_from(["\n", "\r\n"]),
        case=st.sampled_from(["lower", "upper", "title", "capitalize"]),
        dates=st.sampled_from([*DATES, "serial"]),
        yes_no=st.sampled_from(list(YES_NO)),
        blanks=st.sampled_from(["", " ", "\u00a0", " \u00a0"]),
    )


def write(registry: Path, way: Way) -> None:
    for name in REGISTRY:
        (registry / f"{name}.csv").write_bytes(way.table(name))


PLAIN = Way(
    "en", ",", "utf-8", "\n", "lower", True, True, "words", False, "iso", "",
    False, False, False, False, False,
)  # fmt: skip


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("registry")


@pytest.fixture(scope="module")
def expected(registry: Path) -> Tables:
    write(registry, PLAIN)
    tables = load(registry, Settings())
    assert {finding.id for finding in tables.findings} == {"missing_table"}
    assert len(tables.attendance) == 4
    return tables


def loads_to_the_same(way: Way, registry: Path, expected: Tables) -> None:
    write(registry, way)
    tables = load(registry, Settings())
    assert tables.errors == expected.errors, [str(finding) for finding in tables.errors]
    for name in REGISTRY:
        pd.testing.assert_frame_equal(getattr(tables, name), getattr(expected, name))


MARKS = (";", ",", "\t")
DIALECTS = product(LANGUAGES, MARKS) if NIGHT else zip(LANGUAGES, cycle(MARKS))
"""By day each language and each mark, at night all pairs of them."""


@pytest.mark.parametrize(("language", "separator"), list(DIALECTS))
@settings(
    max_examples=tries(17),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_registry_written_in_many_ways_loads_to_the_same_frames(
    language: str, separator: str, registry: Path, expected: Tables, data: st.DataObject
) -> None:
    loads_to_the_same(data.draw(ways(language, separator)), registry, expected)


def women(workspace: Workspace, *days: str, order: str = "ask") -> Tables:
    """Load a registry in which the women came on the days given."""
    rows = [f"W-{n:03},Vic,{day}" for n, day in enumerate(days, start=1)]
    text = "\n".join(["woman,site,entered_on", *rows])
    return women_file(workspace, text.encode(), order=order)


def women_file(workspace: Workspace, content: bytes, *, order: str = "ask") -> Tables:
    (workspace.registry / "women.csv").write_bytes(content)
    reading = {"reading": {"dates": order}}
    return load(workspace.registry, Settings.model_validate(reading))


def about(tables: Tables, column: str) -> list[tuple[str, int | None]]:
    return [(f.id, f.row) for f in tables.errors if f.column == column]


def entered(tables: Tables) -> list[str]:
    return tables.women["entered_on"].dt.strftime("%Y-%m-%d").fillna("").tolist()


def test_ambiguous_dates_are_one_finding_a_column(small: Workspace) -> None:
    tables = women(small, "3/4/2026", "5/6/2026", "7/8/2026")
    assert about(tables, "entered_on") == [("ambiguous_dates", None)]
    assert entered(tables) == ["", "", ""]


@pytest.mark.parametrize(
    ("order", "days"),
    [
        ("day_first", ["2026-04-03", "2026-06-05"]),
        ("month_first", ["2026-03-04", "2026-05-06"]),
    ],
)
def test_the_team_settles_ambiguous_dates(small: Workspace, order: str, days: list[str]) -> None:
    tables = women(small, "3/4/2026", "5/6/2026", order=order)
    assert about(tables, "entered_on") == []
    assert entered(tables) == days


def test_one_day_after_the_twelfth_settles_its_column(small: Workspace) -> None:
    tables = women(small, "3/4/2026", "25/6/2026")
    assert entered(tables) == ["2026-04-03", "2026-06-25"]


def test_day_and_month_that_are_the_same_number_are_not_ambiguous(small: Workspace) -> None:
    tables = women(small, "3/3/2026")
    assert about(tables, "entered_on") == []
    assert entered(tables) == ["2026-03-03"]


def test_a_year_of_two_digits_is_of_this_century_up_to_69(small: Workspace) -> None:
    tables = women(small, "25/6/26", "25.6.98", "25-06-69")
    assert entered(tables) == ["2026-06-25", "1998-06-25", "2069-06-25"]


@pytest.mark.parametrize(
    "day", ["31/02/2026", "2026-02-31", "0/5/2026", "13/13/2026", "2026-06-25T09:00", "1/2026"]
)
def test_what_is_no_day_of_the_calendar_is_refused(small: Workspace, day: str) -> None:
    tables = women(small, "25/6/2026", day)
    assert about(tables, "entered_on") == [("unknown_value", 3)]
    assert entered(tables) == ["2026-06-25", ""]


@pytest.mark.parametrize("number", ["1.000", "1,000", "2.000", "1.5", "1e1", "٣"])
def test_a_number_that_can_be_read_in_two_ways_is_refused(small: Workspace, number: str) -> None:
    text = f"woman;site;entered_on;children_in_care\nW-001;Vic;2026-06-01;{number}\n"
    tables = women_file(small, text.encode())
    assert about(tables, "children_in_care") == [("unknown_value", 2)]


def starts(workspace: Workspace, *moments: str) -> Tables:
    rows = [f"S-{n},A-01,{at},2030-01-01T10:00,R-1,P-01" for n, at in enumerate(moments, start=1)]
    head = "session,activity,starts_at,ends_at,place,professional"
    (workspace.registry / "sessions.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    return workspace.tables()


DAYS_ALONE = [
    ("2026-10-05", "2026-10-05"),
    ("25/10/2026", "2026-10-25"),
    ("46300", "2026-10-05"),
]


@pytest.mark.parametrize(("day", "meaning"), DAYS_ALONE)
def test_a_start_may_be_a_day_alone_where_there_is_no_end(
    small: Workspace, day: str, meaning: str
) -> None:
    head = "session,activity,starts_at"
    (small.registry / "sessions.csv").write_text(f"{head}\nS-1,A-01,{day}\n", encoding="utf-8")
    tables = small.tables()
    assert [one for one in tables.errors if one.table == "sessions"] == []
    assert tables.sessions["starts_at"].tolist() == [pd.Timestamp(meaning)]
    assert tables.sessions[["ends_at", "place", "professional"]].isna().all(axis=None)


@pytest.mark.parametrize("day", [day for day, _meaning in DAYS_ALONE])
def test_a_day_alone_with_an_end_is_refused(small: Workspace, day: str) -> None:
    assert about(starts(small, day), "starts_at") == [("end_without_hour", 2)]


@pytest.mark.parametrize("day", [day for day, _meaning in DAYS_ALONE])
def test_an_end_is_never_a_day_alone(small: Workspace, day: str) -> None:
    head = "session,activity,starts_at,ends_at"
    rows = f"{head}\nS-1,A-01,2026-10-05T10:00,{day}\n"
    (small.registry / "sessions.csv").write_text(rows, encoding="utf-8")
    assert about(small.tables(), "ends_at") == [("unknown_value", 2)]


def test_an_hour_that_no_clock_shows_is_refused(small: Workspace) -> None:
    assert about(starts(small, "2026-10-05 25:00"), "starts_at") == [("unknown_value", 2)]


def test_an_offset_becomes_local_time_on_both_sides_of_the_change_of_clocks(
    small: Workspace,
) -> None:
    # In 2026 Madrid goes back from 3:00 (+02:00) to 2:00 (+01:00) on 25 October, at 1:00 UTC.
    tables = starts(
        small,
        "2026-10-25T00:59Z",
        "2026-10-25T01:00Z",
        "2026-10-24T23:30-05:00",
        "2026-10-25 10:00+01:00",
        "2026-10-24T10:00+0200",
        "2026-10-25T10:00",
    )
    assert about(tables, "starts_at") == []
    assert tables.sessions["starts_at"].dt.strftime("%d %H:%M").tolist() == [
        "25 02:59", "25 02:00", "25 05:30", "25 10:00", "24 10:00", "25 10:00",
    ]  # fmt: skip


def test_what_was_recognised_of_a_file_is_told(small: Workspace) -> None:
    text = (
        "Año 2026;;\n\nmujer;sede;fecha de entrada\n# W-999;ejemplo;1/1/2026\n"
        "W-001;Barcelona;25/6/2026\n;;\nW-002;Barcelona;1/7/2026\n"
    )
    dialects = women_file(small, text.encode("cp1252")).dialects
    told = next(dialect for dialect in dialects if dialect.table == "women")
    assert (told.file, told.sheet) == ("women.csv", "")
    assert (told.encoding, told.separator) == ("Windows-1252", ";")
    assert (told.heading_row, told.headings, told.dates) == (3, "es", "day/month/year")
    assert (told.rows, told.examples) == (2, 1)


@pytest.mark.parametrize(
    ("encoding", "separator", "name", "mark"),
    [("utf-16", "\t", "UTF-16", "tab"), ("utf-8-sig", ",", "UTF-8", ",")],
)
def test_encoding_and_separator_are_told(
    small: Workspace, encoding: str, separator: str, name: str, mark: str
) -> None:
    text = "donna,sede,data di ingresso\nW-001,Roma,2026-06-25\n".replace(",", separator)
    told = next(d for d in women_file(small, text.encode(encoding)).dialects if d.table == "women")
    assert (told.encoding, told.separator, told.headings) == (name, mark, "it")
    assert (told.heading_row, told.dates) == (1, "year-month-day")
