"""The first fill: whole cases page by page, the most urgent first, while the desk is already in use."""

from app.services.local import Fill
from app.services.ports import Cursor
from app.sync.line import Line
from app.sync.screen import News
from app.sync.slices import ALL_IN, of_fill

#: Cases of one page; after the first the desk is usable.
PAGE = 200
#: Finished commands are compared with what a new fill has shown so many at a time.
RECALLED = 400


class Filling:
    """Fills an empty replica. Cases that moved while pages were read make it look a second time."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._looked_for: set[str] = set()

    def step(self, fill: Fill) -> None:
        """A page, or after the last one the end of the fill."""
        if fill.position == ALL_IN:
            self._end(fill)
        else:
            self._page(fill)

    def _page(self, fill: Fill) -> None:
        line = self._line
        asked = line.cursor()
        start = line.central.head() if asked == Cursor() else None
        page = line.central.snapshot(fill.position, PAGE)
        for news in of_fill(page, asked, fill, start, line.pace):
            line.tell(news)
            line.tidy()
        line.screen.replica.checkpoint()
        line.report(online=True, code="", filled=page.done, to_fill=max(page.done, page.total))
        if line.cursor() != Cursor():
            line.pull()

    def _end(self, fill: Fill) -> None:
        """Read to the head, send again what the log lacks, look once more for what slipped through."""
        line = self._line
        line.pull()
        self._recall()
        missed = line.on_desk(self._missed)
        self._looked_for |= missed
        after = (
            Fill(total=fill.total)
            if missed
            else Fill(is_done=True, done=fill.done, total=fill.total)
        )
        line.tell(News((), (), line.cursor(), ALL_IN, fill=after))
        line.report(online=True, code="", filled=fill.total, to_fill=fill.total)

    def _recall(self) -> None:
        line = self._line
        kept = line.on_desk(line.screen.outbox.retained)
        for at in range(0, len(kept), RECALLED):
            part = kept[at : at + RECALLED]
            line.feed.publish(line.on_desk(lambda part=part: line.screen.recall(part)))

    def _missed(self) -> set[str]:
        """Cases that the centre spoke of and that no page brought."""
        wanted = {("case_file", case_id) for case_id in self._line.gaps - self._looked_for}
        self._line.gaps.clear()
        rows = self._line.screen.sound(lambda: self._line.screen.replica.rows(wanted))
        return {case_id for (_, case_id), row in rows.items() if row is None}

    def begin_again(self) -> None:
        """The centre changed a row that should be here: go through all pages once more."""
        line = self._line
        if new := line.gaps - self._looked_for:
            self._looked_for |= new
            line.tell(News((), (), line.cursor(), line.fill().position, fill=Fill()))
        line.gaps.clear()
