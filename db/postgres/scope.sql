-- Who is asking, and which cases and rows are his to see; as app/services/scope.py.

-- A refusal that ends the call: `code` has a sentence, `facts` fill it.
CREATE OR REPLACE FUNCTION fenbo.refuse(code text, facts jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'FB001', MESSAGE = code, DETAIL = facts::text;
END $$;

-- The operator of this connection: the login that opened it, whatever was set since.
CREATE OR REPLACE FUNCTION fenbo.viewer() RETURNS fenbo.operator
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v fenbo.operator;
BEGIN
    SELECT * INTO v FROM fenbo.operator WHERE login = session_user;
    IF NOT FOUND THEN
        PERFORM fenbo.refuse('operator-unknown', jsonb_build_object('login', session_user));
    ELSIF NOT v.is_active THEN
        PERFORM fenbo.refuse('operator-inactive', jsonb_build_object('login', session_user));
    END IF;
    RETURN v;
END $$;

-- What a scope text must contain (any of these) for the viewer; null when the whole district is open.
CREATE OR REPLACE FUNCTION fenbo.marks_of(v fenbo.operator) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') THEN
            CASE WHEN v.unit <> '' THEN ARRAY['|' || v.unit || '|'] ELSE '{}' END
        WHEN v.role = 'GRID_OFFICER' THEN ARRAY['|@' || v.login || '|', '|@|']
        WHEN v.role = 'ADMINISTRATOR' THEN '{}'
    END
$$;

-- The viewer's cases `k` as a condition that indexes answer: all of his district, a unit's by its mark, a grid
-- officer's by what he was asked.
CREATE OR REPLACE FUNCTION fenbo.narrowed(v fenbo.operator) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN format('k.district = %L', v.district) || CASE
        WHEN fenbo.marks_of(v) IS NULL THEN ''
        WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') AND v.unit <> '' THEN
            format(' AND string_to_array(k.units, ''|'') @> ARRAY[%L]', v.unit)
        WHEN v.role = 'GRID_OFFICER' THEN format(' AND k.status = ''VERIFYING'' AND k.id IN (SELECT case_id'
            ' FROM fenbo.verification WHERE officer IN (%L, '''') AND status <> ''WITHDRAWN'')', v.login)
        ELSE ' AND false'
    END;
END $$;

-- Whether a case of the viewer's district with that scope text is the viewer's to see.
CREATE OR REPLACE FUNCTION fenbo.sees_case(marks text[], scope text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT marks IS NULL OR EXISTS (SELECT FROM unnest(marks) AS mark WHERE strpos(scope, mark) > 0));
END $$;

-- Whether a row of a case the viewer sees is his too; `units` are the units of its tasks by id.
CREATE OR REPLACE FUNCTION fenbo.sees_row(v fenbo.operator, table_ text, row_ jsonb, units jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT CASE
        WHEN table_ = 'case_file' OR fenbo.marks_of(v) IS NULL THEN true
        WHEN table_ = 'warning' THEN false -- it names cases of others
        WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') THEN table_ IN ('task', 'request') OR fenbo.is_of_unit(v, table_, row_, units)
        WHEN table_ = 'verification' THEN coalesce(row_ ->> 'officer', '') IN ('', v.login)
        ELSE table_ NOT IN ('task', 'request')
    END);
END $$;

-- Whether a row hangs on no other unit's task.
CREATE OR REPLACE FUNCTION fenbo.is_of_unit(v fenbo.operator, table_ text, row_ jsonb, units jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT coalesce(coalesce(task, '') = '' OR units ->> task = v.unit, false)
    FROM (SELECT row_ ->> CASE table_ WHEN 'task' THEN 'id' ELSE 'task_id' END) AS one (task));
END $$;

-- Whether the viewer may change such a row, or hang it on its task: a unit's people only on their own task, and no
-- measure ordered of another unit.
CREATE OR REPLACE FUNCTION fenbo.acts_on(v fenbo.operator, table_ text, row_ jsonb, units jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT CASE
        WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') AND table_ = 'interim' THEN coalesce(row_ ->> 'unit' = v.unit, false)
        WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') AND table_ NOT IN ('case_file', 'warning') THEN fenbo.is_of_unit(v, table_, row_, units)
        ELSE fenbo.sees_row(v, table_, row_, units)
    END);
END $$;

-- The text by which a case is found in scope: `|unit|` of each live task, `|@officer|` while verified.
CREATE OR REPLACE FUNCTION fenbo.scope_now(case_ jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(nullif(case_ ->> 'units', ''), '|') || CASE case_ ->> 'status'
        WHEN 'VERIFYING' THEN coalesce((
            SELECT string_agg('@' || officer || '|', '' ORDER BY officer COLLATE "C")
            FROM (SELECT DISTINCT officer FROM fenbo.verification
                WHERE case_id = case_ ->> 'id' AND status <> 'WITHDRAWN') AS asked
        ), '')
        ELSE ''
    END);
END $$;

-- The unit of every task of some cases, by task id.
CREATE OR REPLACE FUNCTION fenbo.task_units(case_ids text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(id, unit), '{}') FROM fenbo.task WHERE case_id = ANY (case_ids));
END $$;

-- `units` and `lead_unit` of a case with these rows, as deadlines.settle gives them.
CREATE OR REPLACE FUNCTION fenbo.placed(tasks jsonb, interims jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    live text[] := ARRAY(SELECT task ->> 'unit' FROM jsonb_array_elements(tasks) WITH ORDINALITY AS one (task, place)
        WHERE task ->> 'status' NOT IN ('CANCELLED', 'REDISPATCHED') ORDER BY place);
    leads text[] := ARRAY(SELECT task ->> 'unit' FROM jsonb_array_elements(tasks) WITH ORDINALITY AS one (task, place)
        WHERE task ->> 'status' NOT IN ('CANCELLED', 'REDISPATCHED') AND coalesce(task ->> 'part', 'LEAD') = 'LEAD' ORDER BY place);
    beside text[] := ARRAY(SELECT row_ ->> 'unit' FROM jsonb_array_elements(interims) WITH ORDINALITY AS one (row_, place)
        WHERE row_ ->> 'status' <> 'WITHDRAWN' AND row_ ->> 'unit' <> ALL (live)
        GROUP BY row_ ->> 'unit' ORDER BY min(place));
BEGIN
    RETURN jsonb_build_object(
        'units', CASE WHEN live || beside = '{}' THEN '' ELSE '|' || array_to_string(live || beside, '|') || '|' END,
        'lead_unit', leads[cardinality(leads)]);
END $$;
