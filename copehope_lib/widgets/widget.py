"""What all widgets have in common: words in the language in use, and an ear for the page."""

from typing import Any

import anywidget
import traitlets

Message = dict[str, Any]


class Widget(anywidget.AnyWidget):
    """A part of a page that is drawn by its own script, and may ask its kernel for something.

    Attributes
    ----------
    words : dict of str to str
        Its own words, by the names that the script knows, in the language in use.
    """

    words: "traitlets.Dict[str, str]" = traitlets.Dict().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.speak()
        self.on_msg(self._hear)

    def speak(self) -> None:
        """Use the language in use."""
        self.words = self._words()

    def _words(self) -> dict[str, str]:
        """Return its own words, in the language in use."""
        return {}

    def _hear(self, _widget: "Widget", message: object, _buffers: object) -> None:
        """Take what the page asks for to where it is answered; whoever asks may send anything."""
        if isinstance(message, dict) and isinstance(message.get("kind"), str):
            self._answer(message["kind"], message)

    def _answer(self, kind: str, message: Message) -> None:
        """Do what the page asks for; a kind that is not known is nothing."""
