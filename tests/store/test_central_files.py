"""Files of cases at both stores: taken in parts, checked as a whole, told only to whom their cases are."""

import hashlib

import pytest

from app.domain.effects import Set, insertion
from app.domain.lengths import LARGEST_FILE
from app.domain.refused import Refused
from app.services.files import MOST_OF_A_PART, is_digest
from db.central.verify import verify_link
from tests.store.town import Town

CONTENT = bytes(range(256)) * 5
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def attached(town: Town, actor: str, case_id: str, content: bytes = CONTENT, **values) -> str:
    """The command by which somebody said that a file belongs to a case."""
    row = {"digest": hashlib.sha256(content).hexdigest(), "size": len(content), "name": "照片.jpg"}
    return town.done(
        town.envelope(actor, "attach", case_id, town.blank("attachment", case_id, **row, **values))
    )


def sent(town: Town, login: str, content: bytes = CONTENT, at: int = 0, most: int = 400) -> int:
    """Send a file from a place on; how many bytes the store has in the end."""
    digest = hashlib.sha256(content).hexdigest()
    while at < len(content):
        at = town.store(login).put_part(digest, len(content), at, content[at : at + most])
    return at


def fetched(town: Town, login: str, most: int = 300, digest: str = DIGEST) -> bytes | None:
    found = b""
    while (part := town.store(login).part_of(digest, len(found), most)) is not None:
        if not part:
            return found
        found += part
    return None


def refused(town: Town, login: str, *given) -> str:
    with pytest.raises(Refused) as no:
        town.store(login).put_part(*given)
    return no.value.code


def test_what_one_sends_another_reads_from_any_place_in_slices_of_any_size(town: Town):
    case_id, _ = town.register()
    attached(town, "li", case_id)
    assert town.store("mei").part_of(DIGEST, 0, 10) is None, "not before it is whole"
    assert sent(town, "li") == len(CONTENT)
    for most in (1 << 20, 300, 7):
        assert fetched(town, "mei", most) == CONTENT
    assert town.store("mei").part_of(DIGEST, 395, 10) == CONTENT[395:400], "to the end of a part"
    assert town.store("mei").part_of(DIGEST, len(CONTENT), 10) == b""
    assert town.store("mei").part_of(DIGEST, 2**40, 10) == b""
    assert town.store("mei").part_of(DIGEST, -3, 4) == CONTENT[:4]
    assert town.store("mei").part_of(DIGEST, 3, -4) == b""


def test_it_is_gone_on_where_it_was_broken_off_and_said_twice_is_kept_once(town: Town):
    case_id, _ = town.register()
    attached(town, "li", case_id)
    store, size = town.store("li"), len(CONTENT)
    assert store.put_part(DIGEST, size, 0, b"") == 0
    assert store.put_part(DIGEST, size, 0, CONTENT[:500]) == 500
    assert store.put_part(DIGEST, size, 0, CONTENT[:500]) == 500, "its reply was lost"
    assert store.put_part(DIGEST, size, 600, CONTENT[600:]) == 500, "a part was lost"
    assert store.put_part(DIGEST, size, 0, b"") == 500, "the seat was killed"
    assert store.files_at([DIGEST]) == frozenset()
    assert store.put_part(DIGEST, size, 500, CONTENT[500:]) == size
    assert store.put_part(DIGEST, size, 500, CONTENT[500:]) == size
    assert store.files_at([DIGEST, "0" * 64]) == {DIGEST}
    assert fetched(town, "li") == CONTENT
    assert verify_link(town.link, town.sealer).files == 1


def test_the_same_file_on_a_second_case_is_there_already(town: Town):
    for _ in range(2):
        attached(town, "li", town.register()[0])
    sent(town, "li")
    attached(town, "mei", town.register("mei")[0])
    assert town.store("mei").put_part(DIGEST, len(CONTENT), 0, b"") == len(CONTENT)
    assert town.link.rows("SELECT count(*) FROM kept_file") == [(1,)]


def test_two_who_send_the_same_do_not_disturb_each_other(town: Town):
    case_id, _ = town.register()
    attached(town, "li", case_id)
    size = len(CONTENT)
    assert town.store("mei").put_part(DIGEST, size, 0, b"spoilt") == 6
    assert town.store("li").put_part(DIGEST, size, 0, CONTENT[:900]) == 900
    assert sent(town, "li", at=900) == size
    assert town.store("mei").put_part(DIGEST, size, 6, b"more") == size
    assert fetched(town, "mei") == CONTENT
    assert town.link.rows("SELECT DISTINCT login FROM file_part") == [("li",)]


def test_other_bytes_than_the_digest_says_are_thrown_away_and_can_be_sent_anew(town: Town):
    case_id, _ = town.register()
    attached(town, "li", case_id)
    size = len(CONTENT)
    for wrong in (bytes(size), CONTENT + b"."):
        assert refused(town, "li", DIGEST, size, 0, wrong) == "file-wrong"
        assert town.link.rows("SELECT count(*) FROM file_part") == [(0,)]
        assert town.store("li").part_of(DIGEST, 0, 10) is None
    assert sent(town, "li") == size


def test_nobody_sends_what_no_case_of_his_carries(town: Town):
    case_id, _, _ = town.dispatched("water")
    attached(town, "li", case_id)
    size, part = len(CONTENT), CONTENT[:10]
    assert refused(town, "bo", DIGEST, size, 0, part) == "file-denied"
    assert refused(town, "adm", DIGEST, size, 0, part) == "file-denied"
    assert refused(town, "li", "0" * 64, size, 0, part) == "file-denied"
    for odd in (size + 1, 0, -1, LARGEST_FILE + 1):
        assert refused(town, "li", DIGEST, odd, 0, part) == "file-denied"
    for odd in ("", "../../x", DIGEST.upper(), f"{DIGEST}\n"):
        assert refused(town, "li", odd, size, 0, part) == "file-denied"
        assert not is_digest(odd)


def test_a_file_and_a_part_of_it_may_be_as_large_as_said_and_no_larger(town: Town):
    case_id, _ = town.register()
    digests = {size: f"{size:064x}" for size in (LARGEST_FILE, LARGEST_FILE + 1)}
    for size, digest in digests.items():
        row = {"digest": digest, "size": size, "name": "x"}
        made = town.blank("attachment", case_id, **row)
        town.done(town.envelope("li", "attach", case_id, made))
    most = bytes(MOST_OF_A_PART)
    put = town.store("li").put_part
    assert put(digests[LARGEST_FILE], LARGEST_FILE, 0, most) == MOST_OF_A_PART
    assert refused(town, "li", digests[LARGEST_FILE], LARGEST_FILE, 0, most + b".") == "file-denied"
    larger = LARGEST_FILE + 1
    assert refused(town, "li", digests[larger], larger, 0, b"") == "file-denied"


def test_who_may_not_see_the_case_hears_the_same_as_if_there_were_no_file(town: Town):
    case_id, _, _ = town.dispatched("water")
    attached(town, "li", case_id)
    sent(town, "li")
    for login in ("ann", "cao", "zhao", "aud"):
        assert fetched(town, login) == CONTENT, login
    for login in ("bo", "grid1", "adm"):
        missing = town.store(login).part_of("1" * 64, 0, 10)
        assert town.store(login).part_of(DIGEST, 0, 10) == missing is None, login
        assert town.store(login).files_at([DIGEST, "1" * 64]) == frozenset(), login


def test_a_unit_sends_what_it_attached_and_sees_no_file_of_another_units_task(town: Town):
    case_id, task_id, base = town.dispatched("water")
    attached(town, "ann", case_id, task_id=task_id)
    second = town.task(case_id, "roads")
    effects = (
        Set("case_file", case_id, {"units": "|roads|", "lead_unit": "roads"}, base),
        Set("task", task_id, {"status": "REDISPATCHED"}, base),
        insertion(second),
    )
    town.done(town.envelope("li", "redispatch", case_id, *effects))
    assert sent(town, "ann") == len(CONTENT), "she said that it belongs there, and still has it"
    assert fetched(town, "ann") is None
    assert fetched(town, "bo") is None
    assert fetched(town, "li") == CONTENT


def test_what_was_taken_back_is_no_file_of_the_case_any_more(town: Town):
    case_id, _ = town.register()
    cmd_id = attached(town, "li", case_id)
    sent(town, "li")
    ((row_id,),) = town.link.rows("SELECT id FROM attachment")
    gone = Set("attachment", row_id, {"status": "WITHDRAWN"}, cmd_id)
    undo = town.envelope("li", "undo.attach", case_id, gone, undoes=cmd_id)
    town.done(undo)
    assert fetched(town, "li") is None
    assert town.store("li").files_at([DIGEST]) == frozenset()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE file_part SET bytes = 'x' WHERE \"at\" = 400",
        'DELETE FROM file_part WHERE "at" = 800',
        "DELETE FROM file_part",
        "UPDATE kept_file SET size = size + 1",
    ],
)
def test_a_file_that_is_not_what_its_digest_says_is_found(town: Town, damage: str):
    attached(town, "li", town.register()[0])
    sent(town, "li")
    town.link.run(damage)
    report = verify_link(town.link, town.sealer)
    assert [(one.code, one.where) for one in report.findings] == [("content", f"file {DIGEST}")]
