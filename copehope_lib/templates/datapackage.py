"""The tables as a Frictionless data package: what other programs need to read a registry."""

import json
from typing import Any, Final

from copehope_lib.language import gettext as _
from copehope_lib.language import locale
from copehope_lib.schema import SCHEMA_VERSION, TABLES, Column, TableSchema, heading
from copehope_lib.templates import wording
from copehope_lib.templates.csv_files import separator
from copehope_lib.templates.examples import MARK, as_text, decimal_mark, example

_PROFILE: Final = "https://datapackage.org/profiles/2.0/{}.json"

CODE: Final = "[A-Za-z]{1,6}-[0-9]{1,8}"
"""What a code looks like as long as a team has set nothing else: letters, a dash, digits."""

Descriptor = dict[str, Any]


def written() -> str:
    """Return the data package as JSON, in the language in use.

    Examples
    --------
    >>> [resource["path"] for resource in json.loads(written())["resources"]][:2]
    ['women.csv', 'professionals.csv']
    """
    package = {
        "$schema": _PROFILE.format("datapackage"),
        "name": "copehope-registry",
        "title": _("The tables of a registry"),
        "description": " ".join(wording.about_periods_and_writing()),
        "version": f"{SCHEMA_VERSION}.0.0",
        "language": locale().language,
        "resources": [_resource(table) for table in TABLES.values()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: TableSchema) -> Descriptor:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": heading(table.name),
        "description": _(table.row),
        "section": table.section,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "$schema": _PROFILE.format("tabledialect"),
            "delimiter": separator(),
            "commentChar": MARK.strip(),
        },
        "schema": _schema(table),
    }


def _schema(table: TableSchema) -> Descriptor:
    return {
        "$schema": _PROFILE.format("tableschema"),
        "fields": [_field(name, column) for name, column in table.declared.items()],
        "missingValues": [""],
        "primaryKey": [heading(name) for name in table.key],
        "foreignKeys": [
            {
                "fields": [heading(name)],
                "reference": {"resource": column.references, "fields": [_code_of(column)]},
            }
            for name, column in table.declared.items()
            if column.references
        ],
    }


def _code_of(column: Column) -> str:
    """Return how the column is headed in which a code is declared: the first of its table."""
    return heading(TABLES[str(column.references)].columns[0])


def _field(name: str, column: Column) -> Descriptor:
    value = example(column)
    return {
        "name": heading(name),
        **_type(column),
        "title": heading(name),
        "description": f"{_(column.meaning)} ({wording.what_to_write(column)}).",
        "example": value if isinstance(value, int | float) else as_text(value),
        "constraints": _constraints(column),
        "column": name,
        "section": column.section,
        "leaves": _(column.leaves),
    }


def _type(column: Column) -> Descriptor:
    match column.kind:
        case "integer":
            return {"type": "integer"}
        case "number":
            return {"type": "number", "decimalChar": decimal_mark()}
        case "day":
            return {"type": "date"}
        case "moment":
            return {"type": "datetime", "format": "%Y-%m-%dT%H:%M"}
        case "yes_no":
            true, false = (_written(*value) for value in wording.values(column))
            return {"type": "boolean", "trueValues": true, "falseValues": false}
        case _:
            return {"type": "string"}


def _constraints(column: Column) -> Descriptor:
    constraints: Descriptor = {"required": not column.optional}
    match column.kind:
        case "code":
            constraints["pattern"] = CODE
        case "word":
            constraints["enum"] = [
                text for value in wording.values(column) for text in _written(*value)
            ]
        case "integer" | "number":
            constraints |= {"minimum": column.low, "maximum": column.high}
    return constraints


def _written(label: str, code: str) -> list[str]:
    """Return the two ways in which a value may be written; they may be the same."""
    return list(dict.fromkeys((label, code)))
