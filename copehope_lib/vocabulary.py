"""The words a table may hold: each has a code, a label and the report section it comes from.

The code is what is written in a registry and never translated; the label is what people read,
in the language in use.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeVar

from copehope_lib.language import LANGUAGES, catalog, gettext, plain
from copehope_lib.language import mark as N_

T = TypeVar("T")


class Vocabulary(StrEnum):
    """A closed list of values for one column.

    Examples
    --------
    >>> Pattern.PAUSED.label
    'Paused'
    >>> Barrier.label_of("childcare"), Barrier.CHILDCARE.section
    ('Childcare', '5.6')
    """

    english: str
    section: str

    def __new__(cls, code: str, english: str, section: str) -> Self:
        """Make a member whose value is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.section = section
        return member

    @property
    def label(self) -> str:
        """What people read, in the language in use."""
        return gettext(self.english)

    @classmethod
    def label_of(cls, code: str) -> str:
        """Return the label of a code; a code of another list is returned as it is."""
        known = (*cls, *Together)
        return next((member.label for member in known if member.value == code), code)

    @classmethod
    def codes(cls) -> list[str]:
        """All codes, in the order in which they are declared."""
        return [member.value for member in cls]

    @classmethod
    def told(cls) -> list[str]:
        """All codes, and those under which groups are told several words as one."""
        return [*cls.codes(), *Together.codes()]

    @classmethod
    def each(cls, said: Mapping[Any, T]) -> list[T]:
        """Return what is said of each word, in the order in which they are declared.

        Raises
        ------
        LookupError
            If nothing is said of a word: it names all of those.

        Examples
        --------
        >>> YesNo.each({"no": 0, "yes": 1})
        [1, 0]
        """
        left = [code for code in cls.codes() if code not in said]
        if left:
            raise LookupError(f"{cls.__name__}: say also what holds for {', '.join(left)}")
        return [said[code] for code in cls.codes()]

    @classmethod
    @cache
    def readings(cls) -> dict[str, str]:
        """Return the code of everything a team may write: code or label, in any language.

        Keys are without case and accents, as :func:`copehope_lib.language.plain` leaves them.

        Examples
        --------
        >>> Coverage.readings()["covered in part"], Coverage.readings()["not covered"]
        ('partly', 'not_covered')
        """
        return {
            plain(written): member.value
            for member in cls
            for written in (
                member.value,
                *(catalog(language).gettext(member.english) for language in LANGUAGES),
            )
        }


class YesNo(Vocabulary):
    """A plain fact."""

    YES = "yes", N_("Yes"), "5"
    NO = "no", N_("No"), "5"


class YesNoUnknown(Vocabulary):
    """An answer of a risk assessment; not knowing is an answer too (§5.1.1)."""

    YES = "yes", N_("Yes"), "5.1.1"
    NO = "no", N_("No"), "5.1.1"
    UNKNOWN = "unknown", N_("Not known"), "5.1.1"


class LeavingReason(Vocabulary):
    """Why a stay ended. None of them is a judgement (§5.6: processes are intermittent)."""

    COMPLETED = "completed", N_("Itinerary completed"), "5.5"
    OWN_CHOICE = "own_choice", N_("Her own choice"), "5.6"
    MOVED = "moved", N_("Moved away"), "5.1.1"
    REFERRED = "referred", N_("Referred to another service"), "5.4"
    PROTECTION_PROGRAMME = "protection_programme", N_("Protection programme"), "5.1.1"
    LOST_CONTACT = "lost_contact", N_("Contact lost"), "5.6"
    OTHER = "other", N_("Another reason"), "5.6"


class ResidenceStatus(Vocabulary):
    """What her papers allow (§5.2: permits often have limits that are hard to sort out)."""

    ASYLUM_APPLICANT = "asylum_applicant", N_("Asylum applicant"), "4.1"
    PROTECTION = "protection", N_("International protection"), "4.1"
    RESIDENCE_AND_WORK = "residence_and_work", N_("Residence and work permit"), "5.2"
    RESIDENCE_NO_WORK = "residence_no_work", N_("Residence without work permit"), "5.2"
    NONE = "none", N_("No permit"), "4.1"
    UNKNOWN = "unknown", N_("Not known"), "5.2"


class Housing(Vocabulary):
    """Where she lives (§5.2, §5.1.1)."""

    RECEPTION_CENTRE = "reception_centre", N_("Reception centre"), "5.2"
    PROTECTED_SHELTER = "protected_shelter", N_("Protected shelter"), "5.1.1"
    SHARED_FLAT = "shared_flat", N_("Shared flat"), "5.2"
    OWN_HOME = "own_home", N_("Her own home"), "5.2"
    INSECURE = "insecure", N_("Insecure housing"), "5.2"
    UNKNOWN = "unknown", N_("Not known"), "5.2"


class Profile(Vocabulary):
    """What a professional brings to the multidisciplinary team (§5.4)."""

    SOCIAL_EDUCATOR = "social_educator", N_("Social educator"), "5.4"
    SOCIAL_WORKER = "social_worker", N_("Social worker"), "5.4"
    PSYCHOLOGIST = "psychologist", N_("Psychologist"), "4.12"
    CULTURAL_MEDIATOR = "cultural_mediator", N_("Cultural mediator"), "4.12"
    LEGAL_ADVISER = "legal_adviser", N_("Legal adviser"), "5.4"
    JOB_COUNSELLOR = "job_counsellor", N_("Job counsellor"), "4.3"
    LANGUAGE_TEACHER = "language_teacher", N_("Language teacher"), "4.9"
    CREATIVE_THERAPIST = "creative_therapist", N_("Creative therapist"), "4.11"
    TRAINER = "trainer", N_("Trainer"), "4.15"
    COORDINATOR = "coordinator", N_("Coordinator"), "5.4"
    VOLUNTEER = "volunteer", N_("Volunteer"), "5.5"


def voices() -> dict[str, str]:
    """Return who may speak in a reflection: she, for whom one of the team speaks, and each profile.

    Examples
    --------
    >>> list(voices().items())[:2]
    [('she', 'She herself, spoken by one of us'), ('social_educator', 'Social educator')]
    """
    she = gettext(N_("She herself, spoken by one of us"))
    return {"she": she, **{one.value: one.label for one in Profile}}


class Function(Vocabulary):
    """What a professional does for one woman (§5.4: functions are shared out)."""

    REFERENCE = "reference", N_("Reference person"), "5.4"
    PSYCHOLOGICAL = "psychological", N_("Psychological"), "4.12"
    LEGAL = "legal", N_("Legal"), "5.4"
    WORK = "work", N_("Work"), "4.3"
    HEALTH = "health", N_("Health"), "5.4"
    MEDIATION = "mediation", N_("Mediation"), "4.12"
    LANGUAGE = "language", N_("Language"), "4.9"
    PARENTING = "parenting", N_("Parenting"), "4.4"


class Module(Vocabulary):
    """The fifteen lines of work of §4."""

    WELCOME = "welcome", N_("Welcome module"), "4.1"
    DIGITAL_LITERACY = "digital_literacy", N_("Digital literacy"), "4.2"
    WORK_GUIDANCE = "work_guidance", N_("Work guidance"), "4.3"
    PARENTING = "parenting", N_("Parenting course"), "4.4"
    PHOTOGRAPHY = "photography", N_("Therapeutic photography"), "4.5"
    COACHING = "coaching", N_("Coaching"), "4.6"
    BODY_MOVEMENT = "body_movement", N_("Body and movement"), "4.7"
    MUSIC = "music", N_("Expression through music"), "4.8"
    LANGUAGE = "language", N_("Language course"), "4.9"
    WOMENS_GROUP = "womens_group", N_("Women’s groups"), "4.10"
    ART_THERAPY_LAB = "art_therapy_lab", N_("Art therapy, mothers and children"), "4.11"
    PSYCHOLOGICAL_SUPPORT = "psychological_support", N_("Psychological support"), "4.12"
    SEWING = "sewing", N_("Sewing"), "4.13"
    ON_THE_JOB = "on_the_job", N_("Training on the job"), "4.14"
    OTHER_TRAINING = "other_training", N_("Other training"), "4.15"


class Format(Vocabulary):
    """How an activity is held (§5.1.2: alone, where meeting others is not safe)."""

    INDIVIDUAL = "individual", N_("Individual"), "5.1.2"
    GROUP = "group", N_("Group"), "5.1.2"
    ONLINE_INDIVIDUAL = "online_individual", N_("Individual, online"), "4.9"
    ONLINE_GROUP = "online_group", N_("Group, online"), "4.9"


class AttendanceStatus(Vocabulary):
    """What happened at a session she was invited to; what we cancelled is ours (§5.6)."""

    ATTENDED = "attended", N_("Attended"), "5.6"
    PARTLY = "partly", N_("Attended in part"), "5.6"
    EXCUSED = "excused", N_("Excused"), "5.6"
    MISSED = "missed", N_("Missed"), "5.6"
    CANCELLED_BY_US = "cancelled_by_us", N_("Cancelled by us"), "5.6"


class Barrier(Vocabulary):
    """What stood in the way (§5.2, §5.6)."""

    WORK = "work", N_("Work"), "4.12"
    CHILDCARE = "childcare", N_("Childcare"), "5.6"
    TRANSPORT = "transport", N_("Transport"), "5.5"
    HEALTH = "health", N_("Health"), "5.2"
    LEGAL_APPOINTMENT = "legal_appointment", N_("Legal appointment"), "5.2"
    FAMILY_EMERGENCY = "family_emergency", N_("Family emergency"), "5.2"
    HOUSING = "housing", N_("Housing"), "5.2"
    DOCUMENTS = "documents", N_("Documents"), "5.2"
    SAFETY = "safety", N_("Safety"), "5.1.1"
    LANGUAGE = "language", N_("Language"), "5.5"
    DEBT = "debt", N_("Debt, or money to send"), "5.2"
    GRIEF = "grief", N_("Grief or loss"), "4.12"
    FAMILY_NEWS = "family_news", N_("News from the family"), "5.2"
    RACISM = "racism", N_("Racism met"), "5.3.1"
    HOUSING_RULES = "housing_rules", N_("Rules of the house"), "5.2"
    PREGNANCY = "pregnancy", N_("Pregnancy"), "4.12"
    OTHER_PRIORITY = "other_priority", N_("Another priority"), "5.6"
    UNKNOWN = "unknown", N_("Not known"), "5.6"


class Area(Vocabulary):
    """What a goal of a personal itinerary is about (§5.5)."""

    DOCUMENTS = "documents", N_("Documents"), "5.2"
    HOUSING = "housing", N_("Housing"), "5.2"
    HEALTH = "health", N_("Health"), "5.4"
    EMOTIONAL = "emotional", N_("Emotional well-being"), "5.2"
    LANGUAGE = "language", N_("Language"), "4.9"
    TRAINING = "training", N_("Training"), "4.15"
    WORK = "work", N_("Work"), "4.3"
    PARENTING = "parenting", N_("Parenting"), "4.4"
    NETWORK = "network", N_("Network of support"), "5.5"
    LEISURE_CULTURE = "leisure_culture", N_("Leisure and culture"), "5.5"
    SAFETY = "safety", N_("Safety"), "5.1.1"


class ChosenBy(Vocabulary):
    """Whose goal it is (§5.3.2: start from what women prioritise)."""

    HER = "her", N_("Chosen by her"), "5.3.2"
    TOGETHER = "together", N_("Chosen together"), "5.3.2"
    PROFESSIONAL = "professional", N_("Chosen by a professional"), "5.3.2"
    REQUIRED = "required", N_("Required from outside"), "4.1"


class GoalEvent(Vocabulary):
    """Something that happened to a goal; pausing and revising are part of it (§5.4)."""

    STARTED = "started", N_("Started"), "5.4"
    STEP = "step", N_("A step"), "5.3.2"
    PAUSED = "paused", N_("Paused"), "5.6"
    RESUMED = "resumed", N_("Taken up again"), "5.6"
    REVISED = "revised", N_("Revised"), "5.3.2"
    ACHIEVED = "achieved", N_("Achieved"), "5.3.2"
    SET_ASIDE = "set_aside", N_("Set aside"), "5.6"


class Need(Vocabulary):
    """A basic need; emotional support is one (§5.2)."""

    HOUSING = "housing", N_("Housing"), "5.2"
    FOOD = "food", N_("Food"), "5.2"
    POCKET_MONEY = "pocket_money", N_("Pocket money"), "5.2"
    TRANSPORT = "transport", N_("Transport"), "5.5"
    CHILDCARE = "childcare", N_("Childcare"), "5.6"
    DOCUMENTS = "documents", N_("Documents"), "5.2"
    HEALTH_COVER = "health_cover", N_("Health cover"), "5.2"
    PHONE_INTERNET = "phone_internet", N_("Phone and internet"), "5.1.1"
    EMOTIONAL_SUPPORT = "emotional_support", N_("Emotional support"), "5.2"
    DEBT = "debt", N_("Relief from debt, or from sending money"), "5.2"
    GRIEF = "grief", N_("Room for grief or loss"), "4.12"


class Coverage(Vocabulary):
    """How far a need is covered."""

    COVERED = "covered", N_("Covered"), "5.2"
    PARTLY = "partly", N_("Covered in part"), "5.2"
    NOT_COVERED = "not_covered", N_("Not covered"), "5.2"
    UNKNOWN = "unknown", N_("Not known"), "5.2"


class Setting(Vocabulary):
    """In which company she can safely be seen (§5.1.2)."""

    GROUP_WELCOME = "group_welcome", N_("Groups are welcome"), "5.1.2"
    GROUP_IF_SAFE = "group_if_safe", N_("Groups where they are safe"), "5.1.2"
    INDIVIDUAL_ONLY = "individual_only", N_("Sessions alone only"), "5.1.2"


class ContactChannel(Vocabulary):
    """How she has agreed to be reached (§5.1.1, communication with women)."""

    CALL = "call", N_("Phone call"), "5.1.1"
    MESSAGE_WITH_CONSENT = "message_with_consent", N_("Message, with her consent"), "5.1.1"
    IN_PERSON = "in_person", N_("In person"), "5.1.1"
    THROUGH_THIRD_PARTY = "through_third_party", N_("Through someone she trusts"), "5.1.1"


class Phase(Vocabulary):
    """Where a woman stands while somebody accompanies her (§5.6: no process is a straight line)."""

    ARRIVAL = "arrival", N_("Arrival"), "5.1.1"
    CRISIS = "crisis", N_("Crisis"), "5.1.1"
    COURT = "court", N_("Court or office"), "5.2"
    STEADY = "steady", N_("Calm stretch"), "5.5"
    LEAVING = "leaving", N_("Saying goodbye"), "5.5"


class Service(Vocabulary):
    """A kind of service outside the team, never its name (§5.2, §5.4: networks)."""

    HEALTH = "health", N_("Health"), "5.2"
    MENTAL_HEALTH = "mental_health", N_("Mental health"), "4.12"
    LEGAL = "legal", N_("Legal advice"), "5.2"
    HOUSING = "housing", N_("Housing"), "5.2"
    SOCIAL_SERVICES = "social_services", N_("Social services"), "5.2"
    EMPLOYMENT = "employment", N_("Employment"), "5.5"
    EDUCATION = "education", N_("School or training"), "5.5"
    CHILDCARE = "childcare", N_("Childcare"), "5.5"
    PROTECTION = "protection", N_("Protection against trafficking"), "5.1.1"
    OTHER = "other", N_("Another service"), "5.4"


class Requested(Vocabulary):
    """How a request to another service stands; computed, never written by hand (§5.2)."""

    ACCEPTED = "accepted", N_("Accepted"), "5.2"
    REFUSED = "refused", N_("Not accepted"), "5.2"
    WAITING = "waiting", N_("No answer yet"), "5.2"
    SILENT = "silent", N_("No answer for more than 60 days"), "5.2"
    ENDED = "ended", N_("Ended, or answer not written down"), "5.2"


class Spoken(Vocabulary):
    """A language that women or the team speak (§4.12, §5.4)."""

    ENGLISH = "en", N_("English"), "5.4"
    FRENCH = "fr", N_("French"), "5.4"
    SPANISH = "es", N_("Spanish"), "5.4"
    CATALAN = "ca", N_("Catalan"), "5.4"
    ITALIAN = "it", N_("Italian"), "5.4"
    PORTUGUESE = "pt", N_("Portuguese"), "5.4"
    ARABIC = "ar", N_("Arabic"), "5.4"
    ROMANIAN = "ro", N_("Romanian"), "5.4"
    BULGARIAN = "bg", N_("Bulgarian"), "5.4"
    RUSSIAN = "ru", N_("Russian"), "5.4"
    UKRAINIAN = "uk", N_("Ukrainian"), "5.4"
    CHINESE = "zh", N_("Chinese"), "5.4"
    URDU = "ur", N_("Urdu"), "5.4"
    BENGALI = "bn", N_("Bengali"), "5.4"
    PIDGIN = "pcm", N_("Nigerian Pidgin"), "5.4"
    EDO = "bin", N_("Edo"), "5.4"
    YORUBA = "yo", N_("Yoruba"), "5.4"
    IGBO = "ig", N_("Igbo"), "5.4"
    WOLOF = "wo", N_("Wolof"), "5.4"
    OTHER = "other", N_("Another language"), "5.4"


class Asked(Vocabulary):
    """What a woman was asked about an activity or a theme (§4.9, §5: women take part)."""

    USEFULNESS = "usefulness", N_("Whether it is of use to her"), "5.5"
    SAFETY = "safety", N_("Whether she feels safe"), "5.1.2"
    TIMETABLE = "timetable", N_("Days and hours"), "4.9"
    LANGUAGE = "language", N_("The language"), "4.9"
    CHILDCARE = "childcare", N_("Childcare"), "4.9"
    WISH = "wish", N_("What she wishes for"), "4.9"


class Face(Vocabulary):
    """Her answer, on a scale of three faces."""

    GLAD = "glad", N_("A glad face"), "4.9"
    BETWEEN = "between", N_("A face in between"), "4.9"
    SAD = "sad", N_("A sad face"), "4.9"


class Wish(Vocabulary):
    """What she said, as a theme and never in her words (§4.9)."""

    OTHER_HOURS = "other_hours", N_("Other days or hours"), "4.9"
    CHILDCARE = "childcare", N_("Somebody to look after the children"), "4.9"
    OTHER_LANGUAGE = "other_language", N_("Another language, or mediation"), "4.12"
    SMALLER_GROUP = "smaller_group", N_("Fewer people, or alone"), "5.1.2"
    SAFER_PLACE = "safer_place", N_("A place where she feels safer"), "5.1.1"
    NEARER = "nearer", N_("Nearer, or with transport"), "5.5"
    MORE = "more", N_("More of it"), "5.5"
    OTHER_TOPIC = "other_topic", N_("Another topic"), "4.9"
    WORK = "work", N_("Work, or help to find it"), "5.5"
    TO_DECIDE = "to_decide", N_("To decide herself"), "5"


class WeDid(Vocabulary):
    """What we answered to what she said."""

    CHANGED = "changed", N_("We changed it"), "5"
    WILL_CHANGE = "will_change", N_("We will change it"), "5"
    EXPLAINED = "explained", N_("We explained why it stays"), "5"
    CANNOT = "cannot", N_("It is not in our hands, and we said so"), "5.4"


class Answer(Vocabulary):
    """How what she said stands: what we answered, or that she still waits (§5)."""

    CHANGED = "changed", N_("We changed it"), "5"
    WILL_CHANGE = "will_change", N_("We will change it"), "5"
    EXPLAINED = "explained", N_("We explained why it stays"), "5"
    CANNOT = "cannot", N_("It is not in our hands, and we said so"), "5.4"
    NOT_SAID = "not_said", N_("We answered; what is not written down"), "5"
    OPEN = "open", N_("Not answered yet"), "5"


class ContactKind(Vocabulary):
    """A contact outside sessions (§5.5: visits, accompaniment)."""

    VISIT = "visit", N_("Visit"), "5.5"
    CALL = "call", N_("Call"), "5.1.1"
    COURT = "court", N_("Court or office"), "5.2"
    HOSPITAL = "hospital", N_("Hospital or doctor"), "5.2"
    ACCOMPANIMENT = "accompaniment", N_("Going somewhere with her"), "5.5"
    MESSAGE = "message", N_("Message"), "5.1.1"


class Minutes(Vocabulary):
    """How long a contact took, in four bands."""

    TO_15 = "to_15", N_("Up to 15 minutes"), "5.4"
    TO_45 = "to_45", N_("16 to 45 minutes"), "5.4"
    TO_120 = "to_120", N_("46 minutes to 2 hours"), "5.4"
    LONGER = "longer", N_("More than 2 hours"), "5.4"


class Reply(Vocabulary):
    """What the organisation answered to what the team asked of it (§5.4)."""

    GRANTED = "granted", N_("Granted"), "5.4"
    LATER = "later", N_("Later"), "5.4"
    NO_MONEY = "no_money", N_("Refused: no money"), "5.4"
    NO_STAFF = "no_staff", N_("Refused: nobody to do it"), "5.4"
    NOT_THEIRS = "not_theirs", N_("Refused: not theirs to decide"), "5.4"
    OTHER = "other", N_("Refused for another reason"), "5.4"


class Theme(Vocabulary):
    """What the team learns (§5.3.3, §5.4, §5.5)."""

    TRAFFICKING = "trafficking", N_("Trafficking"), "5.5"
    GENDER = "gender", N_("Gender perspective"), "5.4"
    TRANSCULTURAL = "transcultural", N_("Transcultural work"), "5.4"
    ANTI_OPPRESSIVE = "anti_oppressive", N_("Anti-oppressive practice"), "5.3.3"
    MIGRATION_LAW = "migration_law", N_("Migration law and permits"), "5.2"
    TRAUMA = "trauma", N_("Trauma"), "5.4"
    SAFETY = "safety", N_("Safety and confidentiality"), "5.1"
    LABOUR_RIGHTS = "labour_rights", N_("Rights at work"), "5.5"


class Background(Vocabulary):
    """Whether who trains us is non-European or has experience of her own (§5.4)."""

    YES = "yes", N_("Yes"), "5.4"
    NO = "no", N_("No"), "5.4"
    NOT_SAID = "not_said", N_("Not said"), "5.4"


class Dimension(Vocabulary):
    """The six dimensions of §3, by which practice is looked at and decisions are sorted."""

    SAFETY_CONFIDENTIALITY = "safety_confidentiality", N_("Safety and confidentiality"), "5.1"
    BASIC_NEEDS = "basic_needs", N_("Women’s basic needs"), "5.2"
    FRAME_OF_ACTION = "frame_of_action", N_("Frame of action"), "5.3"
    PROFESSIONALS = "professionals", N_("Professionals"), "5.4"
    BEST_PRACTICES = "best_practices", N_("Good practice"), "5.5"
    PITFALLS = "pitfalls", N_("Pitfalls to avoid"), "5.6"


class Together(Vocabulary):
    """Several words of another list, told to groups as one so that fewer counts are small."""

    COMING = "coming", N_("Coming, steadily or with gaps"), "5.6"
    BEGINNING = "beginning", N_("Starting, or not invited"), "5.6"
    WITH_US = "with_us", N_("Not in a pause"), "5.6"
    HOME = "home", N_("Housing and safety"), "5.2"
    WELL_BEING = "well_being", N_("Well-being, family and network"), "5.5"
    LEARNING = "learning", N_("Language, training and work"), "4.3"
    STILL_OPEN = "still_open", N_("Still open"), "5.5"
    OTHERS = "others", N_("Chosen by others"), "5.3.2"
    PAPERS = "papers", N_("Documents or legal appointment"), "5.2"
    ANOTHER = "another", N_("Another reason"), "5.6"
    NO_ANSWER = "no_answer", N_("No answer"), "5.2"
    CARE = "care", N_("Health, body and mind"), "5.2"
    RIGHTS = "rights", N_("Legal advice and protection"), "5.2"
    LIVING = "living", N_("Housing and social services"), "5.2"
    OTHER_SERVICES = "other_services", N_("Childcare and other services"), "5.4"
    NOT_TAKEN = "not_taken", N_("Not accepted, or ended"), "5.2"
    PARTLY_OR_UNKNOWN = "partly_or_unknown", N_("Covered in part, or not known"), "5.2"


AREAS_TOGETHER = {
    **dict.fromkeys(["housing", "safety"], Together.HOME.value),
    **dict.fromkeys(["language", "training", "work"], Together.LEARNING.value),
    **dict.fromkeys(
        ["health", "emotional", "parenting", "network", "leisure_culture"],
        Together.WELL_BEING.value,
    ),
}
"""For an area the word under which groups are told it with others."""

_OTHER_BARRIERS = (
    "housing", "safety", "language", "debt", "grief", "family_news", "racism", "housing_rules",
    "pregnancy", "other_priority",
)  # fmt: skip

BARRIERS_TOGETHER = {
    **dict.fromkeys(["documents", "legal_appointment"], Together.PAPERS.value),
    **dict.fromkeys(_OTHER_BARRIERS, Together.ANOTHER.value),
}
"""For a barrier the word under which groups are told it with others."""


class Pattern(Vocabulary):
    """How a woman came to sessions over the last 90 days; computed, never written by hand."""

    STEADY = "steady", N_("Steady"), "5.6"
    INTERMITTENT = "intermittent", N_("Intermittent"), "5.6"
    PAUSED = "paused", N_("Paused"), "5.6"
    RETURNED = "returned", N_("Returned"), "5.6"
    STARTING = "starting", N_("Starting"), "5.6"
    IN_TOUCH = "in_touch", N_("In touch, not invited to sessions"), "5.5"
    NOT_INVITED = "not_invited", N_("Not invited"), "5.6"


class GoalState(Vocabulary):
    """Where a goal stands, by its last event; computed, never written by hand."""

    NOT_STARTED = "not_started", N_("Not started yet"), "5.5"
    UNDER_WAY = "under_way", N_("Under way"), "5.5"
    PAUSED = "paused", N_("Paused"), "5.6"
    ACHIEVED = "achieved", N_("Achieved"), "5.3.2"
    SET_ASIDE = "set_aside", N_("Set aside"), "5.6"


class ActionState(Vocabulary):
    """How a decision of an earlier meeting stands at the end of a month."""

    DONE = "done", N_("Done"), "5.4"
    OPEN = "open", N_("Open"), "5.4"
    OVERDUE = "overdue", N_("Past its day"), "5.4"


class Scale(Vocabulary):
    """What a self-check measures (§5.4: burn-out, boundaries, cultural self-criticism)."""

    EXHAUSTION = "exhaustion", N_("Exhaustion"), "5.4"
    DISTANCE = "distance", N_("Distance"), "5.4"
    SECONDARY = "secondary", N_("Stress from others’ trauma"), "5.4"
    BOUNDARIES = "boundaries", N_("Boundaries that gave way"), "5.4"
    CULTURE = "culture", N_("Looking at our own culture"), "5.4"
    SUPPORT = "support", N_("Support from the team"), "5.4"
    MEANING = "meaning", N_("Meaning"), "5.4"
    REST = "rest", N_("Rest"), "5.4"
    PERSONAL = "personal", N_("Personal burn-out"), "5.4"
    WORK = "work", N_("Burn-out from work"), "5.4"
    CLIENT = "client", N_("Burn-out from work with people"), "5.4"
    SATISFACTION = "satisfaction", N_("Satisfaction from helping"), "5.4"
    BURNOUT = "burnout", N_("Burn-out"), "5.4"
    DISENGAGEMENT = "disengagement", N_("Disengagement"), "5.4"
    COGNITIVE = "cognitive", N_("Trouble with attention and memory"), "5.4"
    EMOTIONAL = "emotional", N_("Trouble with one’s own feelings"), "5.4"
    TOTAL = "total", N_("All together"), "5.4"
    # Of several scales together.
    BALANCE = "balance", N_("What weighs minus what carries"), "5.4"
    WEIGHS = "weighs", N_("What weighs"), "5.4"
    CARRIES = "carries", N_("What carries"), "5.4"


class Band(Vocabulary):
    """How the authors of an instrument call a range of its scores."""

    LOW = "low", N_("low"), "5.4"
    MODERATE = "moderate", N_("moderate"), "5.4"
    RAISED = "raised", N_("raised"), "5.4"
    HIGH = "high", N_("high"), "5.4"
