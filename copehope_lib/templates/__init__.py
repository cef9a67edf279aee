"""Templates and data dictionary, written from the schema and never by hand."""

from pathlib import Path

from copehope_lib import language
from copehope_lib.schema import TABLES
from copehope_lib.templates import csv_files, datapackage, markdown, page, workbook

WORKBOOK = "copehope-template.xlsx"
DICTIONARY = "data-dictionary"
DATA_PACKAGE = "datapackage.json"


def contents() -> dict[str, bytes]:
    """Return each template by file name, in the language in use.

    Examples
    --------
    >>> files = contents()
    >>> files["goals.csv"].decode("utf-8-sig").splitlines()[0]
    'goal,woman,area,chosen_by,set_on,target_on'
    >>> [name for name in files if not name.endswith(".csv")]
    ['copehope-template.xlsx', 'data-dictionary.md', 'data-dictionary.html', 'datapackage.json']
    """
    return {
        WORKBOOK: workbook.made(),
        **{f"{name}.csv": csv_files.written(table) for name, table in TABLES.items()},
        f"{DICTIONARY}.md": markdown.dictionary().encode(),
        f"{DICTIONARY}.html": page.dictionary().encode(),
        DATA_PACKAGE: datapackage.written().encode(),
    }


def write(folder: Path) -> list[Path]:
    """Write the templates into a folder, in the language in use, and return their paths.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> len(write(Path(mkdtemp()) / "templates"))
    19
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = contents()
    for name, content in written.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in written]


def write_every_language(folder: Path) -> list[Path]:
    """Write the templates of each language into a folder of its own, named by its code.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> sorted({path.parent.name for path in write_every_language(Path(mkdtemp()))})
    ['ca', 'en', 'es', 'it']
    """
    in_use = language.locale().language
    try:
        paths = []
        for spoken in language.LANGUAGES:
            language.use(spoken)
            paths += write(folder / spoken)
        return paths
    finally:
        language.use(in_use)
