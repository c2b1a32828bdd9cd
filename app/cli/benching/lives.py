"""Commands without end for many writers: a few lives of cases are decided, and copied under other ids."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from random import Random
from uuid import uuid4

from app.cli.benching.crowd import DISTRICT, SEED, Offer, Writer, dispatched, reports
from app.domain.commands import File
from app.domain.moment import Setting
from app.domain.terms import Role
from app.services.queries import Operator
from db.central.store import utc_now

#: So many are decided; and by whom, whose name stands in them until it is another's.
_MODELS, _NOBODY = 40, "bench-nobody"


#: The commands of one case, and every id that stands in them.
_Model = tuple[list[Offer], list[str]]


@dataclass(slots=True)
class Lives:
    """Cases without end from a few that were decided: other ids, another person, else the same."""

    setting: Setting
    _models: list[_Model] = field(default_factory=list[_Model])
    _turns: Iterator[int] = field(default_factory=lambda: count(0))

    def __post_init__(self) -> None:
        random = Random(SEED)
        who = Operator(_NOBODY, _NOBODY, Role.OPERATOR, DISTRICT).actor
        writer, given = Writer(self.setting, who, random), reports(self.setting, random)
        now = utc_now() - timedelta(seconds=1)
        for report in (next(given) for _ in range(_MODELS)):
            first, on = writer.decided(report, None, now)
            second, on = writer.decided(File(case_id=on.case.id), on, now)
            third, on = writer.decided(dispatched(on, self.setting), on, now)
            offers = [first, second, third]
            self._models.append((offers, list(_ids(offers))))

    def case(self, login: str) -> list[Offer]:
        """The commands of one case, by that person: registered, filed, dispatched."""
        offers, ids = self._models[next(self._turns) % len(self._models)]
        fresh = {one: str(uuid4()) for one in ids} | {_NOBODY: login}
        return [_with(offer, fresh) for offer in offers]

    def report(self, login: str) -> Offer:
        """Only the registration of another one."""
        return self.case(login)[0]


def _ids(offers: Sequence[Offer]) -> Iterator[str]:
    for text, _ in offers:
        said = json.loads(text)
        yield from (said["cmd_id"], *(one["id"] for one in said["effects"]))


def _with(offer: Offer, fresh: dict[str, str]) -> Offer:
    text, sealed = offer
    for old, new in fresh.items():
        text = text.replace(old, new)
    return text, sealed and replace(sealed, case_id=fresh[sealed.case_id])
