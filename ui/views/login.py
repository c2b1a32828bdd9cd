"""The window that asks who sits down at a centre, and for his password; and tells why it asks again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.refused import Refused
from app.services.door import Asked
from ui.plain import announce, button, heard, named, plain, said
from ui.theme import Theme
from ui.views.ime_edit import ImeEdit
from ui.views.password_edit import PasswordEdit
from ui.views.wrapping import wrapping
from ui.wording import Wording

WIDTH, LOGO_PX = 460, 44
#: Said calmly: nobody has done anything wrong yet.
_CALM = ("login-needed", "login-offline")


class Login(QWidget):
    """`given` (login, password, whether to remember) when it is to be tried, `left` when the window is closed."""

    given = Signal(str, str, bool)
    left = Signal()

    def __init__(self, words: Wording, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.scaled(WIDTH))
        self._words = words
        self._no = Refused("login-needed")
        self._asked = Asked("", "", can_remember=False)
        self.login = named(ImeEdit(), "frame.login.login", words)
        self.login.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self.password = named(PasswordEdit(), "frame.login.password", words)
        self.remember = QCheckBox()
        self._name, self._where = plain(role="title"), plain(role="muted", wrap=True)
        self._line, self._not_kept = wrapping(), wrapping(role="muted")
        self.enter = button("frame.login.enter", words, self._give, role="primary")
        self.close_button = button("frame.opening_close", words, self._leave)
        self._lay_out(theme)
        self.login.entered.connect(self.password.setFocus)
        self.password.entered.connect(self._give)
        heard(self, words, self.retranslate)

    def ask(self, asked: Asked, no: Refused) -> None:
        """Ask, and say why."""
        self._asked, self._no = asked, no
        self.login.setText(asked.login)
        self.remember.setEnabled(asked.can_remember)
        self.remember.setChecked(self.remember.isChecked() and asked.can_remember)
        self._not_kept.setVisible(not asked.can_remember)
        self.retranslate()
        self.show()
        self._begin_at(self.password if asked.login else self.login)
        announce(self, self.told, is_urgent=True)

    @property
    def told(self) -> str:
        """Why it asks, as it is said now."""
        return self._line.text()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        say = self._words.say
        self.setWindowTitle(say("frame.title"))
        self._name.setText(say("frame.login.title"))
        self._where.setText(self._asked.where)
        self._line.setText(self._words.refused(self._no))
        self._line.setProperty("role", "muted" if self._no.code in _CALM else "refused")
        self._line.style().polish(self._line)
        self.remember.setText(say("frame.login.remember"))
        self._not_kept.setText(say("frame.login.no_wallet"))
        self._fit()

    def _fit(self) -> None:
        """As high as its words need at this width: a wrapping line is not cut, whatever it says."""
        column = self.layout()
        if column is not None:
            column.activate()
            self.setFixedHeight(column.totalHeightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever waits; nothing typed stays."""
        self.password.clear()
        super().closeEvent(event)
        self.left.emit()

    def _give(self) -> None:
        """Both are needed; where one is missing, the hand goes there."""
        login = self.login.text().strip()
        if not login or not self.password.text():
            self._begin_at(self.password if login else self.login)
            return
        self.given.emit(login, self.password.take(), self.remember.isChecked())

    def _begin_at(self, edit: QLineEdit) -> None:
        self.activateWindow()
        edit.setFocus()
        edit.selectAll()

    def _leave(self) -> None:
        self.close()

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addLayout(self._head(theme))
        column.addWidget(self._where)
        column.addWidget(self._line)
        column.addLayout(self._lines())
        column.addWidget(self.remember)
        column.addWidget(self._not_kept)
        column.addStretch(1)
        column.addLayout(self._ways())

    def _head(self, theme: Theme) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(theme.icon("fenbo", "accent", LOGO_PX).pixmap(LOGO_PX, LOGO_PX))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(logo)
        row.addWidget(self._name, 1)
        return row

    def _lines(self) -> QFormLayout:
        lines = QFormLayout()
        lines.setSpacing(10)
        for key, edit in (
            ("frame.login.login", self.login),
            ("frame.login.password", self.password),
        ):
            label = plain()
            said(label, key, self._words)
            label.setBuddy(edit)
            lines.addRow(label, edit)
        return lines

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.enter)
        row.addWidget(self.close_button)
        return row
