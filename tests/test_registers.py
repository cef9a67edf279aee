"""Whoever adds a language, an audience or an instrument is led to each place that is left."""

import ast
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import pytest

from copehope_lib import language
from copehope_lib.audience_names import AudienceName
from copehope_lib.cli import main
from copehope_lib.documents import CheckFormat, MinutesFormat, PackFormat, PaperFormat
from copehope_lib.documents.paper import PAPERS, printed
from copehope_lib.errors import CopehopeError
from copehope_lib.guard.name_words import BEFORE_THINGS, SPOKEN
from copehope_lib.instruments import INSTRUMENTS, instrument
from copehope_lib.language import LANGUAGES, Language
from copehope_lib.privacy import audience
from copehope_lib.privacy.audience import AUDIENCES, PARTNER, SUPERVISION, TEAM
from copehope_lib.reflection import MODELS, model
from copehope_lib.settings import Settings

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "copehope_lib"


def places_left(languages: Iterable[str]) -> list[str]:
    """Where a language is still to be written, by the files to write it in."""
    left = []
    for spoken in languages:
        catalog = LIBRARY / "locale" / spoken / "copehope.po"
        if spoken != "en" and not catalog.exists():
            left.append(f"{spoken}: run `make catalogs`, and translate {catalog.relative_to(ROOT)}")
        if not (ROOT / "data_templates" / spoken).is_dir():
            left.append(f"{spoken}: run `make templates` for data_templates/{spoken}")
        for words, name in ((SPOKEN, "spoken"), (BEFORE_THINGS, "before_things")):
            if spoken not in words:
                left.append(f"{spoken}: write [{name}] in copehope_lib/guard/name_words.toml")
        if not (ROOT / "tests" / "guard" / "sentences" / f"{spoken}.txt").exists():
            left.append(f"{spoken}: write labelled sentences in tests/guard/sentences")
    for names, read in (
        (INSTRUMENTS, instrument.read),
        (MODELS, model.read),
        (PAPERS, printed.read),
    ):
        for name in names:
            try:
                read(name).refuse_untranslated(languages)
            except ValueError as problem:
                left.append(f"{name}.yaml: {problem}")
    return left


def test_no_place_is_left_for_the_languages_that_there_are() -> None:
    assert places_left(LANGUAGES) == []


def test_whoever_adds_a_language_is_led_to_each_place() -> None:
    left = places_left([*LANGUAGES, "fr"])
    assert "translate copehope_lib/locale/fr/copehope.po" in left[0]
    # One paper is there in French already.
    assert len(left) == 5 + 1 + len(MODELS) + len(PAPERS) - 1, left
    assert "month_check.yaml: wording, items, 1, French is missing: write it." in left


def test_a_language_without_a_catalog_or_a_text_is_said_by_the_file_to_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(language, "LANGUAGES", (*LANGUAGES, "fr"))
    with pytest.raises(CopehopeError, match=r"catalog.*copehope_lib/locale/fr/copehope\.po"):
        language.use("fr")
    for read, name, file in (
        (instrument.read, "month_check", "instruments/month_check.yaml: wording, items, 1"),
        (model.read, "gibbs", "reflection/gibbs.yaml: title"),
    ):
        with pytest.raises(CopehopeError, match=f"copehope_lib/{file}, French is missing"):
            read.__wrapped__(name)  # as it is read where nobody has read it yet
    # A published instrument has no words that could be missing.
    assert instrument.read.__wrapped__("cbi").name == "cbi"


def test_an_instrument_or_model_without_its_file_is_said_by_the_file_to_write(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(instrument, "INSTRUMENTS", (*INSTRUMENTS, "who5"))
    with pytest.raises(CopehopeError, match=r"^copehope_lib/instruments/who5\.yaml is missing"):
        instrument.read("who5")
    monkeypatch.setattr(model, "MODELS", (*MODELS, "balint"))
    with pytest.raises(CopehopeError, match=r"^copehope_lib/reflection/balint\.yaml is missing"):
        model.read("balint")
    monkeypatch.undo()
    monkeypatch.setattr("sys.argv", ["copehope", "instrument", "score", "who5", "answers.csv"])
    with pytest.raises(SystemExit):
        main()
    assert "no instrument who5: choose one of month_check, cbi" in capsys.readouterr().err


@pytest.mark.parametrize("package", ["instruments", "reflection", "documents/paper"])
def test_a_file_beside_the_others_is_in_its_register(package: str) -> None:
    register = {"instruments": INSTRUMENTS, "reflection": MODELS, "documents/paper": PAPERS}[
        package
    ]
    assert {path.stem for path in (LIBRARY / package).glob("*.yaml")} == set(register)


def test_an_audience_has_its_name_and_its_rules_or_is_refused_by_both_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert tuple(AUDIENCES) == get_args(AudienceName)
    said = "interpreter is half written.*audience_names.py.*privacy/audience.py"
    interpreter = replace(PARTNER, name="interpreter")
    three = (SUPERVISION, TEAM, PARTNER)
    with pytest.raises(CopehopeError, match=said):
        audience._registered(*three, interpreter)
    monkeypatch.setattr(audience, "AudienceName", Literal[*AUDIENCES, "interpreter"])
    with pytest.raises(CopehopeError, match=said):
        audience._registered(*three)
    assert list(audience._registered(*three, interpreter))[-1] == "interpreter"


@pytest.mark.parametrize(
    ("words", "register"),
    [
        (("serve", "x", "--audience"), AUDIENCES),
        (("pack", "x", "--audience"), AUDIENCES),
        (("init", "x", "--language"), LANGUAGES),
        (("pack", "x", "--audience", "team", "--language"), get_args(Language)),
        (("pack", "x", "--audience", "team", "--format"), get_args(PackFormat)),
        (("check", "x", "--format"), get_args(CheckFormat)),
        (("paper", "x", "questions", "--format"), get_args(PaperFormat)),
        (("records", "export", "x", "2026-10", "--format"), get_args(MinutesFormat)),
    ],
)
def test_a_command_offers_what_its_register_holds_and_nothing_else(
    words: tuple[str, ...],
    register: Iterable[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["copehope", *words, "nobody"])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    listed = said.partition("is not one of ")[2].partition(". Try")[0]
    assert re.findall(r"\w+", listed) == list(register)


def test_settings_take_what_the_registers_hold_and_nothing_else() -> None:
    for name in AUDIENCES:
        assert Settings.model_validate({"audiences": {name: {}}}).audiences.keys() == {name}
    for name in INSTRUMENTS:
        chosen = Settings.model_validate({"self_check": {"instrument": name}})
        assert chosen.self_check.instrument == name
    for name in LANGUAGES:
        assert Settings.model_validate({"language": name}).language == name
    for wrong in (
        {"audiences": {"interpreter": {}}},
        {"self_check": {"instrument": "who5"}},
        {"language": "fr"},
    ):
        with pytest.raises(ValueError, match="Input should be"):
            Settings.model_validate(wrong)


def test_no_module_lists_a_register_again() -> None:
    """A list of all languages, audiences or instruments stands where it is registered alone."""
    registers = [set(LANGUAGES), set(LANGUAGES[1:]), set(AUDIENCES), set(INSTRUMENTS), set(MODELS)]
    at_home = {"language.py", "audience_names.py", "instrument.py", "model.py"}
    again = []
    for path in [*LIBRARY.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        for part in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(part, ast.Tuple | ast.List | ast.Set):
                names = [one.value for one in part.elts if isinstance(one, ast.Constant)]
                if names and set(names) in registers and path.name not in at_home:
                    again.append(f"{path.relative_to(ROOT)}:{part.lineno}")
    assert again == []
