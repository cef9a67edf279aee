"""The pages of one audience as a folder: it opens without a server, and asks nobody."""

import shutil
from pathlib import Path

import jinja2

from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.register import offered
from copehope_lib.panels.self_check import told
from copehope_lib.privacy.write import writing
from copehope_lib.self_check.intake import Invitation, given_invitation
from copehope_lib.site import shell
from copehope_lib.site.draw import SCRIPTS, SELF_CHECK, as_script, draw, reading_page
from copehope_lib.site.workbook import workbook
from copehope_lib.tables import Each

STATIC = "copehope"
"""Folder of what all pages share."""
MARK = Path(STATIC, "page.js")
"""What tells a folder that was written so from another one."""


def refuse(extract: Extract, out: Path) -> None:
    """Refuse to write what is for a room into a folder, or over what is not ours.

    Raises
    ------
    CopehopeError
        If women stand in the extract, or something else lies in the folder.
    """
    if extract.audience.cases:
        sentence = _(
            "{audience} is for this room, and is written into no folder: use `copehope serve`."
        )
        raise CopehopeError(sentence.format(audience=extract.audience.badge[0]))
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        sentence = _("{out} holds something else: name a new folder.")
        raise CopehopeError(sentence.format(out=out))


def write(
    extract: Extract,
    notebooks: Path,
    out: Path,
    spoken: str,
    each: Each = iter,
    asked: Invitation | None = None,
    *,
    gives: bool = False,
) -> None:
    """Write the pages of all months into a folder, whole, in the place of what was written before.

    Parameters
    ----------
    extract : Extract
        What is shown.
    notebooks : pathlib.Path
        The dashboards: no page is written that has none.
    out : pathlib.Path
        The folder.
    spoken : str
        Language.
    each : callable, optional
        Wraps the pages as they are gone through, to show progress.
    asked : Invitation, optional
        What the self-check asks; by default the month check.
    gives : bool
        Whether a server stands before the folder that takes answers; else each is for herself.

    Raises
    ------
    CopehopeError
        If it is refused, or cannot be written.
    """
    refuse(extract, out)
    draft, old = (out.with_name(f".{out.name}.{kind}") for kind in ("draft", "old"))
    try:
        with writing(out):
            for left in (draft, old):
                shutil.rmtree(left, ignore_errors=True)
            _write(extract, notebooks, draft, spoken, each, asked or given_invitation(), gives)
            if out.exists():
                out.replace(old)
            draft.replace(out)
    finally:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)


def _write(
    extract: Extract,
    notebooks: Path,
    out: Path,
    spoken: str,
    each: Each,
    asked: Invitation,
    gives: bool,
) -> None:
    files = {path.name for path in notebooks.glob("*.ipynb") if reading_page(path)}
    there = [page for page in offered(extract) if page.file in files]
    made = shell.templates(extract, there, ".html", [spoken])
    loaders = [jinja2.DictLoader(made), jinja2.FileSystemLoader(shell.folder())]
    templates = jinja2.Environment(loader=jinja2.ChoiceLoader(loaders), autoescape=True)
    static = shell.folder() / "static"
    # What is given is sealed by a page of a server; in a folder nothing is given.
    left_out = () if gives else ("age", "outbox.js")
    sources = [f"{STATIC}/{name}" for name in (SCRIPTS if gives else SCRIPTS[:1])]
    shutil.copytree(static, out / STATIC, ignore=shutil.ignore_patterns(*left_out))
    for name, text in shell.scripts().items():
        (out / STATIC / name).write_text(text, encoding="utf-8")
    (out / "months").mkdir()
    for page in each(there):
        own = page.name == SELF_CHECK
        template = templates.get_template("self_check.html.j2" if own else "reading.html.j2")
        if own:
            about = told(asked, [spoken], sources, gives=gives)
        else:
            about = _cards(page.name, extract, out)
        outbox = f"{STATIC}/outbox.js" if own and gives else ""
        frame = {"static": f"{STATIC}/", "pages": "", "file": f"{page.name}.html"}
        text = template.render(**frame, title=page.title, page=about, outbox=outbox)
        for name in (page.name, *(["index"] if page is there[0] else [])):
            (out / f"{name}.html").write_text(text, encoding="utf-8")
    for month in extract.months:
        (out / "months" / f"{month}.xlsx").write_bytes(workbook(extract, month))


def _cards(name: str, extract: Extract, out: Path) -> dict[str, object]:
    """Write what is drawn of a page, month by month, and return what its frame is told."""
    for month in extract.months:
        data = draw(name, extract, month)
        for card in data["cards"]:
            card["link"][0] = card["link"][0].replace(".ipynb", ".html")
        script = out / "months" / f"{name}-{month}.js"
        script.write_text(as_script(data), encoding="utf-8")
    months = [str(month) for month in extract.months]
    return {
        "month": months[-1],
        "months": months,
        "address": f"months/{name}-{{month}}.js",
        "book": "months/{month}.xlsx",
    }
