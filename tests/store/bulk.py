"""Very many cases in a centre, written by its owner as no door of the product would: only to be read, and timed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from psycopg.types.json import Jsonb

from app.cli.benching import crowd
from app.domain.commands import File, Register
from app.domain.effects import Wire, wire_of
from app.domain.moment import Setting
from db.central.link import Link
from db.central.store import utc_now

#: Different texts; some are taken very often and some hardly ever, as in life.
MODELS, DECIDED = 4_000, 300
#: Of a hundred cases so many are still open; all were registered within so many days.
OPEN, DAYS = 3, 700

_MODEL = """
CREATE TEMP TABLE model (n serial, row jsonb, task jsonb, words tsvector)
"""
_LEARN = """
INSERT INTO model (row, task, words)
SELECT one -> 0, one -> 1, fenbo.words_of(jsonb_populate_record(null::fenbo.case_file, one -> 0))
FROM jsonb_array_elements(?) AS one
"""
_DRAW = """
CREATE TEMP TABLE drawn AS
SELECT g, 1 + floor(? * power(random(), 3))::integer AS model, random() * 100 < ? AS is_open,
    now() - random() * ? * interval '1 day' AS at,
    lpad(to_hex(g), 12, '0') AS tail, 'SZPS' || lpad(g::text, 18, '0') AS number
FROM generate_series(?::integer, ?::integer) AS g
"""
_CASES = """
INSERT INTO fenbo.case_file SELECT k.* FROM drawn AS d JOIN model AS m ON m.n = d.model,
LATERAL jsonb_populate_record(null::fenbo.case_file, m.row || jsonb_build_object(
    'id', '00000000-0000-4000-8000-' || d.tail, 'number', d.number, 'changed_by', 'bulk-' || d.tail,
    'seq', d.g, 'registered_at', d.at, 'dispatched_at', d.at + interval '1 hour',
    'status', CASE WHEN d.is_open THEN 'DISPATCHED' ELSE 'CLOSED_ON_TIME' END,
    'stage', CASE WHEN d.is_open THEN 'SIGN' ELSE 'ENDED' END,
    'due_at', CASE WHEN d.is_open THEN now() + random() * interval '20 days' END)) AS k
"""
_TASKS = """
INSERT INTO fenbo.task SELECT t.* FROM drawn AS d JOIN model AS m ON m.n = d.model,
LATERAL jsonb_populate_record(null::fenbo.task, m.task || jsonb_build_object(
    'id', '00000000-0000-4000-9000-' || d.tail, 'case_id', '00000000-0000-4000-8000-' || d.tail,
    'changed_by', 'bulk-' || d.tail, 'seq', d.g, 'dispatched_at', d.at + interval '1 hour',
    'status', CASE WHEN d.is_open THEN 'PENDING_SIGN' ELSE 'DONE' END)) AS t
"""
_WORDS = """
INSERT INTO fenbo.finder SELECT '00000000-0000-4000-8000-' || d.tail, d.at,
    ts_delete(m.words, '›m' || fenbo.month_of(now() - interval '1 day'))
        || array_to_tsvector(fenbo.number_tokens(d.number) || ('›m' || fenbo.month_of(d.at)))
FROM drawn AS d JOIN model AS m ON m.n = d.model ORDER BY d.at
"""
_LINES = """
INSERT INTO fenbo.log (feed, seq, cmd_id, actor, role, unit, seat, kind, case_id, scope_before, scope_after, body,
    applied, body_hash, applied_hash, digest, claimed_at, received_at, prev, hash)
SELECT ?, (d.g - 1) * ? + step, 'bulk-' || d.tail || CASE step WHEN 1 THEN '' ELSE '.' || step END, ?, 'OPERATOR', '',
    'BLK', (ARRAY['register', 'file', 'dispatch', 'add_note'])[1 + mod(step - 1, 4)],
    '00000000-0000-4000-8000-' || d.tail, '|', '|', jsonb_build_object('wish', jsonb_build_object('narrative',
    m.row -> 'narrative'))::text,
    jsonb_build_array(jsonb_build_object('table', 'case_file', 'values', m.row))::text, '', '', '',
    d.at, d.at, '', 'bulk' || d.g || '.' || step
FROM drawn AS d JOIN model AS m ON m.n = d.model, generate_series(1, ?) AS step
"""
_HEAD = "UPDATE fenbo.head SET seq = ?, hash = ? WHERE feed = ?"


def fill(link: Link, setting: Setting, cases: int, lines: int = 0) -> None:
    """Write so many cases into an empty centre, each with one task and so many lines of the log.

    `link` is a superuser's; the log's hashes are made up, and `verify` would say so.
    """
    link.run(_MODEL)
    link.run("SET synchronous_commit = off")
    models = [list(one) for one in _models(setting)]
    link.run(_LEARN, (Jsonb(models),))
    link.run(_DRAW, (len(models), OPEN, DAYS, 1, cases))
    link.run("ANALYZE model")
    (index,) = link.row("SELECT pg_get_indexdef('fenbo.pg_finder_words'::regclass)") or ("",)
    link.run("DROP INDEX fenbo.pg_finder_words")
    for sql in (_CASES, _TASKS, _WORDS):
        link.run(sql)
    link.run("SET maintenance_work_mem = '1GB'")  # an index is quicker made than kept
    link.run(index)
    if lines:
        link.run(_LINES, (crowd.DISTRICT, lines, crowd.LOGIN, lines))
        link.run(_HEAD, (cases * lines, f"bulk{cases}.{lines}", crowd.DISTRICT))
    link.run("DROP TABLE drawn, model")
    link.run("VACUUM ANALYZE")
    link.run("CHECKPOINT")


def _models(setting: Setting) -> Iterator[tuple[Wire, Wire]]:
    """Cases and their tasks as they travel; a few were decided, the texts of all are their own."""
    random = Random(crowd.SEED)
    writer = crowd.Writer(setting, crowd.actor(setting, crowd.LOGIN), random)
    given, now = crowd.reports(setting, random), utc_now() - timedelta(days=1)
    decided = [_dispatched(writer, one, setting, now) for one in islice(given, DECIDED)]
    classes = [one.name_zh for one in setting.directory.taxonomy.leaves()]
    for first, second in zip(islice(given, MODELS), given, strict=False):
        case, task = random.choice(decided)
        about = "、".join(random.choices(classes, k=2))
        words = f"{first.narrative}{second.narrative}另反映{about}。"
        yield {**case, "narrative": words, "title": words[:30], "address": first.address}, task


def _dispatched(
    writer: crowd.Writer, report: Register, setting: Setting, now: datetime
) -> tuple[Wire, Wire]:
    _, on = writer.decided(report, None, now)
    _, on = writer.decided(File(case_id=on.case.id), on, now)
    _, on = writer.decided(crowd.dispatched(on, setting), on, now)
    return wire_of(on.case), wire_of(on.tasks[0])
