"""Engagement: who came, what stood in the way, who paused and who came back (§5.2, §5.6).

Processes are intermittent and that is normal (§5.6): a return counts as much as a pause, and
a session that we cancelled is never held against anyone.
"""

from copehope_lib.metrics.engagement import curves, episodes, pattern, sessions
from copehope_lib.metrics.engagement.curves import retention, time_to_pause, time_to_return
from copehope_lib.metrics.engagement.episodes import as_of, expected_days, movements, pauses
from copehope_lib.metrics.engagement.pattern import flows, patterns, women
from copehope_lib.metrics.engagement.sessions import attendance, barriers, modules

__all__ = [
    "as_of",
    "attendance",
    "barriers",
    "expected_days",
    "flows",
    "modules",
    "movements",
    "patterns",
    "pauses",
    "retention",
    "time_to_pause",
    "time_to_return",
    "women",
]

DECLARED = (*sessions.DECLARED, *episodes.DECLARED, *pattern.DECLARED, *curves.DECLARED)
