"""Guided case reflection: models as data files, and what reads and checks them."""

from copehope_lib.reflection.model import MODELS, ReflectionModel, Step, of_folder, read

__all__ = ["MODELS", "ReflectionModel", "Step", "of_folder", "read"]
