"""A desk as one person likes it: a break behind a lock screen, keys of one's own, an order and a size by key."""

from app.cli.checking.day import Day, Seen, Step
from app.cli.checking.dispatching import NARRATIVE, OPERATOR, intake_of, open_intake
from app.cli.checking.seat import Seat
from app.cli.checking.waiting import must, until, until_told
from app.services.queries import Queue, Sort
from ui.views.about import About
from ui.views.key_map import KeyMapPage

#: A verb without a key in the table, how it is found, and the key it gets; and a key that is taken.
VERB, TYPED, KEYS, TAKEN = "about", "guanyu", "F11", "F3"


async def take_break(day: Day) -> Seen:
    """A half-typed report is kept as the curtain falls; nothing acts behind it, and Enter brings all back."""
    seat = day.seat
    await seat.sit(OPERATOR)
    form = await open_intake(seat)
    seat.hands.press(*["Return"] * 4)
    seat.hands.write(NARRATIVE)
    seat.hands.press("F12")
    await until(lambda: seat.window.is_locked, "lock")
    await until_told(seat.desk.drafts, "draft")
    seat.hands.press("Ctrl+K", "F5", "J")
    must(seat.window.is_locked and not seat.window.palette_panel.isVisible(), "lock")
    told = seat.window.curtain.lock.told
    seat.hands.press("Return")
    must(not seat.window.is_locked and intake_of(seat) is form, "lock")
    must(form.fields.narrative.text == NARRATIVE, "typed")
    seat.hands.press("Escape")
    await until(lambda: intake_of(seat) is None, "intake_left")
    await _without_drafts(seat)
    return {"told": told}


async def _without_drafts(seat: Seat) -> None:
    for draft in await seat.desk.drafts():
        await seat.desk.drop_draft(draft.id)
    await seat.calm()


async def own_way(day: Day) -> Seen:
    """A key is refused, another taken and pressed; the list is sorted by two keys and once more; text grows."""
    seat = day.seat
    await seat.use_queue(Queue.ALL)
    no = await _given(seat)
    seat.hands.press(KEYS)
    await until(lambda: isinstance(seat.form, About), "form", kind=VERB)
    seat.hands.press("Escape")
    await _sorted(seat, descending=False)
    await _sorted(seat, descending=True)
    before = seat.window.seat.theme.font_px
    seat.hands.press("Ctrl+=")
    must(seat.window.seat.theme.font_px > before, "size")
    seat.hands.press("Ctrl+0")
    await seat.calm()
    return {"no": no, "keys": KEYS}


async def _given(seat: Seat) -> str:
    """Give the verb its key on the page of keys; what was said of the taken one."""
    seat.hands.press("Ctrl+F1")
    page = await until(lambda: seat.form if isinstance(seat.form, KeyMapPage) else None, "keys")
    assert page is not None
    seat.hands.spell(TYPED)
    must(page.list.current == VERB, "keys")
    seat.hands.press("Return", TAKEN)
    no = page.card.verdict.text()
    must(not page.card.replace.isEnabled(), "keys")
    seat.hands.press("Backspace", KEYS, "Return")
    must(seat.window.seat.keymap.of(VERB) == (KEYS,), "keys")
    seat.hands.press("Escape")
    await until(lambda: seat.form is None, "form_closed")
    await seat.calm()
    return no


async def _sorted(seat: Seat, *, descending: bool) -> None:
    seat.hands.press("Alt+L")
    bench = seat.window.workbench
    await until(bench.sorting.menu().isVisible, "menu")
    seat.hands.press(str(list(Sort).index(Sort.NUMBER) + 1))
    await seat.in_front()
    wanted = (Sort.NUMBER, descending)
    asked = bench.source
    await until(lambda: (asked.question.sort, asked.question.descending) == wanted, "sorted")
    await until(lambda: asked.has_answered, "queue")
    numbers = [row.number for row in seat.rows]
    must(numbers == sorted(numbers, reverse=descending), "sorted")


STEPS = (Step("break", take_break), Step("own_way", own_way))
