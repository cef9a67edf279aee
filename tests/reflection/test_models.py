"""Reflection models: in four languages, with the same four questions last, or refused."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from copehope_lib import language
from copehope_lib.data_files import Text
from copehope_lib.errors import CopehopeError
from copehope_lib.reflection import MODELS, ReflectionModel, of_folder, read
from copehope_lib.reflection.model import CLOSING
from copehope_lib.reflection.pitfall import Pitfall
from tests.test_words import REFUSED

FOLDER = Path(language.__file__).parent / "reflection"
OURS = """\
name: ours
version: 1
title: {es: Nuestra ronda}
about: {es: Para empezar.}
source: us
licence: none
steps:
  - code: start
    title: {es: Inicio}
    section: 5.4
    facts: [needs]
    prompts:
      - text: {es: "¿Qué hay?"}
  - code: end
    title: {es: Final}
    prompts:
      - {code: do, text: {es: Hacemos}}
      - {code: leave, text: {es: Dejamos}}
      - {code: ask, text: {es: Preguntamos}}
      - {code: need, text: {es: Necesitamos}}
"""


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> ReflectionModel:
    return read(request.param)


def texts(model: ReflectionModel) -> Iterator[Text]:
    yield from (model.title, model.about)
    for step in model.steps:
        yield step.title
        if step.look_at is not None:
            yield step.look_at
        yield from (prompt.text for prompt in step.prompts)


def test_every_file_in_the_package_is_a_model_that_is_offered() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(MODELS)
    assert all(read(name).name == name for name in MODELS)


def test_every_text_is_there_in_four_languages(model: ReflectionModel) -> None:
    assert model.languages == language.LANGUAGES
    for text in texts(model):
        assert set(text.root) == set(language.LANGUAGES)
        # Somebody who copied a sentence and forgot to translate it would leave two alike.
        assert len(set(text.root.values())) > 2


def test_a_model_is_read_in_the_language_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_current", "ca")
    assert read("lens_round").step("gender").title.spoken == "La mirada de gènere"
    assert Text.model_validate({"it": "Noi"}).spoken == "Noi"
    assert Text.model_validate({"it": "Noi", "en": "We"}).spoken == "We"


def test_every_model_ends_with_the_same_four_questions(model: ReflectionModel) -> None:
    last = model.steps[-1].prompts
    assert tuple(prompt.code for prompt in last) == CLOSING == ("do", "leave", "ask", "need")
    assert last == read("lens_round").steps[-1].prompts
    assert not any(prompt.code for step in model.steps[:-1] for prompt in step.prompts)


def test_a_step_has_two_to_four_questions(model: ReflectionModel) -> None:
    assert all(2 <= len(step.prompts) <= 4 for step in model.steps)
    assert len({step.code for step in model.steps}) == len(model.steps)


def test_the_lens_round_goes_through_the_lenses_of_the_report_in_their_order() -> None:
    steps = {step.code: step for step in read("lens_round").steps}
    assert list(steps) == [
        "facts", "voice", "gender", "transcultural", "intersectional", "rights",
        "possibilities", "ourselves", "closing",
    ]  # fmt: skip
    lenses = [steps[code] for code in ("gender", "transcultural", "intersectional", "rights")]
    assert [step.section for step in lenses] == ["5.3.1", "5.3.2", "5.3.3", "5.3.4"]
    assert all(step.look_at and step.section for step in steps.values())
    assert {step.pitfall for step in steps.values() if step.pitfall} == set(Pitfall)
    assert steps["transcultural"].pitfall is Pitfall.EUROCENTRIC
    assert steps["possibilities"].pitfall is Pitfall.TOO_MUCH_ON_HER


def test_gibbs_has_six_steps_and_the_seven_eyes_seven_and_a_close() -> None:
    assert [len(read(name).steps) for name in ("what_so_what", "gibbs", "seven_eyes")] == [
        3, 6, 8,
    ]  # fmt: skip


def test_no_sentence_judges(model: ReflectionModel) -> None:
    assert not REFUSED.search((FOLDER / f"{model.name}.yaml").read_text("utf-8"))


def test_women_are_not_cases_and_no_one_is_addressed_as_a_man_alone(
    model: ReflectionModel,
) -> None:
    for text in texts(model):
        assert "nosotros" not in text.root["es"].lower()
        assert " case" not in text.root["en"].lower()


def test_every_pitfall_says_what_it_is() -> None:
    assert all(pitfall.sentence.endswith(".") for pitfall in Pitfall)
    assert {pitfall.section for pitfall in Pitfall} == {"5.6"}


def test_there_is_no_model_of_another_name() -> None:
    with pytest.raises(CopehopeError, match="no reflection model tarot: choose one of lens"):
        read("tarot")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("version: 1", "", "ours: version is missing: write it."),
        ("version: 1", "version: one", "ours: version is no whole number"),
        ("name: ours", "", "Reflection model without a name: name is missing"),
        ("name: ours", "name: Our own", "Our own: name may have small letters, digits and _"),
        ("    title: {es: Final}", "", "ours: step 2, title is missing"),
        ("title: {es: Final}", "title: Final", "step 2, title has no languages"),
        ("title: {es: Final}", "title: {}", "step 2, title is missing"),
        ("title: {es: Final}", "title: {es: ' '}", "step 2, title, Spanish is missing"),
        ("title: {es: Final}", "title: {es: true}", "step 2, title, Spanish is no text"),
        ("title: {es: Final}", "title: {fr: Fin}", "step 2, title, French is none of en, es"),
        ("title: {es: Inicio}", "title: {es: Inicio, it: Inizio}", "title, Italian is missing"),
        ("text: {es: Dejamos}", "text: {ca: D}", "ours: title, Catalan is missing"),
        ("facts: [needs]", "facts: [age]", "step 1, facts, 1 is none of engagement, itin"),
        ("facts: [needs]", "fact: [needs]", "step 1, fact is not known here"),
        ("facts: [needs]", "facts: needs", "step 1, facts is no list"),
        ("facts: [needs]", "pitfall: hurry", "pitfall is none of eurocentric, therapy_im"),
        ("code: end", "code: start", "step 2 is called start as another one is"),
        ("{code: ask, text: {es: Preguntamos}}", "text: {es: P}", "does not end with .* ask"),
        ("      - {code: need, text: {es: Necesitamos}}\n", "", "end with the prompts do, lea"),
        ("text: {es: \"¿Qué hay?\"}", "¿Qué hay?", "step 1, prompt 1 has no fields"),
        ("{es: \"¿Qué hay?\"}", "Qué: hay", "line 13 cannot be read"),
        ("source: us", "version: 2", "line 5 says what was said before"),
        ("about:", "about: \x07", "no plain text"),
        (OURS, "", "Reflection model without a name: the file has no fields"),
        (OURS, "- just\n- a list", "the file has no fields"),
    ],
)  # fmt: skip
def test_what_describes_no_model_is_one_sentence_with_its_place(
    was: str, now: str, said: str
) -> None:
    assert was in OURS
    with pytest.raises(CopehopeError, match=said) as refused:
        ReflectionModel.parse(OURS.replace(was, now, 1))
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", MODELS)
def test_a_shipped_model_that_is_damaged_is_refused(name: str) -> None:
    torn = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    del torn["steps"][1]["prompts"][1]["text"]["it"]
    with pytest.raises(CopehopeError, match=f"{name}: step 2, prompt 2, Italian is missing"):
        ReflectionModel.parse(json.dumps(torn))
    del torn["steps"][-1]
    with pytest.raises(CopehopeError, match=f"{name}: it does not end with the prompts"):
        ReflectionModel.parse(json.dumps(torn))


def test_a_model_is_the_same_after_it_was_written_and_read_again(
    model: ReflectionModel,
) -> None:
    assert ReflectionModel.parse(model.model_dump_json()) == model


def test_a_team_has_models_of_its_own_in_one_language(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(OURS, encoding="utf-8-sig")
    (tmp_path / "a.yaml").write_text(OURS.replace("ours", "first"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nothing of this")
    found, left_out = of_folder(tmp_path)
    assert (list(found), left_out) == (["first", "ours"], [])
    ours = ReflectionModel.parse(found["ours"])
    assert ours.languages == ("es",)
    assert ours.step("start").section == "5.4"
    assert ours.title.spoken == "Nuestra ronda"


def test_a_team_without_models_of_its_own_has_none(tmp_path: Path) -> None:
    assert of_folder(tmp_path) == of_folder(tmp_path / "no folder") == ({}, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OURS.replace("version: 1\n", ""), "mine.yaml: Reflection model ours: version is miss"),
        (OURS.replace("ours", "gibbs"), "mine.yaml: there is another reflection model gibbs"),
        (OURS.replace("ours", "first"), "mine.yaml: there is another reflection model first"),
        (OURS.encode("cp1252"), "mine.yaml is not readable as UTF-8"),
        ("[" * 100_000, "mine.yaml: .*nested too deeply"),
        ("- " * 90_000, "mine.yaml: .*nested too deeply"),
        ("a: {" * 10_000, "mine.yaml: .*nested too deeply"),
        (OURS.replace("version: 1", "version: " + "1" * 5_000), "mine.yaml: .*too long"),
        (OURS + "#" * 20_000_000, "mine.yaml has more than 200,000 bytes|more than 200,000"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "mine.yaml: .*line 2 refers"),
    ],
)
def test_a_model_of_a_team_that_cannot_be_used_is_left_out_and_named_by_its_file(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    (tmp_path / "a.yaml").write_text(OURS.replace("ours", "first"), encoding="utf-8")
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "mine.yaml").write_bytes(data)
    found, (sentence,) = of_folder(tmp_path)
    assert list(found) == ["first"]
    assert re.search(said, sentence), sentence


def test_steps_of_one_model_do_not_ask_the_same_twice(model: ReflectionModel) -> None:
    asked = sorted(prompt.text.root["en"] for step in model.steps for prompt in step.prompts)
    assert all(one != other for one, other in pairwise(asked))
