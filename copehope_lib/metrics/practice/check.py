"""What a check finds, and each check, in the order of :mod:`copehope_lib.recommendations`."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from copehope_lib import months
from copehope_lib.metrics.assessments import DANGERS, recent
from copehope_lib.metrics.engagement.sessions import IN_GROUPS
from copehope_lib.metrics.itineraries import OPEN
from copehope_lib.metrics.learning import members
from copehope_lib.metrics.practice.facts import ANSWERS, IN_PERSON, Facts
from copehope_lib.metrics.preconditions import among, places, require
from copehope_lib.metrics.visits import PRESENT

BETWEEN = pd.Timedelta(minutes=30)
"""The gap that §5.1.2 asks for between sessions of women who should not meet."""
SMALLEST, LARGEST = 5, 10
LONGEST = pd.Timedelta(minutes=90)
REVIEWED = pd.Timedelta(days=60)
HERS = ["her", "together"]
THERAPIES = ["psychological_support", "art_therapy_lab"]
CODES = ["woman", "code", "other"]
"""Whom or what a finding is about: a woman, the code of a thing, the code of a second one."""


@dataclass(frozen=True)
class Checked:
    """How often a recommendation is kept to, and where it is not.

    Attributes
    ----------
    numerator, denominator : int
        Of how many things that were looked at it holds.
    findings : pandas.DataFrame
        One row for each thing of which it does not hold: those of ``woman``, ``code`` and
        ``other`` (str) that say which.
    left_out : int
        Things that could not be looked at for want of something that nobody wrote down.
    """

    numerator: int
    denominator: int
    findings: pd.DataFrame
    left_out: int = 0


Find = Callable[[Facts], Checked]


def checked(things: pd.DataFrame, kept: pd.Series | npt.NDArray[np.bool_]) -> Checked:
    """Return what a check finds where each row is one thing to look at.

    Of what is missing in ``kept`` nobody knows: it is left out, and counted apart.

    Examples
    --------
    >>> things = pd.DataFrame({"woman": ["W-1", "W-2", "W-3"]})
    >>> checked(things, pd.Series([True, False, None], dtype="boolean"))
    Checked(numerator=1, denominator=2, findings=  woman
    1   W-2, left_out=1)
    """
    known = pd.Series(kept).astype("boolean")
    holds, unknown = known.fillna(value=True).to_numpy(dtype=bool), known.isna()
    columns = [name for name in CODES if name in things]
    left_out = int(unknown.sum())
    return Checked(
        int(holds.sum()) - left_out, len(things) - left_out, things.loc[~holds, columns], left_out
    )


def risk_assessed(facts: Facts) -> Checked:
    """Of the women accompanied, those with an assessment younger than 90 days."""
    kept = facts.assessed[recent(facts.assessed, facts.last)]
    return checked(facts.here, among(facts.here["woman"], kept["woman"]))


def six_answers(facts: Facts) -> Checked:
    """Of the women assessed, those of whom none of the six answers is "not known"."""
    return checked(facts.assessed, (facts.assessed[ANSWERS] != "unknown").all(axis=1))


def alone_means_alone(facts: Facts) -> Checked:
    """Of the women who should be seen alone, those whom no group has expected since."""
    alone = facts.assessed[facts.assessed["setting"] == "individual_only"]
    groups = facts.expected[facts.expected["format"].isin(IN_GROUPS)]
    last_group = groups.groupby("woman", as_index=False)["day"].max()
    both = alone.merge(last_group, on="woman", how="left")
    return checked(both, ~(both["day"] >= both["assessed_on"]))


def half_hour(facts: Facts) -> Checked:
    """Of the sessions of women who should meet nobody, those with half an hour to either side.

    Looked at are individual sessions in person. A session is too near if, in the same place on
    the same day, another one that expects another woman begins less than half an hour after
    its end or ends less than half an hour before it begins. A finding names both. Without hours
    or a place, its own or that of another session which may have been as near, it is left out.
    """
    apart = facts.assessed.loc[
        (facts.assessed["setting"] == "individual_only")
        | (facts.assessed["can_share_space"] == "no"),
        "woman",
    ]
    in_person = facts.expected[facts.expected["format"].isin(IN_PERSON)]
    hers = in_person[among(in_person["woman"], apart) & (in_person["format"] == "individual")]
    kept = hers["ends"].notna() & hers["place"].notna()
    kept = kept.astype("boolean").where(kept)
    pairs = hers[kept.notna()].reset_index().merge(in_person, on="day", suffixes=("", "_other"))
    placed, timed = pairs["place_other"].notna(), pairs["ends_other"].notna()
    maybe = (
        (pairs["session"] != pairs["session_other"])
        & (pairs["woman"] != pairs["woman_other"])
        & ~(placed & (pairs["place"] != pairs["place_other"]))
        & ~(timed & (pairs["starts_other"] >= pairs["ends"] + BETWEEN))
        & ~(timed & (pairs["ends_other"] <= pairs["starts"] - BETWEEN))
    )
    near = pairs[maybe & placed & timed]
    kept = kept.mask(kept.index.isin(pairs.loc[maybe, "index"]))
    kept = kept.mask(kept.index.isin(near["index"]), other=False)
    columns = {"woman": "woman", "session": "code", "session_other": "other"}
    found = near[[*columns]].rename(columns=columns).drop_duplicates()
    return replace(checked(hers, kept), findings=found)


def contact_agreed(facts: Facts) -> Checked:
    """Of the women accompanied, those whose way of being reached is agreed and signed."""
    agreed = facts.assessed["contact_consent"].astype("bool")
    return checked(facts.here, among(facts.here["woman"], facts.assessed.loc[agreed, "woman"]))


def _asked(things: pd.DataFrame, cells: pd.Series) -> pd.DataFrame:
    """Return what is looked at; nothing where a registry keeps none of it, and is not asked."""
    return things if cells.notna().any() else things[:0]


def plan_made(facts: Facts) -> Checked:
    """Of the women whose latest assessment gives reason for care, those with a safety plan.

    Reason for care is a *yes* to living with the network, a recent threat or imminent danger.
    """
    careful = facts.assessed[(facts.assessed[DANGERS] == "yes").any(axis=1)]
    plans = facts.tables.safety.loc[facts.tables.safety["plan_made_on"] < facts.after, "woman"]
    careful = _asked(careful, facts.tables.safety["plan_made_on"])
    return checked(careful, among(careful["woman"], plans))


def wish_heard(facts: Facts) -> Checked:
    """Of the women assessed whom a group expected, those who wish to be in groups."""
    groups = facts.expected.loc[facts.expected["format"].isin(IN_GROUPS), "woman"]
    asked = _asked(facts.assessed, facts.tables.safety["wishes_groups"])
    asked = asked[among(asked["woman"], groups)]
    return checked(asked, (asked["wishes_groups"] == "yes").to_numpy(dtype=bool))


def support_in_safe_groups(facts: Facts) -> Checked:
    """Of the women assessed whom a therapy in a group expected, those whom groups welcome."""
    therapy = facts.expected["module"].isin(THERAPIES) & facts.expected["format"].isin(IN_GROUPS)
    women = facts.assessed[among(facts.assessed["woman"], facts.expected.loc[therapy, "woman"])]
    return checked(women, women["setting"] == "group_welcome")


def report_came_first(facts: Facts) -> Checked:
    """Of the women who entered within a year, those whose report came by their first assessment."""
    safety = facts.tables.safety[facts.tables.safety["assessed_on"] < facts.after]
    first = safety.groupby("woman")[["assessed_on", "referral_report_on"]].min()
    new = facts.here[facts.here["entered_on"] > facts.last - pd.DateOffset(years=1)]
    new = _asked(new, facts.tables.safety["referral_report_on"])
    in_time = first.index[first["referral_report_on"] <= first["assessed_on"]]
    return checked(new, new["woman"].isin(in_time))


def protocol_agreed(facts: Facts) -> Checked:
    """Of a safety protocol and a police contact, those agreed, and tried within a year.

    A team that names neither day in its settings is not asked.
    """
    safety = facts.settings.safety
    days = [safety.protocol_agreed_on or None, safety.police_contact_tried_on or None]
    things = pd.DataFrame(
        {"code": ["protocol", "police_contact"], "day": pd.Series(days, dtype="datetime64[us]")}
    )
    things = _asked(things, things["day"])
    late = things["day"] <= facts.last - pd.DateOffset(years=1)
    return checked(things, (things["day"] < facts.after) & ~(late & (things["code"] != "protocol")))


def discussion_agreed(facts: Facts) -> Checked:
    """Of the women accompanied, those who agreed to be spoken of in supervision."""
    here = _asked(facts.here, facts.tables.women["discussion_on"])
    return checked(here, here["discussion_on"] < facts.after)


def mediated(facts: Facts) -> Checked:
    """Of the women who want mediation and whom a session expected, those who had it at one.

    Left out are those of whose sessions nobody wrote down whether they were held with it.
    """
    wants = facts.here[facts.here["mediation"].fillna(value=False).astype("bool")]
    expected = facts.expected.merge(facts.tables.sessions[["session", "mediated"]], on="session")
    had = expected.groupby("woman")["mediated"].max()
    wants = wants[wants["woman"].isin(had.index)]
    return checked(wants, had.reindex(wants["woman"]).array)


def needs_reviewed(facts: Facts) -> Checked:
    """Of the women accompanied, those of whom a need was reviewed in the last 60 days."""
    recent = facts.needs["reviewed_on"] > facts.last - REVIEWED
    return checked(facts.here, among(facts.here["woman"], facts.needs.loc[recent, "woman"]))


def needs_before_training(facts: Facts) -> Checked:
    """Of the women in a long training, those none of whose needs is known to be uncovered."""
    women = facts.training[["woman"]].drop_duplicates()
    uncovered = facts.needs.loc[facts.needs["coverage"] == "not_covered", "woman"]
    kept = pd.Series(~among(women["woman"], uncovered), dtype="boolean")
    certain = among(women["woman"], facts.training.loc[facts.training["known"], "woman"])
    return checked(women, kept.where(certain))


def childcare(facts: Facts) -> Checked:
    """Of the activities in person that expected a mother, those that offer childcare."""
    stays = facts.tables.women[facts.tables.women["entered_on"] < facts.after]
    latest = stays.sort_values("entered_on").drop_duplicates("woman", keep="last")
    mothers = latest.loc[(latest["children_in_care"] > 0).fillna(value=False), "woman"]
    in_person = facts.expected[facts.expected["format"].isin(IN_PERSON)]
    met = in_person.loc[among(in_person["woman"], mothers), "activity"]
    activities = facts.tables.activities[among(facts.tables.activities["activity"], met)]
    return checked(activities.rename(columns={"activity": "code"}), activities["childcare"])


def transport(facts: Facts) -> Checked:
    """Of the activities held in person, those for which transport is paid."""
    met = facts.expected.loc[facts.expected["format"].isin(IN_PERSON), "activity"]
    activities = facts.tables.activities[among(facts.tables.activities["activity"], met)]
    return checked(activities.rename(columns={"activity": "code"}), activities["transport_support"])


def group_size(facts: Facts) -> Checked:
    """Of the group sessions to which somebody came, those to which 5 to 10 women came."""
    groups = facts.expected["format"].isin(IN_GROUPS) & facts.expected["came"]
    sizes = facts.expected[groups].groupby("session").size()
    things = pd.DataFrame({"code": sizes.index})
    return checked(things, sizes.between(SMALLEST, LARGEST))


def session_length(facts: Facts) -> Checked:
    """Of the sessions held whose hours are known, those of 90 minutes at most."""
    held = facts.expected.drop_duplicates("session").rename(columns={"session": "code"})
    lasted = held["ends"] - held["starts"]
    return checked(held[["code"]], (lasted <= LONGEST).astype("boolean").mask(lasted.isna()))


def team_trained(facts: Facts) -> Checked:
    """Of the members of the team on the last day, those trained on trafficking by then."""
    team = members(facts.tables.professionals, facts.last)
    of = facts.tables.trainings
    held = of[(of["theme"] == "trafficking") & (of["held_on"] < facts.after)]
    trained = (team["trafficking_training_on"] < facts.after) | among(
        team["professional"], held["professional"]
    )
    return checked(team.rename(columns={"professional": "code"}), trained)


def externals_trained(facts: Facts) -> Checked:
    """Of the external professionals who held a session, those trained before their first.

    Left out are sessions of which nobody wrote down who held them.
    """
    people = facts.tables.professionals
    sessions = facts.tables.sessions.dropna(subset="professional")
    require("professionals", people, "external")
    who = places("sessions", "professional", sessions["professional"], people["professional"])
    first = sessions["starts_at"].dt.normalize().groupby(who).min()
    people = people.join(first.rename("first"))
    held = among(people["professional"], facts.expected["professional"])
    external = people[people["external"].astype("bool") & held]
    in_time = external["trafficking_training_on"] <= external["first"]
    found = checked(external.rename(columns={"professional": "code"}), in_time)
    nobody = facts.expected.loc[facts.expected["professional"].isna(), "session"]
    return replace(found, left_out=nobody.nunique())


def three_profiles(facts: Facts) -> Checked:
    """Of the women accompanied, those around whom three profiles or more stand."""
    return checked(facts.around, facts.around["profiles"] >= 3)


def functions_shared(facts: Facts) -> Checked:
    """Of the women around whom somebody stands, those who do not rest on one person."""
    around = facts.around[facts.around["professionals"] > 0]
    return checked(around, ~around["carried_alone"])


def places_taken(facts: Facts) -> Checked:
    """Of the places planned in the activities held, those that a woman has taken up.

    An activity that reached more women than it was planned for counts as full.
    """
    activities = facts.tables.activities
    held = among(activities["activity"], facts.expected["activity"])
    planned = activities[held & (activities["places"] > 0).fillna(value=False)]
    wanted = activities.index.isin(planned.index)
    rows = facts.visits[wanted[facts.visits["activity"]]]
    came = rows[(rows["day"] < facts.after) & rows["status"].isin(PRESENT)]
    reached = came.drop_duplicates(["activity", "woman"]).groupby("activity").size()
    places_planned = planned["places"].astype("int64")
    taken = reached.reindex(planned.index, fill_value=0).clip(upper=places_planned)
    short = planned[taken < places_planned].rename(columns={"activity": "code"})
    return Checked(int(taken.sum()), int(places_planned.sum()), short[["code"]])


def goals_hers(facts: Facts) -> Checked:
    """Of the open goals, those chosen by her or together with her."""
    open_ = facts.goals[facts.goals["state"].isin(OPEN)].rename(columns={"goal": "code"})
    return checked(open_, open_["chosen_by"].isin(HERS))


def therapy_chosen(facts: Facts) -> Checked:
    """Of the women whom a therapy expected, those with a goal of that kind that is theirs."""
    expected = facts.expected.loc[facts.expected["module"].isin(THERAPIES), "woman"]
    women = facts.here.loc[among(facts.here["woman"], expected), ["woman"]]
    hers = facts.goals[(facts.goals["area"] == "emotional") & facts.goals["chosen_by"].isin(HERS)]
    return checked(women, among(women["woman"], hers["woman"]))


def supervision_held(facts: Facts) -> Checked:
    """Of the six months that end with the period, those in which a meeting decided something.

    Months before anybody was accompanied are not looked at.
    """
    require("actions", facts.tables.actions, "decided_on")
    last = facts.last.to_period("M")
    six = pd.period_range(end=last, periods=6, freq="M")
    begun = facts.tables.women["entered_on"].min()
    six = six[six >= begun.to_period("M")] if pd.notna(begun) else six[:0]
    held = facts.tables.actions["decided_on"].dt.to_period("M")
    return checked(pd.DataFrame({"code": six.astype("str")}), pd.Series(six.isin(held)))


def actions_done(facts: Facts) -> Checked:
    """Of the actions decided in the period before, those done by the end of this one."""
    require("actions", facts.tables.actions, "decided_on")
    first, after = months.bounds(facts.month - 1)
    decided = facts.tables.actions["decided_on"]
    actions = facts.tables.actions[(decided >= first) & (decided < after)]
    return checked(actions.rename(columns={"action": "code"}), actions["done_on"] < facts.after)
