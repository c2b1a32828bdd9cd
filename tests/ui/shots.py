"""Pictures for people to look at: `python -m tests.ui.shots FOLDER [zh|en] [light|dark] [large|small]`."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from app.services.ports import Unreachable
from app.services.queries import Attention, Done, SyncState
from tests.ui.fake_desk import FakeDesk
from ui.furnished import furnished
from ui.loop import OrderedLoop
from ui.main_window import MainWindow
from ui.product import Product
from ui.start import make_app
from ui.theme import Theme
from ui.wording import Wording

SIZES = {"large": (1920, 1040), "small": (1366, 768)}
PAUSE_S = 0.3


async def _pictures(window: MainWindow, desk: FakeDesk, snap: Callable[[str], None]) -> None:
    acts = window.acts
    await window.begin()
    await asyncio.sleep(3 * PAUSE_S)
    window.workbench.go_next()
    await _snapped(snap, "bench")
    window.seat.toast("refused.filing-incomplete", {"missing": ("address-missing",)}, "refused")
    window.seat.toast("frame.busy", {}, "told")
    window.strip.push(Done("c1", "dispatch", "case-001", "SZPS20261123140200A1B0"), {"unit": "CGJ"})
    desk.go(SyncState(online=False, waiting=3, attention=1, since=desk.now()))
    window._on_unreachable(Unreachable("centre"))
    await _snapped(snap, "messages")
    acts.act("palette")
    await _snapped(snap, "palette")
    QTest.keyClicks(window.palette_panel.edit, "fb")
    await _snapped(snap, "palette_fb")
    window.palette_panel.hide_palette()
    desk.waiting_attention = [
        Attention("c9", "dispatch", "case-001", "SZPS1", "conflict", desk.now(), {}, {})
    ]
    pages = ("key_sheet", "key_map", "switch_person", "about", "attention", "dispatch")
    for name in (*pages, "new_intake", "lock"):
        acts.act(name)
        await _snapped(snap, name)


async def _snapped(snap: Callable[[str], None], name: str) -> None:
    await asyncio.sleep(PAUSE_S)
    snap(name)


def main(folder: Path, language: str = "zh", look: str = "light", size: str = "large") -> None:
    """Take all pictures of one language, theme and size."""
    app = make_app()
    words, theme, desk = Wording(language), Theme(look), FakeDesk()
    theme.dress(app)
    loop = OrderedLoop(app)
    asyncio.set_event_loop(loop)

    async def take() -> None:
        with theme.undressed():
            window = MainWindow(desk, words, theme, furnished(), Product("0.1.0", folder))
        window.resize(*SIZES[size])
        window.show()
        stem = f"{language}-{look}-{size}"
        await _pictures(
            window, desk, lambda name: window.grab().save(str(folder / f"{name}-{stem}.png"))
        )
        await window.end()
        window.close()

    with loop:
        loop.run_until_complete(take())
    sys.stdout.write(f"words missing: {sorted(words.missing)}\n")


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, *sys.argv[2:])
