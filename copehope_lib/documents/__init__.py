"""Documents: what leaves a page, as HTML, Word, Markdown or a workbook."""
