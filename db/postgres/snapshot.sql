-- The first fill of a seat: whole cases, page by page, the most urgent first; as db/central/snapshot.py.

-- The next cases from a place on, open ones by due instant, then those without, then ended ones, newest first:
-- rows of (id, key of the place behind it).
CREATE OR REPLACE FUNCTION fenbo.stretch(v fenbo.operator, phase integer, key text[], most integer, OUT id text, OUT after_ text[]) RETURNS SETOF record
LANGUAGE plpgsql STABLE AS $$
DECLARE
    ended text := '(''CLOSED_ON_TIME'', ''CLOSED_OVERDUE'', ''COMMENDED'', ''MERGED'', ''REFUSED'', ''SPLIT'', ''VOID'')';
BEGIN
    RETURN QUERY EXECUTE CASE phase
        WHEN 0 THEN 'SELECT k.id::text, ARRAY[fenbo.wired(k.due_at), k.id] FROM fenbo.case_file AS k'
            ' WHERE status NOT IN ' || ended || ' AND due_at IS NOT NULL AND ' || fenbo.narrowed(v)
            || ' AND ($1 IS NULL OR (due_at, k.id) > ($1[1]::timestamptz, $1[2])) ORDER BY due_at, k.id LIMIT $2'
        WHEN 1 THEN 'SELECT k.id::text, ARRAY[k.id::text] FROM fenbo.case_file AS k'
            ' WHERE status NOT IN ' || ended || ' AND due_at IS NULL AND ' || fenbo.narrowed(v)
            || ' AND ($1 IS NULL OR k.id > $1[1]) ORDER BY due_at, k.id LIMIT $2'
        ELSE 'SELECT k.id::text, ARRAY[fenbo.wired(k.registered_at), k.id] FROM fenbo.case_file AS k'
            ' WHERE status IN ' || ended || ' AND ' || fenbo.narrowed(v)
            || ' AND ($1 IS NULL OR (registered_at, k.id) < ($1[1]::timestamptz, $1[2]))'
            ' ORDER BY registered_at DESC, k.id DESC LIMIT $2'
        END USING key, most;
END $$;

-- How many cases the viewer's first fill will have in all.
CREATE OR REPLACE FUNCTION fenbo.total(v fenbo.operator) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found bigint;
BEGIN
    EXECUTE 'SELECT count(*) FROM fenbo.case_file AS k WHERE ' || fenbo.narrowed(v) INTO found;
    RETURN found;
END $$;

-- The next cases with all that hangs on them. `place` is null at the beginning, later what the page before said:
-- [phase, key of the last case, cases sent, cases in all].
CREATE OR REPLACE FUNCTION fenbo.snapshot(place jsonb, most integer) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    phase integer := coalesce((place ->> 0)::integer, 0);
    key text[] := CASE WHEN jsonb_array_length(place -> 1) > 0 THEN ARRAY(SELECT jsonb_array_elements_text(place -> 1)) END;
    sent bigint := coalesce((place ->> 2)::bigint, 0);
    total bigint := coalesce((place ->> 3)::bigint, fenbo.total(v));
    ids text[] := '{}';
    found text[];
BEGIN
    most := least(greatest(most, 1), 500);
    WHILE phase < 3 AND cardinality(ids) < most LOOP
        SELECT array_agg(s.id), max(s.after_) FILTER (WHERE s.number = s.count) INTO found, key
        FROM (SELECT *, row_number() OVER () AS number, count(*) OVER () AS count FROM fenbo.stretch(v, phase, key, most - cardinality(ids))) AS s;
        ids := ids || coalesce(found, '{}');
        IF cardinality(ids) < most THEN
            phase := phase + 1;
            key := NULL;
        END IF;
    END LOOP;
    RETURN json_build_object(
        'rows', to_json(fenbo.cases_in_order(ids) || fenbo.children(v, ids)),
        'history', fenbo.lines_of(v, ids, 30, true),
        'position', CASE WHEN phase < 3 THEN json_build_array(phase, to_json(key), sent + cardinality(ids), total) END,
        'done', sent + cardinality(ids), 'total', total,
        'head', (SELECT fenbo.cursor_of(seq, hash, v.scope_epoch) FROM fenbo.head WHERE feed = v.district));
END $$;

-- The rows of some cases in the order of their ids given.
CREATE OR REPLACE FUNCTION fenbo.cases_in_order(ids text[]) RETURNS json[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found json[];
BEGIN
    EXECUTE format('SELECT array_agg(json_build_array(''case_file'', %s) ORDER BY place)'
        ' FROM unnest($1) WITH ORDINALITY AS wanted (id, place) JOIN fenbo.case_file AS t ON t.id = wanted.id',
        fenbo.told_row('case_file')) INTO found USING ids;
    RETURN coalesce(found, '{}');
END $$;
