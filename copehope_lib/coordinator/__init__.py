"""The coordinator's page: a command with a window, for whoever closes the month without a terminal.

It can reach the registry. So it is a process of its own on this machine alone, opened with an
address that is good once, and it ends with its window.
"""
