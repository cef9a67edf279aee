"""The same four pictures in Dash, by month: ``python dash_page.py PICTURES.json PORT``."""

import json
import sys
from pathlib import Path

import dash  # type: ignore[import-not-found]

pictures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
months = sorted(pictures)
app = dash.Dash()
names = list(pictures[months[-1]])
app.layout = dash.html.Div(
    [
        dash.dcc.Dropdown(months, months[-1], id="month", clearable=False),
        *(dash.dcc.Graph(id=name) for name in names),
    ]
)


@app.callback([dash.Output(name, "figure") for name in names], dash.Input("month", "value"))
def draw(month: str) -> list[dict[str, object]]:
    """Return the pictures of a month."""
    return [pictures[month][name] for name in names]


app.run(port=int(sys.argv[2]), debug=False)
