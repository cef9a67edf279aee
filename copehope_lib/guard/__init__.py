"""The text guard: what in a free text leads to a person, and what may stand there instead.

Patterns, check characters and lists; no language model, and nothing leaves the machine.
"""

from copehope_lib.guard.find import find
from copehope_lib.guard.kind import Found, Kind, replace

__all__ = ["Found", "Kind", "find", "replace"]
