-- What is asked of a command before it is applied: whole, in scope, unchanged, permitted; as
-- app/services/checks.py. Each function answers null, or the refusal.

-- The row of an effect or reliance as `gather` found it, or null.
CREATE OR REPLACE FUNCTION fenbo.row_of(g jsonb, one jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$ SELECT nullif(g -> 'rows' -> fenbo.key_of(one), 'null') $$;

-- Refuse what cannot even be looked up; the login of the connection is the only identity.
CREATE OR REPLACE FUNCTION fenbo.well_formed(c jsonb, v fenbo.operator) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    odd jsonb;
    cases text[] := CASE WHEN EXISTS (SELECT FROM fenbo.rule WHERE kind = c ->> 'kind' AND beside)
        THEN fenbo.cases_of(c) ELSE ARRAY[c ->> 'case_id'] END;
BEGIN
    IF (c ->> 'cmd_id') COLLATE "C" !~ '^[0-9A-Za-z_.:-]{1,64}$' THEN
        RETURN fenbo.answer(c, 'denied', 'cmd-id');
    ELSIF c ->> 'actor' <> v.login OR c ->> 'district' <> v.district THEN
        RETURN fenbo.answer(c, 'denied', 'actor');
    ELSIF c ->> 'case_id' = '' OR c -> 'effects' = '[]' OR EXISTS (
            SELECT FROM jsonb_array_elements(c -> 'effects') AS one GROUP BY one -> 'table', one -> 'id' HAVING count(*) > 1
        ) OR EXISTS (
            SELECT FROM jsonb_array_elements((c -> 'effects') || (c -> 'relies_on')) AS one
            WHERE NOT EXISTS (SELECT FROM fenbo.field WHERE tbl = one ->> 'table')
        ) THEN
        RETURN fenbo.answer(c, 'denied', 'shape');
    END IF;
    SELECT one INTO odd FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
    WHERE NOT fenbo.is_addressed(one, c, cases) ORDER BY place LIMIT 1;
    RETURN CASE WHEN odd IS NOT NULL THEN fenbo.answer(c, 'denied', 'shape', odd - '{values,base}'::text[]) END;
END $$;

-- An effect touches a case that the command concerns (mostly its own alone), under a key that every store can keep.
CREATE OR REPLACE FUNCTION fenbo.is_addressed(one jsonb, c jsonb, cases text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT one -> 'values' <> '{}' AND length(one ->> 'id') BETWEEN 1 AND 200
        AND (one ->> 'table' <> 'case_file' OR one ->> 'id' = ANY (cases))
        AND CASE WHEN one ? 'base' THEN NOT one -> 'values' ?| '{id,district,case_id}' ELSE
            coalesce(one -> 'values' -> 'district' = c -> 'district', false)
            AND (one ->> 'table' = 'case_file' OR coalesce(
                jsonb_typeof(one -> 'values' -> 'case_id') = 'string' AND one -> 'values' ->> 'case_id' = ANY (cases), false))
        END
$$;

-- Refuse what claims to come from the future.
CREATE OR REPLACE FUNCTION fenbo.timely(c jsonb, now_ timestamptz) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN greatest((c ->> 'claimed_at')::timestamptz, (c ->> 'occurred_at')::timestamptz) > now_ + interval '60 s'
        THEN fenbo.answer(c, 'clock', 'ahead', jsonb_build_object('now', fenbo.told_time(now_)))
    END
$$;

-- Not yours reads the same as not there.
CREATE OR REPLACE FUNCTION fenbo.missing(c jsonb, one jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT fenbo.answer(c, 'missing', '', pg_catalog.jsonb_build_object('table', one -> 'table', 'id', one -> 'id'))
$$;

CREATE OR REPLACE FUNCTION fenbo.in_scope(c jsonb, v fenbo.operator, g jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    marks text[] := fenbo.marks_of(v);
    one jsonb;
BEGIN
    FOR one IN SELECT jsonb_array_elements(jsonb_path_query_array(c, '$.effects[*] ? (exists (@.base))') || (c -> 'relies_on')) LOOP
        IF NOT fenbo.is_visible(one, v, marks, g) THEN
            RETURN fenbo.missing(c, one);
        END IF;
    END LOOP;
    FOR one IN SELECT jsonb_array_elements(c -> 'effects') LOOP
        IF (CASE WHEN one ? 'base' THEN fenbo.case_of(one ->> 'table', fenbo.row_of(g, one)) <> ALL (fenbo.cases_of(c))
                OR NOT fenbo.acts_on(v, one ->> 'table', fenbo.row_of(g, one), g -> 'units')
            ELSE NOT fenbo.may_hang(one, c, v, marks, g) END) THEN
            RETURN fenbo.missing(c, one);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fenbo.is_visible(one jsonb, v fenbo.operator, marks text[], g jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT row_ IS NOT NULL AND g -> 'scopes' ? fenbo.case_of(one ->> 'table', row_)
        AND fenbo.sees_case(marks, g -> 'scopes' ->> fenbo.case_of(one ->> 'table', row_))
        AND fenbo.sees_row(v, one ->> 'table', row_, g -> 'units')
    FROM fenbo.row_of(g, one) AS row_);
END $$;

-- Whether the command itself makes a row of that table and id.
CREATE OR REPLACE FUNCTION fenbo.is_made(c jsonb, table_ text, id_ jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT EXISTS (
        SELECT FROM jsonb_array_elements(c -> 'effects') AS one
        WHERE one ->> 'table' = table_ AND one -> 'id' = id_ AND NOT one ? 'base'));
END $$;

-- A new row hangs under a case and a task that the viewer sees, or that come with it.
CREATE OR REPLACE FUNCTION fenbo.may_hang(one jsonb, c jsonb, v fenbo.operator, marks text[], g jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT one ->> 'table' = 'case_file' OR (
        task IS NULL OR jsonb_typeof(task) = 'null' OR jsonb_typeof(task) = 'string' AND g -> 'units' ? (task #>> '{}')
        OR fenbo.is_made(c, 'task', task)
    ) AND (
        fenbo.is_made(c, 'case_file', one -> 'values' -> 'case_id')
        OR g -> 'scopes' ? (one -> 'values' ->> 'case_id')
            AND fenbo.sees_case(marks, g -> 'scopes' ->> (one -> 'values' ->> 'case_id'))
            AND fenbo.acts_on(v, one ->> 'table', jsonb_build_object('id', one -> 'id') || (one -> 'values'), g -> 'units')
    )
    FROM (SELECT one -> 'values' -> 'task_id') AS hung (task));
END $$;

CREATE OR REPLACE FUNCTION fenbo.unchanged(c jsonb, g jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    stale jsonb := '[]';
    is_touched boolean := false;
    one jsonb;
    row_ jsonb;
BEGIN
    FOR one IN SELECT jsonb_array_elements((c -> 'relies_on') || (c -> 'effects')) LOOP
        row_ := fenbo.row_of(g, one);
        IF NOT one ? 'base' THEN
            IF row_ IS NOT NULL THEN
                RETURN fenbo.answer(c, 'id-reuse', 'row', one - 'values');
            END IF;
        ELSIF row_ ->> 'changed_by' IS DISTINCT FROM one ->> 'base' THEN
            stale := stale || jsonb_build_array(jsonb_build_array(one -> 'table', coalesce(row_, '{}')));
            is_touched := is_touched OR EXISTS (
                SELECT FROM jsonb_array_elements(c -> 'effects') AS effect
                WHERE effect -> 'table' = one -> 'table' AND effect -> 'id' = one -> 'id');
        END IF;
    END LOOP;
    RETURN CASE WHEN stale <> '[]' THEN fenbo.answer(
        c, 'conflict', CASE WHEN is_touched THEN 'base' ELSE 'relied-on' END, jsonb_build_object('rows', stale)) END;
END $$;

-- The one rule that permits an effect's move; a row of nulls when there is none.
CREATE OR REPLACE FUNCTION fenbo.ruled(c jsonb, v fenbo.operator, one jsonb, before_ jsonb) RETURNS fenbo.rule
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT r FROM fenbo.rule AS r
    WHERE r.kind = c ->> 'kind' AND r.role = v.role AND r.tbl = one ->> 'table'
        AND r.before IS NOT DISTINCT FROM CASE WHEN one ? 'base' THEN before_ ->> 'status' END
        AND r.after IS NOT DISTINCT FROM one -> 'values' ->> 'status'
        AND r.beside = (fenbo.home_of(one, before_) <> c ->> 'case_id'));
END $$;

CREATE OR REPLACE FUNCTION fenbo.permitted(c jsonb, v fenbo.operator, g jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    used integer[] := '{}';
    r fenbo.rule;
    one jsonb;
    before_ jsonb;
    wrong text[];
BEGIN
    IF NOT EXISTS (SELECT FROM fenbo.rule WHERE kind = c ->> 'kind' AND role = v.role) THEN
        RETURN fenbo.answer(c, 'denied', 'role', jsonb_build_object('kind', c -> 'kind', 'role', v.role));
    END IF;
    FOR one IN SELECT jsonb_array_elements(c -> 'effects') LOOP
        before_ := fenbo.row_of(g, one);
        r := fenbo.ruled(c, v, one, before_);
        IF r.place IS NULL THEN
            RETURN fenbo.answer(c, 'denied', 'move', jsonb_build_object(
                'table', one -> 'table', 'before', before_ -> 'status', 'after', one -> 'values' -> 'status'));
        END IF;
        wrong := coalesce(fenbo.unfit(one, r), CASE WHEN before_ ->> r.not_by = v.login THEN ARRAY['own-request', r.not_by] END,
            CASE WHEN r.held <> CASE before_ ->> 'holder' WHEN '' THEN 'NOBODY' WHEN v.login THEN 'OWN' ELSE 'ANOTHER' END
                THEN ARRAY['held', 'holder'] END);
        IF wrong IS NOT NULL THEN
            RETURN fenbo.answer(c, 'denied', wrong[1], jsonb_build_object('table', one -> 'table', 'field', wrong[2]));
        END IF;
        used := used || r.place;
    END LOOP;
    RETURN fenbo.counted(c, v, used);
END $$;

-- {why, field} of the first field that the rule does not open, that is wanting, or whose value does not fit.
CREATE OR REPLACE FUNCTION fenbo.unfit(one jsonb, r fenbo.rule) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    said jsonb := one -> 'values';
    foreign_ jsonb := said - 'status' - string_to_array(r.fields || ' ' || r.stamps, ' ');
    wrong text;
BEGIN
    IF foreign_ <> '{}' THEN
        RETURN ARRAY['field', (SELECT min(key COLLATE "C") FROM jsonb_object_keys(foreign_) AS key)];
    END IF;
    SELECT min(name) INTO wrong FROM fenbo.field WHERE tbl = r.tbl AND is_required AND r.before IS NULL AND NOT said ? name;
    IF wrong IS NOT NULL THEN
        RETURN ARRAY['field', wrong];
    END IF;
    SELECT min(f.name) INTO wrong FROM fenbo.field AS f WHERE f.tbl = r.tbl AND said ? f.name AND NOT fenbo.fits(f, said -> f.name);
    RETURN CASE WHEN wrong IS NOT NULL THEN ARRAY['value', wrong] END;
END $$;

-- Every part of a kind of command as often as its rules say: not left out, not too often.
CREATE OR REPLACE FUNCTION fenbo.counted(c jsonb, v fenbo.operator, used integer[]) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT fenbo.answer(c, 'denied', 'count', jsonb_build_object('table', tbl, 'count', times))
    FROM (
        SELECT tbl, least, most, min(place) AS first,
            (SELECT count(*) FROM unnest(used) AS place_ WHERE place_ = ANY (array_agg(place))) AS times
        FROM fenbo.rule WHERE kind = c ->> 'kind' AND role = v.role
        GROUP BY tbl, before IS NULL, fields, stamps, not_by, least, most, beside
    ) AS part
    WHERE times NOT BETWEEN least AND most
    ORDER BY first LIMIT 1);
END $$;

-- Refuse to call back a notice that has left, and to take back what it told, by the store's own clock; history is judged by when it happened.
CREATE OR REPLACE FUNCTION fenbo.left(c jsonb, g jsonb, now_ timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF c ->> 'undoes' IS NOT NULL AND EXISTS (
        SELECT FROM jsonb_array_elements(c -> 'effects') AS one
        WHERE one ->> 'table' = 'notice'
            AND coalesce((c ->> 'occurred_at')::timestamptz, now_) >= (fenbo.row_of(g, one) ->> 'leaves_at')::timestamptz) THEN
        RETURN fenbo.answer(c, 'denied', 'undo-told');
    END IF;
    IF c ->> 'kind' <> 'call_back_notice' OR (
        SELECT bool_and(coalesce(coalesce((c ->> 'occurred_at')::timestamptz, now_) < (fenbo.row_of(g, one) ->> 'leaves_at')::timestamptz, false))
        FROM jsonb_array_elements(c -> 'effects') AS one) THEN
        RETURN NULL;
    END IF;
    RETURN fenbo.answer(c, 'denied', 'notice-left');
END $$;
