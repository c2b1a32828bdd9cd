"""What one should know of a class before choosing it: path, other names, unit, grade and limit."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.calendar import local_date
from app.domain.policy import Policy, Provision
from app.domain.taxonomy import Category
from app.domain.terms import Grade, Nature
from ui.plain import plain, said
from ui.screen import Screen
from ui.views.wrapping import wrapping

_LINES = ("path", "aliases", "unit", "grade", "limit")


def limit_words(screen: Screen, policy: Policy, found: Provision) -> str:
    """A limit and where it comes from: `5 个工作日 · 管理办法 第15条·推定 · 建议值`."""
    say = screen.words.say
    limit = say(f"clock.limit.{found.limit.unit}", n=found.limit.value)
    source = source_words(screen, policy, found.source, found.article)
    return " · ".join((limit, source, say(f"clock.origin.{found.origin}")))


def source_words(screen: Screen, policy: Policy, source: str, article: int | None) -> str:
    """The text a number comes from and its article, presumed numbers marked so."""
    titles = {one.code: one for one in policy.sources}
    known = titles.get(source)
    shown = policy if known is None else known
    is_english = screen.words.language == "en"
    title = shown.title_en if is_english else shown.title_zh
    return f"{title} {article_words(screen, policy, article)}".strip()


def article_words(screen: Screen, policy: Policy, number: int | None) -> str:
    """`第17条`, or `第15条·推定` where the number is inferred."""
    if number is None:
        return ""
    is_certain = any(one.number == number and one.certain for one in policy.articles)
    key = "clock.article" if is_certain else "clock.article_presumed"
    return screen.words.say(key, article=number)


class ClassCard(QWidget):
    """A few labelled lines about the class under the cursor."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._code = ""
        self._labels: list[QLabel] = []
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(_LINES):
            label = plain(role="small")
            said(label, f"picker.card.{name}", screen.words)
            self._labels.append(_keeping_room(label))
            self._values[name] = wrapping()
            grid.addWidget(label, row, 0)
            grid.addWidget(self._values[name], row, 1)
        screen.words.changed.connect(self._retell)

    def tell(self, code: str) -> None:
        """Tell of another class; nothing for a code that nobody knows."""
        self._code = code
        self._retell()

    def _retell(self) -> None:
        item = self._screen.desk.setting.directory.taxonomy.get(self._code)
        for name, label in self._values.items():
            label.setText(self._line(name, item) if item is not None else "")
        for label in self._labels:
            label.setVisible(item is not None)

    def _line(self, name: str, item: Category) -> str:
        words, data = self._screen.words, self._screen.data
        match name:
            case "path":
                return f"{data.path(item.code)}  {item.code}"
            case "aliases":
                return words.join(item.aliases)
            case "unit":
                return data.unit(item.unit) or words.say("picker.card.none")
            case "grade":
                return words.say(f"queue.grade_name.{item.grade or Grade.C}")
            case _:
                return self._limit(item)

    def _limit(self, item: Category) -> str:
        desk = self._screen.desk
        policy = desk.setting.editions.judging(local_date(desk.now())).policy
        units = {one.code: one for one in desk.setting.directory.units}
        unit = units.get(item.unit or "")
        always = unit is not None and unit.around_the_clock
        found = policy.disposal(item.grade or Grade.C, Nature.COMPLAINT, item, always)
        return limit_words(self._screen, policy, found) if found is not None else ""


def _keeping_room(label: QLabel) -> QLabel:
    """A label whose place stays free while it is hidden, so that nothing jumps."""
    policy = label.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    label.setSizePolicy(policy)
    return label
