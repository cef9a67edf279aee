"""Letters that were saved in one encoding and read in another: Grˆcia, GrÃ cia, cafÈ."""

import re
from typing import Final

_MARKS: Final = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"

WRONG_LETTERS: Final = "|".join(
    (
        "\ufffd",
        # UTF-8 read as Windows-1252, Mac Roman or the encoding of DOS.
        f"[ÃÂ][\u0080-\u00bf{_MARKS}]|â€|√[^\\s\\d]|[├┬]",
        "(?<=[^\\W\\d_])[ˆ‡¢£¤¥§¨¬¯±¶¸×÷‰◊∆∂√∞≈≤≥∑∏∫Ω˜˙˚˝˛ˇﬁﬂ]",
        "(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŸŽŠŒ]",
        "(?<=[a-z])[•„‚¡…°](?=[a-z])",
    )
)
"""What stands in no word of our languages, as a regular expression."""

# What seldom does: dashes after a letter, an apostrophe where none is left out, other letters.
_SELDOM: Final = re.compile(
    r"(?<=[a-z])[–—“…]|(?<=[a-z][^\Wlntzhms])’(?=[a-z])(?!(?:s|t|re|ll|ve|d|m)\b)"
    "|(?<=[a-z])\u00a0(?=[a-z])|[âãäåæêëîðôõöøûýþÿăćęĺőű]",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(WRONG_LETTERS)
# What a letter of a DOS page, or of the East of Europe, is in others: regi˘n, ·ger, Timiºoara.
_OUT_OF_PLACE: Final = re.compile(
    r"[ÞþÐð˘]|(?<=[a-z])[ºª³¹¿£](?=[a-z])|(?<![^\W\d_])[·µ÷£∑](?=[^\W\d_])"
)


def strangeness(text: str) -> int:
    """Return how little a text reads as Catalan, Spanish, Italian or English.

    Examples
    --------
    >>> strangeness("Gràcia"), strangeness("Grˆcia") > strangeness("Grêcia") > 0
    (0, True)
    """
    never = len(_NEVER.findall(text)) + len(_OUT_OF_PLACE.findall(text))
    return 2 * never + len(_SELDOM.findall(text))
