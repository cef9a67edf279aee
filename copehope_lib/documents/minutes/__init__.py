"""Minutes of a meeting: what a record says, as a page, a text or a Word document."""

from copehope_lib.documents.minutes.content import Grid, Minutes, Part, Section, of_record
from copehope_lib.documents.minutes.write import FORMATS, as_docx, as_html, as_markdown

__all__ = [
    "FORMATS",
    "Grid",
    "Minutes",
    "Part",
    "Section",
    "as_docx",
    "as_html",
    "as_markdown",
    "of_record",
]
