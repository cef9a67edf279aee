"""Documents: what leaves a page, made of blocks, as HTML, Word, Markdown or a workbook."""

from typing import Literal

PackFormat = Literal["html", "pdf", "xlsx", "docx"]
MinutesFormat = Literal["md", "html", "docx"]
PaperName = Literal["questions", "boundaries", "charter-women", "charter-staff"]
PaperFormat = Literal["html", "docx"]
# Endings of the files that each document may be: commands and pages offer what stands here.
CheckFormat = Literal["json", "csv", "html"]
