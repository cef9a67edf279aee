"""What each page of the coordinator shows: what is known, and the template that says it."""

from pathlib import Path

import jinja2
from babel import Locale
from platformdirs import user_documents_path

from copehope_lib import language, months
from copehope_lib.coordinator.state import State, workspaces
from copehope_lib.errors import CopehopeError
from copehope_lib.files import exposure, private
from copehope_lib.importing import about, called, names
from copehope_lib.importing.her import LARGEST
from copehope_lib.importing.spoken import day_of
from copehope_lib.language import gettext as _
from copehope_lib.language import ngettext
from copehope_lib.metrics.assessments import danger
from copehope_lib.privacy import closing
from copehope_lib.privacy.audience import AUDIENCES
from copehope_lib.schema import TABLES, heading
from copehope_lib.server.confine import version
from copehope_lib.tables import mend

PAGES = ("choose", "bring", "mend", "look", "close", "hand")
"""The pages in their order."""


def first(state: State, page: str) -> tuple[str, str]:
    """Return what comes before a page, and where that is done; nothing where it is its turn."""
    if page in ("choose", "bring"):
        return "", ""
    tables = state.tables()
    if not tables.dialects or not (tables.errors or state.months()):
        return _("Nothing has been brought in yet: the tables are empty."), "bring"
    if page != "mend" and (n := len(tables.errors)):
        sentence = ngettext(
            "{n} thing is to be mended before the month can be looked at.",
            "{n} things are to be mended before the month can be looked at.",
            n,
        )
        return sentence.format(n=n), "mend"
    closed = closing.Months.of(state.workspace).closed
    if page == "close" and state.month() not in closed and not state.drafted():
        return _("Look at the draft of the month first."), "look"
    if page == "hand" and not closed:
        return _("No month is closed yet: close one, then hand it out."), "close"
    return "", ""


def html(state: State, page: str) -> str:
    """Return a page, in the language of the workspace."""
    if page not in PAGES or state.folder is None:
        page = "choose" if state.folder is None else "bring"
    try:
        before, link = first(state, page)
        name = "first" if before else page
        return _templates.get_template(f"{name}.html.j2").render(
            page=page, state=state, first=before, link=link, language=language.current()
        )
    except CopehopeError as problem:
        state.page, state.problem, state.folder = "choose", str(problem), None
        return html(state, "choose")


def refused(sentence: str) -> str:
    """Return a page for whoever may not see the others, or asked for one that is not there."""
    template = _templates.get_template("refused.html.j2")
    return template.render(sentence=sentence, language=language.current())


def label(table: str, column: str, value: str) -> str:
    """Return a value as a reader knows it.

    Examples
    --------
    >>> label("attendance", "status", "missed"), label("attendance", "woman", "W-001")
    ('Missed', 'W-001')
    """
    of = TABLES[table].column(column)
    words = of.words if of.vocabulary is not None else ()
    return next((word.label for word in words if word.value == value), value)


_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)
_templates.globals.update(
    _=_, ngettext=ngettext, about=about, called=called, closing=closing, danger=danger,
    day_of=day_of, documents=user_documents_path, free=private.free, groups=closing.GROUPS,
    audiences=AUDIENCES, heading=heading, label=label, languages=language.LANGUAGES, locale=Locale,
    month_name=months.name, most=LARGEST, names=names.FILE_NAME,
    mended=mend.mend, steps=PAGES[1:], tables=TABLES, walls=version, warnings=exposure.warnings,
    workspaces=workspaces,
)  # fmt: skip
