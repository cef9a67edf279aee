"""The text guard: what in a free text leads to a person, and what may stand there instead.

Patterns, check characters and lists; no language model, and nothing leaves the machine.
"""
