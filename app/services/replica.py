"""What a seat asks of its copy of what it may see: the port that a replica stands behind."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from app.domain.case import Dossier
from app.domain.disputes import Known
from app.domain.effects import Wire as Row
from app.domain.matter import Matter
from app.services.brief import Brief
from app.services.loads import Loads
from app.services.local import Fill, Keep, Key
from app.services.past import Past
from app.services.ports import Cursor
from app.services.queries import Counts, QueueRow, TimelineEntry, Window, WindowQuery
from app.services.watched import Watched


class Replica(Protocol):
    """The disposable copy of this seat's scope. Every method raises Broken when the file is damaged."""

    @property
    def past(self) -> Past:
        """What is known of earlier cases."""
        ...

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row | None]:
        """Rows as the screen shows them, each with its `seq`."""
        ...

    def preimages(self, keys: Iterable[Key]) -> dict[Key, Row | None]:
        """What own commands hide, for those of `keys` that they touched."""
        ...

    def held(self) -> set[Key]:
        """Every row that has a pre-image."""
        ...

    def keys_of(self, case_id: str) -> set[Key]:
        """A case and everything that hangs on it, hidden or shown."""
        ...

    def keep(self, what: Keep) -> None:
        """One transaction."""
        ...

    def cursor(self) -> Cursor:
        """How far the feed has been read."""
        ...

    def fill(self) -> Fill:
        """How far the first fill has come."""
        ...

    def gaps(self) -> set[str]:
        """Cases of which the feed changed rows that are still not here, whatever own commands show."""
        ...

    def seen(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that the feed has shown."""
        ...

    def dossier(self, case_id: str) -> Dossier | None:
        """A case with its children in the order they were made."""
        ...

    def history(self, case_id: str) -> tuple[TimelineEntry, ...]:
        """The log of a case, oldest first."""
        ...

    def window(self, query: WindowQuery) -> Window:
        """At most 200 rows of a queue; `is_unsent` is not known here."""
        ...

    def counts(self, now: datetime, holder: str = "") -> Counts:
        """How much waits in each queue, and how much `holder` has claimed; ended cases do not."""
        ...

    def loads(self, now: datetime) -> Loads:
        """How the open cases lie over queues, people and units."""
        ...

    def brief(self, day: date, now: datetime) -> Brief:
        """What a morning brief tells of `day`, as things stand `now`."""
        ...

    def cousins(self, case_id: str, limit: int) -> tuple[QueueRow, ...]:
        """Other cases of the same reporter, newest first."""
        ...

    def find(self, number: str) -> QueueRow | None:
        """The case with that number."""
        ...

    def linked(self, case_id: str) -> tuple[QueueRow, ...]:
        """The refused case that this one supplements, and those that supplement this one, oldest first."""
        ...

    def followers(self, case_id: str) -> tuple[str, ...]:
        """The cases that follow one (并案), in the order in which they were merged."""
        ...

    def family(self, case_id: str) -> tuple[str, ...]:
        """The parts of a split case (拆分) in their order; of a part the case that was split, and the other parts."""
        ...

    def survivor(self, case_id: str) -> QueueRow | None:
        """The case that one follows."""
        ...

    def known(self) -> Known:
        """What rotas gave so far, and which rulings changed the duty list."""
        ...

    def matter(self, case_id: str) -> Matter | None:
        """A refused case with all by which it was taken up again; None when it is not here."""
        ...

    def ids_by_reporter(self, key: str, limit: int) -> tuple[str, ...]:
        """Cases of the reporter with that key, newest first."""
        ...

    def ids_by_phone(self, phone_masked: str, limit: int) -> tuple[str, ...]:
        """Cases whose masked number reads the same, newest first."""
        ...

    def attached(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of some files that the log says belong to a case; own commands on their way do not count."""
        ...

    @property
    def watched(self) -> Watched:
        """What is counted for warnings, and the warnings."""
        ...

    def numbers(self, stem: str) -> set[str]:
        """Case numbers that begin with `stem`."""
        ...

    def tidy(self) -> bool:
        """A little of the housekeeping that was put off; whether there may be more."""
        ...

    def checkpoint(self) -> None:
        """Write the log into the file; alone of all it may be called beside *desk*."""
        ...

    def renew(self, *, broken: bool) -> None:
        """Start empty; a broken file is moved aside, not deleted."""
        ...

    def close(self) -> None:
        """Give the file back."""
        ...
