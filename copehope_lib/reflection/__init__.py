"""Guided case reflection: models as data files, and what reads and checks them."""

from copehope_lib.reflection.model import CLOSING, Model, Prompt, Step, Text
from copehope_lib.reflection.pitfall import Pitfall
from copehope_lib.reflection.source import MODELS, of_folder, parse, read

__all__ = [
    "CLOSING",
    "MODELS",
    "Model",
    "Pitfall",
    "Prompt",
    "Step",
    "Text",
    "of_folder",
    "parse",
    "read",
]
