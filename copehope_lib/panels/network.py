"""The network around women: where they wait, and who is between two services (§5.2, §5.4)."""

from copehope_lib.charts import network as charts
from copehope_lib.language import mark as N_
from copehope_lib.panels.columns import table_of
from copehope_lib.panels.draw import metric, metric_for
from copehope_lib.panels.panel import PageCard, Seen, Shown
from copehope_lib.readings import network as readings


def waiting(seen: Seen) -> Shown:
    """Show where women wait; the table has the oldest request first."""
    rows = seen.table("network.waiting").sort_values("days", ascending=False, ignore_index=True)
    return Shown(readings.waiting(rows, seen.audience), charts.waiting(rows), table_of(rows))


WAITING = PageCard(
    "network-waiting",
    N_("Requests of women who are here, without an answer on the last day, the oldest first."),
    N_("What the wait does to her, and what she does meanwhile."),
    waiting,
    {"cases": "most"},
    keeps="network.services",
)
BETWEEN = PageCard(
    "network-between",
    N_("Women of whom two requests or more wait, and none was accepted and goes on."),
    N_("Whether she feels that nobody is there: only she can say so."),
    metric("network.between", charts.between),
    {"cases": "rest"},
    keeps="network.services",
)
SERVICES = PageCard(
    "network-services",
    N_("Requests of twelve months by kind of service, and how they stand on the last day."),
    N_("How good a service is: a long wait may come of its own lack of people."),
    metric_for("network.services", charts.services),
    {"all": "most"},
    keeps="network.services",
)
TOLD_AGAIN = PageCard(
    "network-told-again",
    N_("Requests that were accepted, by whether she had to tell her story again there."),
    N_("What it cost her to tell it."),
    metric("network.told_again", charts.told_again),
    {"all": "rest"},
    keeps="network.services",
)
NOTHING = PageCard(
    "network-nothing",
    "",
    "",
    lambda _seen: Shown(readings.nobody_asked(), None, None),
    {"all": "full"},
)
"""What stands on the page where no card does."""
CARDS = (WAITING, BETWEEN, SERVICES, TOLD_AGAIN)
