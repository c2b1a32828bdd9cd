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
LANGUAGE sql IMMUTABLE AS $$ SELECT '{task,request,verification,interim,notice,visit,note,attachment,commendation}'::text[] $$;

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

-- Ids of the rows of some cases that are the viewer's to see; null for all.
CREATE OR REPLACE FUNCTION fenbo.visible(v fenbo.operator, ids text[]) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    units jsonb;
    mine text[] := ids;
    found text[];
    table_ text;
BEGIN
    IF fenbo.marks_of(v) IS NULL THEN
        RETURN NULL;
    END IF;
    units := fenbo.task_units(ids);
    FOREACH table_ IN ARRAY fenbo.hanging() LOOP
        EXECUTE format('SELECT array_agg(id) FROM fenbo.%I AS t WHERE case_id = ANY ($1)'
            ' AND fenbo.sees_row($2, $3, to_jsonb(t), $4)', table_) INTO found USING ids, v, table_, units;
        mine := mine || found;
    END LOOP;
    RETURN mine;
END $$;

-- A line on its way to a seat, without the wish where it speaks of what is not the viewer's.
CREATE OR REPLACE FUNCTION fenbo.line(l fenbo.log, applied json, removed boolean, rows_ json[], has_wish boolean) RETURNS json
LANGUAGE sql STABLE AS $$
    SELECT json_build_object('seq', l.seq, 'cmd_id', l.cmd_id, 'actor', l.actor, 'kind', l.kind, 'case_id', l.case_id,
        'wish', CASE WHEN has_wish AND l.body IS NOT NULL THEN l.body::json -> 'wish' ELSE '{}' END,
        'applied', applied, 'claimed_at', fenbo.wired(l.claimed_at), 'received_at', fenbo.wired(l.received_at),
        'hash', l.hash, 'undoes', l.undoes, 'is_historical', l.occurred_at IS NOT NULL,
        'removed', removed, 'rows', to_json(rows_))
$$;

-- The line without what it did to others' rows; null when nothing else is left.
CREATE OR REPLACE FUNCTION fenbo.plain_line(v fenbo.operator, l fenbo.log, visible text[], is_bare boolean) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    is_own boolean := l.actor = v.login;
    effects json := coalesce(l.applied, '[]');
    mine json := effects;
BEGIN
    IF visible IS NOT NULL THEN
        mine := (SELECT coalesce(json_agg(one ORDER BY place), '[]')
            FROM json_array_elements(effects) WITH ORDINALITY AS effect (one, place) WHERE one ->> 'id' = ANY (visible));
    END IF;
    IF json_array_length(mine) = 0 AND NOT is_own THEN
        RETURN NULL;
    END IF;
    RETURN fenbo.line(l, CASE WHEN is_bare THEN '[]' ELSE mine END, false, '{}',
        is_own OR json_array_length(mine) = json_array_length(effects));
END $$;

-- A line as the viewer sees it: as it is, as an entry or a leaving of his scope, or not at all.
CREATE OR REPLACE FUNCTION fenbo.seen(v fenbo.operator, marks text[], l fenbo.log, visible text[]) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    was_his boolean := fenbo.sees_case(marks, l.scope_before);
    is_his boolean := fenbo.sees_case(marks, l.scope_after);
    rows_ json[];
BEGIN
    IF is_his AND (was_his OR jsonb_path_exists(coalesce(l.applied, '[]')::jsonb, '$[*] ? (@.table == "case_file" && !exists (@.base))')) THEN
        RETURN fenbo.plain_line(v, l, visible, false);
    ELSIF is_his THEN
        rows_ := coalesce(fenbo.case_rows(v, l.case_id), '{}');
        RETURN fenbo.line(l, '[]', cardinality(rows_) = 0, rows_, cardinality(rows_) > 0);
    ELSIF was_his OR l.actor = v.login THEN
        RETURN fenbo.line(l, '[]', true, '{}', l.actor = v.login);
    END IF;
    RETURN NULL;
END $$;

-- Log rows after a number whose case was or became the viewer's; his own always, so that he hears of them.
CREATE OR REPLACE FUNCTION fenbo.lines_after(v fenbo.operator, marks text[], seq_ bigint, most integer) RETURNS SETOF fenbo.log
LANGUAGE sql STABLE AS $$
    SELECT * FROM fenbo.log AS l WHERE l.feed = v.district AND l.seq > seq_ AND (marks IS NULL OR l.actor = v.login
        OR fenbo.sees_case(marks, l.scope_before) OR fenbo.sees_case(marks, l.scope_after))
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
    SELECT coalesce(json_agg(fenbo.line(l, coalesce(l.applied, '[]')::json, false, '{}', true) ORDER BY l.seq)
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
    visible text[] := fenbo.visible(v, ARRAY(SELECT DISTINCT case_id FROM fenbo.lines_after(v, marks, seq_, most)));
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
    visible text[] := fenbo.visible(v, ids);
BEGIN
    IF is_bare AND visible IS NULL THEN
        RETURN (SELECT coalesce(json_agg(fenbo.line(l, '[]', false, '{}', true) ORDER BY l.seq)
            FILTER (WHERE l.applied <> '[]' OR l.actor = v.login), '[]')
        FROM unnest(ids) AS wanted (id) CROSS JOIN LATERAL (
            SELECT * FROM fenbo.log AS one WHERE one.case_id = wanted.id ORDER BY one.seq DESC LIMIT most
        ) AS l);
    END IF;
    RETURN (SELECT coalesce(json_agg(told ORDER BY seq) FILTER (WHERE told IS NOT NULL), '[]') FROM (
        SELECT (latest).seq, fenbo.plain_line(v, latest, visible, is_bare) AS told
        FROM unnest(ids) AS wanted (id) CROSS JOIN LATERAL (
            SELECT l FROM fenbo.log AS l WHERE l.case_id = wanted.id ORDER BY l.seq DESC LIMIT most
        ) AS one (latest)
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
