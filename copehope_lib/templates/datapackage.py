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

# What a code looks like as long as a team has set nothing else: letters, a dash, digits.
CODE: Final = "[A-Za-z]{1,6}-[0-9]{1,8}"

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
    declared = table.declared.items()
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
        "schema": {
            "$schema": _PROFILE.format("tableschema"),
            "fields": [_field(name, column) for name, column in declared],
            "missingValues": [""],
            "primaryKey": [heading(name) for name in table.key],
            "foreignKeys": [_foreign_key(*each) for each in declared if each[1].references],
        },
    }


def _foreign_key(name: str, column: Column) -> Descriptor:
    # A code is declared in the first column of its table.
    declared = heading(TABLES[str(column.references)].columns[0])
    reference = {"resource": column.references, "fields": [declared]}
    return {"fields": [heading(name)], "reference": reference}


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
        case "number":
            return {"type": "number", "decimalChar": decimal_mark()}
        case "moment" if not column.day_alone:
            return {"type": "datetime", "format": "%Y-%m-%dT%H:%M"}
        case "yes_no":
            true, false = (_written(*value) for value in wording.values(column))
            return {"type": "boolean", "trueValues": true, "falseValues": false}
    return {"type": {"integer": "integer", "day": "date"}.get(column.kind, "string")}


def _constraints(column: Column) -> Descriptor:
    constraints: Descriptor = {"required": not column.optional}
    match column.kind:
        case "code":
            constraints["pattern"] = CODE
        case "word":
            written = (_written(*value) for value in wording.values(column))
            constraints["enum"] = [text for texts in written for text in texts]
        case "integer" | "number":
            constraints |= {"minimum": column.low, "maximum": column.high}
    return constraints


def _written(label: str, code: str) -> list[str]:
    """Return the two ways in which a value may be written; they may be the same."""
    return list(dict.fromkeys((label, code)))
