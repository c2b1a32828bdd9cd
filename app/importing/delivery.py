"""Records on their way to the centre, a batch of envelopes at a time, and what became of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from app.domain.commands import ImportRecord
from app.domain.moment import Setting
from app.domain.refused import Refused
from app.importing.archive import Archive
from app.importing.report import Ending
from app.importing.sending import Parcel, Sender, case_id, command_id, tails, wish
from app.importing.survey import Candidate, Reject, Survey
from app.services.ports import Answer, Unreachable

#: So many commands are offered at a time.
BATCH = 200
#: So many references are asked about at a time.
_ASKED = 500
#: Answers that end a command for good.
_REFUSALS = frozenset({"denied", "conflict", "missing", "clock"})


class Delivery:
    """One run: `imported`, `already`, `left` and `rejects` count what became of the candidates."""

    def __init__(
        self, archive: Archive, setting: Setting, clock: Callable[[], datetime], found: Survey
    ) -> None:
        self.imported = self.already = 0
        self.rejects: list[Reject] = []
        self.batch: str | None = None
        self.code = ""
        self._archive = archive
        self._setting = setting
        self._clock = clock
        self._found = found
        self._before = 0

    @property
    def left(self) -> int:
        """Candidates that were not reached."""
        settled = self.imported + self.already + len(self.rejects)
        return len(self._found.candidates) - settled

    def run(
        self,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        *,
        is_dry_run: bool,
    ) -> Ending:
        """Send everything that is not there yet; stops between batches when asked to."""
        try:
            for part in self._parts():
                progress(self._found.rows - self.left, self._found.rows)
                if cancelled():
                    return Ending.CANCELLED
                self._deliver(part, is_dry_run=is_dry_run)
            progress(self._found.rows, self._found.rows)
        except Unreachable as away:
            self.code = away.code
            return Ending.UNREACHABLE
        finally:
            self._close()
        return Ending.FINISHED

    def _parts(self) -> Iterator[list[tuple[Candidate, str]]]:
        """What is to be sent, in batches; a record keeps its number whatever is there already."""
        records = [one.record for one in self._found.candidates]
        fresh = self._fresh()
        numbered = zip(self._found.candidates, tails(records), strict=True)
        waiting = iter([pair for pair in numbered if pair[0].record.source_ref in fresh])
        while part := list(islice(waiting, BATCH)):
            yield part

    def _fresh(self) -> frozenset[str]:
        """References whose case is not there yet; the others are counted."""
        cases = {case_id(one.record.source_ref): one.record for one in self._found.candidates}
        ids = list(cases)
        known: set[str] = set()
        for start in range(0, len(ids), _ASKED):
            part = self._archive.known(ids[start : start + _ASKED])
            self._compare([cases[one] for one in ids[start : start + _ASKED] if one in part])
            known |= part
        self.already += len(known)
        return frozenset(cases[one].source_ref for one in ids if one not in known)

    def _compare(self, known: Sequence[ImportRecord]) -> None:
        """Name the records that are there already, but say something else than they did then."""
        said = self._archive.said([command_id(one.source_ref) for one in known])
        for one in known:
            before = said.get(command_id(one.source_ref))
            if before is not None and without_batch(before) != without_batch(wish(one)):
                self._found.notes.add("record-changed", one.source_ref.partition(":")[2])

    def _deliver(self, part: Sequence[tuple[Candidate, str]], *, is_dry_run: bool) -> None:
        sender = self._sender(is_dry_run=is_dry_run)
        parcels = [
            (one, parcel) for one, tail in part if (parcel := self._packed(sender, one, tail))
        ]
        if is_dry_run:
            self.imported += len(parcels)
            return
        answers = self._archive.submit([(parcel.text, parcel.sealed) for _, parcel in parcels])
        for (one, _), answer in zip(parcels, answers, strict=True):
            self._settle(one, answer)

    def _sender(self, *, is_dry_run: bool) -> Sender:
        if self.batch is None and not is_dry_run:
            self._open()
        archive = self._archive
        return Sender(self._setting, archive.actor, self.batch or "dry-run", archive.prefix)

    def _open(self) -> None:
        """One batch a run, named after its source and the instant; a run without news opens none."""
        now = self._clock().astimezone(UTC)
        batch = f"{self._found.kind}-{now:%Y%m%dT%H%M%S.%fZ}"
        self._before = self._archive.head().seq
        self._archive.open_batch(batch)
        self.batch = batch

    def _close(self) -> None:
        if self.batch is None:
            return
        try:
            self._archive.close_batch(self.batch)
        except Unreachable as away:
            self.code = away.code

    def _packed(self, sender: Sender, one: Candidate, tail: str) -> Parcel | None:
        try:
            return sender.parcel(one.record, tail, self._clock())
        except Refused as no:
            self.rejects.append(Reject(one.row, no.code, no.facts))
            return None

    def _settle(self, one: Candidate, answer: Answer) -> None:
        """A repeated id means that the record is there: an earlier run's word stands."""
        if answer.status == "id-reuse" or (answer.status == "done" and answer.seq <= self._before):
            self.already += 1
        elif answer.status == "done":
            self.imported += 1
        elif answer.status in _REFUSALS:
            facts = {"status": answer.status, "why": answer.why}
            self.rejects.append(Reject(one.row, "centre-refused", facts))
        else:
            raise Unreachable(answer.status)


def without_batch(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says, whichever batch it came in."""
    return {name: value for name, value in said.items() if name != "batch"}
