"""Make the spreadsheets beside this file anew, with LibreOffice: python make.py [folder].

The registry in them is invented. A title stands above the headings, one cell for the site
spans two rows, a year of birth is a formula, days are real dates, and a second sheet is hidden.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HEADINGS = (
    "Mujer", "Sede", "Fecha de entrada", "Fecha de salida", "Motivo de salida",
    "Año de nacimiento", "Región de origen", "Situación administrativa", "Vivienda",
    "Hijos a cargo",
)  # fmt: skip
# ; separates, " quotes, Windows-1252, from row 1, no column formats, Spanish, texts are not
# all quoted, cells as shown, no formulas.
CSV = "csv:Text - txt - csv (StarCalc):59,34,ANSI,1,,3082,false,true,false"
FORMATS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xlsm": "xlsm:Calc MS Excel 2007 VBA XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "csv": CSV,
}

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3"
  office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
  xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">
<office:automatic-styles>
  <number:date-style style:name="day" number:language="es" number:country="ES">
    <number:day number:style="long"/><number:text>/</number:text>
    <number:month number:style="long"/><number:text>/</number:text>
    <number:year number:style="long"/>
  </number:date-style>
  <style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>
  <style:style style:name="hidden" style:family="table">
    <style:table-properties table:display="false"/>
  </style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Mujeres">{women}</table:table>
<table:table table:name="Mujer" table:style-name="hidden">{old}</table:table>
</office:spreadsheet></office:body></office:document>
"""
COVERED = "<table:covered-table-cell/>"
BLANK = "<table:table-cell/>"


def words(text: str, span: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{span}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def number(value: int, formula: str = "") -> str:
    of = f' table:formula="of:{formula}"' if formula else ""
    return f'<table:table-cell office:value-type="float" office:value="{value}"{of}/>'


def day(iso: str) -> str:
    return (
        '<table:table-cell table:style-name="date" office:value-type="date" '
        f'office:date-value="{iso}"/>'
    )


def rows(cells: Iterable[Iterable[str]]) -> str:
    return "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)


def document() -> str:
    """Return the spreadsheet as Flat ODS."""
    headings = [words(heading) for heading in HEADINGS]
    barcelona = words("Barcelona", ' table:number-rows-spanned="2"')
    women = rows([
        [words("Año 2026")],
        headings,
        [
            words("W-001"), barcelona, day("2026-06-01"), BLANK, BLANK,
            number(1998, "=2000-2"), words("África Occidental"),
            words("Permiso de residencia y trabajo"), words("Piso compartido"), number(1),
        ],
        [
            words("W-002"), COVERED, day("2026-10-16"), BLANK, BLANK, number(2001), BLANK,
            words("Sin permiso"), words("Centro de acogida"), BLANK,
        ],
        [],
        [
            words("W-003"), words("L’Hospitalet"), day("2026-02-03"), day("2026-09-30"),
            words("Itinerario completado"), BLANK, BLANK, BLANK, BLANK, number(0),
        ],
    ])  # fmt: skip
    old = rows([headings, [words("W-999"), words("Vic"), day("2020-01-31")]])
    return DOCUMENT.format(women=women, old=old)


def convert(folder: Path, soffice: str) -> None:
    """Have LibreOffice write ``women`` in each format."""
    with tempfile.TemporaryDirectory() as own:
        source = Path(own) / "women.fods"
        source.write_text(document(), encoding="utf-8")
        for form in FORMATS.values():
            subprocess.run(
                [
                    soffice, "--headless", f"-env:UserInstallation=file://{own}/profile",
                    "--convert-to", form, "--outdir", str(folder), str(source),
                ],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip


if __name__ == "__main__":
    found = shutil.which("soffice")
    if found is None:
        sys.exit("LibreOffice is missing: install libreoffice-calc.")
    convert(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent), found)
