"""Pictures: a tidy frame in, a plotly figure out. No files, no widgets."""

import os

from copehope_lib.charts import (
    bars,
    caseload,
    engagement,
    itineraries,
    lines,
    needs,
    practice,
    voice,
)
from copehope_lib.charts.text import as_text

__all__ = [
    "as_text",
    "bars",
    "caseload",
    "engagement",
    "itineraries",
    "lines",
    "needs",
    "practice",
    "voice",
]

# In a notebook a figure is drawn by what is installed here; plotly's own default would ask
# another host for its script. Set this way, no page loads what only notebooks need: seconds.
os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")
