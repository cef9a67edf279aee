"""Self-check instruments: data files with the key of each, and what reads and scores them."""

from copehope_lib.instruments.instrument import INSTRUMENTS, Instrument, read
from copehope_lib.instruments.scoring import score

__all__ = ["INSTRUMENTS", "Instrument", "read", "score"]
