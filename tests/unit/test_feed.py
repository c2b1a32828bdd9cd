"""News for the screen: on its thread, together, and only when there are any."""

from collections.abc import Callable

from app.services.feed import Feed
from app.services.queries import Changed, SyncState


class Loop:
    """A screen that works off what was scheduled when it is told to."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def post(self, call: Callable[[], None]) -> None:
        self.calls.append(call)

    def turn(self) -> None:
        while self.calls:
            self.calls.pop(0)()


def changed(*cases: str, own: bool = False) -> Changed:
    return Changed(frozenset(cases), is_own=own)


def test_news_of_one_turn_come_together_own_ones_first():
    loop, heard = Loop(), list[Changed]()
    feed = Feed(loop.post)
    feed.on_changed(heard.append)
    for news in (changed("1"), changed("2", own=True), changed("3"), changed("4", own=True)):
        feed.publish(news)
    assert (heard, len(loop.calls)) == ([], 1)
    loop.turn()
    assert heard == [changed("2", "4", own=True), changed("1", "3")]
    feed.publish(changed("5"))
    loop.turn()
    assert heard[-1] == changed("5")


def test_too_many_cases_are_not_named():
    loop, heard = Loop(), list[Changed]()
    feed = Feed(loop.post)
    feed.on_changed(heard.append)
    for at in range(101):
        feed.publish(changed(str(at)))
    feed.publish(changed("more"))
    loop.turn()
    assert heard == [Changed(None)]


def test_nothing_is_told_of_nothing():
    loop = Loop()
    feed = Feed(loop.post)
    feed.publish(changed())
    feed.update(online=False)
    assert loop.calls == []


def test_the_state_is_told_when_it_differs():
    loop, heard = Loop(), list[SyncState]()
    feed = Feed(loop.post)
    feed.on_sync(heard.append)
    feed.update(online=True)
    feed.update(waiting=2)
    loop.turn()
    feed.update(waiting=2)
    loop.turn()
    assert heard == [SyncState(online=True, waiting=2)] == [feed.state]


def test_who_does_not_listen_any_more_hears_nothing():
    loop, heard = Loop(), list[object]()
    feed = Feed(loop.post)
    stop = feed.on_changed(heard.append)
    stop()
    stop()
    feed.publish(changed("1"))
    loop.turn()
    listening = feed.on_sync(heard.append)
    feed.update(online=True)
    feed.close()
    loop.turn()
    feed.publish(changed("2"))
    listening()
    assert (heard, loop.calls) == ([], [])
