"""A notebook that was run, as one page that asks no other place for anything."""

import json
from html import escape
from string import Template

import nbformat
from nbconvert import HTMLExporter

from copehope_lib import language
from copehope_lib.language import gettext as _
from copehope_lib.theme import embedded_fonts, plotly_script, tokens

FIGURE = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
TABLE = "text/html"


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
    exporter = HTMLExporter(
        template_name="basic",
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    body, _resources = exporter.from_notebook_node(copied)
    return _PAGE.substitute(
        language=language.locale().language,
        title=escape(f"{_title(notebook)} · {about}"),
        about=escape(about),
        style=embedded_fonts() + _CSS,
        body=body,
        script=plotly_script().decode("utf-8").replace("</script", "<\\/script"),
    )


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
            html = f"<script type='application/json' class='figure'>{figure}</script>"
        elif WIDGET in data:
            sentence = _("This part answers only in a notebook that is open: use JupyterLab.")
            html = f"<p class='note'>{escape(sentence)}</p>"
        elif drawn and output.output_type == "stream":
            title = _("What is in the picture, as text")
            html = (
                f"<details><summary>{escape(title)}</summary>"
                f"<pre>{escape(output.text)}</pre></details>"
            )
        else:
            shown.append(output)
            continue
        shown.append(nbformat.v4.new_output("display_data", data={TABLE: html}))
    return shown


_CSS = f"""
body {{ margin: 0; background: {tokens.PAPER}; color: {tokens.INK};
  font: 1rem/1.5 {tokens.FAMILY}; }}
main {{ max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }}
.about, .note, summary {{ color: {tokens.SOFT_INK}; }}
h1 {{ font-size: 1.7rem; line-height: 1.2; }}
h2 {{ font-size: 1.2rem; margin-top: 2rem; }}
.anchor-link {{ display: none; }}
.drawn {{ background: {tokens.CARD}; border: 1px solid {tokens.LINE}; border-radius: 14px;
  padding: .5rem; overflow-x: auto; }}
pre {{ font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }}
table {{ border-collapse: collapse; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .75rem;
  border-bottom: 1px solid {tokens.LINE}; }}
@media print {{ .drawn {{ break-inside: avoid; }} details {{ display: none; }} }}
"""

_PAGE = Template(
    """<!doctype html>
<html lang="$language">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;
 font-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline';
 base-uri 'none'; form-action 'none'">
<title>$title</title>
<style>$style</style>
<main>
<p class="about">$about</p>
$body
</main>
<script>$script</script>
<script>
for (const held of document.querySelectorAll("script.figure")) {
  const { data, layout } = JSON.parse(held.textContent);
  const place = document.createElement("div");
  place.className = "drawn";
  held.replaceWith(place);
  Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true });
}
</script>
</html>
"""
)
