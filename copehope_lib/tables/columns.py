"""Which heading of a sheet stands for which column of a table."""

from collections.abc import Iterator, Sequence

from copehope_lib.language import LANGUAGES, catalog, plain
from copehope_lib.schema import TableSchema
from copehope_lib.schema import heading as heading_of
from copehope_lib.schema.headings import plain_headings
from copehope_lib.settings import Reading
from copehope_lib.tables import personal
from copehope_lib.tables.findings import Finding, finding, hidden
from copehope_lib.tables.sheet import Score

_LONGEST = 100


def score(table: TableSchema, reading: Reading) -> Score:
    """Return what counts the headings of a table among the cells of a row."""
    known = set(_settled(table, reading)).union(*map(plain_headings, table.columns))
    return lambda row: sum(plain(cell[:_LONGEST]) in known for cell in row)


def matched(
    headings: Sequence[str], table: TableSchema, reading: Reading
) -> tuple[dict[str, int], list[Finding]]:
    """Find the position of each column, in any of four languages.

    Parameters
    ----------
    headings : sequence of str
        As they are written.
    table : TableSchema
        What the sheet holds.
    reading : Reading
        What the team settled about its headings.

    Returns
    -------
    dict of str to int
        Position of each column that was recognised.
    list of Finding
        Headings that are unknown, doubled or in doubt, and columns that are missing.
    """
    found: dict[str, int] = {}
    findings = []
    settled = _settled(table, reading)
    for place, heading in enumerate(headings):
        text = plain(heading[:_LONGEST])
        names = [settled[text]] if text in settled else _named(text, table)
        if len(names) != 1 or names[0] not in table.declared:
            findings.append(_unclear(heading, names or _near(text, table), table))
        elif names[0] in found:
            twice = heading_of(names[0])
            findings.append(finding("doubled_heading", table.name, None, heading, column=twice))
        else:
            found[names[0]] = place
    findings.extend(_missing(found, table))
    return found, findings


def languages(headings: Sequence[str], found: dict[str, int]) -> tuple[str, ...]:
    """Return the languages in which most of the headings that were recognised are written."""
    counts = {
        language: sum(
            plain(headings[place]) == plain(catalog(language).gettext(name))
            for name, place in found.items()
        )
        for language in LANGUAGES
    }
    most = max(counts.values())
    return tuple(language for language, count in counts.items() if count == most > 0)


def _settled(table: TableSchema, reading: Reading) -> dict[str, str]:
    written = reading.headings.get(table.name, {})
    return {plain(heading): column for heading, column in written.items()}


def _named(text: str, table: TableSchema) -> list[str]:
    return [name for name in table.columns if text in plain_headings(name)]


def _near(text: str, table: TableSchema) -> list[str]:
    """Return the columns one of whose headings holds all the words of a text."""
    words = set(text.split())
    return [
        name
        for name in table.columns
        if words and any(words <= set(heading.split()) for heading in plain_headings(name))
    ]


def _unclear(heading: str, names: list[str], table: TableSchema) -> Finding:
    shown = hidden(heading) if personal.kind_of(heading, prose=True) else heading[:60]
    if personal.heading_asks_for(heading):
        return finding("personal_column", table.name, None, shown)
    if len(names) > 1:
        columns = ", ".join(map(heading_of, names))
        return finding(
            "ambiguous_heading",
            table.name,
            None,
            shown,
            columns=columns,
            table=table.name,
            heading=shown,
            column=names[0],
        )
    if names and names[0] in table.declared:
        near = heading_of(names[0])
        return finding("unknown_heading:near", table.name, None, shown or "–", column=near)
    return finding("unknown_heading", table.name, None, shown or "–")


def _missing(found: dict[str, int], table: TableSchema) -> Iterator[Finding]:
    for name, column in table.declared.items():
        if name not in found and not column.optional:
            yield finding("missing_column", table.name, None, name, column=heading_of(name))
