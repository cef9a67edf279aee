"""The house style of every figure, as one plotly template."""

import plotly.graph_objects as go

from copehope_lib.theme import tokens


def template() -> go.layout.Template:
    """Return the plotly template of the workbench.

    Examples
    --------
    >>> template().layout.showlegend
    False
    """
    return go.layout.Template(
        layout={
            "font": {"family": tokens.FAMILY, "size": 15, "color": tokens.INK},
            "paper_bgcolor": tokens.CARD,
            "plot_bgcolor": tokens.CARD,
            "colorway": list(tokens.SERIES.values()),
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8, "autoexpand": True},
            "showlegend": False,
            "bargap": 0.38,
            "xaxis": {
                "automargin": True,
                "gridcolor": tokens.GRID,
                "zeroline": False,
                "fixedrange": True,
            },
            "yaxis": {
                "automargin": True,
                "gridcolor": tokens.GRID,
                "zeroline": False,
                "fixedrange": True,
            },
            "dragmode": False,
            "uniformtext": {"minsize": 12, "mode": "show"},
        }
    )
