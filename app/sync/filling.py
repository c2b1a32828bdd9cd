"""The first fill: whole cases page by page, the most urgent first, while the desk is already in use."""

import time
from collections import Counter
from dataclasses import replace

from app.services.local import Fill
from app.services.ports import Cursor, Unreachable
from app.sync.line import Line
from app.sync.moved import recall
from app.sync.news import News
from app.sync.slices import ALL_IN, of_fill

#: Cases of one page; after the first the desk is usable.
PAGE = 200
#: Finished commands are compared with what a new fill has shown so many at a time.
RECALLED = 400
#: How often the replica's log is written into its file (seconds).
CHECKPOINT_EVERY = 2.0
#: How often all pages are gone through for one case that none of them brought.
MOST_LOOKS = 8


class Filling:
    """Fills an empty replica. Cases that moved while pages were read make it look a second time."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._looked_for: Counter[str] = Counter()
        self._checkpointed_at = time.monotonic()

    def step(self, fill: Fill) -> None:
        """What is next: to see that the last page still holds, another page, or the end."""
        self._line.feed.update(is_filling=True)
        if fill.ahead is not None:
            self._confirm(fill, fill.ahead)
        elif fill.position == ALL_IN:
            self._end(fill)
        else:
            self._page(fill)

    def _page(self, fill: Fill) -> None:
        line = self._line
        asked = line.cursor()
        start = line.centre.head() if asked == Cursor() else None
        page = line.centre.snapshot(fill.position, line.stride.of(PAGE))
        if page.head.seq < (start or asked).seq:
            self._look_behind(asked)
            return
        for news in of_fill(page, asked, fill, start, line.pace):
            line.tell(news)
            line.on_desk(lambda: line.screen.sound(line.screen.replica.tidy))
        self._checkpoint()
        line.report(online=True, code="", filled=page.done, to_fill=max(page.done, page.total))

    def _look_behind(self, asked: Cursor) -> None:
        """A page is older than what was read here: a copy that lags, or a history that is no more.

        Nothing would bring its rows up to date, were that history continued as it was before.
        """
        self._line.pull()
        if self._line.cursor() == asked:
            raise Unreachable("unanswered")  # never turn on the spot: wait, and ask again

    def _checkpoint(self) -> None:
        """Now and then, beside *desk*: the log may not grow for ever, and each time the disk is awaited."""
        if time.monotonic() - self._checkpointed_at > CHECKPOINT_EVERY:
            self._line.screen.replica.checkpoint()
            self._checkpointed_at = time.monotonic()

    def _confirm(self, fill: Fill, ahead: Cursor) -> None:
        """Read the feed past the page's head, and have the centre say that this head still stands.

        Otherwise its rows could be of a history that was lost meanwhile, and nothing would show it.
        """
        line = self._line
        if ahead != Cursor():
            line.pull()
            is_past = line.cursor().seq >= ahead.seq
            if not is_past or line.centre.pull(ahead, 1).status != "ok":
                line.forget()
                return
        line.tell(News((), (), line.cursor(), fill.position, fill=replace(fill, ahead=None)))

    def _end(self, fill: Fill) -> None:
        """Send again what the log lacks, look once more for what slipped through between pages."""
        line = self._line
        line.pull()
        self._recall()
        missed = line.on_desk(self._missed)
        self._looked_for.update(missed)
        done = Fill(is_done=True, done=fill.done, total=fill.total)
        after = Fill(total=fill.total) if missed else done
        line.tell(News((), (), line.cursor(), ALL_IN, fill=after))
        line.report(online=True, code="", filled=fill.total, to_fill=fill.total)
        line.feed.update(is_filling=bool(missed))

    def _recall(self) -> None:
        line = self._line
        kept = line.on_desk(line.screen.outbox.retained)
        for at in range(0, len(kept), RECALLED):
            part = kept[at : at + RECALLED]
            line.feed.publish(line.on_desk(lambda part=part: recall(line.screen, part)))

    def _missed(self) -> set[str]:
        """Cases that the centre spoke of and that no page brought; none is looked for for ever."""
        gaps = self._line.screen.sound(self._line.screen.replica.gaps)
        return {one for one in gaps if self._looked_for[one] < MOST_LOOKS}

    def begin_again(self) -> None:
        """When the centre changed a row that should be here: go through all pages once more."""
        line = self._line
        if missed := line.on_desk(self._missed):
            self._looked_for.update(missed)
            line.tell(News((), (), line.cursor(), line.fill().position, fill=Fill()))
