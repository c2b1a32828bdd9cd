"""Citizens' messages to a board: a subject, a text and a time; who wrote them stays unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.commands import ImportRecord
from app.domain.refused import Refused
from app.domain.taxonomy import Directory
from app.importing.cells import bare, instant_of, is_slashed, prose
from app.importing.findings import Notes
from app.importing.shapes import Cells, Mapper, Shape


@dataclass(frozen=True, slots=True)
class _Reader:
    """Maps the rows of one file. The writer's account code is no name and is not taken over."""

    notes: Notes

    def record(self, row: Cells) -> ImportRecord:
        """Raises Refused: id-missing, time-missing, time-unreadable, description-missing."""
        number = bare(row["留言编号"])
        if not number:
            raise Refused("id-missing")
        title, narrative = bare(row["留言主题"]), prose(row["留言详情"])
        if not title and not narrative:
            raise Refused("description-missing")
        if not narrative:
            self.notes.add("narrative-missing")
        occurred_at = instant_of(row["留言时间"])
        if is_slashed(row["留言时间"]):
            self.notes.add("time-slashed")
        return ImportRecord(
            source_ref=f"messages:{number}",
            batch="",
            occurred_at=occurred_at,
            title=title,
            narrative=narrative,
            outcome="REGISTERED",
        )


def _mapper(_: Directory, __: Sequence[Cells], notes: Notes) -> Mapper:
    return _Reader(notes).record


MESSAGES = Shape(
    kind="messages",
    needed=("留言编号", "留言主题", "留言时间", "留言详情"),
    used=(),
    own=("留言编号", "反对数", "点赞数"),
    fills={
        "source": ("留言编号",),
        "at": ("留言时间",),
        "title": ("留言主题",),
        "narrative": ("留言详情",),
    },
    mapper=_mapper,
)
