"""The fifteen tables of a registry, each declared once.

Everything that must agree with a table is made from what stands here: the loader, the checks,
the templates, the data dictionary and the data package. A column says what it means, the report
section it comes from, an example, in which form it leaves the registry, and (for a code) the
table in which that code is declared.

Periods are half-open: ``left_on``, ``to_on`` and ``ended_on`` are the first day on which a
thing no longer holds.
"""

from typing import Final

from copehope_lib import vocabulary as words
from copehope_lib.language import mark as N_
from copehope_lib.schema.column import (
    BANDED,
    BY_CODE,
    COUNTED,
    FLAGGED,
    NEVER,
    PSEUDONYM,
    Column,
    TableSchema,
    code,
    day,
    integer,
    moment,
    number,
    text,
    word,
    yes_no,
)

SCHEMA_VERSION: Final = 2
"""Raised whenever a table, a column or a vocabulary changes its meaning."""


def _woman() -> Column:
    return code(
        N_("Her code, never her name"), "5.1.2", "W-001", references="women", leaves=PSEUDONYM
    )


def _professional(meaning: str, *, optional: bool = False) -> Column:
    return code(
        meaning, "5.4", "P-01", references="professionals", leaves=BY_CODE, optional=optional
    )


def _answer(meaning: str, example: str = "no") -> Column:
    return word(words.YesNoUnknown, meaning, "5.1.1", example, leaves=FLAGGED)


def _consent(meaning: str) -> Column:
    return day(meaning, "5.1.1", "2026-01-20", optional=True, leaves=COUNTED)


def _spoken(meaning: str) -> Column:
    return word(words.Spoken, meaning, "5.4", "en", optional=True)


def _open(meaning: str, section: str) -> Column:
    return yes_no(meaning, section, "no", optional=True)


_WOMEN = TableSchema(
    N_("women"),
    N_("One stay of a woman in the programme; she who comes back has a second row"),
    "5.6",
    ("woman", "entered_on"),
    {
        N_("woman"): code(N_("Her code, never her name"), "5.1.2", "W-001", leaves=PSEUDONYM),
        N_("site"): text(N_("Where she is accompanied: a town or a centre"), "4", N_("Barcelona")),
        N_("entered_on"): day(N_("First day of this stay"), "5.1.1", "2026-01-15"),
        N_("left_on"): day(
            N_("First day on which she is no longer accompanied; empty while she is"),
            "5.6",
            "2026-09-30",
            optional=True,
        ),
        N_("leaving_reason"): word(
            words.LeavingReason, N_("Why this stay ended"), "5.6", "completed", optional=True
        ),
        N_("birth_year"): integer(
            N_("Year of birth"), "5.3.3", "1998", 1920, 2030, optional=True, leaves=BANDED
        ),
        N_("region_of_origin"): text(
            N_("Region of the world she comes from, not her town"),
            "5.3.2",
            N_("West Africa"),
            optional=True,
        ),
        N_("residence_status"): word(
            words.ResidenceStatus,
            N_("What her papers allow"),
            "5.2",
            "asylum_applicant",
            optional=True,
        ),
        N_("housing"): word(
            words.Housing, N_("Where she lives"), "5.2", "reception_centre", optional=True
        ),
        N_("children_in_care"): integer(
            N_("Children she takes care of here"), "5.6", "1", 0, 15, optional=True
        ),
        N_("mediation"): _open(N_("She wants cultural mediation; empty is not asked"), "4.12"),
        N_("mediation_language"): _spoken(N_("In which language she wants it")),
        N_("informed_on"): _consent(N_("Day on which she was told what is kept, and why")),
        N_("informed_in"): _spoken(N_("In which language, one that she understands")),
        N_("accompaniment_on"): _consent(N_("Day of her consent to be accompanied")),
        N_("data_on"): _consent(
            N_(
                "Day of her consent to be counted here; once one woman has such a day, a woman "
                "without is counted nowhere"
            )
        ),
        N_("withdrawn_on"): _consent(
            N_("Day on which she took that back: then forget her code, copehope codes forget")
        ),
        N_("discussion_on"): _consent(N_("Day of her consent to be spoken of in supervision")),
        N_("image_on"): _consent(N_("Day of her consent to pictures of her")),
        N_("messages_on"): _consent(N_("Day of her consent to messages")),
        N_("sharing_on"): _consent(N_("Day of her consent to share with the service named beside")),
        N_("sharing_with"): word(
            words.Service,
            N_("Kind of service with which she agreed to share"),
            "5.1.1",
            "health",
            optional=True,
        ),
    },
    (
        ("entered_on", "left_on", False),
        ("informed_on", "data_on", False),
        ("data_on", "withdrawn_on", False),
    ),
)

_PROFESSIONALS = TableSchema(
    N_("professionals"),
    N_("A member of the team, or an external professional"),
    "5.4",
    ("professional",),
    {
        N_("professional"): code(
            N_("Code of the professional, never a name"), "5.1.2", "P-01", leaves=BY_CODE
        ),
        N_("profile"): word(words.Profile, N_("Professional profile"), "5.4", "social_educator"),
        N_("fte"): number(N_("Share of a full-time post, 0 to 1"), "5.4", "0.8", 0, 1),
        N_("external"): yes_no(N_("Comes from outside the team"), "5.6", "no"),
        N_("trafficking_training_on"): day(
            N_("Day of the first training on trafficking"), "5.5", "2025-09-15", optional=True
        ),
        N_("started_on"): day(N_("First day in the team"), "5.4", "2025-09-01"),
        N_("ended_on"): day(
            N_("First day on which no longer in the team; empty while in it"),
            "5.4",
            "2026-07-01",
            optional=True,
        ),
        N_("language"): _spoken(N_("A language in which this person can work")),
        N_("second_language"): _spoken(N_("Another one")),
        N_("third_language"): _spoken(N_("A third one")),
    },
    (("started_on", "ended_on", False),),
)

_ASSIGNMENTS = TableSchema(
    N_("assignments"),
    N_("Who accompanies whom, in which function"),
    "5.4",
    ("woman", "professional", "function", "from_on"),
    {
        N_("woman"): _woman(),
        N_("professional"): _professional(N_("Who accompanies her")),
        N_("function"): word(words.Function, N_("In which function"), "5.4", "reference"),
        N_("from_on"): day(N_("First day of it"), "5.4", "2026-01-15"),
        N_("to_on"): day(
            N_("First day on which it no longer holds; empty while it does"),
            "5.4",
            "2026-09-30",
            optional=True,
        ),
        N_("phase"): word(
            words.Phase, N_("What she is going through with us"), "5.6", "steady", optional=True
        ),
        N_("intensity"): integer(
            N_("How much it asks, 1 to 3, as agreed in supervision"),
            "5.4",
            "2",
            1,
            3,
            optional=True,
        ),
        N_("agreed_on"): day(N_("Day of that supervision"), "5.4", "2026-09-28", optional=True),
    },
    (("from_on", "to_on", False),),
)

_ACTIVITIES = TableSchema(
    N_("activities"),
    N_("A course, a group or an individual line of work"),
    "4",
    ("activity",),
    {
        N_("activity"): code(N_("Code of the activity"), "4", "A-01"),
        N_("module"): word(words.Module, N_("Which of the fifteen modules"), "4", "language"),
        N_("format"): word(words.Format, N_("How it is held"), "5.1.2", "group"),
        N_("sessions_planned"): integer(
            N_("Sessions planned; empty where not known"), "5.2", "20", 1, 1000, optional=True
        ),
        N_("places"): integer(
            N_("Women it was planned for"), "5.6", "10", 0, 100000, optional=True
        ),
        N_("modular"): _open(
            N_("Women can enter and leave at the end of a part; empty is not known, and never no"),
            "5.2",
        ),
        N_("childcare"): _open(
            N_("Children are looked after meanwhile; empty is not known, and never no"), "5.6"
        ),
        N_("transport_support"): _open(
            N_("Transport is paid for; empty is not known, and never no"), "5.5"
        ),
        N_("certificate"): _open(
            N_("Ends with a certificate; empty is not known, and never no"), "4.15"
        ),
        N_("chosen_with_women"): _open(
            N_("Women helped to choose it; empty is not known, and never no"), "5"
        ),
    },
)

_SESSIONS = TableSchema(
    N_("sessions"),
    N_("One meeting of an activity"),
    "5.5",
    ("session",),
    {
        N_("session"): code(N_("Code of the session"), "5.5", "S-0001"),
        N_("activity"): code(N_("Which activity"), "4", "A-01", references="activities"),
        N_("starts_at"): moment(
            N_("Start, local time; the day alone where the hours are not known"),
            "5.5",
            "2026-10-05T10:00",
            day_alone=True,
        ),
        N_("ends_at"): moment(
            N_("End, local time; empty where the hours are not known"),
            "5.5",
            "2026-10-05T11:30",
            optional=True,
        ),
        N_("place"): code(
            N_("Code of the place, never an address; empty where not known"),
            "5.1.1",
            "R-1",
            optional=True,
        ),
        N_("professional"): _professional(
            N_("Who holds the session; empty where not known"), optional=True
        ),
        N_("mediated"): _open(
            N_("Held with cultural mediation; empty is not known, and never no"), "4.12"
        ),
    },
    (("starts_at", "ends_at", True),),
)

_ATTENDANCE = TableSchema(
    N_("attendance"),
    N_("One woman at one session"),
    "5.6",
    ("session", "woman"),
    {
        N_("session"): code(N_("Which session"), "5.6", "S-0001", references="sessions"),
        N_("woman"): _woman(),
        N_("status"): word(words.AttendanceStatus, N_("What happened"), "5.6", "attended"),
        N_("barrier"): word(
            words.Barrier, N_("What stood in the way"), "5.2", "childcare", optional=True
        ),
    },
)

_GOALS = TableSchema(
    N_("goals"),
    N_("One goal of a personal itinerary"),
    "5.5",
    ("goal",),
    {
        N_("goal"): code(N_("Code of the goal"), "5.5", "G-001"),
        N_("woman"): _woman(),
        N_("area"): word(words.Area, N_("What it is about"), "5.5", "documents"),
        N_("chosen_by"): word(words.ChosenBy, N_("Whose goal it is"), "5.3.2", "her"),
        N_("set_on"): day(N_("Day on which it was set"), "5.5", "2026-02-01"),
        N_("target_on"): day(N_("Day it is hoped for"), "5.3.2", "2026-12-01", optional=True),
    },
    (("set_on", "target_on", False),),
)

_GOAL_EVENTS = TableSchema(
    N_("goal_events"),
    N_("Something that happened to a goal"),
    "5.3.2",
    ("goal", "on", "event"),
    {
        N_("goal"): code(N_("Which goal"), "5.5", "G-001", references="goals"),
        N_("on"): day(N_("Day"), "5.3.2", "2026-03-01"),
        N_("event"): word(words.GoalEvent, N_("What happened"), "5.6", "started"),
        N_("attainment"): integer(
            N_("How far the goal was reached, −2 to 2 (goal attainment scaling)"),
            "5.3.2",
            "1",
            -2,
            2,
            optional=True,
        ),
    },
)

_NEEDS = TableSchema(
    N_("needs"),
    N_("One basic need at one review"),
    "5.2",
    ("woman", "reviewed_on", "need"),
    {
        N_("woman"): _woman(),
        N_("reviewed_on"): day(N_("Day of the review"), "5.2", "2026-10-12"),
        N_("need"): word(words.Need, N_("Which need"), "5.2", "childcare"),
        N_("coverage"): word(words.Coverage, N_("How far it is covered"), "5.2", "partly"),
    },
)

_SAFETY = TableSchema(
    N_("safety"),
    N_("One risk assessment"),
    "5.1.1",
    ("woman", "assessed_on"),
    {
        N_("woman"): _woman(),
        N_("assessed_on"): day(N_("Day of the assessment"), "5.1.1", "2026-09-20"),
        N_("can_share_space"): _answer(N_("Can she be in one space with other women?"), "yes"),
        N_("protected_witness"): _answer(N_("Is she a protected witness?")),
        N_("judicial_process"): _answer(N_("Is she involved in a judicial process?")),
        N_("lives_with_network"): _answer(
            N_("Does she live with people of the network, or with others still exploited?")
        ),
        N_("threatened_recently"): _answer(N_("Has she been threatened lately?"), "unknown"),
        N_("imminent_danger"): _answer(N_("Is there imminent danger?")),
        N_("setting"): word(
            words.Setting,
            N_("In which company she can safely be seen"),
            "5.1.2",
            "group_if_safe",
            leaves=FLAGGED,
        ),
        N_("contact_channel"): word(
            words.ContactChannel,
            N_("How she has agreed to be reached"),
            "5.1.1",
            "call",
            leaves=FLAGGED,
        ),
        N_("contact_consent"): yes_no(
            N_("Her consent to it is signed"), "5.1.1", "yes", leaves=FLAGGED
        ),
        N_("wishes_groups"): word(
            words.YesNoUnknown,
            N_("Does she herself wish to be in groups?"),
            "5.1.2",
            "yes",
            optional=True,
            leaves=FLAGGED,
        ),
        N_("referral_report_on"): _consent(
            N_("Day on which the report of who sent her came, with the six answers")
        ),
        N_("plan_made_on"): _consent(
            N_("Day on which a safety plan was made with her; the plan itself is not kept here")
        ),
        N_("plan_reviewed_on"): _consent(N_("Day on which it was last looked at with her")),
    },
    (("plan_made_on", "plan_reviewed_on", False),),
)

_ACTIONS = TableSchema(
    N_("actions"),
    N_("A decision of an earlier meeting"),
    "5.4",
    ("action",),
    {
        N_("action"): code(N_("Code of the action"), "5.4", "D-001"),
        N_("decided_on"): day(N_("Day of the meeting"), "5.4", "2026-09-28"),
        N_("text"): text(
            N_("What was decided, without any woman’s name"),
            "5.4",
            N_("Ask the language school for a room with childcare"),
            leaves=NEVER,
        ),
        N_("owner"): _professional(N_("Who takes care of it")),
        N_("due_on"): day(N_("Day by which"), "5.4", "2026-10-26", optional=True),
        N_("done_on"): day(N_("Day on which it was done"), "5.4", "2026-10-20", optional=True),
        N_("dimension"): word(
            words.Dimension, N_("Which dimension of the report"), "3", "best_practices"
        ),
        N_("asked_upwards"): _open(
            N_("Asked of the organisation, which has to answer; empty is no"), "5.4"
        ),
        N_("reply"): word(
            words.Reply, N_("What the organisation answered"), "5.4", "granted", optional=True
        ),
        N_("replied_on"): day(
            N_("Day of that answer; empty until then"), "5.4", "2026-10-14", optional=True
        ),
    },
    (
        ("decided_on", "due_on", False),
        ("decided_on", "done_on", False),
        ("decided_on", "replied_on", False),
    ),
)

_FEEDBACK = TableSchema(
    N_("feedback"),
    N_("One answer of a woman to one question, never in her words"),
    "4.9",
    ("feedback",),
    {
        N_("feedback"): code(N_("Code of the answer"), "4.9", "F-001"),
        N_("given_on"): day(N_("Day on which she was asked"), "4.9", "2026-10-05"),
        N_("activity"): code(
            N_("About which activity; empty where it is about all"),
            "4.9",
            "A-01",
            references="activities",
            optional=True,
        ),
        N_("asked"): word(words.Asked, N_("What she was asked"), "4.9", "timetable"),
        N_("face"): word(words.Face, N_("The face she chose"), "4.9", "glad", optional=True),
        N_("wish"): word(
            words.Wish, N_("What she said, as a theme"), "4.9", "other_hours", optional=True
        ),
        N_("in_her_language"): _open(
            N_("She was asked in her language; empty is not known, and never no"), "4.12"
        ),
        N_("woman"): code(
            N_("Her code, never her name; empty where she answered without"),
            "5.1.2",
            "W-001",
            references="women",
            leaves=PSEUDONYM,
            optional=True,
        ),
        N_("we_did"): word(words.WeDid, N_("What we answered"), "5", "changed", optional=True),
        N_("answered_on"): day(
            N_("Day on which we told her; empty until then"), "5", "2026-10-19", optional=True
        ),
    },
    (("given_on", "answered_on", False),),
    optional=True,
)

_REFERRALS = TableSchema(
    N_("referrals"),
    N_("One request to another service for one woman"),
    "5.2",
    ("referral",),
    {
        N_("referral"): code(N_("Code of the referral"), "5.2", "X-001"),
        N_("woman"): _woman(),
        N_("service"): word(words.Service, N_("Kind of service"), "5.2", "health"),
        N_("sent_on"): day(N_("Day on which we asked"), "5.2", "2026-09-10"),
        N_("answered_on"): day(
            N_("Day on which they answered; empty until then"), "5.2", "2026-09-24", optional=True
        ),
        N_("accepted"): _open(N_("They accepted; empty until they answer"), "5.2"),
        N_("told_again"): _open(
            N_("She had to tell her story again there; empty is not known, and never no"), "5.4"
        ),
        N_("professional"): _professional(
            N_("Who of us holds the contact; empty where nobody does"), optional=True
        ),
        N_("closed_on"): day(
            N_("Day on which it came to an end; empty until then"),
            "5.2",
            "2026-10-20",
            optional=True,
        ),
    },
    (("sent_on", "answered_on", False), ("sent_on", "closed_on", False)),
    optional=True,
)

_CONTACTS = TableSchema(
    N_("contacts"),
    N_("Contacts of one kind with one woman on one day, outside sessions"),
    "5.5",
    ("woman", "on", "kind"),
    {
        N_("woman"): _woman(),
        N_("on"): day(N_("Day"), "5.5", "2026-10-07"),
        N_("kind"): word(words.ContactKind, N_("What it was"), "5.5", "call"),
        N_("minutes"): word(
            words.Minutes, N_("How long in all, in four bands"), "5.5", "to_15", optional=True
        ),
        N_("professional"): _professional(
            N_("Who was with her; empty where not known"), optional=True
        ),
    },
    optional=True,
)

_TRAININGS = TableSchema(
    N_("trainings"),
    N_("One training that one member of the team had"),
    "5.4",
    ("professional", "held_on", "theme"),
    {
        N_("professional"): code(
            N_("Who took part"), "5.4", "P-01", references="professionals", leaves=COUNTED
        ),
        N_("held_on"): day(N_("Day, the first of several"), "5.4", "2026-03-12"),
        N_("theme"): word(words.Theme, N_("What it was about"), "5.4", "trafficking"),
        N_("hours"): number(N_("How many hours"), "5.4", "6", 0.5, 500),
        N_("trainer_background"): word(
            words.Background,
            N_("Who taught is non-European, or has experience of her own"),
            "5.4",
            "yes",
            optional=True,
        ),
    },
    optional=True,
)

TABLES: dict[str, TableSchema] = {
    table.name: table
    for table in (
        _WOMEN,
        _PROFESSIONALS,
        _ASSIGNMENTS,
        _ACTIVITIES,
        _SESSIONS,
        _ATTENDANCE,
        _GOALS,
        _GOAL_EVENTS,
        _NEEDS,
        _SAFETY,
        _ACTIONS,
        _FEEDBACK,
        _REFERRALS,
        _CONTACTS,
        _TRAININGS,
    )
}
"""The tables by name, in the order of the design."""
