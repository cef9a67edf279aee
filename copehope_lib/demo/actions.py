"""Actions: what the monthly meetings decided, and whether it was done (§5.4)."""

import numpy as np
import pandas as pd

from copehope_lib.demo.arrays import (
    NEVER,
    Ints,
    coded,
    codes,
    dates,
    happens,
    place_of,
    typed,
    words,
)
from copehope_lib.demo.days import Window, off_weekends, weekday
from copehope_lib.demo.decisions import DECISIONS
from copehope_lib.demo.model import Decisions
from copehope_lib.demo.team import Team
from copehope_lib.vocabulary import Dimension


def table(
    rng: np.random.Generator,
    team: Team,
    professionals: pd.Series,
    window: Window,
    model: Decisions,
) -> pd.DataFrame:
    """Return the table ``actions``: two to four decisions of each monthly meeting.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    team : Team
        Who can take care of something.
    professionals : pandas.Series
        Code of each professional.
    window : Window
        Days of the registry.
    model : Decisions
        How many, and how many get done.

    Returns
    -------
    pandas.DataFrame
        Typed as the schema asks, by day of the meeting.
    """
    fewest, most = model.each_month
    meeting = np.array([_last_monday(after) for _, after in window.months])
    decided_on = np.repeat(meeting, rng.integers(fewest, most + 1, len(meeting)))
    count = len(decided_on)
    sentences = [(place_of(about), text) for about, texts in DECISIONS for text in texts]
    # Through all sentences before one comes again.
    shuffled = [rng.permutation(len(sentences)) for _ in range(count // len(sentences) + 1)]
    chosen = [sentences[place] for place in np.concatenate(shuffled)[:count]]
    # Four weeks on is the next meeting, or the one before it.
    due_on = decided_on + rng.choice([14, 21, 28, 28], count)
    return typed(
        "actions",
        {
            "action": codes("D", count, 3),
            "decided_on": dates(decided_on),
            "text": pd.Series([text for _, text in chosen], dtype="str"),
            "owner": coded(professionals, _owners(rng, team, decided_on)),
            "due_on": dates(np.where(happens(rng, model.without_day, count), NEVER, due_on)),
            "done_on": dates(_done(rng, decided_on, due_on, window, model)),
            "dimension": words(Dimension, np.array([about for about, _ in chosen])),
        },
    )


def _last_monday(after: int) -> int:
    """Teams meet on the last Monday of the month."""
    return after - 1 - int(weekday(np.array([after - 1]))[0])


def _owners(rng: np.random.Generator, team: Team, decided_on: Ints) -> Ints:
    """Draw who takes care of it, among the members of the team on that day."""
    there = (team.started_on <= decided_on[:, None]) & (decided_on[:, None] < team.ended_on)
    own = there & ~team.external
    eligible = np.where(own.any(axis=1, keepdims=True), own, there)
    lots = np.where(eligible, rng.random(eligible.shape), -1.0)
    drawn: Ints = np.argmax(lots, axis=1).astype(np.int64)
    return drawn


def _done(
    rng: np.random.Generator, decided_on: Ints, due_on: Ints, window: Window, model: Decisions
) -> Ints:
    early = decided_on + 1 + (rng.random(len(due_on)) * (due_on - decided_on)).astype(np.int64)
    late = due_on + rng.integers(2, 40, len(due_on))
    on = off_weekends(np.where(happens(rng, model.late, len(due_on)), late, early))
    done = happens(rng, model.done, len(due_on)) & (on <= window.last)
    return np.where(done, on, NEVER)
