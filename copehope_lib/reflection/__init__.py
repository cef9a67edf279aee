"""Guided case reflection: models as data files, and what reads and checks them."""

from copehope_lib.reflection.model import CLOSING, Prompt, ReflectionModel, Step, Text
from copehope_lib.reflection.pitfall import Pitfall
from copehope_lib.reflection.source import MODELS, of_folder, parse, read

__all__ = [
    "CLOSING",
    "MODELS",
    "Pitfall",
    "Prompt",
    "ReflectionModel",
    "Step",
    "Text",
    "of_folder",
    "parse",
    "read",
]
