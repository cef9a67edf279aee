"""The courses and groups that a team offers, out of the fifteen modules of §4."""

from typing import Final, Literal, NamedTuple

from copehope_lib.vocabulary import Function, Module, Profile


class Course(NamedTuple):
    """One course: it runs in school terms, for those who are interested.

    ``interest`` is the share of ``audience`` that would join in a term; ``led_by`` names the
    profiles that hold it, those asked first coming first.
    """

    module: Module
    interest: float
    led_by: tuple[Profile, ...]
    terms: tuple[str, ...]
    sessions: int
    twice_a_week: bool = False
    minutes: int = 90
    audience: Literal["everyone", "mothers", "newcomers"] = "everyone"
    childcare: float = 0.35
    transport: float = 0.55
    online: float = 0.0
    modular: bool = True
    certificate: bool = False


_SCHOOL = ("autumn", "winter", "spring")
_ALL_YEAR = (*_SCHOOL, "summer")
_CREATIVE = (Profile.CREATIVE_THERAPIST, Profile.TRAINER, Profile.CULTURAL_MEDIATOR)

# What is on offer. How many join is ours, tuned to one or two groups a woman; what the report
# says of each stands above it.
COURSES: Final = (
    # Twice a week and the most asked for: language opens the other doors (§4.9, §5.5).
    Course(
        Module.LANGUAGE,
        0.46,
        (Profile.LANGUAGE_TEACHER, Profile.CULTURAL_MEDIATOR, Profile.SOCIAL_EDUCATOR),
        _ALL_YEAR,
        24,
        twice_a_week=True,
        certificate=True,
        online=0.15,
    ),
    # Required for papers (§4.1), so for newcomers only.
    Course(
        Module.WELCOME,
        0.55,
        (Profile.SOCIAL_WORKER, Profile.COORDINATOR, Profile.LEGAL_ADVISER),
        _SCHOOL,
        10,
        audience="newcomers",
        certificate=True,
    ),
    Course(
        Module.DIGITAL_LITERACY,
        0.24,
        (Profile.TRAINER, Profile.JOB_COUNSELLOR, Profile.SOCIAL_EDUCATOR),
        _SCHOOL,
        12,
        certificate=True,
    ),
    # Led by a facilitator with a cultural mediator (§4.10); it also meets in summer.
    Course(
        Module.WOMENS_GROUP,
        0.28,
        (Profile.CULTURAL_MEDIATOR, Profile.PSYCHOLOGIST),
        _ALL_YEAR,
        14,
        childcare=0.7,
    ),
    # Children are looked after, else mothers could not come (§4.4, §5.6).
    Course(
        Module.PARENTING,
        0.42,
        (Profile.SOCIAL_EDUCATOR, Profile.PSYCHOLOGIST),
        ("autumn", "spring"),
        10,
        audience="mothers",
        childcare=1.0,
    ),
    Course(
        Module.ART_THERAPY_LAB,
        0.34,
        _CREATIVE,
        ("winter", "summer"),
        10,
        audience="mothers",
        childcare=1.0,
    ),
    # A trade takes long, sessions of two hours, and is not modular: what §5.2 is wary of.
    Course(
        Module.SEWING,
        0.17,
        (Profile.TRAINER, Profile.SOCIAL_EDUCATOR),
        ("autumn", "spring"),
        24,
        twice_a_week=True,
        minutes=120,
        modular=False,
        certificate=True,
    ),
    Course(
        Module.ON_THE_JOB,
        0.13,
        (Profile.JOB_COUNSELLOR, Profile.TRAINER),
        ("winter",),
        20,
        twice_a_week=True,
        modular=False,
        certificate=True,
    ),
    # "Attractive for us but not always for them" (§5.3.2): few, and ten sessions (§4.8).
    Course(Module.PHOTOGRAPHY, 0.13, _CREATIVE, ("spring",), 10),
    Course(Module.MUSIC, 0.13, _CREATIVE, ("autumn",), 10),
    Course(Module.BODY_MOVEMENT, 0.12, _CREATIVE, ("winter", "summer"), 10),
    Course(Module.COACHING, 0.12, (Profile.JOB_COUNSELLOR, Profile.PSYCHOLOGIST), ("winter",), 8),
    Course(
        Module.OTHER_TRAINING,
        0.15,
        (Profile.TRAINER, Profile.JOB_COUNSELLOR),
        ("autumn", "spring"),
        16,
        twice_a_week=True,
        certificate=True,
    ),
)


class Line(NamedTuple):
    """An individual line of work: whom it is for, and how often at most."""

    function: Function
    module: Module
    every_weeks: int
    online: bool = False


# Individual work follows from a function that someone holds for her (§5.4).
LINES: Final = (
    # Every other week: "constancy when there are other priorities" is hard (§4.12).
    Line(Function.PSYCHOLOGICAL, Module.PSYCHOLOGICAL_SUPPORT, 2),
    Line(Function.WORK, Module.WORK_GUIDANCE, 2),
    # For women who cannot sit in a class (§4.9, §5.1.2).
    Line(Function.LANGUAGE, Module.LANGUAGE, 1, online=True),
)
