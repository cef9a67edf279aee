"""Pictures: a tidy frame in, a plotly figure out. No files, no widgets."""

from copehope_lib.charts import caseload, engagement

__all__ = ["caseload", "engagement"]
