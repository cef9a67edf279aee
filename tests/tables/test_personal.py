"""What looks like a person's name, mail, phone or papers, and what does not."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copehope_lib import vocabulary
from copehope_lib.demo.decisions import DECISIONS
from copehope_lib.language import LANGUAGES, catalog
from copehope_lib.tables.personal import Personal, heading_asks_for, kind_of, kinds
from copehope_lib.workspace import Workspace
from tests.night import sample


def labels() -> Iterator[str]:
    """Every label of the vocabulary, in every language."""
    for language in LANGUAGES:
        for kind in vocabulary.Vocabulary.__subclasses__():
            for member in kind:
                yield catalog(language).gettext(member.english)


@pytest.mark.parametrize(
    "cell",
    [
        "Amaka",
        "Amaka Obi",
        "AMAKA OBI",
        "María José",
        "O'Neill",
        "O’Neill",
        "Obi, Amaka",
        "M. José",
        "Ezenwa",
        "Ezenwa Chukwu",
        "Jean-Luc",
        "María de la Cruz",
        "Núria Puig i Soler",
        "Giulia D'Amico",
        "Олена",
        "Олена Шевченко",
        "جميلة",
        "Adédọ̀yin",
        "Hope",
        "amaka",
        "amaka obi",
        "josé luis",
        "W-001 Ezenwa",
        "W-001 (Amaka)",
        "Amaka 2",
        "Ama\u00adka",
        "Barcelona",
        "Casa Rosa",
        "Jean Paul 3",
    ],
)
def test_a_cell_of_a_few_capitalised_words_is_a_name(cell: str) -> None:
    assert kind_of(cell, prose=False) == Personal.NAME


@pytest.mark.parametrize(
    "cell",
    [
        "own_choice",
        "w-001",
        "W-001",
        "S-00012345",
        "ABCDEF-12345678",
        "W 001",
        "W001",
        "by herself",
        "reception centre",
        "sí",
        "més tard",
        "perché no",
        "hope",
        "peace",
        "grace",
        "12.5",
        "12,5",
        "-3",
        "1.234",
        "0.123456789",
        "41.3850639",
        "1998",
        "2026-10-05",
        "3/10/2026",
        "03.10.2026",
        "2026-10",
        "2026-10-05T10:00",
        "2026-10-05T10:00:00+02:00",
        "2026-10-05 10:00:00.123456",
        "3/10/2026 10:00",
        "3/10/2026 10.30",
        "10:00-11:30",
        "20261005",
        "202610051000",
        "20261005 a 20261010",
        "2025-2026",
        "2024-2025-2026",
        "2026-10-05/2026-11-05",
        "05-10-26 06-10-26",
        "1/10/2026 - 5/10/2026",
        "S-00012345 10/2026",
        "W-001 W-002 W-003 W-004",
        "X-1234567",
        "X-1234567 i X-1234568",
        "?",
        "-",
        "n/a",
        "X",
        "#REF!",
        "1e-05",
        "0" * 40,
        "100000 EUR",
        "EUR 100000",
    ],
)
def test_a_code_a_word_a_date_or_a_number_is_nobody(cell: str) -> None:
    assert kind_of(cell, prose=False) is None
    assert kind_of(cell, prose=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ask Amaka for the papers",
        "Amaka came late",
        "Parlar amb l'Amaka dijous",
        "El fill d’Aminata comença l’escola",
        "Amaka's room is too small",
        "CALL AMAKA",
        "Amaka",
        "Amaka Obi",
        "Hablar con José",
        "Chiedere a Giulia di venire",
        "La Marie-Claire no vindrà",
        "Ask whether Hope can come",
        "Hope Obi came to the group",
        "Blessing Ezenwa",
        "Hablar con Rosa mañana",
        "Parlare con Gioia",
        "Trucar a la Mercè",
        "Llamar a la Sra. Ezenwa",
        "llamar a la sra. Ezenwa",
        "Avisar a la señora Ezenwa",
        "Avvisare la signora Ezenwa",
        "Scrivere alla Sig.ra Ezenwa",
        "La dott.ssa Colombo non c'è",
        "Parlar amb la senyora Puig",
        "Hi ha la Na Puig",
        "Letter from Mr Ezenwa",
        "Letter from Mr. Ezenwa",
        "Talk to Dr. Puig",
        "Doña Ezenwa vendrá",
        "madam Ezenwa has rung again",
        "Call Ezenwa Chukwu about the flat",
        "The flat of Ezenwa Chukwu is cold",
        "La hermana de Ezenwa Chukwu vive cerca",
        "El germà de l'Ezenwa Chukwu viu a prop",
        "Il fratello di Ezenwa Chukwu abita qui",
        "Name: Adaeze",
        "Visit to Santa Coloma with Amaka",
    ],
)
def test_a_name_in_a_sentence_is_found(text: str) -> None:
    assert kind_of(text, prose=True) == Personal.NAME


@pytest.mark.parametrize(
    "text",
    [
        # Where she is accompanied.
        "Barcelona",
        "Milano",
        "Milan",
        "Badalona Nord",
        "Sant Adrià de Besòs",
        "SANT ADRIÀ DE BESÒS",
        "L'Hospitalet de Llobregat",
        "Santa Coloma de Gramenet",
        "Santa Maria di Licodia",
        "San Donato Milanese",
        "Sant'Agata di Militello",
        "Sesto San Giovanni",
        "Sta. Perpètua de Mogoda",
        "Vilassar de Mar",
        "Casa Rosa",
        "Centro Maria Montessori",
        "Alba",
        "Florence",
        "Victoria",
        # Where she comes from.
        "West Africa",
        "Sub-Saharan Africa",
        "Eastern Europe",
        "Latin America and the Caribbean",
        "South-East Asia",
        "Middle East and North Africa",
        "África Occidental",
        "América Latina",
        "Europa del Este",
        "Oriente Medio",
        "Sudeste Asiático",
        "Àfrica Occidental",
        "Amèrica Llatina",
        "Europa de l’Est",
        "Orient Mitjà",
        "Africa occidentale",
        "America Latina",
        "Europa dell'Est",
        "Medio Oriente",
        # What a team writes.
        "Ask Creu Roja for two beds",
        "Ask whether Cruz Roja has two beds",
        "Chiedere due posti alla Croce Rossa di Milano",
        "Demanar a Càritas de Santa Coloma una plaça",
        "Meet at Hospital de Sant Pau on Friday",
        "Nos vemos en la calle María de Molina",
        "Quedem al carrer de Joan Miró",
        "Ci vediamo in Via Giulia alle dieci",
        "Meet near Victoria Station at noon",
        "Women from West Africa and Eastern Europe choose other hours",
        "Pedir hora en el Ayuntamiento de Barcelona",
        "Demanar hora a l'Ajuntament de Barcelona",
        "Prendere appuntamento al Comune di Milano",
        "Agree with the Don Bosco school on places",
        "Hablar con Cruz Roja Española de Cornellà",
        "Trip to Sagrada Família with the group",
        "Hasta el 31/12/2026 12:00-14:00",
        "Room 12, floor 3, 25 chairs, 12 tables, 10 lamps",
        "Hope that she can come on Monday",
        "Patience first, then the papers",
        "Grace period of two weeks",
        "Sarà utile parlarne insieme",
        "Según lo acordado, esperar dos semanas",
        "Marco de actuación",
        "La paz y la esperanza",
        "Keep the Monday Group",
        "Take her to the doctor. Ask for papers",
        "Plan 12 sessions from 3/10/2026 10:00 to 12/12/2026",
        "Between 2026-10-05 and 2026-12-05, 10 places",
        "Budget of 12.500,50 for 2025-2026",
        "PEACE OF MIND FOR EVERYONE",
        "Don't ask twice",
        "see W-001, W-002 and S-00012345",
    ],
)
def test_a_place_or_a_plain_sentence_is_nobody(text: str) -> None:
    assert kind_of(text, prose=True) is None


@pytest.mark.parametrize("text", [text for texts in DECISIONS.values() for text in texts])
def test_a_decision_of_the_demonstration_is_nobody(text: str) -> None:
    assert kind_of(text, prose=True) is None


def test_a_label_of_the_vocabulary_is_nobody() -> None:
    every = sorted(set(labels()))
    assert len(every) > 400
    assert kinds(every, prose=True, allowed=frozenset()) == {}
    assert kinds(every, prose=False, allowed=frozenset(every)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org",
        "write to a.obi+1@mail.example.co.uk soon",
        "<ana@example.org>",
        "ANA@EXAMPLE.ORG",
        "ana＠example.org",
    ],
)
def test_an_email_address_is_found(text: str) -> None:
    assert kind_of(text, prose=True) == Personal.EMAIL
    assert kind_of(text, prose=False) == Personal.EMAIL


@pytest.mark.parametrize("text", ["@", "a@b", "two @ three", "@home.", "@@@@"])
def test_an_at_sign_is_no_address(text: str) -> None:
    assert kind_of(text, prose=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "600112233",
        "600 11 22 33",
        "600 112 233",
        "600.11.22.33",
        "600.112.233",
        "600-112-233",
        "600–112–233",
        "+34 600 11 22 33",
        "+34600112233",
        "(+34) 600 112 233",
        "0034-600112233",
        "0034 600 11 22 33",
        "02 1234 5678 9",
        "02 2012 3456",
        "02.12345678",
        "347/1234567",
        "347 / 12 34 567",
        "347 1234567",
        "+39 347 123 4567",
        "(02) 66 12 34 56",
        "+234 803 123 4567",
        "0803 123 4567",
        "600\u00a011\u00a022\u00a033",
        "６００１１２２３３",
        "her number is 600112233, after six",
        "tel.600112233",
        "Tel-600 11 22 33",
        "su teléfono: 600 11 22 33",
        "since 3/10/2026: 600 11 22 33",
        "3/10/2026 600 112 233",
        "600112233 / 611223344",
        "W-001 600112233",
    ],
)
def test_a_phone_number_is_found(text: str) -> None:
    assert kind_of(text, prose=True) == Personal.PHONE
    assert kind_of(text, prose=False) == Personal.PHONE


@pytest.mark.parametrize(
    "text",
    [
        "12345678Z",
        "12345678z",
        "12345678-Z",
        "12345678 Z",
        "12.345.678-Z",
        "12.345.678 Z",
        "12345678A",
        "X1234567L",
        "x1234567l",
        "Y-1234567-L",
        "X-1234567L",
        "X 1234567 L",
        "X-1.234.567-L",
        "RSSMRA85T10A562S",
        "rssmra85t10a562s",
        "RSS MRA 85T10 A562S",
        "RSSMRA-85T10-A562S",
        "RSSMRAU5TMLARSNS",
        "RSSMRA8RT1LA5SNS",
        "A12345678",
        "AAA123456",
        "YA1234567",
        "YA 1234567",
        "ab123456789",
        "CA12345AB",
        "CA 12345 AB",
        "ca-12345-ab",
        "her paper is YA1234567, copied",
        "NIE: X1234567L",
    ],
)
def test_an_identity_document_is_found(text: str) -> None:
    assert kind_of(text, prose=True) == Personal.DOCUMENT
    assert kind_of(text, prose=False) == Personal.DOCUMENT


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Barcelona", False),
        ("barcelona", False),
        ("Casa Amaka", False),
        ("Barcelona, Casa Amaka", False),
        ("Meet at casa AMAKA on Friday", True),
        ("Ask the Punt Lila office for a room", True),
        ("Punt Lila", False),
        ("Adrià", True),
        ("Ask Adria for a place", True),
    ],
)
def test_what_the_team_allows_is_no_name(text: str, prose: bool) -> None:
    allowed = frozenset({"Barcelona", "Casa Amaka", "Punt Lila", "ADRIÀ"})
    assert kind_of(text, prose=prose, allowed=allowed) is None


@pytest.mark.parametrize("text", ["Casa Amaka Obi", "Amaka", "Barcelona Ezenwa"])
def test_what_stands_beside_an_allowed_text_is_still_looked_at(text: str) -> None:
    allowed = frozenset({"Barcelona", "Casa Amaka"})
    assert kind_of(text, prose=False, allowed=allowed) == Personal.NAME


def test_only_texts_that_look_personal_are_returned() -> None:
    texts = ["own_choice", "amaka", "W-001", "600112233", "a@b.org", "X1234567L", "3/10/2026"]
    assert kinds(texts, prose=False, allowed=frozenset()) == {
        "amaka": Personal.NAME,
        "600112233": Personal.PHONE,
        "a@b.org": Personal.EMAIL,
        "X1234567L": Personal.DOCUMENT,
    }


@pytest.mark.parametrize("prose", [True, False])
def test_many_texts_are_judged_as_each_alone(prose: bool) -> None:
    texts = ["Amaka", "amaka", "own_choice", "Ask Amaka", "600 11 22 33", "12345678z", "núria"]
    alone = {text: kind_of(text, prose=prose) for text in texts}
    together = kinds(texts, prose=prose, allowed=frozenset())
    assert together == {text: kind for text, kind in alone.items() if kind is not None}


@pytest.mark.parametrize(
    "heading",
    [
        "Nombre", "NOMBRE", "Nombre completo", "Nombre y apellidos", "Nombre de la mujer",
        "Nom", "Nom i cognoms", "Nom de la dona", "Nome", "Nome e cognome", "Name", "name",
        "First name", "first_name", "FirstName", "full-name", "Her name", "Surname",
        "Apellidos", "Primer apellido", "Cognoms", "Cognome", "Telefono", "Teléfono",
        "Teléfono de contacto", "Telèfon", "Mòbil", "Móvil", "Cellulare", "Phone number",
        "Email", "E-mail", "Correo", "Correo electrónico", "Correu electrònic", "DNI",
        "DNI/NIE", "NIE", "NIF", "Pasaporte", "Passaport", "Passaporto", "Passport no.",
        "Codice fiscale", "Codice Fiscale", "Dirección", "Adreça", "Indirizzo", "Home address",
        "Fecha de nacimiento", "Data de naixement", "Data di nascita", "Date of birth",
        "date_of_birth", "Birthday", "Documento de identidad", "Carta d'identità",
    ],
)  # fmt: skip
def test_a_heading_that_asks_for_a_person_is_found(heading: str) -> None:
    assert heading_asks_for(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Código de la mujer", "Codi de la dona", "Codice della donna", "Woman", "woman",
        "Name of activity", "Activity name", "Nombre de la actividad", "Nom de l'activitat",
        "Nome dell'attività", "Nome del corso", "Nombre del curso", "Site name",
        "Nombre de sesiones", "Nombre de dones", "Birth year", "birth_year",
        "Año de nacimiento", "contact_channel", "phone channel", "Number", "Numero", "Número",
        "Nominated", "Economic", "Notes", "Notas", "Identidad de género", "Telematic",
        "Fecha de entrada", "Data d'entrada", "", "?", "Mobility", "Mobilità",
        "Write here in a few words what the name of the game is",
        "professional", "starts_at", "region_of_origin", "leaving_reason",
    ],
)  # fmt: skip
def test_a_heading_that_asks_for_something_else_is_left_alone(heading: str) -> None:
    assert not heading_asks_for(heading)


PIECES = st.sampled_from(
    ["Amaka", "a", " ", ".", ",", "-", "'", "’", "@", "0", "12", "+", "(", "/", "\n", "\x00",
     "É", "Sant", "Sra.", "W-001", "2026-10-05", "X", "\u0301", "\ud800", "ﷺ", "٣", "名", "ß"]
)  # fmt: skip


@given(st.text() | st.lists(PIECES, max_size=300).map("".join), st.booleans())
def test_no_text_is_too_strange(text: str, prose: bool) -> None:
    kind_of(text, prose=prose)
    kind_of(text, prose=prose, allowed=frozenset({text}))
    kinds([text], prose=prose, allowed=frozenset())
    heading_asks_for(text)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.booleans())
def test_a_long_text_is_judged_by_its_beginning(piece: str, prose: bool) -> None:
    long = piece * (1_000_000 // len(piece))
    assert kind_of(long, prose=prose) == kind_of(long[:2000], prose=prose)
    heading_asks_for(long)


@pytest.mark.parametrize(
    "text", ["اتصلي بفاطمة غدا", "Позвонить Ольге", "להתקשר לשרה", "Call 李小红"]
)
def test_free_text_in_another_script_is_refused_unless_the_team_allows_it(text: str) -> None:
    assert kind_of(text, prose=True) == Personal.SCRIPT
    assert kind_of(text, prose=True, allowed=frozenset({text})) is None


PLACES = [
    "la Vila de Gràcia", "l'Antiga Esquerra de l'Eixample", "la Verneda i la Pau", "L'Eliana",
    "Olesa de Montserrat", "Las Palmas de Gran Canaria", "Don Benito", "Isla Cristina",
    "Gioia Tauro", "Vittorio Veneto", "Martina Franca", "Albano Laziale", "Colle di Val d'Elsa",
    "Alba Adriatica", "Centro Martina Franca",
]  # fmt: skip


@pytest.mark.parametrize("site", sample(PLACES))
def test_a_town_called_like_a_person_may_be_a_site(small: Workspace, site: str) -> None:
    path = small.registry / "women.csv"
    path.write_text(path.read_text("utf-8").replace("Barcelona", f'"{site}"'), "utf-8")
    assert small.tables().findings == ()
    assert set(small.tables().women["site"]) == {site}


@pytest.mark.parametrize("site", ["Amaka Obi", "Rosa Martina Franco", "María José", "Anna"])
def test_a_person_in_place_of_a_site_is_refused(small: Workspace, site: str) -> None:
    path = small.registry / "women.csv"
    path.write_text(path.read_text("utf-8").replace("Barcelona", site), "utf-8")
    assert {one.id for one in small.tables().findings} == {"person_name"}
