"""The table of verbs: keys unique, words written, every command covered, reasons given."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from app.domain.commands import KINDS
from app.domain.moment import Actor, Moment
from app.domain.rules import ON_DUTY
from app.domain.terms import Role
from app.services.foresee import NOT_KEPT
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import DISTRICT, NOW, setting
from ui.sending import direct
from ui.sentences import sentences
from ui.verbs import BY_NAME, OF_KIND, VERBS, Menu, Where
from ui.why_not import NOT_HIS, why_not

#: Keys that belong to input methods, the desktop or the system (UX 11).
TAKEN = (
    "Ctrl+Space",
    "Ctrl+.",
    "Shift+Space",
    "Alt+Space",
    "Alt+Tab",
    "F10",
    "Ctrl+Alt+Del",
    "Ctrl+Alt+A",
    "Ctrl+Alt+T",
    "Ctrl+Alt+V",
    "Alt+F4",
)
#: Menu mnemonics are keys too: Alt and the letter.
MNEMONICS = tuple(
    f"Alt+{sentences('zh')[f'frame.menu.{menu}'].partition('&')[2][0].upper()}" for menu in Menu
)


def native(keys: str) -> str:
    return QKeySequence(keys).toString()


def all_keys() -> list[str]:
    return [native(keys) for verb in VERBS for keys in verb.shown_keys]


def test_no_key_means_two_things():
    twice = {keys for keys, times in Counter(all_keys()).items() if times > 1}
    assert not twice


def test_no_chord_begins_with_a_key_that_acts_alone():
    keys = all_keys()
    heads = {one.partition(", ")[0] for one in keys if ", " in one}
    assert heads == {"G", "Alt+G"}
    assert not heads & set(keys)


def test_every_key_is_one_that_qt_understands():
    assert all(all_keys())


@pytest.mark.parametrize("keys", [*TAKEN, *MNEMONICS])
def test_keys_of_others_are_left_alone(keys):
    assert native(keys) not in all_keys()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_mnemonics_of_the_menus_are_unique(language):
    letters = [sentences(language)[f"frame.menu.{menu}"].partition("&")[2][:1] for menu in Menu]
    assert len(set(letters)) == len(letters)
    assert all(letters)


def test_every_bare_key_has_a_twin_that_works_while_typing():
    lonely = {verb.name for verb in VERBS if verb.bare and not verb.keys}
    assert not lonely
    for verb in VERBS:
        for keys in verb.keys:
            first = keys.split(", ")[0]
            assert first.startswith(("Ctrl+", "Alt+")) or first[0] == "F", verb.name


def test_every_verb_has_words_and_hints():
    for verb in VERBS:
        assert verb.words in sentences("zh")
        assert f"{verb.words}.hint" in sentences("zh")


def test_every_command_has_its_verb():
    assert set(OF_KIND) == set(KINDS) - {"resettle"} - ON_DUTY  # no person asks for those


def test_names_are_unique():
    assert len(BY_NAME) == len(VERBS)


def test_every_queue_can_be_gone_to():
    assert all(f"queue_{queue.value.lower()}" in BY_NAME for queue in Queue)


def by(role: Role) -> Moment:
    """The present, in the hands of somebody in that post."""
    who = Actor("somebody", "某某", role, DISTRICT)
    return Moment(NOW, who, NOT_KEPT, setting())


def test_without_a_case_its_verbs_ask_for_one():
    no = why_not(BY_NAME["dispatch"], None, by(Role.OPERATOR))
    assert no is not None
    assert no.key == "frame.why.no-case"
    assert why_not(BY_NAME["new_intake"], None, by(Role.OPERATOR)) is None


def test_only_those_who_may_import_are_offered_it():
    no = why_not(BY_NAME["import_file"], None, by(Role.OPERATOR))
    assert no is not None
    assert no.key == NOT_HIS
    assert why_not(BY_NAME["import_file"], None, by(Role.SHIFT_LEADER)) is None
    assert why_not(BY_NAME["new_intake"], None, by(Role.UNIT_HANDLER)) is not None


def test_a_verb_of_another_post_says_whose_it_is_not(screen, desk: FakeDesk, until):
    view = []

    async def look() -> None:
        view.append(await desk.case("case-005"))

    screen.run(look())
    until(lambda: view)
    no = why_not(BY_NAME["approve_return"], view[0], by(Role.OPERATOR))
    assert no is not None
    assert (no.key, no.facts) == (NOT_HIS, {"role": "OPERATOR", "verb": "verb.approve_return"})
    assert why_not(BY_NAME["add_note"], view[0], by(Role.OPERATOR)) is None
    later = why_not(BY_NAME["close"], view[0], by(Role.OPERATOR))
    assert later is not None
    assert (later.key, later.facts) == (
        "frame.why.state",
        {"status": "DISPATCHED", "verb": "verb.close"},
    )


def test_kinds_sent_without_a_form_ask_nothing():
    for kind in ("file", "sign"):
        wish = direct(kind, "case", "task")
        assert isinstance(wish, KINDS[kind])
        assert not set(KINDS[kind].__dataclass_fields__) - {"case_id", "task_id"}


def test_case_verbs_work_only_where_a_case_can_be():
    assert all(verb.where is Where.CASE for verb in VERBS if verb.kind in {"file", "close"})
