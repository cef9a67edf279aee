"""What people read: in four languages, complete, and in the words of the field."""

import ast
import re
import subprocess
import sys
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from copehope_lib.language import LANGUAGES

LIBRARY = Path(__file__).parent.parent / "copehope_lib"
TRANSLATED = LANGUAGES[1:]
REFUSED = re.compile(
    r"drop-?outs?\b|\bfailures?\b|\bcomplian|\bvictim|"
    r"\bvíctima|\bvictime|\bvittim|\babandon|\bfracas|\bfallit|\bincumpl|\binadempi",
    re.IGNORECASE,
)


@cache
def extracted() -> Catalog:
    """The messages of the library as it stands."""
    pybabel = Path(sys.executable).with_name("pybabel")
    with tempfile.NamedTemporaryFile() as target:
        subprocess.run(
            [pybabel, "--quiet", "extract", "--mapping-file", LIBRARY / "locale.cfg",
             "--no-location", "--keyword", "N_", "--keyword", "_",
             "--output", target.name, LIBRARY],
            check=True,
        )  # fmt: skip
        return read_po(BytesIO(Path(target.name).read_bytes()))


def translations(language: str) -> Catalog:
    path = LIBRARY / "locale" / language / "copehope.po"
    return read_po(BytesIO(path.read_bytes()), locale=language)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{\w*}|`[^`]+`", text))


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    """The singular, or all the plural forms."""
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_doubtful(language: str) -> None:
    catalog = translations(language)
    missing = []
    for message in extracted():
        found = catalog.get(message.id) if message.id else message
        if message.id and (found is None or found.fuzzy or not all(forms(found.string))):
            missing.append(message.id)
    assert missing == []


def test_what_is_said_inside_of_another_string_is_translated_too() -> None:
    """The program that collects messages does not look into f-strings; Python itself does."""
    said = {
        str(call.args[0].value)
        for path in LIBRARY.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in ("_", "N_")
        and isinstance(call.args[0], ast.Constant)
    }
    known = {one.id[0] if isinstance(one.id, tuple) else one.id for one in extracted()}
    assert len(said) > 1000
    assert said - known == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_what_is_filled_in(language: str) -> None:
    for message in translations(language):
        if message.id:
            source = placeholders(forms(message.id)[-1])
            *others, last = forms(message.string)
            assert placeholders(last) == source, message.id
            assert all(placeholders(text) <= source for text in others), message.id


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_no_message_uses_a_word_that_judges(language: str) -> None:
    catalog = extracted() if language == "en" else translations(language)
    for message in catalog:
        for text in forms(message.id if language == "en" else message.string):
            assert not REFUSED.search(text), text


def pages_and_notebooks() -> list[Path]:
    """What people read besides the catalogs: notebooks, page templates, scripts of pages."""
    root = LIBRARY.parent
    return sorted(
        path
        for pattern in ("dashboards/*.ipynb", "notebooks/*.ipynb", "copehope_lib/widgets/*.js",
                        "copehope_lib/instruments/*.yaml", "copehope_lib/theme/**/*.html",
                        "copehope_lib/theme/**/*.j2", "copehope_lib/theme/**/shell.js")
        for path in root.glob(pattern)
    )  # fmt: skip


@pytest.mark.parametrize("path", pages_and_notebooks(), ids=lambda path: path.name)
def test_no_page_or_notebook_uses_a_word_that_judges(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # The report's own title names it once in the README, and nowhere on a page.
    assert not REFUSED.search(text)


@pytest.mark.parametrize(
    "path",
    [path for path in pages_and_notebooks() if path.suffix not in (".ipynb", ".yaml")],
    ids=lambda path: path.name,
)
def test_a_script_or_template_holds_no_sentence_of_its_own(path: Path) -> None:
    text = re.sub(r"(?s)/\*.*?\*/|{#.*?#}|<style>.*?</style>|//[^\n]*", "", path.read_text())
    assert re.findall(r">[^<{}>]*[A-Za-z]{3,} [A-Za-z]{3,}[^<{}>]*</", text) == []
