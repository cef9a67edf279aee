"""Which heading of a sheet stands for which column of a table."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from copehope_lib.language import LANGUAGES, catalog, plain
from copehope_lib.schema import TableSchema
from copehope_lib.schema import heading as heading_of
from copehope_lib.schema.headings import plain_headings
from copehope_lib.settings import Reading
from copehope_lib.tables import personal
from copehope_lib.tables.findings import Finding, finding, hidden
from copehope_lib.tables.sheet import Score

_LONGEST = 100

_ALIKE = 0.8
"""Share of letters in which a heading is like another that is likely meant."""


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
    findings, unclear = [], []
    settled = _settled(table, reading)
    for place, heading in enumerate(headings):
        text = plain(heading[:_LONGEST])
        names = [settled[text]] if text in settled else _named(text, table)
        if len(names) != 1 or names[0] not in table.declared:
            unclear.append((heading, names))
        elif names[0] in found:
            twice = heading_of(names[0])
            findings.append(finding("doubled_heading", table.name, None, heading, column=twice))
        else:
            found[names[0]] = place
    for heading, names in unclear:
        # What a column is near that is there already is no loss.
        near = [] if names else _near(plain(heading[:_LONGEST]), table)
        findings.append(_unclear(heading, names or (near if set(near) - set(found) else []), table))
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
    """Return the columns of which a heading holds all the words of a text, or is nearly the same.

    Such are headings in which letters are wrong: ``aÒo de nacimiento``.
    """
    words = set(text.split())
    of = {heading: name for name in table.columns for heading in plain_headings(name)}
    within = [name for heading, name in of.items() if words and words <= set(heading.split())]
    return [*dict.fromkeys(within)] or [of[one] for one in get_close_matches(text, of, 1, _ALIKE)]


def _unclear(heading: str, names: list[str], table: TableSchema) -> Finding:
    shown = hidden(heading) if personal.kind_of(heading, prose=True) else heading[:60]
    kind, column = "unknown_heading", ""
    if personal.heading_asks_for(heading):
        kind = "personal_column"
    elif len(names) > 1:
        kind, column = "ambiguous_heading", names[0]
    elif names and names[0] in table.declared:
        kind, column = "near_heading", heading_of(names[0])
    filled = {"columns": ", ".join(map(heading_of, names)), "column": column, "heading": shown}
    return finding(kind, table.name, None, shown or "–", table=table.name, **filled)


def _missing(found: dict[str, int], table: TableSchema) -> Iterator[Finding]:
    for name, column in table.declared.items():
        if name not in found and not column.optional:
            yield finding("missing_column", table.name, None, name, column=heading_of(name))
