"""Personal data: sealed beside the log, nowhere in clear, and shown only for a reason."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from app.domain.commands import Person, Register
from app.domain.effects import Insert, Set, insertion
from app.domain.refused import Refused
from app.domain.sealing import seal
from app.services.envelope import Sealed, encode, wish_of
from app.services.ports import Cursor
from db.central.sealing import Sealer, make_key
from tests.store.town import Town

PHONE, NAME, ID, CAR = "13912345678", "欧阳翠花", "440307199001011234", "13800001111"
MASKED = {
    "reporter_masked": "欧**花",
    "phone_masked": "139****5678",
    "narrative": "请打 138****1111",
}


def _sealed(case_id: str) -> Sealed:
    return Sealed(case_id, NAME, PHONE, ID, (("138****1111", CAR),))


def _register(town: Town) -> tuple[str, Sealed]:
    case = town.case(**MASKED)
    sealed = _sealed(case.id)
    town.done(town.envelope("li", "register", case.id, insertion(case)), sealed)
    return case.id, sealed


def test_a_person_is_nowhere_in_clear(sqlite_town: Town, file: Path):
    case_id, _ = _register(sqlite_town)
    sqlite_town.done(sqlite_town.note("mei", case_id))
    store = sqlite_town.store("mei")
    told = str([asdict(row) for row in store.pull(Cursor(), 100).rows])
    told += str(store.snapshot(None, 10)) + str(store.history(case_id))
    kept = b"".join(one.read_bytes() for one in file.parent.iterdir() if one.is_file())
    for secret in (PHONE, NAME, ID, CAR, PHONE[:7], CAR[3:]):
        assert secret not in told
        assert secret.encode() not in kept
        assert secret.encode("utf-16-le") not in kept
        assert json.dumps(secret).strip('"').encode() not in kept


def test_the_log_keeps_a_digest_that_nobody_can_guess_a_number_from(town: Town):
    case_id, sealed = _register(town)
    ((digest, cmd_id),) = town.link.rows(
        "SELECT digest, cmd_id FROM log WHERE case_id = ?", (case_id,)
    )
    assert len(digest) == 64
    assert digest != Sealer(b"A" * 43 + b"=").sealed_digest(cmd_id, sealed)
    again, _ = _register(town)
    ((other,),) = town.link.rows("SELECT digest FROM log WHERE case_id = ?", (again,))
    assert other != digest


def test_a_command_without_sealed_parts_has_no_digest(town: Town):
    case_id, _ = town.register()
    town.done(town.note("li", case_id), Sealed(case_id))
    assert {digest for (digest,) in town.link.rows("SELECT digest FROM log")} == {""}


def test_cases_of_one_number_share_a_key_however_it_is_written(town: Town):
    keys = set()
    for phone in (PHONE, "139 1234 5678", "+86-13912345678", "１３９１２３４５６７８"):
        case = town.case()
        envelope = town.envelope("li", "register", case.id, insertion(case))
        town.done(envelope, Sealed(case.id, phone=phone))
        keys |= set(town.link.rows("SELECT reporter_key FROM case_file WHERE id = ?", (case.id,)))
    assert keys == {(town.store("li").reporter_key(PHONE),)}
    assert town.store("li").reporter_key("") is None
    assert town.store("li").reporter_key("13912345679") not in {key for (key,) in keys}


def test_a_seat_cannot_claim_a_reporter_it_did_not_bring(town: Town):
    case = town.case(reporter_key="forged")
    town.done(town.envelope("li", "register", case.id, insertion(case)))
    assert town.link.rows("SELECT reporter_key FROM case_file") == [(None,)]


@pytest.mark.parametrize("login", ["li", "zhao", "wu"])
def test_a_person_is_shown_for_a_reason_and_the_look_is_written_down(town: Town, login: str):
    case_id, sealed = _register(town)
    assert town.store(login).reveal(case_id, "回访") == sealed
    lines = town.link.rows(
        "SELECT actor, what, about, reason FROM access_log WHERE what = 'reveal'"
    )
    assert lines == [(login, "reveal", case_id, "回访")]


@pytest.mark.parametrize(
    ("login", "reason", "code"),
    [
        ("li", " ", "words-missing"),
        ("ann", "好奇", "reveal-denied"),
        ("aud", "好奇", "reveal-denied"),
        ("adm", "好奇", "reveal-denied"),
        ("grid1", "好奇", "reveal-denied"),
    ],
)
def test_nobody_else_is_shown_and_the_try_is_written_down(
    town: Town, login: str, reason: str, code: str
):
    case_id, _ = _register(town)
    with pytest.raises(Refused, match=code):
        town.store(login).reveal(case_id, reason)
    tried = town.link.rows("SELECT count(*) FROM access_log WHERE what = 'reveal'")
    assert tried == [(0 if code == "words-missing" else 1,)]
    with pytest.raises(Refused, match="case-missing"):
        town.store("li").reveal("no-such-case", "回访")


def test_a_person_comes_with_a_new_case_and_with_nothing_else(town: Town):
    case_id, _ = town.register()
    note = town.note("li", case_id)
    assert town.send(note, Sealed(case_id, phone=PHONE)).why == "sealed"
    assert town.send(note, Sealed("another", numbers=(("138****1111", CAR),))).why == "sealed"
    assert town.send(note, Sealed(case_id, numbers=(("*", "\ud800"),))).why == "sealed"
    town.done(note, Sealed(case_id, numbers=(("138****1111", CAR),)))
    assert town.store("li").reveal(case_id, "回访").numbers == (("138****1111", CAR),)


@pytest.mark.parametrize("where", ["wish", "effects"])
def test_a_number_that_was_sealed_may_not_stand_in_the_text_as_well(town: Town, where: str):
    case = town.case(narrative=f"打 {PHONE}" if where == "effects" else "")
    wish = {"narrative": PHONE} if where == "wish" else {}
    envelope = replace(town.envelope("li", "register", case.id, insertion(case)), wish=wish)
    assert town.send(envelope, Sealed(case.id, phone=PHONE)).why == "unsealed"


@pytest.mark.parametrize(
    "narrative",
    [
        "我的电话13912345678，订单号2025113912345678被扣款",
        "身份证号440307199001011234，系统里登记为ID440307199001011234",
        "请回电139****5678",
    ],
)
def test_what_a_seat_has_sealed_is_never_refused_for_a_number_left_in_clear(
    town: Town, narrative: str
):
    wish = Register(narrative=narrative, reporter=Person(name=NAME, phone=PHONE, id_number=ID))
    masked, person, numbers = seal(wish)
    assert isinstance(masked, Register)
    case = town.case(narrative=masked.narrative, phone_masked=masked.reporter.phone)
    envelope = town.envelope("li", "register", case.id, insertion(case), wish=wish_of(masked))
    town.done(envelope, Sealed(case.id, person.name, person.phone, person.id_number, numbers))


def _amended(town: Town, case_id: str, base: str, sealed: Sealed | None, **values) -> str:
    """The reporter put right; the id of the command."""
    change = Set("case_file", case_id, values, base)
    return town.done(town.envelope("li", "amend", case_id, change), sealed)


def _key(town: Town, case_id: str) -> str | None:
    return town.link.rows("SELECT reporter_key FROM case_file WHERE id = ?", (case_id,))[0][0]


def test_a_person_is_put_right_and_found_by_the_right_number(town: Town):
    case_id, sealed = _register(town)
    base = town.link.rows("SELECT changed_by FROM case_file WHERE id = ?", (case_id,))[0][0]
    first, right = _key(town, case_id), replace(sealed, phone="13912305678", numbers=())
    said = Sealed(case_id, phone=right.phone, numbers=(("138****2222", "13800002222"),))
    base = _amended(town, case_id, base, said, phone_masked="139****5678")
    shown = town.store("li").reveal(case_id, "回访")
    assert (shown.name, shown.phone, shown.id_number) == (NAME, right.phone, ID)
    assert shown.numbers == (*sealed.numbers, *said.numbers)
    assert _key(town, case_id) == town.store("li").reporter_key(right.phone) != first
    base = _amended(town, case_id, base, None, address="幸福里")
    assert _key(town, case_id) == town.store("li").reporter_key(right.phone)
    base = _amended(town, case_id, base, Sealed(case_id, name="李雷"), reporter_masked="李*")
    assert town.store("li").reveal(case_id, "回访").name == "李雷"
    _amended(town, case_id, base, None, phone_masked="")
    assert (town.store("li").reveal(case_id, "回访").phone, _key(town, case_id)) == ("", None)


def test_a_correction_that_is_taken_back_leaves_the_person_as_he_was(town: Town):
    case_id, sealed = _register(town)
    base = town.link.rows("SELECT changed_by FROM case_file WHERE id = ?", (case_id,))[0][0]
    first = _key(town, case_id)
    amended = _amended(
        town, case_id, base, Sealed(case_id, phone="13912305678"), phone_masked="139****5678"
    )
    back = Set("case_file", case_id, {"reporter_key": first}, amended)
    town.done(town.envelope("li", "undo.amend", case_id, back, undoes=amended))
    assert (town.store("li").reveal(case_id, "回访"), _key(town, case_id)) == (sealed, first)


def test_no_number_of_a_text_passes_for_a_part_of_the_person(town: Town):
    case_id, _ = _register(town)
    note = town.note("li", case_id)
    assert town.send(note, Sealed(case_id, numbers=(("@phone", CAR),))).why == "sealed"


def test_a_refused_command_leaves_no_person_behind(town: Town):
    case = town.case()
    values = {**insertion(case).values, "title": None}
    envelope = town.envelope("li", "register", case.id, Insert("case_file", case.id, values))
    (answer,) = town.store("li").submit([(encode(envelope), _sealed(case.id))])
    assert answer.status == "denied"
    assert town.link.rows("SELECT * FROM reporter") == []
    assert town.link.rows("SELECT * FROM sealed_number") == []


def test_what_is_sealed_opens_with_its_own_key_only(tmp_path: Path):
    from cryptography.fernet import InvalidToken

    sealer, other = make_key(tmp_path / "a.db"), make_key(tmp_path / "b.db")
    assert sealer.unseal(sealer.seal(NAME)) == NAME
    assert sealer.seal("") == sealer.unseal("") == ""
    with pytest.raises(InvalidToken):
        other.unseal(sealer.seal(NAME))
    with pytest.raises(FileExistsError):
        make_key(tmp_path / "a.db")
