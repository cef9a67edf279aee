"""What is left to do for a column, a table or a word that was added: each place, said once.

The schema and the vocabulary are the only places in which columns and words are declared. What
else has to be written for them cannot be derived, and is found missing here.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from copehope_lib import templates, vocabulary
from copehope_lib.demo import assignments, circumstances, synthetic
from copehope_lib.demo.two_women import two_women
from copehope_lib.language import LANGUAGES, sentences
from copehope_lib.privacy import cases
from copehope_lib.schema import TABLES, Column, TableSchema
from copehope_lib.schema.column import integer, word, yes_no
from copehope_lib.settings import Settings
from copehope_lib.tables import Tables, load
from copehope_lib.tables.understand import understand
from copehope_lib.vocabulary import Function, Housing, Need, ResidenceStatus, Vocabulary

LIBRARY = Path(vocabulary.__file__).parent
KEPT = LIBRARY.parent / "data_templates"
TRANSLATED = [language for language in LANGUAGES if language != "en"]

VOCABULARIES: list[type[Vocabulary]] = [
    one
    for one in vars(vocabulary).values()
    if isinstance(one, type) and issubclass(one, Vocabulary) and one is not Vocabulary
]

# What is written for each word of a vocabulary, beside its label.
FOR_EACH_WORD: list[tuple[type[Vocabulary], str, Mapping[str, object]]] = [
    (Function, "FITS in copehope_lib/demo/assignments.py", assignments.FITS),
    (Need, "NEEDS in copehope_lib/demo/circumstances.py", circumstances.NEEDS),
    (ResidenceStatus, "PAPERS in copehope_lib/demo/circumstances.py", circumstances.PAPERS),
    (ResidenceStatus, "PERMITS in copehope_lib/privacy/cases.py", cases.PERMITS),
    (Housing, "HOMES in copehope_lib/privacy/cases.py", cases.HOMES),
]


@pytest.fixture(scope="module")
def drawn() -> dict[str, pd.DataFrame]:
    return synthetic.generate()


def untranslated(*messages: str) -> Iterator[str]:
    for message in messages:
        lacking = [one for one in TRANSLATED if message not in said(one)]
        if lacking:
            yield f"translate {message!r} in copehope_lib/locale/ ({', '.join(lacking)})"


@cache
def said(language: str) -> frozenset[str]:
    """The messages that a catalog translates."""
    path = LIBRARY / "locale" / language / "copehope.po"
    return frozenset(one.id for one in read_po(BytesIO(path.read_bytes())) if one.string)


@cache
def kept_headings(table: str) -> list[str]:
    path = KEPT / "en" / f"{table}.csv"
    return next(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) if path.exists() else []


def left_for_column(
    table: str, name: str, column: Column, drawn: Mapping[str, pd.DataFrame]
) -> Iterator[str]:
    """What is left for one column: a sentence a place."""
    yield from untranslated(name, column.meaning, column.leaves)
    if column.kind == "text":
        yield from untranslated(column.example)
    meant = understand(pd.Series([column.example], dtype="category"), column, Settings()).meaning
    if meant.isna().any() or (column.low is not None and not column.low <= meant[0] <= column.high):
        yield f"give it an example that it accepts, not {column.example!r}, in copehope_lib/schema/"
    if name not in kept_headings(table):
        yield "run make templates"
    frame = drawn.get(table, pd.DataFrame())
    if name not in frame or frame[name].isna().all():
        yield "let the synthetic team have it in copehope_lib/demo/"
    if not column.optional and not two_women_have(table, name):
        yield "say it of the two women in copehope_lib/demo/two_women.py"


def two_women_have(table: str, name: str) -> bool:
    frame = getattr(TWO_WOMEN, table, pd.DataFrame())
    return name in frame and bool(frame[name].notna().all())


def left_for_table(table: TableSchema) -> Iterator[str]:
    yield from untranslated(table.name, table.row)
    if table.name not in {field.name for field in fields(Tables)}:
        yield "give Tables in copehope_lib/tables/load.py a frame of this name"
    number = f"{NUMBERS.get(len(TABLES), len(TABLES))} tables, one file each"
    if not any(number in sentence for sentence in sentences("en")):
        yield f"say “{number}” in copehope_lib/templates/wording.py"


NUMBERS = {15: "Fifteen", 16: "Sixteen"}


def left_for_word(words: type[Vocabulary], word: Vocabulary) -> Iterator[str]:
    yield from untranslated(word.english)
    for kind, place, said in FOR_EACH_WORD:
        if kind.__name__ == words.__name__ and word.value not in said:
            yield f"say what holds for it at {place}"
    if words.__name__ in IN_A_COLUMN and word.value not in kept_words(words.__name__):
        yield "run make templates"


TWO_WOMEN = two_women()
IN_A_COLUMN = {
    column.vocabulary.__name__: (table.name, name)
    for table in TABLES.values()
    for name, column in table.declared.items()
    if column.kind == "word" and column.vocabulary
}


@cache
def kept_words(kind: str) -> list[str]:
    table, name = IN_A_COLUMN[kind]
    package = json.loads((KEPT / "en" / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(one for one in package["resources"] if one["name"] == table)
    field = next(one for one in resource["schema"]["fields"] if one["column"] == name)
    return list(field["constraints"]["enum"])


def left(
    tables: Iterable[TableSchema],
    vocabularies: Iterable[type[Vocabulary]],
    drawn: Mapping[str, pd.DataFrame],
) -> str:
    """Everything that is left, a line for each column, table and word."""
    todo = {}
    for table in tables:
        todo[f"table {table.name}"] = list(left_for_table(table))
        for name, column in table.declared.items():
            todo[f"column {table.name}.{name}"] = [
                *left_for_column(table.name, name, column, drawn)
            ]
    for words in vocabularies:
        for one in words:
            todo[f"word {words.__name__}.{one.value}"] = list(left_for_word(words, one))
    return "\n".join(f"{what}: {'; '.join(places)}." for what, places in todo.items() if places)


def test_nothing_is_left(drawn: dict[str, pd.DataFrame]) -> None:
    assert not (todo := left(TABLES.values(), VOCABULARIES, drawn)), todo


def widened(name: str, column: Column, table: str = "women") -> TableSchema:
    """A copy of a table with one column more."""
    return replace(TABLES[table], declared={**TABLES[table].declared, name: column})


def test_a_column_that_was_added_names_each_place_that_is_left(
    drawn: dict[str, pd.DataFrame],
) -> None:
    table = widened("library_visits", integer("How often she reads", "5.5", "seven", 0, 31))
    assert left([table], [], drawn) == (
        "column women.library_visits: "
        "translate 'library_visits' in copehope_lib/locale/ (es, ca, it); "
        "translate 'How often she reads' in copehope_lib/locale/ (es, ca, it); "
        "give it an example that it accepts, not 'seven', in copehope_lib/schema/; "
        "run make templates; "
        "let the synthetic team have it in copehope_lib/demo/; "
        "say it of the two women in copehope_lib/demo/two_women.py."
    )


def test_a_table_that_was_added_names_each_place_that_is_left(
    drawn: dict[str, pd.DataFrame],
) -> None:
    table = TableSchema(
        "visits", "One visit", "5.5", ("woman",), {"woman": TABLES["women"].column("woman")}
    )
    assert left([table], [], drawn).splitlines() == [
        "table visits: translate 'visits' in copehope_lib/locale/ (es, ca, it); "
        "translate 'One visit' in copehope_lib/locale/ (es, ca, it); "
        "give Tables in copehope_lib/tables/load.py a frame of this name.",
        "column visits.woman: run make templates; "
        "let the synthetic team have it in copehope_lib/demo/; "
        "say it of the two women in copehope_lib/demo/two_women.py.",
    ]


def with_a_word(words: type[Vocabulary], code: str, english: str) -> type[Vocabulary]:
    """A copy of a vocabulary with one word more."""
    members = [(one.name, (one.value, one.english, one.section)) for one in words]
    members.append((code.upper(), (code, english, "5.2")))
    return Vocabulary(words.__name__, members)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (
            ResidenceStatus,
            "say what holds for it at PAPERS in copehope_lib/demo/circumstances.py; "
            "say what holds for it at PERMITS in copehope_lib/privacy/cases.py; ",
        ),
        (vocabulary.Profile, ""),
    ],
)
def test_a_word_that_was_added_names_each_place_that_is_left(
    words: type[Vocabulary], places: str, drawn: dict[str, pd.DataFrame]
) -> None:
    more = with_a_word(words, "interpreter", "Xyzzy")
    assert left([], [more], drawn) == (
        f"word {words.__name__}.interpreter: "
        "translate 'Xyzzy' in copehope_lib/locale/ (es, ca, it); "
        f"{places}run make templates."
    )


@pytest.mark.parametrize(("words", "_place", "said"), FOR_EACH_WORD)
def test_a_word_of_which_nothing_is_said_is_named_and_no_key_error(
    words: type[Vocabulary], _place: str, said: Mapping[str, object]
) -> None:
    more = with_a_word(words, "interpreter", "Xyzzy")
    with pytest.raises(LookupError, match="say also what holds for interpreter"):
        more.each(said)
    assert len(words.each(said)) == len(words)


@pytest.mark.parametrize(
    "column",
    [
        yes_no("Has a card", "5.5", "no", optional=True),
        word(with_a_word(Housing, "boat", "Xyzzy"), "Where else", "5.5", "boat", optional=True),
    ],
    ids=["yes_no", "word"],
)
def test_a_registry_loads_and_templates_are_written_before_the_rest_is_done(
    column: Column, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TABLES, "women", widened("library_card", column))
    synthetic.write(synthetic.generate(women=6, professionals=2, months=2), tmp_path)
    tables = load(tmp_path, Settings())
    assert tables.findings == ()
    assert tables.women["library_card"].isna().all()
    assert "library_card" in templates.contents()["women.csv"].decode("utf-8-sig")
