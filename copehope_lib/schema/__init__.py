"""The eleven tables of a registry: the one place in which they are declared."""

from copehope_lib.schema.column import DAY, Column, TableSchema
from copehope_lib.schema.headings import heading
from copehope_lib.schema.tables import SCHEMA_VERSION, TABLES

__all__ = ["DAY", "SCHEMA_VERSION", "TABLES", "Column", "TableSchema", "heading"]
