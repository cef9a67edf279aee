"""From a team's own files to typed tables, with everything there is to mend."""

from copehope_lib.tables.findings import Finding
from copehope_lib.tables.load import Each, Tables, load
from copehope_lib.tables.sheet import Dialect

__all__ = ["Dialect", "Each", "Finding", "Tables", "load"]
