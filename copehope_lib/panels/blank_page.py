"""A page that tells its address nothing."""


class BlankPage:
    """A page whose address asks for nothing and tells nothing.

    What is answered in a self-check, or written about a woman, would stay in the history of
    the browser.

    Examples
    --------
    >>> page = BlankPage()
    >>> page.open("?woman=W-7KQ4M"), page.query()
    (None, '')
    """

    def open(self, _query: str) -> None:
        """Leave alone whatever an address asks for."""

    def follow(self, _answer: object) -> None:
        """Tell the address of nothing."""

    def query(self) -> str:
        """Return what stands in the address: nothing."""
        return ""
