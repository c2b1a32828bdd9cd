"""A morning brief as a printed page: names are escaped, for nothing that people wrote is markup."""

from html import escape

from PySide6.QtCore import QMarginsF, QSaveFile
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument

from app.services.brief import Brief
from ui.models.brief_rows import COLUMNS, BriefRows
from ui.models.load_rows import Line

POINTS = 10
DPI = 300
#: The part of the width that each column of numbers takes.
NUMBER_SHARE = 14
_STYLE = (
    "h1 { font-size: 16pt; } h2 { font-size: 11pt; margin-top: 12px; margin-bottom: 2px; } p { color: #444; }"
    " td, th { padding: 3px 0 3px 0; border-bottom: 1px solid #DDD; }"
    " th { color: #444; font-weight: normal; }"
)


def as_page(rows: BriefRows, brief: Brief) -> str:
    """The brief as HTML, every name and number in it escaped."""
    say = rows.words.say
    figures = [f"{say(f'brief.figure.{name}')} {cell.text}" for name, cell in rows.whole(brief)]
    head = (
        f"<h1>{escape(say('brief.of', day=rows.day(brief.day)))}</h1>"
        f"<p>{escape(say('brief.taken', at=brief.at))}</p><p>{escape(rows.words.join(figures))}</p>"
    )
    parts = (
        f"<h2>{escape(say(f'brief.{name}'))}</h2>{_table(rows, name, lines)}"
        for name, lines in rows.tables(brief).items()
        if lines
    )
    return f"<html><head><style>{_STYLE}</style></head><body>{head}{''.join(parts)}</body></html>"


def write_pdf(path: str, page: str, font: QFont) -> bool:
    """Write the page there, whole or not at all; says whether it could."""
    file = QSaveFile(path)
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return False
    writer = QPdfWriter(file)
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())  # a document keeps two centimetres by itself
    document = QTextDocument()
    document.setDefaultFont(QFont(font.families(), POINTS))
    document.setHtml(page)
    document.print_(writer)
    del writer  # it writes the end of the file as it goes
    return file.commit()


def _table(rows: BriefRows, name: str, lines: tuple[Line, ...]) -> str:
    columns = ("overdue",) if name == "late" else COLUMNS
    said = (rows.words.say(f"brief.column.{one}") for one in (name, *columns))
    first, *others = (escape(one) for one in said)
    heading = f"<th align='left'>{first}</th>" + "".join(
        f"<th align='right' width='{NUMBER_SHARE}%'>{one}</th>" for one in others
    )
    body = "".join(_row(line) for line in lines)
    return f"<table width='100%' cellspacing='0'><tr>{heading}</tr>{body}</table>"


def _row(line: Line) -> str:
    cells = "".join(f"<td align='right'>{escape(cell.text)}</td>" for cell in line.cells)
    return f"<tr><td>{escape(line.name)}</td>{cells}</tr>"
