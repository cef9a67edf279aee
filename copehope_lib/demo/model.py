"""The process model: every parameter of the synthetic team, with its reason.

Where the report (*Cope & Hope: lessons learnt*) says that something is so, its section is
named. It gives hardly any numbers: the sizes are ours, chosen so that a month looks like the
months it describes, and are no finding about any team. "Tuned" means set so that the months
of the default team come out as the comment says.
"""

from dataclasses import dataclass, field

from copehope_lib.vocabulary import Need


@dataclass(frozen=True)
class Stays:
    """Who enters, stays, leaves and comes back."""

    months_of_backlog: float = 17.0
    """Women already there at the start, counted as so many months of new entries; with 14
    months it makes 55 % of all women present on the first day."""

    mean_months: float = 36.0
    """Mean length of a stay beyond its first weeks: itineraries are long (§5.5, "a long
    process"); tuned so that about a quarter of the women leave within a year."""

    shortest_days: int = 40
    """Nobody's stay is closed sooner: bonding with a team takes time (§5.5)."""

    leaving: dict[str, float] = field(
        default_factory=lambda: {
            "completed": 0.30, "own_choice": 0.18, "moved": 0.14, "referred": 0.12,
            "protection_programme": 0.05, "lost_contact": 0.16, "other": 0.05,
        }
    )  # fmt: skip
    """Why stays end; that a process ends elsewhere or otherwise is normal (§5.6)."""

    comes_back: float = 0.5
    """Share of women who, having left for a reason that leaves the door open, enter again
    (§5.6, intermittent processes); tuned to a few women in a team of 60."""

    absence_days: tuple[int, int] = (35, 130)
    """Shortest and longest time between two stays."""


@dataclass(frozen=True)
class Circumstances:
    """What a woman's weeks are like: who she cares for, papers, work, needs."""

    mothers: float = 0.42
    """Share who take care of children here: §4.4 and §5.6 speak of "many mothers"."""

    finds_work: float = 0.009
    """Chance a week of starting to work, where papers allow it; a third of it where they do
    not (§5.2: permits often have limits)."""

    stops_work: float = 0.014
    """Chance a week that work ends: jobs are precarious (§5.2)."""

    legal_week: dict[str, float] = field(
        default_factory=lambda: {
            "asylum_applicant": 0.08, "protection": 0.03, "residence_and_work": 0.02,
            "residence_no_work": 0.04, "none": 0.07, "unknown": 0.04,
        }
    )  # fmt: skip
    """Chance that a week holds an appointment at court, police or an office (§5.2: legal
    issues and lack of papers make for urgency)."""

    needs: dict[str, tuple[float, float, float, float]] = field(
        default_factory=lambda: {
            Need.HOUSING: (0.50, 0.32, 0.012, 0.006),
            Need.FOOD: (0.62, 0.26, 0.030, 0.010),
            Need.POCKET_MONEY: (0.22, 0.40, 0.020, 0.015),
            Need.TRANSPORT: (0.35, 0.35, 0.025, 0.018),
            Need.CHILDCARE: (0.22, 0.36, 0.012, 0.010),
            Need.DOCUMENTS: (0.14, 0.40, 0.010, 0.003),
            Need.HEALTH_COVER: (0.50, 0.30, 0.030, 0.004),
            Need.PHONE_INTERNET: (0.55, 0.30, 0.030, 0.012),
            Need.EMOTIONAL_SUPPORT: (0.20, 0.48, 0.022, 0.010),
        }
    )
    """Each need is a Markov chain by week over covered, partly, not covered: share covered
    and partly covered at entry, chance a week of a step up and of a step down. Papers move
    slowest (§5.2, bureaucracy), nursery places hardly faster (§5.5), food and health cover
    fastest because reception centres provide them (§5.2); transport and pocket money go both
    ways, month by month."""


@dataclass(frozen=True)
class Paths:
    """Engaged or pausing, week by week: a Markov chain per woman (§5.6, intermittent)."""

    pause: float = 0.017
    """Chance a week of a pause where nothing presses. Tuned, with what follows, to four to
    eight of about 45 women newly paused in a month."""

    unevenness: float = 0.45
    """Spread (of the logarithm) of that chance between women: "each process must be tailored
    to each particular" woman (§5.5)."""

    by_childcare: tuple[float, float, float] = (0.0, 0.5, 1.1)
    """What childcare adds, for mothers, as a multiple of ``pause``: covered, partly, not
    covered. "The absence of available places at public kindergartens" (§5.5)."""

    by_transport: tuple[float, float, float] = (0.0, 0.25, 0.6)
    """The same for transport (§5.5, transportation tickets)."""

    by_work: float = 1.0
    """What working adds: "first and foremost, work" (§4.12)."""

    by_legal_week: float = 0.8
    """What an appointment in that week adds (§5.2)."""

    comes_back: float = 0.19
    """Chance a week that a pause ends: a pause of five weeks on average. Returns are part of
    the model because they are part of the work (§5.6)."""

    comes_back_slower: float = 0.7
    """Factor on it for mothers whose childcare is not covered (§5.6, family constraints)."""

    last_weeks: int = 6
    """Weeks of pause before a stay that ends with contact lost, or by her own choice."""


@dataclass(frozen=True)
class Meetings:
    """Sessions: who is invited, who comes, what stands in the way."""

    invited_in_pause: tuple[tuple[int, float], ...] = ((4, 0.85), (8, 0.35), (999, 0.12))
    """Up to so many weeks of pause, the chance that she is still expected at a session: we
    keep the door open (§5.5, "follow up closely") and do not insist (§5.6)."""

    comes: float = 0.86
    """Chance to come in a week in which nothing presses. Tuned to an attendance rate between
    0.65 and 0.8 with pauses."""

    partly: float = 0.06
    """Share of those who come and cannot stay to the end, or arrive late."""

    less_by_work: float = 0.10
    """What working takes off the chance to come (§4.12)."""

    less_by_childcare: float = 0.09
    """The same for each level of uncovered childcare, where nobody looks after the children
    meanwhile (§5.6)."""

    less_by_transport: float = 0.04
    """The same for each level of uncovered transport, where the fare is not paid (§5.5)."""

    less_by_legal_week: float = 0.12
    """The same in a week with a legal appointment (§5.2)."""

    excuses: tuple[float, float] = (0.5, 0.25)
    """Share of absences that she tells us of, while engaged and in a pause."""

    same_barrier_in_pause: float = 0.75
    """Share of absences in a pause that have the cause which began it."""

    barrier_not_asked: float = 0.12
    """Share of missed sessions of which nobody has noted the barrier."""

    barriers: dict[str, float] = field(
        default_factory=lambda: {
            "work": 0.12, "transport": 0.17, "health": 0.30, "legal_appointment": 0.12,
            "family_emergency": 0.16, "housing": 0.06, "documents": 0.08, "safety": 0.03,
            "language": 0.04, "other_priority": 0.16, "unknown": 0.18,
        }
    )  # fmt: skip
    """How often each barrier is named where nothing particular presses. Childcare is not
    there: it is named by those who have children."""

    barrier_work: float = 1.9
    """Added to work for a woman who works."""

    barrier_childcare: tuple[float, float, float] = (0.4, 2.0, 3.6)
    """Added to childcare for a mother, by coverage."""

    barrier_transport: tuple[float, float, float] = (0.0, 0.15, 0.45)
    """Added to transport, by coverage."""

    barrier_legal_week: float = 4.0
    """Added to legal appointment in such a week."""

    barrier_housing: tuple[float, float, float] = (0.0, 0.05, 0.3)
    """Added to housing, by coverage: moving house fills a week (§5.2)."""

    cancelled_by_us: float = 0.05
    """Share of sessions that we cancel: it happens, and counts against us (§5.6)."""

    in_august: float = 0.35
    """Share of individual sessions and of groups that go on in August."""

    longer: float = 0.05
    """Share of group sessions that overrun by a quarter of an hour, beyond 90 minutes."""

    close_together: float = 0.05
    """Share of midday sessions that start without the half hour between (§5.1.2 b)."""

    group_though_alone: float = 0.003
    """Chance that a woman who should be seen alone is expected at a group all the same
    (§5.1.2); the practice checks should find a little of both, not nothing."""

    group_size: tuple[int, int] = (4, 10)
    """Fewest and most women of a group: "small classes of 5 to 10" (§5.5), with fewer than
    four the course does not open."""

    planned_beyond: float = 1.25
    """Places planned for each woman who enrols: designs overestimate (§5.6)."""


@dataclass(frozen=True)
class Functions:
    """Who accompanies whom (§5.4, distribution of the several functions)."""

    wanted: dict[str, float] = field(
        default_factory=lambda: {
            "reference": 1.0, "psychological": 0.42, "legal": 0.26, "work": 0.40,
            "health": 0.14, "mediation": 0.16, "language": 0.10, "parenting": 0.22,
        }
    )  # fmt: skip
    """Share of women for whom a function is held; parenting is asked of mothers only."""

    alone: float = 0.06
    """Share of women for whom one professional carries everything, which §5.4 warns of."""

    first_is_asked_first: float = 1.35
    """How much more often the longest-standing professional is asked to take a woman on:
    the uneven caseload that the meeting should see."""

    unevenness: float = 0.25
    """Spread (of the logarithm) of how often the others are asked."""

    changes_of_reference: float = 0.012
    """Chance a month that the reference person changes without anyone leaving: women "have a
    hard time bonding" (§5.5), so it is rare."""

    later_days: int = 60
    """The other functions begin up to so many days after entry."""


@dataclass(frozen=True)
class Goals:
    """Personal itineraries: small objectives that can be revised and adapted (§5.3.2)."""

    at_entry: float = 1.7
    """Mean number of goals set in the first six weeks."""

    a_year: float = 1.6
    """Mean number of goals set in each year after."""

    chosen_by: dict[str, float] = field(
        default_factory=lambda: {
            "her": 0.44,
            "together": 0.43,
            "professional": 0.08,
            "required": 0.05,
        }
    )
    """Whose goal it is: start from what women prioritise (§5.3.2), with some required from
    outside (§4.1, mandatory modules)."""

    areas: dict[str, float] = field(
        default_factory=lambda: {
            "documents": 0.17, "housing": 0.10, "health": 0.09, "emotional": 0.10,
            "language": 0.15, "training": 0.10, "work": 0.16, "parenting": 0.10,
            "network": 0.06, "leisure_culture": 0.05, "safety": 0.04,
        }
    )  # fmt: skip
    """What goals are about; parenting only for mothers. Papers, language and work come first
    (§5.2, §5.5)."""

    active: dict[str, float] = field(
        default_factory=lambda: {
            "step": 0.60,
            "paused": 0.13,
            "revised": 0.12,
            "achieved": 0.10,
            "set_aside": 0.05,
        }
    )
    """What happens next to a goal under way: "small objectives" (§5.3.2), paths that are not
    lineal (§5.4)."""

    active_in_pause: dict[str, float] = field(
        default_factory=lambda: {
            "step": 0.32,
            "paused": 0.46,
            "revised": 0.10,
            "achieved": 0.02,
            "set_aside": 0.10,
        }
    )
    """The same while she pauses."""

    resting: dict[str, float] = field(default_factory=lambda: {"resumed": 0.78, "set_aside": 0.22})
    """What happens next to a paused goal."""

    taken_up_again: float = 0.16
    """Chance that a goal that was set aside is taken up later."""

    reopened: float = 0.05
    """Chance that an achieved goal is taken up once more (a contract ends, papers expire)."""

    steps_before_achieved: int = 2
    """Fewer than so many events after the start and nothing is called achieved: small
    objectives still take time (§5.5)."""

    days_between: float = 36.0
    """Mean days between two events of a goal, of a gamma distribution of shape 2."""

    never_started: float = 0.05
    """Share of goals set and not begun."""


@dataclass(frozen=True)
class Reviews:
    """When needs are looked at (§5.2) and risk is assessed (§5.1.1)."""

    needs_days: tuple[float, float] = (27.0, 9.0)
    """Shortest time between two reviews of needs, and scale of a gamma distribution (shape 2)
    on top of it: four to eight weeks, sometimes late."""

    safety_days: tuple[float, float] = (45.0, 14.0)
    """The same for risk assessments: every two to three months."""

    forgotten: float = 0.10
    """Share of reviews that do not take place: assessments age."""

    unknown: tuple[float, float] = (0.10, 0.02)
    """Share of needs not known at the first review, and later."""


@dataclass(frozen=True)
class Safety:
    """The six questions of §5.1.1: what is true at entry, and what fades later.

    Few women are "at risk" at a time: "some women are not necessarily at risk and
    others may be" (§5.6).
    """

    cannot_share_space: float = 0.08
    """Question a; fades."""

    protected_witness: float = 0.04
    """Question b; lasts."""

    judicial_process: float = 0.18
    """Question c; fades slowly."""

    lives_with_network: float = 0.08
    """Question d; fades."""

    threatened_recently: float = 0.12
    """Question e; fades, and can come anew."""

    imminent_danger: float = 0.025
    """Question f; fades fast, because then she is moved to a safe place (§5.1.1)."""

    fades: tuple[float, ...] = (0.30, 0.0, 0.10, 0.35, 0.55, 0.80)
    """Chance of each, a to f, to be over by the next assessment."""

    comes: tuple[float, ...] = (0.01, 0.0, 0.02, 0.005, 0.03, 0.004)
    """Chance of each to begin between two assessments."""

    unknown: tuple[float, float] = (0.14, 0.015)
    """Share of answers not known at the first assessment, and later: "lack of information
    about women can be an obstacle for safety" (§5.1.1)."""

    consent: tuple[float, float] = (0.84, 0.96)
    """Share of consents signed at the first assessment, and later (§5.1.1)."""


@dataclass(frozen=True)
class Decisions:
    """What the monthly meeting decides (§5.4)."""

    each_month: tuple[int, int] = (2, 4)
    """Fewest and most actions of a meeting."""

    done: float = 0.82
    """Share done, sooner or later."""

    late: float = 0.15
    """Share of the done ones that were done after the day hoped for."""

    without_day: float = 0.10
    """Share decided without a day."""


@dataclass(frozen=True)
class Model:
    """All parameters together.

    Examples
    --------
    >>> Model().meetings.group_size
    (4, 10)
    """

    stays: Stays = field(default_factory=Stays)
    circumstances: Circumstances = field(default_factory=Circumstances)
    paths: Paths = field(default_factory=Paths)
    meetings: Meetings = field(default_factory=Meetings)
    functions: Functions = field(default_factory=Functions)
    goals: Goals = field(default_factory=Goals)
    reviews: Reviews = field(default_factory=Reviews)
    safety: Safety = field(default_factory=Safety)
    decisions: Decisions = field(default_factory=Decisions)
