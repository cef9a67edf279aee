"""What changed since the month before, as every page shows it."""

import pandas as pd
import plotly.graph_objects as go

from copehope_lib.charts import lines
from copehope_lib.language import gettext as _
from copehope_lib.panels.panel import Seen


def differences(seen: Seen, labels: list[str], table: pd.DataFrame) -> go.Figure | None:
    """Return the picture of changes; from rounded counts there is none to be drawn."""
    return None if seen.audience.rounding > 1 else lines.differences(labels, table)


def change_headings(heading: str, column: str) -> dict[str, str]:
    """Return the headings of a table of changes."""
    return {
        column: heading,
        "before": _("Before"),
        "before_of": _("Before, of"),
        "now": _("Now"),
        "now_of": _("Now, of"),
        "difference": _("Difference"),
        "low": _("At least"),
        "high": _("At most"),
    }
