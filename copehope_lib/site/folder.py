"""The pages of one audience as a folder: it opens without a server, and asks nobody."""

import shutil
from pathlib import Path

import jinja2

from copehope_lib.errors import CopehopeError
from copehope_lib.extract import Extract
from copehope_lib.language import gettext as _
from copehope_lib.panels.register import pages
from copehope_lib.privacy.write import writing
from copehope_lib.site import shell
from copehope_lib.site.draw import as_script, draw, reading_page
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


def write(extract: Extract, notebooks: Path, out: Path, spoken: str, each: Each = iter) -> None:
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
            _write(extract, notebooks, draft, spoken, each)
            if out.exists():
                out.replace(old)
            draft.replace(out)
    finally:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)


def _write(extract: Extract, notebooks: Path, out: Path, spoken: str, each: Each) -> None:
    files = {path.name for path in notebooks.glob("*.ipynb") if reading_page(path)}
    there = [page for page in pages(extract.audience) if page.file in files]
    frame = shell.templates(extract, there, ".html", [spoken])
    loaders = [jinja2.DictLoader(frame), jinja2.FileSystemLoader(shell.folder())]
    template = jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders), autoescape=True
    ).get_template("reading.html.j2")
    static = shell.folder() / "static"
    # What is typed is sealed by a server's page; here nothing is.
    shutil.copytree(static, out / STATIC, ignore=shutil.ignore_patterns("age", "outbox.js"))
    for name, text in shell.scripts().items():
        (out / STATIC / name).write_text(text, encoding="utf-8")
    months = [str(month) for month in extract.months]
    (out / "months").mkdir()
    for page in each(there):
        about = {
            "month": months[-1],
            "months": months,
            "address": f"months/{page.name}-{{month}}.js",
            "book": "months/{month}.xlsx",
        }
        text = template.render(
            static=f"{STATIC}/", pages="", file=f"{page.name}.html", title=page.title, page=about
        )
        for name in (page.name, *(["index"] if page is there[0] else [])):
            (out / f"{name}.html").write_text(text, encoding="utf-8")
        for month in extract.months:
            data = draw(page.name, extract, month)
            for card in data["cards"]:
                card["link"][0] = card["link"][0].replace(".ipynb", ".html")
            script = out / "months" / f"{page.name}-{month}.js"
            script.write_text(as_script(data), encoding="utf-8")
    for month in extract.months:
        (out / "months" / f"{month}.xlsx").write_bytes(workbook(extract, month))
