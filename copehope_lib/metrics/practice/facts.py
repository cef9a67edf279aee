"""What the practice checks look at, gathered once for a period."""

from zoneinfo import ZoneInfo

import pandas as pd

from copehope_lib import months
from copehope_lib.metrics import needs
from copehope_lib.metrics.clock import instants
from copehope_lib.metrics.latest import latest_of_each
from copehope_lib.metrics.metric import Snapshot
from copehope_lib.metrics.preconditions import require
from copehope_lib.metrics.visits import during, expected
from copehope_lib.tables import Tables

IN_PERSON = ["individual", "group"]
ANSWERS = [
    "can_share_space",
    "protected_witness",
    "judicial_process",
    "lives_with_network",
    "threatened_recently",
    "imminent_danger",
]
"""The six questions of §5.1.1, a to f."""


class Facts:
    """What a check may look at.

    Attributes
    ----------
    tables : Tables
        The registry.
    month : pandas.Period
        Month, or months.
    after, last : pandas.Timestamp
        The first day after it, and its last day.
    here : pandas.DataFrame
        Stays that hold on the last day, one a woman.
    assessed : pandas.DataFrame
        The latest risk assessment of each woman here who has one.
    expected : pandas.DataFrame
        One row for each woman whom a session of the period expected: ``woman``, ``session``,
        ``day``, ``came``, and of the session ``activity``, ``module``, ``format``, ``place``,
        ``professional``, ``starts`` and ``ends`` (instants; without ``ends`` no hours are known).
    visits : pandas.DataFrame
        All visits.
    settings : Settings
        Of the team.
    around, needs, goals, training : pandas.DataFrame
        Results of :func:`caseload.functions`, :func:`needs.women`, :func:`itineraries.goals`
        and :func:`needs.in_long_training`.
    """

    def __init__(self, s: Snapshot) -> None:
        first, self.after = months.bounds(s.month)
        self.tables, self.month, self.last = s.tables, s.month, s.last
        self.here, self.visits, self.settings = s.here, s.visits, s.settings
        self.assessed = _assessed(s.tables, s.here, self.after)
        self.expected = _expected(s.tables, during(s.visits, first, self.after), s.settings.zone)
        self.around = s["caseload.functions"]
        self.needs = s["needs.women"]
        self.goals = s["itineraries.goals"]
        self.training = needs.trained(s)


def _assessed(tables: Tables, here: pd.DataFrame, after: pd.Timestamp) -> pd.DataFrame:
    require("safety", tables.safety, "assessed_on", "setting", "contact_consent", *ANSWERS)
    return latest_of_each("safety", tables.safety, "assessed_on", tables.women, here, after)


def _expected(tables: Tables, visits: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    require("sessions", tables.sessions, "ends_at", "place", "professional")
    require("activities", tables.activities, "module", "format")
    rows = expected(visits)
    held = tables.sessions.loc[rows["session"].drop_duplicates()]
    held = held[["session", "activity", "place", "professional"]].assign(
        starts=instants(held["starts_at"], zone), ends=instants(held["ends_at"], zone)
    )
    activity = tables.activities[["module", "format"]].take(rows["activity"].to_numpy())
    found = held.loc[rows["session"]].reset_index(drop=True)
    return found.assign(
        module=activity["module"].array,
        format=activity["format"].array,
        woman=tables.women["woman"].take(rows["woman"].to_numpy()).array,
        day=rows["day"].array,
        came=rows["came"].array,
    )
