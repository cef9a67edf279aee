"""A notebook that was run, as one page that asks no other place for anything."""

import json
from html import escape
from importlib.resources import files

import nbformat
from nbconvert import HTMLExporter

from copehope_lib import language
from copehope_lib.documents import html
from copehope_lib.language import gettext as _
from copehope_lib.theme import embedded_fonts, plotly_script

FIGURE = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
    "font-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'\">\n"
)
"""By which the browser asks no other place for anything."""


def as_html(notebook: nbformat.NotebookNode, about: str) -> str:
    """Return what a notebook says and shows, without its code.

    The script that draws is part of the page, and the page forbids the browser to ask any other
    place for anything.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A notebook with its outputs.
    about : str
        Team and month, as they stand above it.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> page = as_html(new_notebook(cells=[new_markdown_cell("# Who came?")]), "Demo team")
    >>> "<title>Who came? · Demo team</title>" in page
    True
    """
    copied = nbformat.from_dict(notebook)
    # What widgets held would stand in the page, and be shown by a script from elsewhere.
    copied.metadata.pop("widgets", None)
    for cell in copied.cells:
        if cell.cell_type == "code":
            cell.outputs = _readable(cell.outputs)
    hidden = ("exclude_input", "exclude_input_prompt", "exclude_output_prompt")
    exporter = HTMLExporter(template_name="basic", **dict.fromkeys(hidden, True))
    said, _resources = exporter.from_notebook_node(copied)
    drawn = files("copehope_lib.notebooks").joinpath("page.js").read_text(encoding="utf-8")
    plotly = plotly_script().decode("utf-8").replace("</script", "<\\/script")
    body = (
        f'<main>\n<p class="about">{escape(about)}</p>\n{said}\n</main>\n'
        f"<script>{plotly}</script>\n<script>\n{drawn}</script>"
    )
    title = f"{_title(notebook)} · {about}"
    style = f"{embedded_fonts()}\n{html.look('notebook')}"
    return html.page(title, body, language.current(), style, POLICY)


def _title(notebook: nbformat.NotebookNode) -> str:
    words = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    return words[0].splitlines()[0].lstrip("# ") if words else ""


def _readable(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Return outputs as a page shows them: figures drawn, their numbers folded away."""
    drawn = any(FIGURE in output.get("data", {}) for output in outputs)
    shown = []
    for output in outputs:
        data = output.get("data", {})
        if FIGURE in data:
            # A figure stands in the page as data; "<" in a label must not end it.
            figure = json.dumps(data[FIGURE], ensure_ascii=False).replace("<", "\\u003c")
            shown_as = f"<script type='application/json' class='figure'>{figure}</script>"
        elif WIDGET in data:
            sentence = _("This part answers only in a notebook that is open: use JupyterLab.")
            shown_as = f"<p class='note'>{escape(sentence)}</p>"
        elif drawn and output.output_type == "stream":
            title = _("What is in the picture, as text")
            shown_as = (
                f"<details><summary>{escape(title)}</summary>"
                f"<pre>{escape(output.text)}</pre></details>"
            )
        else:
            shown.append(output)
            continue
        shown.append(nbformat.v4.new_output("display_data", data={"text/html": shown_as}))
    return shown
