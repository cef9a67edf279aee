"""A team's own wording of an instrument: read from a CSV file, checked against the key."""

import csv
import io
import re
from collections.abc import Iterable

from copehope_lib.data_files import Text
from copehope_lib.errors import CopehopeError
from copehope_lib.instruments.instrument import Instrument, Wording
from copehope_lib.language import gettext as _
from copehope_lib.language import plain

HEADINGS = {
    "item": ("item", "number", "no", "n", "numero", "num"),
    "text": ("text", "wording", "question", "sentence", "texto", "text de l item", "testo"),
    "values": ("values", "answers", "range", "valores", "valors", "valori"),
    "reversed": ("reversed", "reverse", "invertido", "invertit", "invertito"),
}
_NUMBER = re.compile(r"(\d+)")
_ANSWER = re.compile(r"(?:answer|=)\s*:?\s*(\d+)", re.IGNORECASE)
YES = ("yes", "y", "true", "1", "r", "si", "x")


def wording(instrument: Instrument, content: bytes) -> Wording:
    r"""Read a team's wording of an instrument.

    Parameters
    ----------
    instrument : Instrument
        The key that it is checked against.
    content : bytes
        A CSV file with the columns ``item`` and ``text``: a row an item; a row ``answer 100``
        for the words of an answer, where there are any. A column ``values`` (``0-100``,
        ``1 2 3 4 5``) and a column ``reversed`` are compared with the key.

    Returns
    -------
    Wording
        In the one language that it is written in, kept under ``en``.

    Raises
    ------
    CopehopeError
        If an item is missing, doubled or strange, has no text, answer values or reversed items
        are others than those of the key, or a reversed item stands under another number; it
        says which and what was expected.

    Examples
    --------
    >>> from copehope_lib.instruments import read
    >>> lines = ["item,text", *(f"{n},Sentence {n}" for n in range(1, 20))]
    >>> wording(read("cbi"), "\n".join(lines).encode()).items[19].spoken
    'Sentence 19'
    """
    found: dict[str, dict[int, str]] = {"items": {}, "answers": {}}
    for at, row in enumerate(_rows(content), start=2):
        name, text = row["item"].strip(), row["text"].strip()
        match = _NUMBER.fullmatch(name) or _ANSWER.fullmatch(name)
        if not match:
            raise _problem(at, _("“{name}” is no number of an item").format(name=name[:20]))
        kind, number = "items" if name.isdecimal() else "answers", int(match[1])
        if number in found[kind]:
            raise _problem(at, _("{name} is there twice").format(name=name))
        if not text:
            raise _problem(at, _("{name} has no text").format(name=name))
        if kind == "items":
            _refuse_another_key(instrument, at, number, row)
        found[kind][number] = text
    _refuse_others(instrument, found["items"], found["answers"])
    _refuse_another_order(instrument, found["items"])
    texts = {
        kind: {number: Text({"en": some[number]}) for number in sorted(some)}
        for kind, some in found.items()
    }
    return Wording(**texts)


def _rows(content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max((",", ";", "\t"), key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    names = [_name(cell) for cell in rows[0]] if rows else []
    if not {"item", "text"} <= set(names):
        raise CopehopeError(_("The file needs the columns item and text in its first row."))
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    empty = dict.fromkeys(HEADINGS, "")
    return [empty | dict(zip(names, row, strict=False)) for row in filled]


def _name(cell: str) -> str:
    written = plain(cell)
    return next((name for name, known in HEADINGS.items() if written in known), written)


def _refuse_another_key(instrument: Instrument, at: int, number: int, row: dict[str, str]) -> None:
    """Refuse values and directions that are not those of the key."""
    values = sorted(map(int, _NUMBER.findall(row["values"])))
    known = list(instrument.answers)
    if values and values not in (known, [known[0], known[-1]]):
        what = _("item {item} has the values {given}, and the key {expected}")
        given = row["values"].strip()[:30]
        raise _problem(at, what.format(item=number, given=given, expected=_listed(known)))
    told = plain(row["reversed"])
    if told and (told in YES) != (number in instrument.reversed):
        what = _(
            "item {item} is reversed in only one of file and key (reversed in the key: "
            "{expected}); number the items as the key does"
        )
        expected = _listed(instrument.reversed) or _("none")
        raise _problem(at, what.format(item=number, expected=expected))


def _refuse_another_order(instrument: Instrument, items: dict[int, str]) -> None:
    """Refuse a form in whose order another item would be reversed."""
    for number, meaning in instrument.meant.items():
        said = [given for given, text in items.items() if re.search(meaning, plain(text))]
        if said and number not in said:
            sentence = _(
                "{title} is printed in more than one order: item {given} of the file is item "
                "{expected} of the key, the one that is reversed. Number the items as the key "
                "does, that one {expected}, and write answers down under these numbers."
            )
            raise CopehopeError(
                sentence.format(title=instrument.title, given=said[0], expected=number)
            )


def _refuse_others(instrument: Instrument, items: Iterable[int], answers: Iterable[int]) -> None:
    """Refuse items and answers that the key lacks, or that lack themselves."""
    title, n = instrument.title, len(instrument.items)
    problems = {
        _("{title} has {n} items, and the file lacks {numbers}: add them."): [
            number for number in instrument.items if number not in items
        ],
        _("{title} has {n} items, and the file has {numbers} too: take them out."): [
            number for number in items if number not in instrument.items
        ],
    }
    for sentence, numbers in problems.items():
        if numbers:
            raise CopehopeError(sentence.format(title=title, n=n, numbers=_listed(numbers)))
    given = sorted(answers)
    if given and given != list(instrument.answers):
        sentence = _("{title} is answered with {expected}, and the file with {given}.")
        expected = _listed(instrument.answers)
        raise CopehopeError(sentence.format(title=title, expected=expected, given=_listed(given)))


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _problem(at: int, what: str) -> CopehopeError:
    return CopehopeError(_("Line {line}: {what}.").format(line=at, what=what))
