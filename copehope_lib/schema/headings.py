"""What tables and columns are called on a sheet: their own names, and those of four languages.

In English a heading is the name of the column; the catalogs hold what teams write instead. A
name means the same in every table, so it is listed once.
"""

from functools import lru_cache

from copehope_lib.language import LANGUAGES, catalog, gettext, plain
from copehope_lib.language import mark as N_

_NAMES = (
    # Tables
    N_("women"),
    N_("professionals"),
    N_("assignments"),
    N_("activities"),
    N_("sessions"),
    N_("attendance"),
    N_("goals"),
    N_("goal_events"),
    N_("needs"),
    N_("safety"),
    N_("actions"),
    # women
    N_("woman"),
    N_("site"),
    N_("entered_on"),
    N_("left_on"),
    N_("leaving_reason"),
    N_("birth_year"),
    N_("region_of_origin"),
    N_("residence_status"),
    N_("housing"),
    N_("children_in_care"),
    # professionals
    N_("professional"),
    N_("profile"),
    N_("fte"),
    N_("external"),
    N_("trafficking_training_on"),
    N_("started_on"),
    N_("ended_on"),
    # assignments
    N_("function"),
    N_("from_on"),
    N_("to_on"),
    # activities
    N_("activity"),
    N_("module"),
    N_("format"),
    N_("sessions_planned"),
    N_("places"),
    N_("modular"),
    N_("childcare"),
    N_("transport_support"),
    N_("certificate"),
    # sessions
    N_("session"),
    N_("starts_at"),
    N_("ends_at"),
    N_("place"),
    # attendance
    N_("status"),
    N_("barrier"),
    # goals and goal_events
    N_("goal"),
    N_("area"),
    N_("chosen_by"),
    N_("set_on"),
    N_("target_on"),
    N_("on"),
    N_("event"),
    N_("attainment"),
    # needs
    N_("reviewed_on"),
    N_("need"),
    N_("coverage"),
    # safety
    N_("assessed_on"),
    N_("can_share_space"),
    N_("protected_witness"),
    N_("judicial_process"),
    N_("lives_with_network"),
    N_("threatened_recently"),
    N_("imminent_danger"),
    N_("setting"),
    N_("contact_channel"),
    N_("contact_consent"),
    # actions
    N_("action"),
    N_("decided_on"),
    N_("text"),
    N_("owner"),
    N_("due_on"),
    N_("done_on"),
    N_("dimension"),
)


def heading(name: str) -> str:
    """Return what a table or a column is called on a sheet, in the language in use.

    Examples
    --------
    >>> heading("entered_on")
    'entered_on'
    """
    return gettext(name)


@lru_cache
def plain_headings(name: str) -> frozenset[str]:
    """Return how a table or a column may be headed, in any language, without case and accents.

    Examples
    --------
    >>> "entered on" in plain_headings("entered_on")
    True
    """
    spoken = (catalog(language).gettext(name) for language in LANGUAGES)
    return frozenset(plain(text) for text in (name, *spoken))
