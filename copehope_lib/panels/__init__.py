"""Panels: one state object and the cards that follow it."""
