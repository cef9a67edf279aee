"""The house style of every figure, as one plotly template."""

from functools import lru_cache

import plotly.graph_objects as go

from copehope_lib.theme import tokens


@lru_cache
def template() -> go.layout.Template:
    """Return the plotly template of the workbench.

    Examples
    --------
    >>> template().layout.showlegend
    False
    """
    axis = {
        "automargin": True,
        "fixedrange": True,
        "gridcolor": tokens.GRID,
        "ticklabelstandoff": 6,
        "zeroline": False,
    }
    return go.layout.Template(
        layout={
            "font": {"family": tokens.FAMILY, "size": 15, "color": tokens.INK},
            "paper_bgcolor": tokens.CARD,
            "plot_bgcolor": tokens.CARD,
            "colorway": list(dict.fromkeys(tokens.PATTERNS.values())),
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8},
            "showlegend": False,
            "bargap": 0.38,
            "dragmode": False,
            "xaxis": axis,
            "yaxis": axis,
        }
    )
