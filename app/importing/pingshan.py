"""The district's own event records: one row each, without text, closing time or deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.commands import ImportRecord
from app.domain.refused import Refused
from app.domain.taxonomy import Directory, Unit, plain_name
from app.domain.terms import Nature
from app.importing.cells import bare, instant_of, is_slashed
from app.importing.findings import Notes
from app.importing.places import Places
from app.importing.shapes import Cells, Mapper, Shape

_NATURES = {
    "投诉": Nature.COMPLAINT,
    "咨询": Nature.INQUIRY,
    "建议": Nature.SUGGESTION,
    "求决": Nature.HELP,
    "求助": Nature.HELP,
    "感谢": Nature.THANKS,
    "表扬": Nature.THANKS,
}
#: What the platform's trial records carry in the name of their unit.
_TEST = "测试"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Maps the rows of one file; `by_id` are units known by another name of the same number."""

    places: Places
    by_id: Mapping[str, Unit]
    notes: Notes

    def record(self, row: Cells) -> ImportRecord:
        """Raises Refused: id-missing, time-missing, time-unreadable, test-data."""
        number = bare(row["REC_ID"])
        if not number:
            raise Refused("id-missing")
        if _TEST in row["DISPOSE_UNIT_NAME"]:
            raise Refused("test-data", unit=bare(row["DISPOSE_UNIT_NAME"]))
        occurred_at = instant_of(row["CREATE_TIME"])
        if is_slashed(row["CREATE_TIME"]):
            self.notes.add("time-slashed")
        nature, unit = self._nature(row), self._unit(row)
        return ImportRecord(
            source_ref=f"pingshan:{number}",
            batch="",
            occurred_at=occurred_at,
            nature=nature,
            category=self._category(row),
            channel=self._place("channel", row["EVENT_SRC_NAME"]) or "",
            street=self._place("street", row["STREET_NAME"]),
            community=self._place("community", row["COMMUNITY_NAME"]),
            address=bare(row.get("OCCUR_PLACE", "")),
            unit=unit,
            outcome=self._outcome(row, nature, unit),
        )

    def _nature(self, row: Cells) -> Nature:
        name = bare(row["EVENT_PROPERTY_NAME"])
        found = _NATURES.get(name)
        if found is None:
            self.notes.add("nature-assumed", name or "-")
        return found or Nature.COMPLAINT

    def _category(self, row: Cells) -> str | None:
        names = [bare(row[f"{level}_TYPE_NAME"]) for level in ("EVENT", "MAIN", "SUB")]
        found = self.places.category(*names)
        path = " / ".join(names)
        if found is None:
            self.notes.add("class-unknown", path)
        elif found.level == 1:
            self.notes.add("class-fell-back", path)
        elif found.level == 2 and names[2]:
            self.notes.add("class-second-level", path)
        return found and found.code

    def _place(self, what: str, cell: str) -> str | None:
        name = bare(cell)
        if not name:
            self.notes.add(f"{what}-missing")
            return None
        asked = {"street": self.places.street, "community": self.places.community}
        found = asked.get(what, self.places.channel)(name)
        if found is None:
            self.notes.add(f"{what}-unknown", name)
        return found

    def _unit(self, row: Cells) -> str | None:
        name = bare(row["DISPOSE_UNIT_NAME"])
        if not name:
            self.notes.add("unit-missing")
            return None
        code, found = self._unit_of(name, row)
        if code:
            self.notes.add(code, "" if code == "unit-by-alias" else name)
        return found and found.code

    def _unit_of(self, name: str, row: Cells) -> tuple[str, Unit | None]:
        """The unit, and what has to be said about how it was found.

        An office of every street has no name of its own: the number tells it, else the case's street.
        """
        if found := self.places.unit(name):
            return ("unit-by-alias" if plain_name(name) != plain_name(found.name_zh) else ""), found
        if found := self.by_id.get(bare(row.get("DISPOSE_UNIT_ID", ""))):
            return "unit-by-number", found
        if found := self.places.unit(f"{name}（{bare(row['STREET_NAME'])}办事处）"):
            return "unit-by-street", found
        return "unit-unknown", None

    def _outcome(self, row: Cells, nature: Nature, unit: str | None) -> str:
        """What is not closed lies with the unit that the row names; without one it waits for dispatch."""
        in_time, late = bare(row["INTIME_ARCHIVE_NUM"]), bare(row["OVERTIME_ARCHIVE_NUM"])
        if nature is Nature.THANKS:
            return "COMMENDED"
        if in_time == "1":
            return "CLOSED_ON_TIME"
        if late == "1":
            return "CLOSED_OVERDUE"
        self.notes.add("outcome-open")
        return "OPEN" if unit is None else "DISPATCHED"


def _mapper(directory: Directory, rows: Sequence[Cells], notes: Notes) -> Mapper:
    places = Places(directory)
    names = _names_by_id(rows)
    notes.add_all("unit-two-names", ("、".join(names[one]) for one in names if len(names[one]) > 1))
    by_id = {number: unit for number in names if (unit := _agreed(places, names[number]))}
    return _Reader(places, by_id, notes).record


def _names_by_id(rows: Sequence[Cells]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pairs = dict.fromkeys(
        (bare(row.get("DISPOSE_UNIT_ID", "")), bare(row["DISPOSE_UNIT_NAME"])) for row in rows
    )
    for number, name in pairs:
        if number and name:
            found.setdefault(number, []).append(name)
    return found


def _agreed(places: Places, names: Sequence[str]) -> Unit | None:
    """The one unit that all known names of a number lead to."""
    units = {unit.code: unit for name in names if (unit := places.unit(name))}
    return next(iter(units.values())) if len(units) == 1 else None


PINGSHAN = Shape(
    kind="pingshan",
    needed=(
        *("REC_ID", "CREATE_TIME", "STREET_NAME", "COMMUNITY_NAME"),
        *("EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME", "DISPOSE_UNIT_NAME"),
        *("EVENT_SRC_NAME", "OVERTIME_ARCHIVE_NUM", "INTIME_ARCHIVE_NUM", "EVENT_PROPERTY_NAME"),
    ),
    used=("DISPOSE_UNIT_ID", "OCCUR_PLACE"),
    own=("REC_ID", "ROW_ORDER"),
    fills={
        "source": ("REC_ID",),
        "at": ("CREATE_TIME",),
        "place": ("STREET_NAME", "COMMUNITY_NAME"),
        "address": ("OCCUR_PLACE",),
        "nature": ("EVENT_PROPERTY_NAME",),
        "category": ("EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME"),
        "unit": ("DISPOSE_UNIT_NAME", "DISPOSE_UNIT_ID"),
        "channel": ("EVENT_SRC_NAME",),
        "outcome": ("INTIME_ARCHIVE_NUM", "OVERTIME_ARCHIVE_NUM"),
    },
    mapper=_mapper,
)
