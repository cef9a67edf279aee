"""Street addresses: a street and a number, as written in Spain, in Italy and in English."""

import re
from collections.abc import Iterator
from typing import Final

_TYPE: Final = r"""(?i: calle | c/ | c\. | carrer | gran\ via | avenida | avda\.? | avinguda
    | av\. | plaza | placa | pl\. | paseo | passeig | pg\. | ronda | rambla | travesia
    | travessera | passatge | pasaje | camino | cami | carretera | via | v\.le | viale
    | piazzale | piazza | p\.?za\.? | p\.zza | corso | c\.so | vicolo | largo | strada )"""
_OF: Final = (
    r"(?i: (?:de|del|dels|della|delle|dei|degli|di|la|las|los|les|el|els|i|y|e)\ "
    r"| (?:dell|d|l)['’] )"
)
_CAPITAL: Final = r"[A-Z][\w'’·-]{0,30}"
# "3º 2ª", "int. 4", a postcode with its town.
_TAIL: Final = rf"""(?: (?:\ ?[/-])?[A-Za-z]\b(?!['’]|\.\w) | \ [A-Z]\b(?!['’]|\.\w) )?
    (?: ,?\ (?: (?i:int|esc|scala|pta|puerta|porta|piso|pis|bloque|bloc|interno)\.?\ \w{{1,3}}\b
        | \d{{1,2}}(?:[rnteoa]\b|°)(?:\ [A-Z]\b)? | \d{{5}}\ {_CAPITAL} ) ){{0,4}}"""
_NUMBER: Final = r"(?: ,?\ (?:(?i:num|numero|n|no)\b\.?o?\ ?)? | , ) \d{1,4}\b(?![/.:-]\d|,\d)"

_STREET: Final = re.compile(
    rf"""(?<!\w) {_TYPE} (?: \  | (?<=/) ) {_OF}{{0,3}}
    (?: [A-Z]\.\ ?)? {_CAPITAL} (?: \ {_OF}{{0,3}}{_CAPITAL} ){{0,4}} {_NUMBER} {_TAIL}""",
    re.VERBOSE,
)
# In small letters "via" is also a way to send, and "calle" a place to be for three months.
_SMALL: Final = re.compile(
    rf"""(?<!\w) (?i: calle | c/ | carrer | avenida | avinguda | via | viale | piazza )
    (?: \  | (?<=/) ) {_OF}{{0,3}}
    (?! (?:desde|durante?|hace|des|fa|para?|per|por|con|amb|alle|ore|mail|email|sms
        |telegram|whatsapp|zoom|meet|messaggio|posta|telefono|skype)\b )
    [a-z][\w'’·-]{{2,30}} {_NUMBER}
    (?! \ (?:an|mes|di|gi|hor|or|min|veg|vec|vol|per|don|muj|sem|set|eur|km|h\b|x\b) )
    {_TAIL}""",
    re.VERBOSE,
)
_ENGLISH: Final = re.compile(
    rf"""\b\d{{1,4}}[A-Za-z]?,?\ {_CAPITAL}(?:\ {_CAPITAL}){{0,3}}?
    \ (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Square|Terrace|Crescent|Gardens)\b
    (?: ,\ \d{{5}}\ {_CAPITAL} )?""",
    re.VERBOSE,
)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Return where street addresses stand in a bare text.

    A street without a number is a place like others.

    Parameters
    ----------
    text : str
        A bare text.

    Examples
    --------
    >>> list(spans("carrer de Balmes, 45, 2n 1a; via Roma 15; 8 Elm Street"))
    [(0, 27), (29, 40), (42, 54)]
    >>> list(spans("en la calle desde hace 3 meses, Via Giulia alle 10"))
    []
    """
    for pattern in (_STREET, _SMALL, _ENGLISH):
        for found in pattern.finditer(text):
            yield found.span()
