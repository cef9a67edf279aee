"""Documents as Markdown: words and tables; pictures are left out."""

from collections.abc import Iterable, Sequence

from copehope_lib.documents import blocks


def as_markdown(document: blocks.Document) -> str:
    """Return a document as Markdown.

    Examples
    --------
    >>> said = [blocks.Sentence("We begin.", "Coordinator:")]
    >>> arrive = blocks.Section(blocks.Heading("Arrive"), said)
    >>> print(as_markdown(blocks.Document("Minutes", "en", [blocks.Heading("Minutes"), arrive])))
    # Minutes
    <BLANKLINE>
    ## Arrive
    <BLANKLINE>
    **Coordinator:** We begin.
    <BLANKLINE>
    """
    return "\n".join(_lines([*document.cover, *document.blocks], "##"))


def _lines(content: Iterable[blocks.Block], sign: str) -> list[str]:
    """Return blocks as lines; ``sign`` stands before the headings of sections."""
    lines: list[str] = []
    for block in content:
        match block:
            case blocks.Heading():
                lines += [f"# {_marked(block.text)}", ""]
            case blocks.Sentence() | blocks.Note():
                lead = f"**{_marked(block.lead)}** " if block.lead else ""
                lines += [lead + _marked(block.text).replace("\n", "  \n"), ""]
            case blocks.Table():
                rows = [block.headings.values(), *block.words()]
                head, *rest = [[_marked(one).replace("\n", " ") for one in row] for row in rows]
                lines += [*map(_row, [head, ["---"] * len(head), *rest]), ""]
            case blocks.Section():
                lines += [f"{sign} {_marked(block.heading.text)}", ""]
                lines += _lines(block.blocks, f"{sign}#")
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _marked(text: str) -> str:
    """Return a text in which no sign is taken for markup."""
    return "".join(f"\\{c}" if c in "\\`*_#[]<>|~" else c for c in blocks.clean(text))
