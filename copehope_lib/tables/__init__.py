"""From a team's own files to typed tables, with everything there is to mend."""

from copehope_lib.tables.findings import Finding
from copehope_lib.tables.load import Each, Tables, load

__all__ = ["Each", "Finding", "Tables", "load"]
