"""The ten steps of the meeting, and where it is among them."""

from collections.abc import Mapping
from dataclasses import dataclass

import traitlets

from copehope_lib.language import mark as N_
from copehope_lib.panels import caseload, engagement, home, itineraries, needs, practice, wellbeing
from copehope_lib.panels.cards import names
from copehope_lib.vocabulary import Dimension


@dataclass(frozen=True)
class MeetingStep:
    """One step of the meeting, as it is proposed.

    Attributes
    ----------
    code : str
        Its name in a record.
    title, hint : str
        English sources: what it is called, and what it is for.
    minutes : int
        How long it may take.
    cards : tuple of str
        Names of the cards that it shows, of whichever page.
    """

    code: str
    title: str
    hint: str
    minutes: int
    cards: tuple[str, ...] = ()


# The ten steps, in their first order.
STEPS = (
    MeetingStep(
        "safety",
        N_("Safety"),
        N_("Is anybody in danger today? Who acts, and until when (§5.1.1)?"),
        5,
    ),
    MeetingStep(
        "arrive",
        N_("Arrive"),
        N_("One sentence each: with what do we come into this hour?"),
        5,
        names(home.CHANGE),
    ),
    MeetingStep(
        "actions",
        N_("Last month’s actions"),
        N_("What was done, what is open, and what we let go of."),
        10,
        names(practice.ACTIONS, home.REQUESTS, practice.DIMENSIONS[Dimension.PROFESSIONALS]),
    ),
    MeetingStep(
        "caseload",
        N_("Caseload"),
        N_("Who carries how much, and who carries alone (§5.4)?"),
        10,
        names(caseload.LOAD, caseload.PROFILES),
    ),
    MeetingStep(
        "engagement",
        N_("Engagement"),
        N_("Who came, who paused, who came back: processes are not straight lines (§5.6)."),
        15,
        names(engagement.FLOWS, engagement.BARRIERS, engagement.STRIP),
    ),
    MeetingStep(
        "itineraries",
        N_("Itineraries and needs"),
        N_("What she chose, what moved, and what is missing to live on (§5.2)."),
        15,
        names(itineraries.FLOWS, needs.COVERAGE, needs.CHANGE),
    ),
    MeetingStep(
        "practice",
        N_("Practice checks"),
        N_("What the report asks of us, and where we stand."),
        10,
        names(practice.CHANGE, practice.FINDINGS),
    ),
    MeetingStep(
        "wellbeing",
        N_("How we are"),
        N_("As a team, and nobody in particular (§5.4)."),
        10,
        names(wellbeing.SCALES, wellbeing.WAVE),
    ),
    MeetingStep(
        "reflection",
        N_("Case reflection"),
        N_("One or two situations, with time: understand first, decide after (§5.3.3)."),
        30,
    ),
    MeetingStep(
        "closing",
        N_("Decisions and closing"),
        N_("What we decided, who does it, and with what each of us leaves."),
        15,
    ),
)

CODES = [step.code for step in STEPS]
# Id of the entry that says how the meeting goes through its steps.
ORDER = "steps"


class MeetingState(traitlets.HasTraits):
    """Where the meeting is, and how it was arranged.

    Attributes
    ----------
    at : str
        Code of the step that is looked at.
    order : list of str
        Codes of all steps.
    minutes : dict of str to int
        How long each may take.
    skipped : list of str
        Steps that are left out.

    Examples
    --------
    >>> state = MeetingState()
    >>> state.read({"order": "closing,arrive,nonsense", "minutes": "arrive:7", "skipped": "x"})
    >>> state.order[:3], state.minutes["arrive"], state.skipped
    (['safety', 'closing', 'arrive'], 7, [])
    """

    at = traitlets.Unicode(CODES[0])
    order: "traitlets.List[str]" = traitlets.List(default_value=list(CODES))
    minutes: "traitlets.Dict[str, int]" = traitlets.Dict(
        default_value={step.code: step.minutes for step in STEPS}
    )
    skipped: "traitlets.List[str]" = traitlets.List()

    def values(self) -> dict[str, str]:
        """Return it as a record keeps it."""
        return {
            "at": self.at,
            "order": ",".join(self.order),
            "minutes": ",".join(f"{code}:{n}" for code, n in self.minutes.items()),
            "skipped": ",".join(self.skipped),
        }

    def read(self, values: Mapping[str, str]) -> None:
        """Take over what a record says, and leave out what it does not understand."""
        order = [code for code in values.get("order", "").split(",") if code in CODES]
        order = list(dict.fromkeys(order))
        pairs = [pair.partition(":") for pair in values.get("minutes", "").split(",")]
        said = {code: int(n) for code, _colon, n in pairs if code in CODES and n.isdecimal()}
        for at, code in enumerate(CODES):
            # Not at the end: safety opens the meetings too whose record is older than this step.
            if code not in order:
                order.insert(order.index(CODES[at - 1]) + 1 if at else 0, code)
        with self.hold_trait_notifications():
            self.order = order
            self.minutes = self.minutes | {code: min(120, n) for code, n in said.items()}
            self.skipped = [c for c in values.get("skipped", "").split(",") if c in CODES]
            if values.get("at") in CODES:
                self.at = values["at"]


def step_of(code: str) -> MeetingStep:
    """Return a step by its code.

    Examples
    --------
    >>> step_of("closing").minutes
    15
    """
    return next(step for step in STEPS if step.code == code)
