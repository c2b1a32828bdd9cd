"""The file in which a seat tells its supervisor what waits there, in every language that the program speaks."""

from pathlib import Path

from app.domain.calendar import LOCAL
from app.services.left_here import SeatReport
from ui.models.report_text import ReportText
from ui.screen import Screen
from ui.sentences import LANGUAGES
from ui.wording import Wording


def written(screen: Screen, report: SeatReport, folder: Path, version: str) -> Path:
    """Write it under a new name in `folder`; its path. Raises OSError."""
    now = screen.desk.now().astimezone(LOCAL)
    path = folder / f"seat-{now:%Y%m%d-%H%M%S}.txt"
    folder.mkdir(parents=True, exist_ok=True)
    pages = (_page(screen, report, version, f"{now:%Y-%m-%d %H:%M:%S}", one) for one in LANGUAGES)
    path.write_text("\n\n".join(pages) + "\n", "utf-8")
    return path


def _page(screen: Screen, report: SeatReport, version: str, at: str, language: str) -> str:
    words = Wording(language)
    text = ReportText(words, screen.data.said_by(words), screen.desk.setting)
    return "\n".join(text.page(report, screen.desk.me, version, at))
