"""The first check: what the schema asks of typed frames, and what tables ask of each other."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.errors

from copehope_lib.language import gettext as _
from copehope_lib.schema import Table
from copehope_lib.tables.findings import Finding, masked


def broken_rules(frame: pd.DataFrame, table: Table) -> Iterator[Finding]:
    """Yield what one table breaks of its own schema: blanks, codes, ranges, order, keys.

    Parameters
    ----------
    frame : pandas.DataFrame
        Typed columns of the schema, indexed by the row of the spreadsheet.
    table : Table
        Its declaration.
    """
    try:
        table.schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as problem:
        cases = problem.failure_cases.dropna(subset="index")
        yield from _from_cases(cases, table)
    yield from _doubled(frame, table)


def _from_cases(cases: pd.DataFrame, table: Table) -> Iterator[Finding]:
    # Pandera repeats a broken row once for each column of the frame.
    rows = cases[cases["schema_context"] == "DataFrameSchema"]
    for case in rows.drop_duplicates(["check_number", "index"]).to_dict("records"):
        order = table.schema.checks[int(case["check_number"])]
        earlier, later = str(order.description).split()
        yield Finding(
            "wrong_order", "error", table.name, int(case["index"]), later, "",
            _("{later} comes before {earlier}.").format(later=later, earlier=earlier),
            _("Correct one of the two dates."),
        )  # fmt: skip
    for case in cases[cases["schema_context"] == "Column"].to_dict("records"):
        yield _about_cell(case, table)


def _about_cell(case: dict[Hashable, Any], table: Table) -> Finding:
    column, value = str(case["column"]), masked(case["failure_case"])
    metadata = table.column(column).metadata or {}
    if case["check"] == "not_nullable":
        kind, value = "missing_value", ""
        wrong, mend = _("The cell is empty."), _("Fill it in.")
    elif metadata["kind"] == "code":
        kind, wrong = "not_a_code", _("This is not a code; it might be a name.")
        mend = _("Write a code such as {example}, never a name.").format(
            example=metadata["example"]
        )
    else:
        kind, wrong = "out_of_range", _("The number is out of range.")
        mend = _("Write a number from {low} to {high}.").format(
            low=metadata["low"], high=metadata["high"]
        )
    return Finding(kind, "error", table.name, int(case["index"]), column, value, wrong, mend)


def _doubled(frame: pd.DataFrame, table: Table) -> Iterator[Finding]:
    key = list(table.key)
    known = frame[frame[key].notna().all(axis=1)]
    first_row = known.index.to_series().groupby([known[name] for name in key], observed=True)
    first = first_row.transform("first")
    for row in known.index[known.duplicated(key)]:
        yield Finding(
            "doubled_row", "error", table.name, int(row), ", ".join(key), "",
            _("The same {columns} stand in row {first} already.").format(
                columns=", ".join(key), first=int(first[row])
            ),
            _("Keep one of the two rows."),
        )  # fmt: skip


def broken_references(frames: Mapping[str, pd.DataFrame], table: Table) -> Iterator[Finding]:
    """Yield each code of one table that its own table does not know."""
    for name, column in table.schema.columns.items():
        target = (column.metadata or {}).get("references")
        if target is None:
            continue
        code = next(iter(frames[target].columns))
        cells = frames[table.name][name].dropna()
        for row, cell in cells[~cells.isin(frames[target][code])].items():
            yield Finding(
                "unknown_code", "error", table.name, int(str(row)), name, masked(cell),
                _("The table {target} has no such code.").format(target=target),
                _("Correct the code, or add it to {target}.").format(target=target),
            )  # fmt: skip
