"""The design tokens: every colour and measure of pages and pictures.

A colour is written once, as it is in the light; :data:`DARK` says what stands for it in the
dark. Pictures are made in the light colours, and the page prints them in the others where the
reader's system or her choice asks for it.
"""

PAPER = "#fbfaf7"
CARD = "#ffffff"
INK = "#22303c"
SOFT_INK = "#5d6b76"
LINE = "#e4dfd6"
ACCENT = "#1f6f78"
TINT = "#e6f0ef"
QUIET = "#b9c9c8"
GRID = "#eee9e0"
WARM = "#e6d3a3"

DEEP = "#115c68"
LEAF = "#67af9c"
SAND = "#e0c890"
OCHRE = "#b9791f"
PLUM = "#94619b"
STONE = "#c2cace"
MOSS = "#53532d"

# Words on the deep colours, ``DEEP``, ``PLUM`` and ``MOSS``.
ON_DEEP = "#fefefe"
# Words on all the others.
ON_PALE = "#10181f"

# Colour of each pattern, by code.
PATTERNS = {
    "coming": DEEP,
    "with_us": DEEP,
    "steady": DEEP,
    "returned": LEAF,
    "starting": SAND,
    "beginning": SAND,
    "intermittent": OCHRE,
    "paused": PLUM,
    "in_touch": MOSS,
    "not_invited": STONE,
    "not_here": STONE,
}

# Colour of each state of a goal, by code.
STATES = {
    "achieved": DEEP,
    "still_open": LEAF,
    "under_way": LEAF,
    "not_started": SAND,
    "paused": PLUM,
    "set_aside": STONE,
    "not_set": STONE,
}

# Colour of how far a need is covered, by code.
COVERAGE = {
    "covered": DEEP,
    "partly": LEAF,
    "partly_or_unknown": LEAF,
    "not_covered": OCHRE,
    "unknown": STONE,
}

# Colour of how a request to another service stands, by code.
REQUESTED = {
    "accepted": DEEP,
    "not_taken": SAND,
    "no_answer": OCHRE,
    "refused": SAND,
    "waiting": LEAF,
    "silent": OCHRE,
    "ended": STONE,
}

# Colour of each face that a woman may choose, by code.
FACES = {"glad": DEEP, "between": SAND, "sad": PLUM}

# The same by shape, for whoever does not tell the colours apart.
SIGNS = {
    "covered": "●",
    "partly": "◐",
    "partly_or_unknown": "◐",
    "not_covered": "○",
    "unknown": "·",
}

# What stands for each colour in the dark.
DARK = {
    PAPER: "#141c23",
    CARD: "#1d2730",
    INK: "#e9e6df",
    SOFT_INK: "#a9b5be",
    LINE: "#35424d",
    ACCENT: "#6fc3cb",
    TINT: "#20393d",
    QUIET: "#4d5f66",
    GRID: "#2a353f",
    WARM: "#57481f",
    DEEP: "#4dc2d2",
    LEAF: "#c9e9e2",
    SAND: "#e7dca0",
    OCHRE: "#d99a2a",
    PLUM: "#c25fc8",
    STONE: "#898b90",
    MOSS: "#7b9d7b",
    ON_DEEP: "#10181e",
    ON_PALE: "#10181e",
}

FAMILY = "Atkinson Hyperlegible, system-ui, sans-serif"

_NAMES = {
    "paper": PAPER, "card": CARD, "ink": INK, "soft": SOFT_INK, "line": LINE,
    "accent": ACCENT, "tint": TINT, "quiet": QUIET, "ochre": OCHRE, "deep": DEEP,
}  # fmt: skip


def on(colour: str) -> str:
    """Return the colour of words that stand on a colour.

    Examples
    --------
    >>> on(DEEP) == ON_DEEP, on(SAND) == ON_PALE
    (True, True)
    """
    return ON_DEEP if colour in (DEEP, PLUM, MOSS, ACCENT) else ON_PALE


def variables() -> str:
    """Return the colours as CSS variables.

    ``--ch-ink`` is for pages; ``--ch-22303c`` says what stands for a picture's ink.

    Examples
    --------
    >>> "--ch-ink: #22303c;" in variables(), "--ch-22303c: #e9e6df;" in variables()
    (True, True)
    """
    light = "".join(f"--ch-{name}: {colour};" for name, colour in _NAMES.items())
    dark = "".join(f"--ch-{name}: {DARK[colour]};" for name, colour in _NAMES.items())
    dark += "".join(f"--ch-{old.lstrip('#')}: {new};" for old, new in DARK.items())
    return (
        f":root {{ {light} color-scheme: light; }}\n"
        "@media not print { "
        f'body[data-jp-theme-light="false"] {{ {dark} color-scheme: dark; }} }}\n'
    )
