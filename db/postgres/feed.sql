-- The log as one operator may see it: pages after a cursor, and the life of one case; as db/central/feed.py.

-- Where a seat stands; a changed scope marks the hash, so that older cursors are known as such.
CREATE OR REPLACE FUNCTION fenbo.cursor_of(seq bigint, hash text, epoch integer) RETURNS json
LANGUAGE sql STABLE AS $$
    SELECT json_build_array(seq, hash || CASE WHEN epoch = 0 THEN '' ELSE '.' || epoch END)
$$;

-- Where the log ends now.
CREATE OR REPLACE FUNCTION fenbo.head() RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN (SELECT fenbo.cursor_of(seq, hash, v.scope_epoch) FROM fenbo.head WHERE feed = v.district);
END $$;

-- Whole rows of a table for some cases, in the order they were written: [[table, row], ...].
CREATE OR REPLACE FUNCTION fenbo.rows_for(v fenbo.operator, table_ text, ids text[], units jsonb) RETURNS json[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found json[];
BEGIN
    EXECUTE format(
        'SELECT array_agg(json_build_array($1, %s) ORDER BY seq, id) FROM fenbo.%I AS t WHERE %I = ANY ($2)'
        ' AND ($4 IS NULL OR fenbo.sees_row($3, $1, to_jsonb(t), $4))',
        fenbo.told_row(table_), table_, CASE table_ WHEN 'case_file' THEN 'id' ELSE 'case_id' END)
        INTO found USING table_, ids, v, units;
    RETURN coalesce(found, '{}');
END $$;

-- The tables of what hangs on cases.
CREATE OR REPLACE FUNCTION fenbo.hanging() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT '{task,request,verification,interim,notice,visit,coordination,note,attachment,commendation,warning}'::text[] $$;

-- Everything that hangs on some cases and is the viewer's to see.
CREATE OR REPLACE FUNCTION fenbo.children(v fenbo.operator, ids text[]) RETURNS json[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    units jsonb := CASE WHEN fenbo.marks_of(v) IS NOT NULL THEN fenbo.task_units(ids) END;
    found json[] := '{}';
    table_ text;
BEGIN
    FOREACH table_ IN ARRAY fenbo.hanging() LOOP
        found := found || fenbo.rows_for(v, table_, ids, units);
    END LOOP;
    RETURN found;
END $$;

-- One case with all that hangs on it, as far as the viewer sees it; empty when it is not his.
CREATE OR REPLACE FUNCTION fenbo.case_rows(v fenbo.operator, case_id text) RETURNS json[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT CASE WHEN fenbo.sees_case(fenbo.marks_of(v), fenbo.scope_now(row_)) AND row_ ->> 'district' = v.district
        THEN fenbo.rows_for(v, 'case_file', ARRAY[case_id], NULL) || fenbo.children(v, ARRAY[case_id]) ELSE '{}' END
    FROM fenbo.found('case_file', case_id) AS row_ WHERE row_ IS NOT NULL);
END $$;

-- The rows of some cases that are the viewer's to see, each id with that of its case; null for all.
CREATE OR REPLACE FUNCTION fenbo.visible(v fenbo.operator, ids text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    units jsonb;
    mine jsonb := (SELECT coalesce(jsonb_object_agg(id, id), '{}') FROM unnest(ids) AS id);
    found jsonb;
    table_ text;
BEGIN
    IF fenbo.marks_of(v) IS NULL THEN
        RETURN NULL;
    END IF;
    units := fenbo.task_units(ids);
    FOREACH table_ IN ARRAY fenbo.hanging() LOOP
        EXECUTE format('SELECT jsonb_object_agg(id, case_id) FROM fenbo.%I AS t WHERE case_id = ANY ($1)'
            ' AND fenbo.sees_row($2, $3, to_jsonb(t), $4)', table_) INTO found USING ids, v, table_, units;
        mine := mine || coalesce(found, '{}');
    END LOOP;
    RETURN mine;
END $$;

-- A line on its way to a seat, without the wish where it speaks of what is not the viewer's: about `cases`, the first
-- of which is the one it stands at; `gone` are those that left his sight, if that first one did `removed` says so.
CREATE OR REPLACE FUNCTION fenbo.line(l fenbo.log, applied json, cases text[], gone text[], rows_ json[], has_wish boolean) RETURNS json
LANGUAGE sql STABLE AS $$
    SELECT json_build_object('seq', l.seq, 'cmd_id', l.cmd_id, 'actor', l.actor, 'kind', l.kind, 'case_id', cases[1],
        'wish', CASE WHEN has_wish AND l.body IS NOT NULL THEN l.body::json -> 'wish' ELSE '{}' END,
        'applied', applied, 'claimed_at', fenbo.wired(l.claimed_at), 'received_at', fenbo.wired(l.received_at),
        'hash', l.hash, 'undoes', l.undoes, 'is_historical', l.occurred_at IS NOT NULL,
        'removed', cases[1] = ANY (gone), 'rows', to_json(rows_),
        'others', to_json(ARRAY(SELECT one FROM unnest(cases[2:]) WITH ORDINALITY AS other (one, place) WHERE one <> ALL (gone) ORDER BY place)),
        'gone', to_json(ARRAY(SELECT one FROM unnest(cases[2:]) WITH ORDINALITY AS other (one, place) WHERE one = ANY (gone) ORDER BY place)))
$$;

-- What a line did to rows of some cases, as far as the viewer sees them.
CREATE OR REPLACE FUNCTION fenbo.done_to(l fenbo.log, visible jsonb, cases text[]) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(json_agg(one ORDER BY place), '[]')
        FROM json_array_elements(coalesce(l.applied, '[]')::json) WITH ORDINALITY AS effect (one, place)
        WHERE visible IS NULL OR visible ->> (one ->> 'id') = ANY (cases));
END $$;

-- The line in the life of the case `id_`, without what it did to others' rows than those of `cases`; null when nothing
-- else is left.
CREATE OR REPLACE FUNCTION fenbo.plain_line(v fenbo.operator, l fenbo.log, visible jsonb, cases text[], id_ text, is_bare boolean) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    is_own boolean := l.actor = v.login;
    effects json := coalesce(l.applied, '[]');
    mine json := CASE WHEN visible IS NULL THEN effects ELSE fenbo.done_to(l, visible, cases) END;
BEGIN
    IF json_array_length(mine) = 0 AND NOT is_own THEN
        RETURN NULL;
    END IF;
    RETURN fenbo.line(l, CASE WHEN is_bare THEN '[]' ELSE mine END, ARRAY[id_], '{}', '{}',
        is_own OR json_array_length(mine) = json_array_length(effects));
END $$;

-- A line as the viewer sees it: each of its cases as it is, as an entry or a leaving of his scope, or not at all.
-- Of a line whose own case is not his, the first that is stands for it.
CREATE OR REPLACE FUNCTION fenbo.seen(v fenbo.operator, marks text[], l fenbo.log, visible jsonb) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    is_own boolean := l.actor = v.login;
    effects jsonb := coalesce(l.applied, '[]');
    born text[] := ARRAY(SELECT jsonb_path_query(effects, '$[*] ? (@.table == "case_file" && !exists (@.base)).id') #>> '{}');
    about text[];
    plain text[];
    entered text[];
    here text[];
    gone text[];
    rows_ json[] := '{}';
    mine json;
    is_open boolean;
BEGIN
    SELECT array_agg(id ORDER BY place, id COLLATE "C"), array_agg(id) FILTER (WHERE is_his AND (was_his OR id = ANY (born))),
        array_agg(id ORDER BY place, id COLLATE "C") FILTER (WHERE is_his AND NOT was_his AND id <> ALL (born))
    INTO about, plain, entered
    FROM (SELECT id, place, fenbo.sees_case(marks, before_) AS was_his, fenbo.sees_case(marks, after_) AS is_his FROM (
        SELECT l.case_id AS id, 0 AS place, l.scope_before AS before_, l.scope_after AS after_
        UNION ALL SELECT case_id, 1, scope_before, scope_after FROM fenbo.concern WHERE feed = l.feed AND seq = l.seq
    ) AS each) AS judged WHERE was_his OR is_his;
    about := coalesce(about, '{}');
    plain := coalesce(plain, '{}');
    here := plain;
    FOR place IN 1 .. coalesce(cardinality(entered), 0) LOOP
        IF cardinality(fenbo.case_rows(v, entered[place])) > 0 THEN
            rows_ := rows_ || fenbo.case_rows(v, entered[place]);
            here := here || entered[place];
        END IF;
    END LOOP;
    gone := ARRAY(SELECT one FROM unnest(about) AS one WHERE one <> ALL (here));
    mine := CASE WHEN visible IS NULL THEN effects::json ELSE fenbo.done_to(l, visible, plain) END;
    IF json_array_length(mine) = 0 AND cardinality(rows_) = 0 AND gone = '{}' AND NOT is_own THEN
        RETURN NULL;
    END IF;
    is_open := cardinality(about) > 0 AND gone = '{}' AND (visible IS NULL OR plain = '{}' OR NOT EXISTS (
        SELECT FROM jsonb_array_elements(effects) AS one WHERE coalesce(visible ->> (one ->> 'id'), '') <> ALL (here)));
    IF is_own OR l.case_id = ANY (about) THEN
        about := l.case_id || array_remove(about, l.case_id::text);
    END IF;
    RETURN fenbo.line(l, mine, about, CASE WHEN about[1] = ANY (here) THEN gone ELSE gone || about[1] END, rows_, is_own OR is_open);
END $$;

-- Log rows after a number whose case was or became the viewer's; his own always, so that he hears of them.
CREATE OR REPLACE FUNCTION fenbo.lines_after(v fenbo.operator, marks text[], seq_ bigint, most integer) RETURNS SETOF fenbo.log
LANGUAGE sql STABLE AS $$
    SELECT * FROM fenbo.log AS l WHERE l.feed = v.district AND l.seq > seq_ AND (marks IS NULL OR l.actor = v.login
        OR fenbo.sees_case(marks, l.scope_before) OR fenbo.sees_case(marks, l.scope_after)
        OR EXISTS (SELECT FROM fenbo.concern AS k WHERE k.feed = l.feed AND k.seq = l.seq
            AND (fenbo.sees_case(marks, k.scope_before) OR fenbo.sees_case(marks, k.scope_after))))
    ORDER BY l.seq LIMIT most
$$;

-- Whether a cursor is of this history and of the viewer's present scope: ok, diverged or refetch.
CREATE OR REPLACE FUNCTION fenbo.standing(v fenbo.operator, seq_ bigint, hash_ text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT CASE
        WHEN seq_ <> 0 AND NOT EXISTS (
            SELECT FROM fenbo.log WHERE feed = v.district AND seq = seq_ AND hash = split_part(hash_, '.', 1)) THEN 'diverged'
        WHEN (seq_ <> 0 OR hash_ <> '') AND coalesce(nullif(split_part(hash_, '.', 2), ''), '0') <> v.scope_epoch::text THEN 'refetch'
        ELSE 'ok'
    END);
END $$;

-- A page of lines as who sees the whole district has it, how many there are in it, and the place of the last.
CREATE OR REPLACE FUNCTION fenbo.whole_lines(
    v fenbo.operator, seq_ bigint, most integer, OUT rows_ json, OUT count_ integer, OUT last json)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    SELECT coalesce(json_agg(fenbo.line(l, coalesce(l.applied, '[]')::json, l.case_id || ARRAY(
                SELECT k.case_id FROM fenbo.concern AS k WHERE k.feed = l.feed AND k.seq = l.seq ORDER BY k.case_id COLLATE "C"
            )::text[], '{}', '{}', true) ORDER BY l.seq)
            FILTER (WHERE l.applied <> '[]' OR l.actor = v.login), '[]'),
        count(*), fenbo.cursor_of(max(l.seq), (array_agg(l.hash ORDER BY l.seq DESC))[1], v.scope_epoch)
    INTO rows_, count_, last
    FROM (SELECT * FROM fenbo.log WHERE feed = v.district AND seq > seq_ ORDER BY seq LIMIT most) AS l;
END $$;

-- The same as anybody else has it.
CREATE OR REPLACE FUNCTION fenbo.own_lines(
    v fenbo.operator, seq_ bigint, most integer, OUT rows_ json, OUT count_ integer, OUT last json)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    marks text[] := fenbo.marks_of(v);
    visible jsonb := fenbo.visible(v, ARRAY(
        SELECT l.case_id FROM fenbo.lines_after(v, marks, seq_, most) AS l
        UNION SELECT k.case_id FROM fenbo.lines_after(v, marks, seq_, most) AS l
            JOIN fenbo.concern AS k ON k.feed = l.feed AND k.seq = l.seq));
    seen json[] := '{}';
    told json;
    l fenbo.log;
BEGIN
    count_ := 0;
    FOR l IN SELECT * FROM fenbo.lines_after(v, marks, seq_, most) LOOP
        told := fenbo.seen(v, marks, l, visible);
        seen := CASE WHEN told IS NULL THEN seen ELSE seen || told END;
        count_ := count_ + 1;
    END LOOP;
    rows_ := to_json(seen);
    last := fenbo.cursor_of(l.seq, l.hash, v.scope_epoch);
END $$;

-- A page of the feed after a cursor, from one state of the store. Hundreds of seats ask at once and again and again:
-- to plan it anew took longer than to read it.
CREATE OR REPLACE FUNCTION fenbo.pull(seq_ bigint, hash_ text, most integer) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    status text := fenbo.standing(v, seq_, hash_);
    rows_ json := '[]';
    count_ integer;
    last json := json_build_array(seq_, hash_);
BEGIN
    IF status = 'ok' THEN
        most := least(greatest(most, 1), 1000);
        IF fenbo.marks_of(v) IS NULL THEN
            SELECT * INTO rows_, count_, last FROM fenbo.whole_lines(v, seq_, most);
        ELSE
            SELECT * INTO rows_, count_, last FROM fenbo.own_lines(v, seq_, most);
        END IF;
        IF count_ < most THEN
            last := (SELECT fenbo.cursor_of(seq, hash, v.scope_epoch) FROM fenbo.head WHERE feed = v.district);
        END IF;
    END IF;
    RETURN json_build_object('status', status, 'rows', rows_, 'cursor', last, 'at_head', coalesce(count_ < most, false),
        'server_time', fenbo.wired(fenbo.clock()), 'poll_after', 0.2);
END $$;

-- The latest lines (at most so many each) of some cases that the viewer sees, oldest first; bare: without effects.
CREATE OR REPLACE FUNCTION fenbo.lines_of(v fenbo.operator, ids text[], most integer, is_bare boolean) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    visible jsonb := fenbo.visible(v, ids);
BEGIN
    IF is_bare AND visible IS NULL THEN
        RETURN (SELECT coalesce(json_agg(fenbo.line(l, '[]', ARRAY[wanted.id], '{}', '{}', true) ORDER BY l.seq, wanted.id COLLATE "C")
            FILTER (WHERE l.applied <> '[]' OR l.actor = v.login), '[]')
        FROM unnest(ids) AS wanted (id) CROSS JOIN LATERAL fenbo.lines_about(wanted.id, most) AS l);
    END IF;
    RETURN (SELECT coalesce(json_agg(told ORDER BY seq, id COLLATE "C") FILTER (WHERE told IS NOT NULL), '[]') FROM (
        SELECT l.seq, wanted.id, fenbo.plain_line(v, l, visible, ids, wanted.id, is_bare) AS told
        FROM unnest(ids) AS wanted (id) CROSS JOIN LATERAL fenbo.lines_about(wanted.id, most) AS l
    ) AS lines);
END $$;

-- The life of one case, oldest first; empty when it is not the operator's to see.
CREATE OR REPLACE FUNCTION fenbo.history(case_id text) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN CASE WHEN coalesce(cardinality(fenbo.case_rows(v, case_id)), 0) = 0 THEN '[]'
        ELSE fenbo.lines_of(v, ARRAY[case_id], 10000, false) END;
END $$;
