"""The screen's voice: every sentence in the language of the person, who may change it at any time."""

from PySide6.QtCore import QObject, Signal

from ui.sentences import LANGUAGES, Words, sentences


class Wording(Words, QObject):
    """Words that can `use` another language, and tell by `changed` when that happened."""

    changed = Signal()

    def __init__(self, language: str = LANGUAGES[0], parent: QObject | None = None) -> None:
        QObject.__init__(self, parent)
        Words.__init__(self, language)

    def use(self, language: str) -> None:
        """Speak `language` from now on; every widget hears of it by `changed`."""
        if language in LANGUAGES and language != self._language:
            self._language, self._sentences = language, sentences(language)
            self.changed.emit()
