"""The site of `make docs`: what it is made of. It opens from a folder and asks no other machine."""

import json
import shutil
from importlib.metadata import version as installed
from pathlib import Path

import nbformat
from sphinx.application import Sphinx

from copehope_lib.notebooks.page import FIGURE
from copehope_lib.theme import tokens

HERE = Path(__file__).parent
NOTEBOOKS = HERE.parent / "notebooks"
COPIES = HERE / "notebooks"

project = "Copehope workbench"
author = "The Copehope workbench team"
copyright = "The Copehope workbench team, MIT"
release = installed("copehope-workbench")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
templates_path = ["templates"]
exclude_patterns = ["_build", "templates"]
myst_heading_anchors = 3
nb_execution_mode = "off"
autosummary_context = {
    "packages": {
        ".".join(found.parent.relative_to(HERE.parent).parts)
        for found in HERE.parent.glob("copehope_lib/**/__init__.py")
    }
}
napoleon_use_ivar = True  # a field is named once, with its class
autodoc_use_type_comments = False  # there are none, and to look for them costs a twentieth
autodoc_default_options = {"members": True, "ignore-module-all": True, "show-inheritance": False}

html_theme = "furo"
html_title = f"Copehope workbench {release}"
html_static_path = ["static", "../copehope_lib/theme/voila/templates/copehope/static"]
html_css_files = ["site.css"]
html_js_files = ["figures.js"]
html_show_search_summary = False  # it would fetch, which a page opened from a folder may not
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": tokens.FAMILY,
        "color-brand-primary": tokens.ACCENT,
        "color-brand-content": tokens.ACCENT,
    }
}


def copy_notebooks(_app: Sphinx) -> None:
    """Lay the notebooks where Sphinx looks, with outputs as kept; a figure becomes its data."""
    for made in (COPIES, HERE / "api"):  # a page of what is no more would stay, and be read
        shutil.rmtree(made, ignore_errors=True)
    COPIES.mkdir()
    for path in NOTEBOOKS.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if FIGURE in output.get("data", {}):
                    figure = json.dumps(output.data[FIGURE]).replace("<", "\\u003c")
                    html = f'<script type="application/json" class="figure">{figure}</script>'
                    output.data = {"text/html": html}
        nbformat.write(notebook, COPIES / path.name)


def setup(app: Sphinx) -> None:
    """Tie the above to Sphinx, before it looks for sources."""
    app.connect("builder-inited", copy_notebooks, priority=100)
