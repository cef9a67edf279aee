"""The one error a user may see: a sentence that says what, where and how to mend it."""


class CopehopeError(Exception):
    """A refusal in one plain sentence, ready to be shown to a coordinator.

    The command line prints it without a traceback and ends with status 1; a page shows it
    in place of a figure.

    Examples
    --------
    >>> str(CopehopeError("Port 8866 is in use: choose another with --port."))
    'Port 8866 is in use: choose another with --port.'
    """


class NotToldError(CopehopeError):
    """Something that is not known of a month: what leaves the house says nothing of it."""
