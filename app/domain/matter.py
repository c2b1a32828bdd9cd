"""A matter: a refused report, and the reports by which the citizen took it up again (art. 11)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.terms import CaseStatus


@dataclass(frozen=True, slots=True)
class Matter:
    """`named` is the record that a registration supplements, `records` all of its matter, oldest first."""

    named: Case
    records: tuple[Case, ...]

    @property
    def again(self) -> tuple[Case, ...]:
        """The records by which it was taken up again; one that was void from the start does not count."""
        return tuple(one for one in self.records if one.supplements and not _is_void(one))

    def supplemented_by(self) -> tuple[Case, ...]:
        """Those that supplement the named record itself."""
        return tuple(one for one in self.again if one.supplements == self.named.id)


def _is_void(case: Case) -> bool:
    return case.status is CaseStatus.VOID


def matter_of(
    case_id: str,
    find: Callable[[str], Case | None],
    supplementing: Callable[[str], Iterable[Case]],
) -> Matter | None:
    """The matter of a record, gathered from wherever records lie; None when there is no such record."""
    named = find(case_id)
    if named is None:
        return None
    records = [_first(named, find)]
    for one in records:  # grows while it is walked
        known = {record.id for record in records}
        records.extend(record for record in supplementing(one.id) if record.id not in known)
    return Matter(named, tuple(records))


def _first(case: Case, find: Callable[[str], Case | None]) -> Case:
    seen = {case.id}
    while case.supplements and case.supplements not in seen:
        before = find(case.supplements)
        if before is None:
            break
        case = before
        seen.add(case.id)
    return case
