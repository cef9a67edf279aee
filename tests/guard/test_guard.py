"""What the guard finds in labelled sentences, how much of it, and that it never takes long."""

import time
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from copehope_lib import language
from copehope_lib.guard import Found, Kind, find, replace
from copehope_lib.guard.plain import Plain, bare
from copehope_lib.language import LANGUAGES, catalog
from tests.guard.labelled import Sentence, marked, read
from tests.night import NIGHT, sample

SETS = {
    name: {spoken: read(f"{spoken}{ending}") for spoken in LANGUAGES}
    for name, ending in [
        ("labelled", ""), ("later", "-later"), ("third", "-third"), ("fourth", "-fourth")
    ]
}  # fmt: skip
EVERY = [one for spoken in SETS.values() for sentences in spoken.values() for one in sentences]
STRUCTURED = set(Kind) - {Kind.NAME, Kind.ADDRESS}


def counted(sentences: list[Sentence]) -> Counter[tuple[Kind, str]]:
    """How many marks were found, and how many findings were marked; an overlap is enough."""
    counts: Counter[tuple[Kind, str]] = Counter()
    for sentence in sentences:
        found = find(sentence.text)
        for start, end, kind in sentence.marks:
            counts[kind, "marked"] += 1
            counts[kind, "found"] += any(
                one.kind is kind and one.start < end and start < one.end for one in found
            )
        for one in found:
            counts[one.kind, "told"] += 1
            counts[one.kind, "right"] += any(
                one.kind is kind and one.start < end and start < one.end
                for start, end, kind in sentence.marks
            )
    return counts


def share(counts: Counter[tuple[Kind, str]], kinds: set[Kind], part: str, whole: str) -> float:
    total = sum(counts[kind, whole] for kind in kinds)
    return sum(counts[kind, part] for kind in kinds) / total if total else 1.0


def recall(counts: Counter[tuple[Kind, str]], kinds: set[Kind]) -> float:
    return share(counts, kinds, "found", "marked")


def precision(counts: Counter[tuple[Kind, str]], kinds: set[Kind]) -> float:
    return share(counts, kinds, "right", "told")


@pytest.mark.parametrize("name", SETS)
def test_it_finds_most_and_cries_seldom(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    by_language = {spoken: counted(sentences) for spoken, sentences in SETS[name].items()}
    together = sum(by_language.values(), Counter[tuple[Kind, str]]())
    with capsys.disabled():
        print(f"\n{name}: recall / precision")
        print(f"{'':<12}" + "".join(f"{who:>14}" for who in (*LANGUAGES, "all")))
        for kind in Kind:
            cells = [
                f"{recall(counts, {kind}):.2f} / {precision(counts, {kind}):.2f}"
                for counts in (*by_language.values(), together)
            ]
            print(f"{kind.value:<12}" + "".join(f"{cell:>14}" for cell in cells))
        print(f"{'together':<12}" + " " * 56 + f"{recall(together, set(Kind)):.2f} / "
              f"{precision(together, set(Kind)):.2f}")  # fmt: skip
    for kind in STRUCTURED:
        assert recall(together, {kind}) >= 0.95, kind
    assert recall(together, {Kind.ADDRESS}) >= 0.85
    assert recall(together, {Kind.NAME}) >= 0.85
    assert precision(together, {Kind.NAME}) >= 0.8
    assert precision(together, STRUCTURED) >= 0.9
    for counts in by_language.values():
        assert recall(counts, STRUCTURED) >= 0.95
        assert recall(counts, {Kind.NAME}) >= 0.85


def test_the_set_is_large_and_half_of_it_is_nobody() -> None:
    for spoken in LANGUAGES:
        sentences = SETS["labelled"][spoken]
        assert len({one.text for one in sentences}) == len(sentences) >= 105
        assert 0.4 <= sum(not one.marks for one in sentences) / len(sentences) <= 0.6
        assert {kind for one in sentences for *_, kind in one.marks} == set(Kind)


def test_half_of_the_sets_that_were_written_before_a_change_is_nobody() -> None:
    for name, size in [("third", 40), ("fourth", 15)]:
        for sentences in SETS[name].values():
            assert len(sentences) >= size
            assert 0.4 <= sum(not one.marks for one in sentences) / len(sentences) <= 0.6


def test_the_markup_is_taken_away() -> None:
    assert marked("Ask {name:Ama} at {phone:600}.") == Sentence(
        "Ask Ama at 600.", ((4, 7, Kind.NAME), (11, 14, Kind.PHONE))
    )


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ("Chiamare 347/000 1234, dopo le sei", "347/000 1234", Kind.PHONE),
        ("(+34) 600.000.115 please", "(+34) 600.000.115", Kind.PHONE),
        ("since 3/10/2026 600 000 112", "600 000 112", Kind.PHONE),
        ("IBAN ES00 2100 0418 4502 0000 0000; tel 600 000 112", "600 000 112", Kind.PHONE),
        ("Hope: came late", "Hope", Kind.NAME),
        ("<joy1998@example.com>", "joy1998@example.com", Kind.EMAIL),
        ("mailto:joy@example.com.", "joy@example.com", Kind.EMAIL),
        ("(https://example.org/a_b).", "https://example.org/a_b", Kind.LINK),
        ("in Calle Mayor 12, 3º 2ª, with two", "Calle Mayor 12, 3º 2ª", Kind.ADDRESS),
        ("in Vicolo Inventato 45/B.", "Vicolo Inventato 45/B", Kind.ADDRESS),
        ("born on 12 March 1998, up north", "12 March 1998", Kind.BIRTH_DATE),
        ("NIE: x0000001r.", "x0000001r", Kind.DOCUMENT),
        ("with María de la Cruz Quispe today", "María de la Cruz Quispe", Kind.NAME),
        ("la Sig.ra Montebruno è qui", "Montebruno", Kind.NAME),
        ("la carpeta d'Amaka Obi és aquí", "Amaka Obi", Kind.NAME),
        ("Amaka's appointment moved", "Amaka", Kind.NAME),
        ("(W-001)", "W-001", Kind.CODE),
    ],
)
def test_a_piece_begins_and_ends_where_it_should(text: str, piece: str, kind: Kind) -> None:
    start = text.index(piece)
    assert find(text) == [Found(start, start + len(piece), kind)]


WAYS = {
    Kind.PHONE: ["07911 000 123", "+34-93-000-11-22", "971/00.11.22", "+212 (0)6 00 00 01 23",
                 "+380 (67) 000-01-23", "0039 347 000 12 34", "6 0 0 0 0 0 1 1 2"],
    Kind.LINK: ["t.me/invented_group", "wa.me/34600000112", "bit.ly/3invented", "example.com"],
    Kind.ADDRESS: ["C. Inventada 123", "carrer d'Enlloc, 12", "Gran Via de la Fantasia 585",
                   "Av. Quimera 640 6è 2a", "Via G. Inventati 3", "via XX Chimera n. 20",
                   "Piazzale Nessuno 9", "C/Mayor Inventada, 3, 2º 1ª"],
    Kind.DOCUMENT: ["12345678-Z", "12.345.678-Z", "x1234567l", "AX0000001", "ca00000ab"],
    Kind.BIRTH_DATE: ["3rd of March, 1999", "March 3, 1999", "3-març-1999", "03 03 1999",
                      "1999/03/03", "3 mar 1999", "3 de marzo de 1999", "3 d’abril del 1999"],
    Kind.CODE: ["W-001", "P\u2011003", "BCN-12", "S-00012345"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "piece"), [(kind, piece) for kind, pieces in WAYS.items() for piece in pieces]
)
def test_there_are_many_ways_to_write_it(kind: Kind, piece: str) -> None:
    before = {Kind.DOCUMENT: "DNI ", Kind.BIRTH_DATE: "born on "}.get(kind, "it is ")
    found = Found(len(before), len(before) + len(piece), kind)
    assert find(f"{before}{piece}") == find(f"{before}{piece}, they say") == [found]


@pytest.mark.parametrize(
    "text",
    ["Del 2025-09-01 al 2026-06-30", "Son 3.000.000.000 en total",
     "Horario: 9.30-11.00 / 11.30", "50 €/mes x 12 = 600 €",
     "Edades 18-25, 26-35, 36-45",
     "Art. 13, 14 y 15", "CP 08001",
     "la avenida principal tiene 4 bares", "Calle cortada 2 días", "Call at 10 30 00",
     "Rambla 3 veces por semana", "corso di italiano 2", "Via libera dal Comune il 3 marzo",
     "The reference is AB123456", "cumple con el plan desde el 3 de marzo"],
)  # fmt: skip
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fueron a Zabrello y le escribió a Zabrello", 1),
        ("She went back to Zabrello after a fight", 1),
        ("Vivían juntas en Turín. Vivian no está.", 1),
        ("She lives in Zabrello, but trusts in Zabrello as well", 1),
        ("A film by Zabrello is on, and Zabrello is late", 1),
        ("Trabaja en Zabrello y las demás esperan a Zabrello", 1),
        ("Vam parlar amb en Zabrello dels Zabrello i prou", 1),
        ("Ha lavorato nel Zabrello, poi della Zabrello nessuna notizia", 1),
        ("The interpreter (Zabrello) was late", 1),
        ("Zabrello slept well again", 1),
        ("Somebody slept well again", 0),
        ("L'Zabrello va tornar a casa tard", 1),
        ("Viu a Gràcia amb els nens", 0),
        ("Vam veure la Gràcia amb els nens", 1),
        ("Hope still waits for the papers", 1),
        ("Hope still matters to the group", 0),
        ("El ZBR Lombardia no contesta a nadie", 0),
        ("In Sala Luna the others cooked", 0),
        ("She opens it with Firefox, over the Wi-Fi of the house", 0),
    ],
)
def test_what_stands_around_a_capital_tells(text: str, names: int) -> None:
    assert [one.kind for one in find(text)] == [Kind.NAME] * names


@pytest.mark.parametrize("text", ["W-7KQ4M", "W-HKMNP", "W-1234Z and W-B2RTX", "ask W-7KQ4M."])
def test_a_pseudonym_may_stand(text: str) -> None:
    assert find(text) == []


def test_two_numbers_are_told_apart() -> None:
    text = "Tel 600000112 / 93 000 11 22"
    assert [text[one.start : one.end] for one in find(text)] == ["600000112", "93 000 11 22"]


def test_five_digits_are_no_pseudonym() -> None:
    assert find("W-12345") == [Found(0, 7, Kind.CODE)]


def test_what_is_allowed_is_left_alone() -> None:
    text = "Ask Punt Lila or AMAKA, on 600 000 112"
    assert [one.kind for one in find(text)] == [Kind.NAME, Kind.NAME, Kind.PHONE]
    assert find(text, frozenset({"punt lila", "Amaka", "600 000 112"})) == []


@pytest.mark.parametrize("spoken", [one for one in LANGUAGES if one != "en"])
def test_what_the_workbench_itself_says_is_about_nobody(spoken: str) -> None:
    path = Path(language.__file__).parent / "locale" / spoken / "copehope.po"
    catalogue = read_po(BytesIO(path.read_bytes()), locale=spoken)
    said = [text for message in catalogue if message.id
            for text in (message.id, message.string) if isinstance(text, str)]  # fmt: skip
    assert len(said) > 1000
    assert sum(bool(find(text)) for text in said) <= len(said) / 200


@pytest.mark.parametrize("sentence", EVERY, ids=lambda one: one.text[:30])
def test_what_is_offered_is_not_found_again(sentence: Sentence) -> None:
    for offer in (0, -1):
        text = sentence.text
        for one in reversed(find(text)):
            text = replace(text, one, one.offers(text)[offer])
        left = [text[one.start : one.end] for one in find(text)]
        # Neighbours of what was replaced may only now stand out; nothing offered may.
        assert not [piece for piece in left if "[" in piece or piece.endswith(".")]


def test_initials_and_brackets_are_offered_in_the_language_in_use() -> None:
    text = "con María de la Cruz, 600 000 112"
    name, phone = find(text)
    assert name.offers(text) == ["M. C.", "[name]"]
    assert phone.offers(text) == ["[phone]"]
    for spoken in LANGUAGES:
        language.use(spoken)
        assert phone.offers(text) == [f"[{catalog(spoken).gettext('phone')}]"]
    assert all(kind.why.endswith(".") and kind.label for kind in Kind)


def test_a_name_in_another_alphabet_has_initials() -> None:
    text = "Hablamos con Олена Шевченко ayer por la tarde"
    (name,) = find(text)
    assert text[name.start : name.end] == "Олена Шевченко"
    assert name.offers(text)[0] == "О. Ш."


@pytest.mark.parametrize(
    "text",
    [
        "اتصلي بفاطمة الزهراء غدا",
        "明天打电话给李小红",
        "আগামীকাল সালমা খাতুনকে ফোন",
        "فردا به مریم احمدی زنگ بزن",
        "Позвонить Ольге завтра",
        "τηλεφώνησε στην Ελένη αύριο",
        "להתקשר לשרה כהן מחר",
        "დაურეკე ნინოს ხვალ",
        "कल सुनीता को फोन करो",
        "ነገ ለአልማዝ ደውል",
        "โทรหาสมหญิงพรุ่งนี้",
        "내일 김지영에게 전화",
        "明日花子に電話",
        "நாளை லட்சுமிக்கு அழை",
        "Զանգիր Անահիտին վաղը",
    ],
)
def test_all_words_of_another_script_are_told(text: str) -> None:
    said = f"Nota: {text}."
    found = find(said)
    assert {one.kind for one in found} <= {Kind.SCRIPT, Kind.NAME}
    told = {at for one in found for at in range(one.start, one.end)}
    assert "".join(sign for at, sign in enumerate(said) if at not in told).split() == ["Nota:", "."]
    assert Kind.SCRIPT.bracket == "[other script]"


def test_signs_of_measures_and_letters_of_our_own_languages_are_no_other_script() -> None:
    said = "L’àpat és a les 12; 3 µg, 5 Ω, n.º 4, 1ª, col·legi, cuore ♥, ŝtona, łza, 2 m², α"
    assert find(said) == []


STRANGE = st.sampled_from(
    ["Amaka", "Núria", "Nu\u0301ria", "a", " ", ".", ",", "-", "'", "’", "@", "0", "12", "+",
     "(", "/", "\n", "\r", "\x00", "É", "Sant", "Sra.", "W-001", "2026-10-05", "X", "\u0301",
     "\ud800", "ﷺ", "٣", "名", "ß", "ﬁ", "№", "６００", "👩🏽‍🦱", "\u200b", "\u202e", "جميلة",
     "Sarà", "600 000 112", "a@example.org", "born 12/03/1998", "Via Roma 12", "https://x.org/"]
)  # fmt: skip


@example("@Aﷺ")
@given(st.text() | st.lists(STRANGE, max_size=60).map("".join))
def test_findings_lie_in_the_text_and_apart(text: str) -> None:
    found = find(text)
    assert found == sorted(found)
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        at = one.end
        assert all(isinstance(offer, str) and offer for offer in one.offers(text))


@given(st.text() | st.lists(STRANGE, max_size=60).map("".join))
def test_both_ways_to_a_bare_text_agree_and_every_place_is_right(text: str) -> None:
    plain = Plain.of(text)
    assert plain.text == bare(text)
    assert len(plain.places) == len(plain.text)
    for at, place in enumerate(plain.places):
        assert plain.text[at].lower() in bare(text[place]).lower()


PREFIXES = [
    "", "👩🏽‍🦱 ", "جميلة عثمان ", "e\u0301\u0323 ", "\x00\x00 ", "ﷺ ", "\u202eabc\u202c ",
    "ﬁ № ½ ", "\ud83d ", "名前 ", "\u200b\ufeff",
]  # fmt: skip
PIECES = [
    ("Núria Bou", Kind.NAME), ("Nu\u0301ria Bou", Kind.NAME), ("Ama\u00adka", Kind.NAME),
    ("６００ 000 112", Kind.PHONE), ("600\u00a0000\u00a0112", Kind.PHONE),
    ("600 00\u200b0 112", Kind.PHONE), ("ana＠example.org", Kind.EMAIL),
    ("Calle Peñón 12, 3º", Kind.ADDRESS), ("X00\u200b00001R", Kind.DOCUMENT),
    ("12/03/1998", Kind.BIRTH_DATE), ("W-00\u200b1", Kind.CODE),
]  # fmt: skip


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(("piece", "kind"), PIECES)
def test_places_are_those_of_the_text_that_was_given(prefix: str, piece: str, kind: Kind) -> None:
    text = f"{prefix}we saw {piece}, today"
    start = len(prefix) + len("we saw ")
    assert Found(start, start + len(piece), kind) in find(text)


def test_a_long_paste_is_its_lines_one_by_one() -> None:
    lines = [one.text for one in EVERY]
    alone = [[(one.start, one.end, one.kind) for one in find(line)] for line in lines]
    times = 200_000 // sum(len(line) + 1 for line in lines) + 1
    paste = "\n".join(lines * times)
    assert len(paste) >= 200_000
    expected, at = [], 0
    for line, found in zip(lines * times, alone * times, strict=True):
        expected += [Found(at + start, at + end, kind) for start, end, kind in found]
        at += len(line) + 1
    assert find(paste) == expected


@pytest.mark.parametrize(
    "piece",
    sample(["1", "1 ", "12 ", "1(((", "1/2/", "600 000 112 ", "A", "A ", "Amaka ", "Amaka-",
     "Amaka de ", "Sra. Puig ", "a@b.", "@", "calle de la ", "12 Elm ", "DNI 1 ", "12 mar ",
     "http://", "www.", "\x00", "👩🏽‍🦱", "جميلة ", "a\u0301\u0323",
     "\u200b", " ", "\n", "x-", "Ref 12 "]),
)  # fmt: skip
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begin = time.process_time()
        find(text)
        return time.process_time() - begin

    seconds(1000)
    # What grows with the square would take sixteen times as long; a slow moment is forgiven.
    long = 200_000 if NIGHT else 60_000
    turns = (seconds(long) <= 10 * seconds(long // 4) + long / 200_000 for _turn in range(3))
    assert any(turns)
