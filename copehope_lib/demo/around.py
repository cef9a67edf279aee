"""What lies around sessions: what women say, other services, contacts, what the team learns."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window
from copehope_lib.demo.draws import NEVER, Ints, by_word, happens, pick, place_of
from copehope_lib.demo.team import Team
from copehope_lib.vocabulary import (
    Asked,
    Background,
    Barrier,
    ContactKind,
    Face,
    Minutes,
    Phase,
    Service,
    Theme,
    WeDid,
    Wish,
)

# One visit in so many is followed by a question; the report asks for women's suggestions on hours,
# childcare and topics (§4.9), and gives no number.
ASKED_AFTER: Final = 16
QUESTIONS: Final = by_word(
    Asked,
    {
        "usefulness": 0.3, "safety": 0.15, "timetable": 0.2, "language": 0.1, "childcare": 0.1,
        "wish": 0.15,
    },
)  # fmt: skip
FACES: Final = by_word(Face, {"glad": 0.55, "between": 0.3, "sad": 0.15})
WISHES: Final = by_word(
    Wish,
    {
        "other_hours": 0.25, "childcare": 0.2, "other_language": 0.1, "smaller_group": 0.1,
        "safer_place": 0.05, "nearer": 0.1, "more": 0.1, "other_topic": 0.05, "work": 0.05,
    },
)  # fmt: skip
# Share asked in her language; share who let their code stand; share that we have answered.
IN_HER_LANGUAGE: Final = 0.7
WITH_CODE: Final = 0.4
ANSWERED: Final = 0.6
ANSWERS: Final = by_word(
    WeDid, {"changed": 0.35, "will_change": 0.3, "explained": 0.25, "cannot": 0.1}
)

# Requests to other services in a woman's month; women in limbo between services (§5.2): so many
# are never answered, the others after a gamma of days (shape 2); so many accepted; and so many
# women who had to tell their story again (§5.4, revictimisation).
REFERRALS_A_MONTH: Final = 0.12
SERVICES: Final = by_word(
    Service,
    {
        "health": 0.2, "mental_health": 0.14, "legal": 0.18, "housing": 0.16,
        "social_services": 0.12, "employment": 0.08, "education": 0.06, "childcare": 0.05,
        "other": 0.01,
    },
)  # fmt: skip
NEVER_ANSWERED: Final = 0.2
ANSWER_DAYS: Final = 11.0
ACCEPTED: Final = 0.7
TOLD_AGAIN: Final = 0.45

# Contacts outside sessions in a woman's month: minimal as they are written down (§5.5).
CONTACTS_A_MONTH: Final = 1.1
CONTACTS: Final = by_word(
    ContactKind,
    {
        "visit": 0.12, "call": 0.42, "court": 0.06, "hospital": 0.06, "accompaniment": 0.14,
        "message": 0.2,
    },
)  # fmt: skip
# How long each takes: up to 15 minutes, 45, two hours, longer.
LASTS: Final = by_word(Minutes, {"to_15": 0.45, "to_45": 0.25, "to_120": 0.2, "longer": 0.1})

# Trainings that a member of the team has in a year, and what they are about: least is offered on
# anti-oppressive practice and rights at work.
TRAININGS_A_YEAR: Final = 1.6
THEMES: Final = by_word(
    Theme,
    {
        "trafficking": 0.28, "gender": 0.2, "transcultural": 0.12, "anti_oppressive": 0.04,
        "migration_law": 0.12, "trauma": 0.14, "safety": 0.1,
    },
)  # fmt: skip
BACKGROUNDS: Final = by_word(Background, {"yes": 0.25, "no": 0.6, "not_said": 0.15})

# Of absences for another priority (§5.2) those of which we know which: money to send, a death at
# home, a call from the family, what she met in the street, when the house shuts, a pregnancy.
CALLED_BY_NAME: Final = 0.6
NAMED: Final = by_word(
    Barrier,
    {
        "debt": 0.3, "grief": 0.15, "family_news": 0.2, "racism": 0.1, "housing_rules": 0.15,
        "pregnancy": 0.1,
    },
)  # fmt: skip

# What a woman is going through while somebody accompanies her, beyond the first weeks (§5.6).
ARRIVES: Final = 60
PHASES: Final = by_word(Phase, {"crisis": 0.12, "court": 0.2, "steady": 0.6, "leaving": 0.08})


def name_more(rng: np.random.Generator, attendance: pd.DataFrame) -> pd.DataFrame:
    """Call by its name what some absences had: another priority was said of them before."""
    other = attendance["barrier"].to_numpy() == place_of(Barrier.OTHER_PRIORITY)
    known = other & happens(rng, CALLED_BY_NAME, len(attendance))
    named = np.where(known, pick(rng, NAMED, len(attendance)), attendance["barrier"])
    return attendance.assign(barrier=named)


def draw_feedback(
    rng: np.random.Generator, attendance: pd.DataFrame, sessions: pd.DataFrame, window: Window
) -> pd.DataFrame:
    """Ask after some visits, and answer most of what was said some weeks later."""
    came = attendance[attendance["status"] <= 1]
    rows = came[happens(rng, 1 / ASKED_AFTER, len(came))]
    count, session = len(rows), sessions.loc[rows["session"]]
    given, asked = session["day"].to_numpy(), pick(rng, QUESTIONS, count)
    wished = asked == place_of(Asked.WISH)
    later = given + rng.integers(7, 60, count)
    told = happens(rng, ANSWERED, count) & (later <= window.last)
    return pd.DataFrame(
        {
            "feedback": np.arange(count),
            "given_on": given,
            "activity": session["activity"].to_numpy(),
            "asked": asked,
            "face": np.where(wished, -1, pick(rng, FACES, count)),
            "wish": np.where(wished, pick(rng, WISHES, count), -1),
            "in_her_language": happens(rng, IN_HER_LANGUAGE, count),
            "woman": np.where(happens(rng, WITH_CODE, count), rows["woman"], -1),
            "we_did": np.where(told, pick(rng, ANSWERS, count), -1),
            "answered_on": np.where(told, later, NEVER),
        }
    )


def _days(
    rng: np.random.Generator, assignments: pd.DataFrame, a_month: float, window: Window
) -> pd.DataFrame:
    """Draw days on which the reference person of a woman does something for her."""
    reference = assignments[assignments["function"] == 0].reset_index(drop=True)
    first = np.maximum(reference["from_on"].to_numpy(), window.first)
    last = np.minimum(reference["to_on"].to_numpy(), window.last + 1)
    times = rng.poisson(np.maximum(last - first, 0) / 30.4 * a_month)
    rows = reference.loc[reference.index.repeat(times), ["woman", "professional"]]
    span = (last - first).repeat(times)
    on = first.repeat(times) + np.floor(rng.random(len(rows)) * span).astype(np.int64)
    rows = rows.assign(on=window.open_on(on))
    within: pd.DataFrame = rows[rows["on"].to_numpy() < last.repeat(times)]
    return within.reset_index(drop=True)


def draw_referrals(
    rng: np.random.Generator, assignments: pd.DataFrame, window: Window
) -> pd.DataFrame:
    """Ask other services, and wait: some answer soon, some late, some never."""
    rows = _days(rng, assignments, REFERRALS_A_MONTH, window).sort_values("on", ignore_index=True)
    count, sent = len(rows), rows["on"].to_numpy()
    answered = sent + 1 + (ANSWER_DAYS * rng.gamma(2.0, 1.0, count)).astype(np.int64)
    answers = ~happens(rng, NEVER_ANSWERED, count) & (answered <= window.last)
    accepted, again = happens(rng, ACCEPTED, count), happens(rng, TOLD_AGAIN, count)
    ended = answered + np.where(accepted, rng.integers(20, 200, count), 0)
    return rows.assign(
        referral=np.arange(count),
        service=pick(rng, SERVICES, count),
        sent_on=sent,
        answered_on=np.where(answers, answered, NEVER),
        accepted=pd.Series(accepted, dtype="boolean").where(answers),
        told_again=pd.Series(again, dtype="boolean").where(answers & accepted),
        closed_on=np.where(answers & (ended <= window.last), ended, NEVER),
    )


def draw_contacts(
    rng: np.random.Generator, assignments: pd.DataFrame, window: Window
) -> pd.DataFrame:
    """Call, visit, go along: also in the weeks in which she comes to no session."""
    rows = _days(rng, assignments, CONTACTS_A_MONTH, window)
    kind, minutes = pick(rng, CONTACTS, len(rows)), pick(rng, LASTS, len(rows))
    short = kind == place_of(ContactKind.MESSAGE)
    rows = rows.assign(kind=kind, minutes=np.where(short, place_of(Minutes.TO_15), minutes))
    return rows.drop_duplicates(["woman", "on", "kind"])


def draw_trainings(rng: np.random.Generator, team: Team, window: Window) -> pd.DataFrame:
    """Send the team to trainings over two years, who is there longest not more often."""
    since = np.maximum(team.started_on, window.last - 2 * 365)
    until = np.minimum(team.ended_on, window.last + 1)
    times = rng.poisson(np.maximum(until - since, 0) / 365 * TRAININGS_A_YEAR)
    who = np.arange(len(times)).repeat(times)
    held = since[who] + np.floor(rng.random(len(who)) * (until - since)[who]).astype(np.int64)
    rows = pd.DataFrame(
        {
            "professional": who,
            "held_on": held,
            "theme": pick(rng, THEMES, len(who)),
            "hours": rng.choice([2.0, 4.0, 6.0, 12.0, 20.0], len(who)),
            "trainer_background": pick(rng, BACKGROUNDS, len(who)),
        }
    )
    return rows.drop_duplicates(["professional", "held_on", "theme"])


def draw_phases(
    rng: np.random.Generator, assignments: pd.DataFrame, window: Window
) -> dict[str, Ints]:
    """Say what each woman goes through, and for some what it asks, as agreed in supervision."""
    count, begun = len(assignments), assignments["from_on"].to_numpy()
    arriving = begun > window.last - ARRIVES
    agreed = np.minimum(begun + rng.integers(20, 90, count), window.last)
    said = happens(rng, 0.4, count) & (agreed >= begun)
    return {
        "phase": np.where(arriving, place_of(Phase.ARRIVAL), pick(rng, PHASES, count)),
        "intensity": np.where(said, 1 + pick(rng, [0.3, 0.5, 0.2], count), NEVER),
        "agreed_on": np.where(said, agreed, NEVER),
    }
