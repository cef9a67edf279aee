"""Scores of instruments: by hand, by the published rules, and beside a second reckoning."""

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from copehope_lib.cli import main
from copehope_lib.errors import CopehopeError
from copehope_lib.instruments import INSTRUMENTS, Instrument, read, score
from copehope_lib.instruments.wording import wording
from copehope_lib.language import LANGUAGES
from tests.command import copehope

# Written down a second time from the public descriptions, as plainly as can be: item numbers as
# they are printed there, r for a reversed one, and how many must be answered.
KEYS = {
    "cbi": ((0, 100), "mean", {
        "personal": ("1 2 3 4 5 6", 3), "work": ("7 8 9 10 11 12 13r", 4),
        "client": ("14 15 16 17 18 19", 3),
    }),
    "proqol": ((1, 5), "sum", {
        "satisfaction": ("3 6 12 16 18 20 22 24 27 30", 10),
        "burnout": ("1r 4r 8 10 15r 17r 19 21 26 29r", 10),
        "secondary": ("2 5 7 9 11 13 14 23 25 28", 10),
    }),
    "bat23": ((1, 5), "mean", {
        "exhaustion": ("1 2 3 4 5 6 7 8", 8), "distance": ("9 10 11 12 13", 5),
        "cognitive": ("14 15 16 17 18", 5), "emotional": ("19 20 21 22 23", 5),
        "total": (" ".join(map(str, range(1, 24))), 23),
    }),
    "bat12": ((1, 5), "mean", {
        "exhaustion": ("1 2 3", 3), "distance": ("4 5 6", 3), "cognitive": ("7 8 9", 3),
        "emotional": ("10 11 12", 3), "total": (" ".join(map(str, range(1, 13))), 12),
    }),
    "olbi": ((1, 4), "mean", {
        "disengagement": ("1 3r 6r 7 9r 11r 13 15", 8),
        "exhaustion": ("2r 4r 5 8r 10 12r 14 16", 8),
    }),
    "month_check": ((0, 4), "mean", {
        "exhaustion": ("1 5 9", 2), "secondary": ("2 6 10", 2), "support": ("3 7 11", 2),
        "rest": ("4 8 12", 2),
    }),
}  # fmt: skip


def by_a_second_reckoning(name: str, person: dict[int, float]) -> dict[str, float | None]:
    (lowest, highest), together, scales = KEYS[name]
    found: dict[str, float | None] = {}
    for scale, (items, needed) in scales.items():
        values = []
        for item in items.split():
            value = person.get(int(item.rstrip("r")))
            if value is not None:
                values.append(lowest + highest - value if item.endswith("r") else value)
        total = sum(values) / (len(values) or 1) if together == "mean" else sum(values)
        found[scale] = total if len(values) >= needed else None
    return found


def answered(name: str, people: int, share: float, seed: int) -> pd.DataFrame:
    """Random answers, some of them missing."""
    rng = np.random.default_rng(seed)
    instrument = read(name)
    shape = (people, len(instrument.items))
    values = rng.choice(instrument.answers, size=shape).astype(object)
    values[rng.random(shape) < share] = None
    return pd.DataFrame(values, columns=list(instrument.items))


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("share", [0.0, 0.05, 0.5])
def test_scores_are_those_of_a_second_reckoning(name: str, share: float) -> None:
    answers = answered(name, 300, share, seed=7)
    scores = score(read(name), answers)
    for row, person in answers.iterrows():
        given = {item: value for item, value in person.items() if value is not None}
        for scale, expected in by_a_second_reckoning(name, given).items():
            value = scores.loc[row, scale]
            if expected is None:
                assert pd.isna(value)
            else:
                assert value == pytest.approx(expected)


def one(name: str, answers: list[int | None]) -> dict[str, object]:
    frame = pd.DataFrame([answers], columns=list(read(name).items), dtype=object)
    return dict(score(read(name), frame).iloc[0])


def test_cbi_by_hand() -> None:
    # personal (100+75+50+25+0+50)/6 = 50; work 3·75+3·25 and item 13 "always" counts as 0:
    # 300/7 = 42.857…; client 6·25 = 25.
    result = one("cbi", [100, 75, 50, 25, 0, 50, 75, 75, 75, 25, 25, 25, 100, *[25] * 6])
    assert result["personal"] == 50
    assert result["personal_band"] == "high"
    assert result["work"] == pytest.approx(300 / 7)
    assert (result["client"], result["client_band"]) == (25, "low")


def test_proqol_by_hand() -> None:
    # All 3: each scale 30, since 6 − 3 is 3. All 5: satisfaction 50; burnout 5·1 + 5·5 = 30.
    threes = one("proqol", [3] * 30)
    assert [threes[s] for s in ("satisfaction", "burnout", "secondary")] == [30, 30, 30]
    fives = one("proqol", [5] * 30)
    assert [fives[s] for s in ("satisfaction", "burnout", "secondary")] == [50, 30, 50]
    assert fives["satisfaction_band"] == "high"
    # Reversed ones: 1, 4, 15, 17, 29. All of them 1 and all others 5 is the most.
    most = [1 if item in (1, 4, 15, 17, 29) else 5 for item in range(1, 31)]
    assert one("proqol", most)["burnout"] == 50


@pytest.mark.parametrize(("sum_", "band"), [(22, "low"), (23, "moderate"), (41, "moderate"),
                                            (42, "high")])  # fmt: skip
def test_proqol_bands_begin_where_they_are_published(sum_: int, band: str) -> None:
    key = read("proqol").key("secondary").items
    each = dict.fromkeys(key, sum_ // 10)
    each |= dict.fromkeys(key[: sum_ % 10], sum_ // 10 + 1)
    result = one("proqol", [each.get(item, 3) for item in range(1, 31)])
    assert (result["secondary"], result["secondary_band"]) == (sum_, band)


def test_olbi_by_hand() -> None:
    # Strongly agreeing with everything: 1 and, reversed, 4, half and half: 2.5 on both scales.
    agreed = one("olbi", [1] * 16)
    assert (agreed["disengagement"], agreed["exhaustion"]) == (2.5, 2.5)
    most = [1 if item in (2, 3, 4, 6, 8, 9, 11, 12) else 4 for item in range(1, 17)]
    assert one("olbi", most)["exhaustion"] == 4
    assert pd.isna(one("olbi", most)["exhaustion_band"])


def test_bat_by_hand() -> None:
    result = one("bat12", [3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 3, 3])  # 31/12 = 2.583…
    assert (result["exhaustion"], result["distance"]) == (3, pytest.approx(8 / 3))
    assert (result["total"], result["total_band"]) == (pytest.approx(31 / 12), "raised")
    assert one("bat12", [3] * 12)["total_band"] == "high"
    assert one("bat23", [1] * 8 + [5] * 15)["total"] == pytest.approx(83 / 23)
    assert pd.isna(one("bat23", [5] * 23)["total_band"])


@pytest.mark.parametrize(("scale", "at"), [("personal", range(1, 7)), ("work", range(7, 14)),
                                           ("client", range(14, 20))])  # fmt: skip
def test_cbi_has_no_score_with_too_few_answers(scale: str, at: range) -> None:
    needed = 4 if scale == "work" else 3
    for given in range(len(at) + 1):
        kept = list(at)[:given]
        result = one("cbi", [50 if item in kept else None for item in range(1, 20)])
        assert pd.isna(result[scale]) == (given < needed)


def test_turning_every_answer_around_turns_every_score_around() -> None:
    for name in INSTRUMENTS:
        instrument = read(name)
        answers = answered(name, 50, 0.0, seed=3)
        ends = instrument.answers[0] + instrument.answers[-1]
        one_way, other = score(instrument, answers), score(instrument, ends - answers)
        for key in instrument.scales:
            both = one_way[key.code.value] + other[key.code.value]
            assert both.to_numpy(float) == pytest.approx(sum(instrument.range(key.code)))


def test_our_own_check_covers_what_it_says_in_four_languages() -> None:
    check = read("month_check")
    assert check.version == 2
    assert {key.code.value: (len(key.items), key.strength) for key in check.scales} == {
        "exhaustion": (3, False), "secondary": (3, False), "support": (3, True), "rest": (3, True),
    }  # fmt: skip
    assert check.wording is not None
    assert check.wording.did_not_apply is not None
    assert not any(key.bands for key in check.scales)
    texts = check.wording
    for text in (*texts.items.values(), *texts.answers.values(), check.wording.did_not_apply):
        assert set(text.root) == set(LANGUAGES)
        assert all(text.root.values())
    languages = [{text.root[of] for text in texts.items.values()} for of in ("en", "it")]
    assert languages[0].isdisjoint(languages[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_our_own_check_asks_two_things_at_once(language: str) -> None:
    wording = read("month_check").wording
    assert wording
    two = re.compile(r"\b(and|or|but|because|y|o|pero|porque|i|però|perquè|e|ma|perché)\b")
    for text in wording.items.values():
        assert not two.search(text.root[language]), text.root[language]
        assert text.root[language].count(".") == 1


@pytest.mark.parametrize("name", [name for name in INSTRUMENTS if name != "month_check"])
def test_no_wording_of_a_published_instrument_is_shipped(name: str) -> None:
    assert read(name).wording is None


@pytest.mark.parametrize(
    ("name", "item", "values", "about"),
    [
        ("month_check", 2, (3, 4), "Images"),
        ("month_check", 3, (0, 1), "somebody of the team was there"),
        ("month_check", 4, (0, 1), "slept"),
        ("proqol", 8, (4, 5), ""),
        ("proqol", 25, (4, 5), ""),
    ],
)
def test_which_answers_ask_for_help_stands_in_the_file_of_an_instrument(
    name: str, item: int, values: tuple[int, ...], about: str
) -> None:
    assert read(name).matters[item] == values
    assert about in read(name).sentence(item)


def test_bands_begin_at_the_lowest_score_and_rise() -> None:
    for name in INSTRUMENTS:
        for key in read(name).scales:
            starts = list(key.bands.values())
            assert all(first < second for first, second in pairwise(starts))


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [(7, 60, "Row 2, item 7: 60 is no answer"), (7, "often", "often is no answer"),
     (20, 50, "no item 20"), ("name", "Ada", "no item name")],
)  # fmt: skip
def test_what_is_no_answer_is_refused_by_row_and_item(
    column: int | str, value: object, said: str
) -> None:
    answers = pd.DataFrame({7: [50, 50]}, dtype=object)
    answers.loc[1, column] = value
    with pytest.raises(CopehopeError, match=said):
        score(read("cbi"), answers)


@pytest.mark.parametrize(
    ("change", "said"),
    [("answers: [0, 100, 25]", "order"), ("items: [1, 1]", "wrong"),
     ("nonsense: 1", "nonsense"), ("reversed: [99]", "belongs to no scale"),
     ("{", "Instrument mine: line 10 cannot be read"), ("bands: {low: 5, high: 50}", "begin at"),
     ("matters: {3: [0]}", "matters: item 3"), ("matters: {1: [7]}", "matters: item 1"),
     ("stands_out: 0.5", "stands_out")],
)  # fmt: skip
def test_a_file_that_describes_no_instrument_is_one_sentence(change: str, said: str) -> None:
    known = {
        "answers": "answers: [0, 25, 50]", "reversed": "reversed: [1]",
        "items": "items: [1, 2]", "bands": "bands: {low: 0}",
    }  # fmt: skip
    name = change.partition(":")[0]
    lines, extra = known | {name: change}, "" if name in known else change
    text = (
        f"name: mine\nversion: 1\ntitle: Mine\n{lines['answers']}\n{lines['reversed']}\n"
        f"scoring: mean\nlicence: none\nsource: us\n{extra}\n"
        f"scales:\n  - {{code: rest, {lines['items']}, at_least: 1, {lines['bands']}}}\n"
    )
    with pytest.raises(CopehopeError, match=said):
        Instrument.parse(text)


def lines(name: str = "cbi") -> list[str]:
    return ["item,text", *(f"{n},Sentence {n}" for n in read(name).items)]


def test_a_wording_may_have_blanks_semicolons_and_words_for_answers() -> None:
    text = "\r\n".join(lines()).replace(",", ";") + "\r\n;\r\n"
    text += "".join(f"answer {value};Word {value}\r\n" for value in (0, 25, 50, 75, 100))
    found = wording(read("cbi"), text.encode("cp1252"))
    assert found.items[13].root == {"en": "Sentence 13"}
    assert found.answers[75].root == {"en": "Word 75"}


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [("19,Sentence 19", "", "lacks 19"),
     ("19,Sentence 19", "18,Again", "Line 20: 18 is there twice"),
     ("19,Sentence 19", "19,Sentence 19\n20,More", "has 20 too"),
     ("7,Sentence 7", "7,", "7 has no text"),
     ("7,Sentence 7", "seven,Sentence", "“seven” is no number"),
     ("item,text", "a,b", "columns item and text"),
     ("19,Sentence 19", "19,S\nanswer 1,Never\nanswer 5,Always", "answered with 0, 25")],
)  # fmt: skip
def test_a_wording_that_does_not_fit_the_key_is_one_sentence(was: str, now: str, said: str) -> None:
    with pytest.raises(CopehopeError, match=said):
        wording(read("cbi"), "\n".join(lines()).replace(was, now, 1).encode())


@pytest.mark.parametrize(
    ("item", "values", "turned", "said"),
    [(7, "1-5", "", "item 7 has the values 1-5"), (10, "0-100", "yes", "reversed in only one"),
     (13, "100 75 50 25 0", "no", "reversed in the key: 13")],
)  # fmt: skip
def test_a_wording_in_another_order_or_of_other_values_is_refused(
    item: int, values: str, turned: str, said: str
) -> None:
    rows = ["item,text,values,reversed"]
    rows += [
        f"{n},Sentence,{values},{turned}" if n == item else f"{n},Sentence,," for n in range(1, 20)
    ]
    with pytest.raises(CopehopeError, match=said):
        wording(read("cbi"), "\n".join(rows).encode())


def test_scripts_get_each_scale_under_its_english_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("1;2;3;4;5;6\n100;100;100;0;0;0\n25;;;;;\n")
    monkeypatch.setattr("sys.argv", ["copehope", "instrument", "score", "cbi", str(path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    first, second = json.loads(capsys.readouterr().out)
    assert (first["personal"], first["personal_band"], first["work"]) == (50, "high", None)
    assert (second["personal"], second["personal_band"]) == (None, None)


ENERGY = {
    "en": "Do you have enough energy for family and friends during leisure time?",
    "es": "¿Tiene suficiente energía para la familia y los amigos en su tiempo libre?",
    "ca": "Tens prou energia per a la família i els amics durant el temps de lleure?",
    "it": "Ha abbastanza energia per la famiglia e gli amici nel tempo libero?",
    "short": "energy left for friends",
}


@pytest.mark.parametrize("text", ENERGY.values(), ids=ENERGY)
@pytest.mark.parametrize("number", [7, 10, 13])
def test_the_reversed_item_of_the_cbi_is_known_by_its_meaning(text: str, number: int) -> None:
    rows = [
        f"{n};{text if n == number else f'Does it drain your energy {n}?'}" for n in range(1, 20)
    ]
    content = "\n".join(["item;text", *rows]).encode()
    if number == 13:
        assert wording(read("cbi"), content).items[13].spoken == text
        return
    with pytest.raises(CopehopeError, match=f"item {number} of the file is item 13 of the key"):
        wording(read("cbi"), content)


def test_all_burdens_at_their_most_are_a_hundred_once_the_items_are_numbered_as_the_key() -> None:
    answers = pd.DataFrame([[0 if n == 13 else 100 for n in range(1, 20)]], columns=range(1, 20))
    scores = score(read("cbi"), answers)
    assert scores.loc[0, ["personal", "work", "client"]].tolist() == [100, 100, 100]


@pytest.mark.parametrize(("name", "turned"), [("cbi", [13]), ("proqol", [1, 4, 15, 17, 29])])
def test_importing_a_wording_shows_which_items_are_counted_the_other_way_round(
    name: str, turned: list[int], tmp_path: Path
) -> None:
    assert copehope("init", "team", cwd=tmp_path).returncode == 0
    rows = [f"{n},Sentence {n}" for n in read(name).items]
    (tmp_path / "wording.csv").write_text("\n".join(["item,text", *rows]), "utf-8")
    done = copehope("instrument", "import", name, "wording.csv", "team", cwd=tmp_path)
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "; ".join(f"{n} “Sentence {n}”" for n in turned) in said
