"""Actions: what the monthly meetings decided, and whether it was done (§5.4)."""

from typing import Final

import numpy as np
import pandas as pd

from copehope_lib.demo.days import Window, off_weekends, weekday
from copehope_lib.demo.decisions import DECISIONS
from copehope_lib.demo.draws import NEVER, Ints, by_word, happens, pick, place_of
from copehope_lib.demo.team import Team
from copehope_lib.vocabulary import Reply

# Fewest and most actions of a meeting.
EACH_MONTH: Final = (2, 4)

# Share done, sooner or later.
DONE: Final = 0.82

# Share of the done ones that were done after the day hoped for.
LATE: Final = 0.15

# Share decided without a day.
WITHOUT_DAY: Final = 0.10


# Share of decisions that ask something of the organisation, and of these answered by now (§5.4).
ASKED_UPWARDS: Final = 0.2
REPLIED: Final = 0.6
REPLIES: Final = by_word(
    Reply, {"granted": 0.4, "later": 0.25, "no_money": 0.25, "no_staff": 0.05, "not_theirs": 0.05}
)


def draw_requests(rng: np.random.Generator, actions: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Ask some of what was decided of the organisation, and let it answer some weeks later."""
    count = len(actions)
    asked, decided = happens(rng, ASKED_UPWARDS, count), actions["decided_on"].to_numpy()
    on = off_weekends(decided + rng.integers(5, 50, count))
    told = asked & happens(rng, REPLIED, count) & (on <= window.last)
    return actions.assign(
        asked_upwards=asked,
        reply=np.where(told, pick(rng, REPLIES, count), -1),
        replied_on=np.where(told, on, NEVER),
    )


def draw_actions(rng: np.random.Generator, team: Team, window: Window) -> pd.DataFrame:
    """Decide something at each monthly meeting, and let most of it be done.

    Returns
    -------
    pandas.DataFrame
        The table ``actions``, by day of the meeting; positions of codes and words.
    """
    fewest, most = EACH_MONTH
    # Teams meet on the last Monday of the month.
    last_days = window.month_starts[1:] - 1
    meetings = last_days - weekday(last_days)
    decided_on = np.repeat(meetings, rng.integers(fewest, most + 1, len(meetings)))
    count = len(decided_on)
    sentences = [(place_of(about), text) for about, texts in DECISIONS.items() for text in texts]
    # Through all sentences before one comes again.
    shuffled = [rng.permutation(len(sentences)) for _ in range(count // len(sentences) + 1)]
    dimensions, texts = zip(
        *(sentences[place] for place in np.concatenate(shuffled)[:count]), strict=True
    )
    # Four weeks on is the next meeting, or the one before it.
    due_on = decided_on + rng.choice([14, 21, 28, 28], count)
    return pd.DataFrame(
        {
            "action": np.arange(count),
            "decided_on": decided_on,
            "text": texts,
            "owner": _owners(rng, team, decided_on),
            "due_on": np.where(happens(rng, WITHOUT_DAY, count), NEVER, due_on),
            "done_on": _done(rng, decided_on, due_on, window),
            "dimension": dimensions,
        }
    )


def _owners(rng: np.random.Generator, team: Team, decided_on: Ints) -> Ints:
    """Draw who takes care of it, among the members of the team on that day."""
    there = (team.started_on <= decided_on[:, None]) & (decided_on[:, None] < team.ended_on)
    own = there & ~team.external
    eligible = np.where(own.any(axis=1, keepdims=True), own, there)
    lots = np.where(eligible, rng.random(eligible.shape), -1.0)
    drawn: Ints = np.argmax(lots, axis=1)
    return drawn


def _done(rng: np.random.Generator, decided_on: Ints, due_on: Ints, window: Window) -> Ints:
    early = decided_on + 1 + (rng.random(len(due_on)) * (due_on - decided_on)).astype(np.int64)
    late = due_on + rng.integers(2, 40, len(due_on))
    on = off_weekends(np.where(happens(rng, LATE, len(due_on)), late, early))
    done = happens(rng, DONE, len(due_on)) & (on <= window.last)
    return np.where(done, on, NEVER)
