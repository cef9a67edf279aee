"""Workbooks as teams keep them: synthetic, and written anew for each test."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | float | datetime.date | None
Sheets = dict[str, Sequence[Sequence[Cell]]]


def day(month: int, of: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, of)


def write(path: Path, sheets: Sheets) -> Path:
    """Write a workbook; days become days of the spreadsheet."""
    with xlsxwriter.Workbook(path) as book:
        as_day = book.add_format({"num_format": "dd/mm/yy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(y, x, datetime.datetime(*cell.timetuple()[:3]), as_day)
                    elif cell is not None:
                        sheet.write(y, x, cell)
    return path


MARTA: Sheets = {
    "Usuarias": [
        ["PROGRAMA AURORA - LISTADO USUARIAS 2026"],
        ["Actualizado:", day(10, 30)],
        [],
        ["Código", "Nombre", "F. alta", "F. baja", "Motivo baja", "Año nac.", "País",
         "Sit. admin.", "Vivienda", "Hijos", "Ref.", "Observaciones"],
        ["U1", "Blessing O.", day(1, 12), None, None, 1998, "Nigeria", "Asilo", "Acogida", 1,
         "LAU", "cita con extranjería el 14"],
        ["U2", "Joy", "3-feb-26", None, None, 2001, "Nigeria", "Asilo", "Acogida", 0, "LAU"],
        ["U3", "María del Carmen", "10/02/26", None, None, 1989, "Paraguay", "Sin papeles",
         "Piso", "2 (uno en origen)", "NUR", "llamar al 612 345 678"],
        ["U4", "Fatou", "marzo", None, None, 1995, "Guinea", "PI", "Piso", 0, "NUR"],
        ["U5", "Adriana", "3 mar", None, None, "1990?", "Colombia", "Resid. y trab.",
         "Autónoma", 1, "LAU"],
        ["U6", "Precious", day(4, 1), day(10, 31), "fin programa", 1997, "Nigeria", "PI",
         "Acogida", 0],
        ["TOTAL", 6],
    ],
    "Profesionales": [
        ["Equipo"],
        ["Nombre", "Sigla", "Perfil", "Jornada", "Externa", "Inicio"],
        ["Laura", "LAU", "Educadora", "37,5h", "N", day(9, 1, 2024)],
        ["Nuria", "NUR", "TS", "0,8", "N", "sept 2025"],
        ["Marta", "MAR", "Coord.", "100%", "N", 2020],
    ],
    "Asistencia octubre": [
        ["CASTELLANO - Grupo A (Laura) - martes y jueves 10-11:30"],
        ["Cód.", "Nombre", day(10, 1), day(10, 6), day(10, 8), "Total", "Coment."],
        ["U1", "Blessing O.", "x", "x", "F", 2],
        ["U2", "Joy", "x", None, "J", 1],
        ["U3", "María del Carmen", "F", "x", "x", 2, "hijo enfermo"],
        ["Asisten", None, 2, 2, 1],
        [],
        ["COSTURA - lunes"],
        ["Cód.", "Nombre", 5, 12, 19],
        ["U4", "Fatou", "x", "J", "x"],
        ["U5", "Adriana", "F", "x", "J"],
        [],
        ["x = asiste | F = falta | J = justificada"],
    ],
}  # fmt: skip
"""Three sheets in Spanish: titles, totals, remarks, two tables on a sheet, letters for words."""

MILANO: Sheets = {
    "Ospiti": [
        ["CASA ARCOBALENO"],
        ["Ospite", "Data ingresso", "Uscita", "Paese", "Permesso di soggiorno", "Alloggio",
         "Figli", "Note"],
        ["Amarachi", day(2, 3), None, "Nigeria", "richiedente asilo", "accoglienza", 1,
         "allergica"],
        ["Mirela", day(3, 15), None, "Romania", "irregolare", "casa rifugio", 0],
        ["Linh", "12 apr 2026", None, "Vietnam", "protezione", "stanza", None],
        ["Totale", 3],
    ],
    "Équipe": [
        ["Operatrice", "Ruolo", "Ore settimanali", "Esterna", "Dal"],
        ["Chiara", "Educatrice", "38h", "no", day(1, 8, 2023)],
        ["Samira", "Mediatrice", "19h", "sì", day(5, 2, 2024)],
    ],
    "Presenze": [
        ["ITALIANO L2 - ottobre 2026 - lun e gio 9.30-11.00"],
        ["Ospite", "gio 1", "lun 5", "gio 8", "lun 12", "Totale"],
        ["Amarachi", "P", "P", "A", "G", 2],
        ["Mirela", "A", "P", "P", None, 2],
        ["Linh", "P", "P", "P", "P", 4],
        ["Presenti", 2, 3, 2, 1],
        ["P: presente; A: assente; G: giustificata"],
    ],
}  # fmt: skip
"""Names and no codes, a legend, days of the week with numbers, in Italian."""

TORINO: Sheets = {
    "Donne": [
        ["N.", "Struttura", "Data entrata", "Anno nascita", "Cittadinanza", "Riferimento"],
        [1, "Torino", day(1, 20), 1999, "Nigeria", "Chiara"],
        [2, "Torino", day(2, 11), 1985, "Albania", "Chiara"],
        [3, "Torino", day(6, 30), 2003, "Pakistan", "Samira"],
    ],
    "Presenze": [
        ["Data", "1", "2", "3"],
        [day(10, 2), "x", "x", None],
        [day(10, 9), "x", None, "x"],
        [day(10, 16), None, "x", "x"],
    ],
    "Riepilogo": [
        ["N.", "gennaio", "febbraio", "marzo"],
        [1, 4, 6, 3],
        [2, 0, 2, 5],
    ],
}  # fmt: skip
"""Numbers for codes, days down and women across, and a summary that nothing can be made of."""

GIRONA: Sheets = {
    "Dones": [
        ["Llistat de dones ateses"],
        ["Codi", "Nom", "Data d'alta", "Baixa", "Motiu de baixa", "País d'origen", "Habitatge",
         "Fills a càrrec", "Observacions"],
        ["D-1", "Aissatou", day(1, 9), None, None, "Senegal", "Pis compartit", 0, "parla francès"],
        ["D-2", "Mariam", day(2, 17), day(9, 30), "trasllat", "Mali", "Acollida", 1],
        ["D-3", "Yuleidy", "20 d'abril de 2026", None, None, "Hondures", "Lloguer", 2],
    ],
    "Necessitats": [
        ["Codi", "Data revisió", "Necessitat", "Coberta"],
        ["D-1", day(10, 7), "Habitatge", "sí"],
        [None, None, "Transport", "en part"],
        [None, None, "Documentació", "no"],
        ["D-3", day(10, 14), "Habitatge", "sí"],
        [None, None, "Transport", "?"],
    ],
    "Assistència": [
        ["Taller de costura"],
        ["Codi", "2-oct-26", "9-oct-26", "16-oct-26"],
        ["D-1", "ve", "ve", "no ve"],
        ["D-3", "no ve", "ve", "avisa"],
    ],
}  # fmt: skip
"""Blanks that mean as above, words for marks, in Catalan."""
