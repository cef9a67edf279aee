"""Minutes: all that was written stands in every format, and nobody's name does."""

import re
import zipfile
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree  # our own file

import pytest

from copehope_lib import language
from copehope_lib.documents import MinutesFormat
from copehope_lib.documents.blocks import Document, Section, Sentence, Table
from copehope_lib.documents.minutes import FORMATS, of_record, write
from copehope_lib.records.record import Entry, Record

STEPS = [("arrive", "Arrive"), ("reflection", "Case reflection"), ("closing", "Closing")]


def record(*entries: Entry) -> Record:
    return Record("2026-10").put(entries)


FULL = record(
    Entry("note", {"step": "arrive", "text": "We begin 🌱 <b>&amp;</b>"}),
    Entry("note", {"step": "closing", "text": "שלום\nsecond line", "kept": "שלום"}),
    Entry("decision", {"step": "closing", "text": "Share out | functions", "owner": "P-01",
                       "due_on": "2026-11-05", "dimension": "professionals"}),
    Entry("voice", {"woman": "W-7KQ4M", "text": "I want to work", "profile": "psychologist",
                    "mark": "hers"}),
    Entry("closing", {"woman": "W-7KQ4M", "closing": "ask", "text": "Which course?"}),
    Entry("topic", {"about": "W-7KQ4M", "text": "Back after a pause"}),
)  # fmt: skip


def minutes(of: Record = FULL) -> Document:
    table = Table.of_words(["Women", "n"], [["All", "46"]])
    shown = {"arrive": [Sentence("Six women paused."), table]}
    return of_record(
        of, about="Barcelona · October 2026", steps=STEPS, shown=shown,
        owners={"P-01": "Psychologist"},
    )  # fmt: skip


class Words(HTMLParser):
    """The words of a page, and every address that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def text_of(ending: MinutesFormat, of: Document) -> str:
    """The words of minutes as another program reads them."""
    content = write(of, ending)
    if ending == "docx":
        xml = zipfile.ZipFile(BytesIO(content)).read("word/document.xml")
        tree = ElementTree.fromstring(xml)  # noqa: S314
        return " ".join(
            node.text or " " for node in tree.iter() if re.search(r"}(t|br)$", node.tag)
        )
    if ending == "html":
        parser = Words()
        parser.feed(content.decode())
        return " ".join(parser.words)
    return re.sub(r"\\(.)", r"\1", unescape(content.decode()))


@pytest.mark.parametrize("ending", FORMATS)
def test_all_that_was_written_stands_in_every_format(ending: MinutesFormat) -> None:
    text = " ".join(text_of(ending, minutes()).split())
    for said in (
        "Minutes of supervision", "Barcelona · October 2026", "We begin 🌱",
        "Six women paused.", "46", "שלום", "second line", "Share out | functions",
        "Psychologist", "Nov 5, 2026",
        "Reflection: W-7KQ4M", "I want to work", "Her own words", "Which course?",
        "What we ask her", "Back after a pause",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("ending", FORMATS)
def test_a_name_that_was_not_confirmed_is_a_word_and_one_that_was_stays(
    ending: MinutesFormat,
) -> None:
    said = {"step": "arrive", "text": "Amaka Obi called Hope Adeyemi on 600 11 22 33."}
    open_ = text_of(ending, minutes(record(Entry("note", said))))
    assert "Amaka" not in open_
    assert "600" not in open_
    assert "[name]" in open_
    kept = text_of(ending, minutes(record(Entry("note", said | {"kept": "Amaka Obi"}))))
    assert "Amaka Obi" in kept
    assert "Adeyemi" not in kept


def test_a_professional_is_called_as_the_team_wants_it() -> None:
    said = {"step": "arrive", "text": "Ask P-01 first."}
    assert "Ask Psychologist first." in text_of("md", minutes(record(Entry("note", said))))


def test_the_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    page = write(minutes(), "html").decode()
    parser = Words()
    parser.feed(page)
    assert parser.addresses == []
    assert "http" not in page
    assert "<script" not in page
    assert "<b>&amp;" not in page


@pytest.mark.parametrize("text", ["\x00\x0b", "\ud83d", "x" * 200_000, "\u202e"])
@pytest.mark.parametrize("ending", FORMATS)
def test_no_text_keeps_minutes_from_being_written(ending: MinutesFormat, text: str) -> None:
    entry = Entry("note", {"step": "arrive", "text": f"before {text} after"})
    written = text_of(ending, minutes(record(entry)))
    assert "before" in written
    assert "after" in written


def test_what_was_taken_out_or_is_empty_does_not_stand_there() -> None:
    gone = Entry("note", {"step": "arrive", "text": "Gone"})
    of = record(gone, gone.changed({}, "a", gone=True), Entry("decision", {"step": "closing"}))
    assert [one.heading.text for one in minutes(of).blocks if isinstance(one, Section)] == [
        "Arrive"
    ]
    assert "Gone" not in text_of("md", minutes(of))


@pytest.mark.parametrize(("code", "title"), [("es", "Acta de supervisión"),
                                             ("it", "Verbale di supervisione")])  # fmt: skip
def test_minutes_are_in_the_language_of_the_team(code: str, title: str) -> None:
    language.use(code)
    of = minutes()
    assert of.title == title
    assert f'<html lang="{code}">' in write(of, "html").decode()
    assert write(of, "docx")[:2] == b"PK"
