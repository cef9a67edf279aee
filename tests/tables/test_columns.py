"""Which heading stands for which column."""

from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from copehope_lib.demo.two_women import two_women
from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.schema import TABLES
from copehope_lib.settings import Reading
from copehope_lib.tables.columns import matched
from copehope_lib.tables.findings import Finding
from copehope_lib.workspace import Workspace
from tests.night import chosen

SPELLS = [str, str.upper, str.title, "  {} ".format]


def retitled(small: Workspace, old: str, new: str) -> Workspace:
    """Change one heading of the women."""
    path = small.registry / "women.csv"
    heads, *rows = path.read_text(encoding="utf-8").split("\n")
    titles = [new if title == old else title for title in heads.split(",")]
    path.write_text("\n".join([",".join(titles), *rows]), encoding="utf-8")
    return small


def widened(small: Workspace, heading: str, *cells: str) -> Workspace:
    """Give the women one more column."""
    path = small.registry / "women.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    wider = [f"{line},{cell}" for line, cell in zip(lines, [heading, *cells], strict=True)]
    path.write_text("\n".join(wider) + "\n", encoding="utf-8")
    return small


def settled(small: Workspace, heading: str, column: str) -> Workspace:
    """Settle in copehope.toml what a heading means."""
    path = small.path / "copehope.toml"
    lines = path.read_text(encoding="utf-8").replace("[reading.headings]\n", "")
    path.write_text(
        f'{lines}\n[reading.headings.women]\n"{heading}" = "{column}"\n', encoding="utf-8"
    )
    return Workspace(small.path)


def about(small: Workspace, id: str) -> Finding:
    (finding,) = [one for one in small.tables().findings if one.id == id]
    return finding


# By day each language, and each way of writing.
@pytest.mark.parametrize(
    ("spell", "language"), chosen(zip(SPELLS, LANGUAGES, strict=True), product(SPELLS, LANGUAGES))
)
def test_headings_of_four_languages_are_read_in_any_case(
    small: Workspace, language: str, spell: type[str]
) -> None:
    for name in TABLES["women"].columns:
        retitled(small, name, spell(catalog(language).gettext(name)))
    tables = small.tables()
    assert tables.findings == ()
    pd.testing.assert_frame_equal(tables.women, two_women().women)


@pytest.mark.parametrize(
    "heading",
    ["region de origen", "REGIÓN DE ORIGEN", "Regio\u0301n  de_origen:", "Regió d'origen"],
)
def test_accents_and_punctuation_of_a_heading_do_not_matter(small: Workspace, heading: str) -> None:
    assert retitled(small, "region_of_origin", heading).tables().findings == ()


def test_a_heading_that_may_mean_two_columns_is_asked_about(small: Workspace) -> None:
    finding = about(retitled(small, "left_on", "Fecha"), "ambiguous_heading")
    assert (finding.severity, finding.table, finding.row, finding.column) == (
        "error", "women", None, "Fecha",
    )  # fmt: skip
    assert "entered_on" in finding.wrong
    assert "left_on" in finding.wrong
    assert '[reading.headings.women] in copehope.toml: "Fecha" = "entered_on"' in finding.mend


def test_a_heading_in_doubt_is_settled_in_the_settings(small: Workspace) -> None:
    team = settled(retitled(small, "left_on", "Fecha"), "fecha", "left_on")
    assert team.tables().findings == ()
    assert team.tables().women["left_on"].isna().all()


def test_a_heading_of_the_teams_own_is_settled_in_the_settings(small: Workspace) -> None:
    team = settled(retitled(small, "housing", "Dónde duerme"), "DONDE DUERME", "housing")
    assert team.tables().findings == ()
    assert team.tables().women["housing"].tolist() == ["shared_flat", "reception_centre"]


def test_a_heading_settled_as_no_column_is_not_read(small: Workspace) -> None:
    team = settled(retitled(small, "housing", "Casa"), "Casa", "palace")
    assert about(team, "unknown_heading").column == "Casa"


def test_two_headings_for_one_column_are_found_and_the_first_is_read(small: Workspace) -> None:
    finding = about(widened(small, "Vivienda", "own_home", ""), "doubled_heading")
    assert (finding.severity, finding.table, finding.row, finding.column) == (
        "error", "women", None, "Vivienda",
    )  # fmt: skip
    assert small.tables().women["housing"].tolist() == ["shared_flat", "reception_centre"]


def test_an_unknown_heading_is_a_hint(small: Workspace) -> None:
    finding = about(widened(small, "colour", "blue", "green"), "unknown_heading")
    assert (finding.severity, finding.table, finding.row, finding.column) == (
        "hint", "women", None, "colour",
    )  # fmt: skip


@pytest.mark.parametrize("heading", ["región", "regi—n de origen", "region_of_orign"])
def test_a_heading_that_is_near_a_column_is_an_error_that_names_it(
    small: Workspace, heading: str
) -> None:
    finding = about(retitled(small, "region_of_origin", heading), "near_heading")
    assert (finding.severity, finding.column) == ("error", heading)
    assert "region_of_origin" in finding.mend


def test_a_near_heading_may_be_settled_as_no_column(small: Workspace) -> None:
    team = settled(retitled(small, "housing", "houses"), "houses", "")
    assert about(team, "unknown_heading").severity == "hint"


def test_what_is_near_a_column_that_is_there_is_a_hint(small: Workspace) -> None:
    finding = about(widened(small, "región", "", ""), "unknown_heading")
    assert finding.severity == "hint"


@pytest.mark.parametrize(
    "heading",
    ["Notas", "Observaciones", "Note", "Osservazioni", "Comentaris", "Observacions", "Remarks"],
)
@pytest.mark.parametrize("table", list(TABLES))
def test_a_column_of_remarks_is_a_hint_in_every_table(table: str, heading: str) -> None:
    found = matched([*TABLES[table].columns[1:], heading], TABLES[table], Reading())[1]
    assert [one.id for one in found if one.column == heading] == ["unknown_heading"]


@pytest.mark.parametrize("heading", ["Nombre", "Telefono", "E-mail", "Cognome", "DNI"])
def test_a_column_for_names_or_contacts_has_no_place(small: Workspace, heading: str) -> None:
    finding = about(widened(small, heading, "", ""), "personal_column")
    assert (finding.severity, finding.table, finding.row, finding.column) == (
        "error", "women", None, heading,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "id"),
    [
        ("Amaka Obi", "person_name"),
        ("600 11 22 33", "phone_number"),
        ("amaka@example.org", "email_address"),
        ("12345678Z", "identity_document"),
    ],
)
def test_what_is_personal_in_a_column_that_is_not_read_is_refused_and_masked(
    small: Workspace, value: str, id: str
) -> None:
    finding = about(widened(small, "remarks", "", value), id)
    assert (finding.severity, finding.table, finding.row, finding.column, finding.value) == (
        "error", "women", 3, "remarks", f"{value[0]}… ({len(value)})",
    )  # fmt: skip
    assert value not in str(small.tables().findings)


def test_a_heading_that_is_a_name_is_masked(small: Workspace) -> None:
    widened(small, "Amaka Obi", "blue", "600 11 22 33")
    assert about(small, "unknown_heading").column == "A… (9)"
    assert about(small, "phone_number").column in ("A… (9)", "–")
    assert "maka" not in str(small.tables().findings)


def test_a_missing_column_that_must_be_there_is_found(small: Workspace, tmp_path: Path) -> None:
    path = small.registry / "women.csv"
    pd.read_csv(path, dtype="str").drop(columns="site").to_csv(path, index=False)
    finding = about(small, "missing_column")
    assert (finding.severity, finding.table, finding.row, finding.column) == (
        "error", "women", None, "site",
    )  # fmt: skip
