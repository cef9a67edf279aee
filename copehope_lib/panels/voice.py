"""Her voice: we asked, she said, we did; what waits for an answer stands first (§4.9, §5)."""

from functools import partial

from copehope_lib.charts import voice as charts
from copehope_lib.language import gettext as _
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import metric, metric_for
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.readings import voice as readings
from copehope_lib.vocabulary import Answer, Asked, Wish, YesNoUnknown

WAITS = ("given_on", "asked", "face", "wish", "activity", "days", "woman")


def waiting(seen: Seen) -> Shown:
    """Show what waits for an answer: to supervision one by one, to the team by question."""
    if not seen.audience.cases:
        return metric("voice.unanswered", partial(charts.answers, column="asked", of=Asked))(seen)
    rows = seen.table("voice.waiting").sort_values("days", ascending=False, kind="stable")
    reading = readings.waiting(rows, seen.audience)
    return Shown(reading, charts.waiting(rows), table_of(rows, WAITS, days=_("Days it waits")))


WAITING = PageCard(
    "voice-waiting",
    N_("What women were asked and said, and nobody has answered yet, however long ago."),
    N_("Who was not asked, and who would not say it to us."),
    waiting,
    {"professionals": "full"},
    keeps="voice.answers",
)
ASKED = PageCard(
    "voice-asked",
    N_("Answers of the last three months, by what was asked and by the face she chose."),
    N_("Who was not asked; a glad face may be kind to who asks."),
    metric_for("voice.asked", charts.faces),
    {"professionals": "most"},
    keeps="voice.answers",
)
LANGUAGE = PageCard(
    "voice-language",
    N_("Answers of the last three months, by whether she was asked in her language."),
    N_("What she would have said in her own words."),
    metric("voice.language", partial(charts.answers, column="in_her_language", of=YesNoUnknown)),
    {"professionals": "rest"},
    keeps="voice.answers",
)
WISHES = PageCard(
    "voice-wishes",
    N_("What women wished for in the last three months, as themes and never in their words."),
    N_("How much a wish weighs for her, and what nobody offered her to wish for."),
    metric("voice.wishes", partial(charts.answers, column="wish", of=Wish)),
    {"professionals": "half"},
    keeps="voice.answers",
)
ANSWERS = PageCard(
    "voice-answers",
    N_("What became of the answers of the last three months: what we told her we did."),
    N_("Whether what we changed is what she meant."),
    metric("voice.answers", partial(charts.answers, column="we_did", of=Answer)),
    {"professionals": "half"},
    keeps="voice.answers",
)
ACTIVITIES = PageCard(
    "voice-activities",
    N_("Activities that were held, by whether women helped to choose them."),
    N_("How many women took part in choosing, and who could not."),
    metric("voice.activities", charts.activities),
    {"professionals": "half"},
    keeps="voice.activities",
)
CARDS = (WAITING, ASKED, LANGUAGE, WISHES, ANSWERS, ACTIVITIES)
NOTHING = PageCard(
    "voice-nothing",
    "",
    "",
    lambda _seen: Shown(readings.nothing(), None, None),
    {"all": "full"},
)
"""What stands on the page where no card does."""
