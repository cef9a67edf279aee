"""Checks of the pitfalls to avoid (§5.6)."""

from copehope_lib.metrics.practice.check import Checked, checked
from copehope_lib.metrics.practice.facts import IN_PERSON, Facts
from copehope_lib.metrics.practice.frame_of_action import HERS
from copehope_lib.metrics.preconditions import among, places, require
from copehope_lib.metrics.visits import PRESENT

THERAPIES = ["psychological_support", "art_therapy_lab"]


def childcare(facts: Facts) -> Checked:
    """Of the activities in person that expected a mother, those that offer childcare."""
    stays = facts.tables.women[facts.tables.women["entered_on"] < facts.after]
    latest = stays.sort_values("entered_on").drop_duplicates("woman", keep="last")
    mothers = latest.loc[(latest["children_in_care"] > 0).fillna(value=False), "woman"]
    in_person = facts.expected[facts.expected["format"].isin(IN_PERSON)]
    met = in_person.loc[among(in_person["woman"], mothers), "activity"]
    activities = facts.tables.activities[among(facts.tables.activities["activity"], met)]
    return checked(activities.rename(columns={"activity": "code"}), activities["childcare"])


def externals_trained(facts: Facts) -> Checked:
    """Of the external professionals who held a session, those trained before their first."""
    people, sessions = facts.tables.professionals, facts.tables.sessions
    require("professionals", people, "external")
    who = places("sessions", "professional", sessions["professional"], people["professional"])
    first = sessions["starts_at"].dt.normalize().groupby(who).min()
    people = people.join(first.rename("first"))
    held = among(people["professional"], facts.expected["professional"])
    external = people[people["external"].astype("bool") & held]
    in_time = external["trafficking_training_on"] <= external["first"]
    return checked(external.rename(columns={"professional": "code"}), in_time)


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


def therapy_chosen(facts: Facts) -> Checked:
    """Of the women whom a therapy expected, those with a goal of that kind that is theirs."""
    expected = facts.expected.loc[facts.expected["module"].isin(THERAPIES), "woman"]
    women = facts.here.loc[among(facts.here["woman"], expected), ["woman"]]
    hers = facts.goals[(facts.goals["area"] == "emotional") & facts.goals["chosen_by"].isin(HERS)]
    return checked(women, among(women["woman"], hers["woman"]))
