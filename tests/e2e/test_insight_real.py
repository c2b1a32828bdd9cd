"""What insight concludes from the district's own records: units and spikes, held against their goals."""

import json
from pathlib import Path

import pytest

from app.__main__ import main

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "pingshan" / "events_2018-02_2018-10.csv"
CLASS = "EVENT_TYPE_NAME+MAIN_TYPE_NAME+SUB_TYPE_NAME"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not EVENTS.is_file(), reason="the real data are not beside this checkout"),
]


def told(capsys, what, columns):
    assert main(["insight", "eval", what, str(EVENTS), "--columns", columns]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_unit_is_suggested_better_than_by_a_plain_lookup(capsys):
    columns = f"time=CREATE_TIME,class={CLASS},place=COMMUNITY_NAME,unit=DISPOSE_UNIT_NAME"
    found = told(capsys, "units", columns)
    assert found["asked_from"] == "2018-10-01"
    assert all(goal["met"] for goal in found["goals"].values())


def test_spikes_put_into_the_real_stream_are_found_where_the_fixed_rule_finds_few(capsys):
    found = told(capsys, "spikes", "time=CREATE_TIME,class=EVENT_TYPE_NAME,place=COMMUNITY_NAME")
    assert found["goals"]["test_found_at_half"]["met"]
    assert found["real_alarms_a_day"] < 0.5
    assert found["test_found_at_half"] > 2 * found["rule_found_at_half"]
    assert found["test_found_at_half"] > found["ears_c2_found_at_half"]
