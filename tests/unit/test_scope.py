"""What units that share a case see of one another, and what they may touch."""

import pytest

from app.domain.case import Case, Dossier, Task
from app.domain.terms import CaseStatus, Role, TaskPart, TaskStatus
from app.services.derived import placed
from app.services.queries import Operator
from app.services.scope import acts_on, sees_row
from tests.kit import MORNING, setting

ANN = Operator("ann", "Ann", Role.UNIT_HANDLER, "440310", "water")
UNITS = {"t1": "water", "t2": "roads"}


@pytest.mark.parametrize(
    ("table", "row", "sees", "acts"),
    [
        ("task", {"id": "t1"}, True, True),
        ("task", {"id": "t2"}, True, False),
        ("request", {"id": "r", "task_id": "t2"}, True, False),
        ("notice", {"id": "n", "task_id": "t2"}, False, False),
        ("attachment", {"id": "a", "task_id": None}, True, True),
        ("case_file", {"id": "c"}, True, True),
    ],
)
def test_a_unit_sees_how_its_sisters_stand_and_touches_only_its_own(table, row, sees, acts):
    assert sees_row(ANN, table, row, UNITS) is sees
    assert acts_on(ANN, table, row, UNITS) is acts


def test_whoever_has_the_whole_district_acts_on_all_and_a_grid_officer_on_his_looks():
    grid = Operator("g", "G", Role.GRID_OFFICER, "440310", None)
    centre = Operator("li", "Li", Role.OPERATOR, "440310", None)
    assert acts_on(centre, "task", {"id": "t2"}, {})
    assert acts_on(grid, "verification", {"id": "v", "officer": "g"}, {})
    assert not acts_on(grid, "verification", {"id": "v", "officer": "h"}, {})
    assert not acts_on(grid, "task", {"id": "t2"}, {})


def test_who_leads_is_told_alike_by_the_desk_and_by_the_stores():
    from app.domain.deadlines import settle

    common = {"district": "440310", "case_id": "c", "dispatched_at": MORNING}
    case = Case(
        id="c",
        district="440310",
        number="1",
        status=CaseStatus.DISPATCHED,
        registered_at=MORNING,
        source_ref="x",
    )
    for parts, leader in (("LA", "u0"), ("AL", "u1"), ("AA", None), ("LL", "u1"), ("", None)):
        tasks = tuple(
            Task(
                id=f"t{n}",
                unit=f"u{n}",
                status=TaskStatus.SIGNED,
                part=TaskPart.LEAD if part == "L" else TaskPart.ASSIST,
                **common,
            )
            for n, part in enumerate(parts)
        )
        settled = settle(Dossier(case, tasks), setting())
        said = placed([{"unit": t.unit, "status": t.status, "part": t.part} for t in tasks])
        assert (settled.lead_unit, settled.units) == (leader, said["units"])
        assert said["lead_unit"] == leader
    assert placed([{"unit": "u", "status": "SIGNED"}])["lead_unit"] == "u"
