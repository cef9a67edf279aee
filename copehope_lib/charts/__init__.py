"""Pictures: a tidy frame in, a plotly figure out. No files, no widgets."""

import plotly.io

from copehope_lib.charts import caseload, engagement

__all__ = ["caseload", "engagement"]

# In a notebook a figure is drawn by what is installed here; plotly's own default would ask
# another host for its script.
plotly.io.renderers.default = "plotly_mimetype"
