"""What the synthetic team decided at its last meeting, as the next one finds it."""

import pandas as pd

from copehope_lib.records.record import Entry

# Number, words, who takes care of it, dimension of the report.
DECIDED = (
    ("a", "Ask the language school for a group with childcare", "P-04", "best_practices"),
    ("b", "Share out the appointments that P-01 goes to alone", "P-02", "professionals"),
    ("c", "Ask the women again what pocket money is for", "P-05", "basic_needs"),
)


def decisions(month: pd.Period) -> list[Entry]:
    """Return the entries of the record of a month.

    Parameters
    ----------
    month : pandas.Period
        Month that the meeting looked at; it was held in the first days of the next one.

    Examples
    --------
    >>> [entry.words["owner"] for entry in decisions(pd.Period("2026-09", "M"))[1:]]
    ['P-04', 'P-02', 'P-05']
    """
    held = (month + 1).start_time.date().replace(day=6)
    due = held.replace(day=27)
    return [
        Entry("step", {"held_on": held.isoformat()}, "steps"),
        *(
            Entry(
                "decision",
                {
                    "step": "closing",
                    "text": text,
                    "owner": owner,
                    "due_on": due.isoformat(),
                    "dimension": dimension,
                },
                number,
            )
            for number, text, owner, dimension in DECIDED
        ),
    ]
