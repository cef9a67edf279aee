"""Panels: one state object and the view that follows it."""

from copehope_lib.panels.caseload import CaseloadPanel
from copehope_lib.panels.engagement import EngagementPanel

__all__ = ["CaseloadPanel", "EngagementPanel"]
