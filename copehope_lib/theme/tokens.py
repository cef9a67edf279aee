"""The design tokens: every colour and measure of pages and pictures."""

PAPER = "#fbfaf7"
CARD = "#ffffff"
INK = "#22303c"
SOFT_INK = "#5d6b76"
LINE = "#e4dfd6"
ACCENT = "#1f6f78"
TINT = "#e6f0ef"
QUIET = "#b9c9c8"
GRID = "#eee9e0"

SERIES = {
    "steady": "#1f6f78",
    "returned": "#6aa6a0",
    "starting": "#c9b07a",
    "intermittent": "#c98b2b",
    "paused": "#7a4e7e",
    "not_invited": "#b6bec4",
}
"""Colour of each pattern, by code."""

FAMILY = "Atkinson Hyperlegible, system-ui, sans-serif"
