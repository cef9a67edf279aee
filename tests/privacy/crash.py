"""A machine that stops in the middle of something."""

from collections.abc import Callable


class Crash(BaseException):
    """The machine stops here."""


def crashing_at(step: int, function: Callable[..., object]) -> Callable[..., object]:
    """Let a function work ``step`` times, and then stop the machine."""
    left = [step]

    def stops(*args: object, **kwargs: object) -> object:
        if left[0] == 0:
            raise Crash
        left[0] -= 1
        return function(*args, **kwargs)

    return stops
