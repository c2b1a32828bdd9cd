-- What came in: which texts are commands at all (as db/central/readable.py), and the rows they name.

-- The envelope in a text; null for what nobody can read.
CREATE OR REPLACE FUNCTION fenbo.readable(body text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    c jsonb;
BEGIN
    c := body::jsonb;
    IF jsonb_typeof(c) <> 'object' OR NOT fenbo.is_bounded(body, c) THEN
        RETURN NULL;
    END IF;
    c := '{"batch": null, "undoes": null, "read_to": ""}'::jsonb || c;
    IF NOT fenbo.has_parts(c) OR NOT fenbo.has_rows(c) THEN
        RETURN NULL;
    END IF;
    RETURN fenbo.without_exponents(body, c);
EXCEPTION
    WHEN data_exception OR program_limit_exceeded THEN
        RETURN NULL; -- no JSON, NUL or half a character in it, nested too deep, numbers too large
END $$;

-- Neither nested deeper nor with larger numbers than every reader of the log can follow.
CREATE OR REPLACE FUNCTION fenbo.is_bounded(body text, c jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT NOT (
        length(body) - length(translate(body, '[{', '')) > 64 AND jsonb_path_exists(c, '$.**{64 to last}')
        OR body ~ '[:,[]\s*-?[0-9.]+[eE]|[0-9]{255}' AND jsonb_path_exists(c,
            '$.** ? (@.type() == "number" && (@ > 1.7976931348623157e308 || @ < -1.7976931348623157e308))')
    )
$$;

-- Every part of an envelope is there, none is surplus, and each is of its kind.
CREATE OR REPLACE FUNCTION fenbo.has_parts(c jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT count(*) = 14 AND bool_and(CASE
        WHEN key IN ('cmd_id', 'kind', 'actor', 'seat', 'district', 'case_id', 'read_to')
            THEN jsonb_typeof(value) = 'string'
        WHEN key IN ('batch', 'undoes') THEN jsonb_typeof(value) IN ('string', 'null')
        WHEN key IN ('effects', 'relies_on') THEN jsonb_typeof(value) = 'array'
        WHEN key = 'wish' THEN jsonb_typeof(value) = 'object'
        WHEN key = 'claimed_at' THEN jsonb_typeof(value) = 'string' AND fenbo.is_instant(value #>> '{}')
        WHEN key = 'occurred_at' THEN jsonb_typeof(value) = 'null'
            OR jsonb_typeof(value) = 'string' AND fenbo.is_instant(value #>> '{}')
        ELSE false
    END)
    FROM jsonb_each(c));
END $$;

-- Effects and reliances name their rows, and effects hold nothing but plain values.
CREATE OR REPLACE FUNCTION fenbo.has_rows(c jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT NOT EXISTS (
        SELECT FROM jsonb_array_elements(c -> 'effects') AS one
        WHERE NOT CASE WHEN jsonb_typeof(one) = 'object' THEN
            one ?& '{table,id,values}' AND one - '{table,id,values,base}'::text[] = '{}'
            AND jsonb_typeof(one -> 'table') = 'string' AND jsonb_typeof(one -> 'id') = 'string'
            AND jsonb_typeof(coalesce(one -> 'base', '""')) = 'string'
            AND CASE WHEN jsonb_typeof(one -> 'values') = 'object' THEN NOT EXISTS (
                SELECT FROM jsonb_each(one -> 'values') WHERE jsonb_typeof(value) IN ('object', 'array')
            ) ELSE false END
        ELSE false END
    ) AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(c -> 'relies_on') AS one
        WHERE NOT CASE WHEN jsonb_typeof(one) = 'object' THEN
            one ?& '{table,id,base}' AND one - '{table,id,base}'::text[] = '{}'
            AND jsonb_typeof(one -> 'table') = 'string' AND jsonb_typeof(one -> 'id') = 'string'
            AND jsonb_typeof(one -> 'base') = 'string'
        ELSE false END
    ));
END $$;

-- A number written with an exponent is no whole number, whatever its value; jsonb forgets how it was
-- written, so that such a value becomes a half here, which fits no field either.
CREATE OR REPLACE FUNCTION fenbo.without_exponents(body text, c jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT CASE WHEN body ~ '[:,[]\s*-?[0-9.]+[eE]' THEN jsonb_set(c, '{effects}', coalesce((
        SELECT jsonb_agg(to_jsonb(one) || jsonb_build_object('values', (
            SELECT coalesce(jsonb_object_agg(key, CASE
                WHEN json_typeof(value) = 'number' AND value::text ~ '[eE]' THEN '0.5' ELSE value::jsonb END), '{}')
            FROM json_each(one -> 'values')
        )) ORDER BY place)
        FROM json_array_elements(body::json -> 'effects') WITH ORDINALITY AS effect (one, place)
    ), '[]')) ELSE c END);
END $$;

-- The key of a row in what `gather` finds.
CREATE OR REPLACE FUNCTION fenbo.key_of(one jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT (one ->> 'table') || ' ' || (one ->> 'id') $$;

-- The case that a row belongs to; '' when there is no row.
CREATE OR REPLACE FUNCTION fenbo.case_of(table_ text, row_ jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(row_ ->> CASE table_ WHEN 'case_file' THEN 'id' ELSE 'case_id' END, '')
$$;

-- The cases that a command concerns: its own first, then every other whose row it writes.
CREATE OR REPLACE FUNCTION fenbo.cases_of(c jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN ARRAY[c ->> 'case_id'] || ARRAY(SELECT one ->> 'id'
        FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
        WHERE one ->> 'table' = 'case_file' AND one -> 'id' <> c -> 'case_id' ORDER BY place);
END $$;

-- The case that an effect is on, `row_` being its row as it was.
CREATE OR REPLACE FUNCTION fenbo.home_of(one jsonb, row_ jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN CASE WHEN one ? 'base' THEN fenbo.case_of(one ->> 'table', row_)
        ELSE fenbo.case_of(one ->> 'table', (one -> 'values') || jsonb_build_object('id', one -> 'id')) END;
END $$;

-- What the store has of the rows a command names: {"rows": by key, null where there is none; "scopes": the
-- scope texts of their cases in the district, by id; "units": of the tasks of those; "case": its own;
-- "cases": those that it concerns, by id, null for one that it brings}.
CREATE OR REPLACE FUNCTION fenbo.gather(c jsonb, v fenbo.operator) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    rows_ jsonb := '{}';
    scopes jsonb := '{}';
    ids text[] := fenbo.cases_of(c);
    cases jsonb := (SELECT jsonb_object_agg(id, null) FROM unnest(ids) AS id);
    one jsonb;
    row_ jsonb;
    id_ text;
    case_ jsonb;
BEGIN
    FOR one IN SELECT jsonb_array_elements((c -> 'effects') || (c -> 'relies_on')) LOOP
        IF NOT rows_ ? fenbo.key_of(one) THEN
            row_ := fenbo.found(one ->> 'table', one ->> 'id');
            rows_ := rows_ || jsonb_build_object(fenbo.key_of(one), row_);
            ids := ids || fenbo.case_of(one ->> 'table', row_);
        END IF;
    END LOOP;
    FOR id_ IN SELECT DISTINCT unnest(ids) LOOP
        row_ := CASE WHEN rows_ ? ('case_file ' || id_) THEN rows_ -> ('case_file ' || id_)
            WHEN id_ <> '' THEN fenbo.found('case_file', id_) END;
        IF cases ? id_ THEN
            cases := cases || jsonb_build_object(id_, row_);
        END IF;
        IF id_ = c ->> 'case_id' THEN
            case_ := row_;
        END IF;
        IF row_ ->> 'district' = v.district THEN
            scopes := scopes || jsonb_build_object(id_, fenbo.scope_now(row_));
        END IF;
    END LOOP;
    RETURN jsonb_build_object('rows', rows_, 'scopes', scopes, 'case', case_, 'cases', cases, 'units', CASE
        WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') OR jsonb_path_exists(c, '$.effects[*].values.task_id')
        THEN fenbo.task_units(ARRAY(SELECT jsonb_object_keys(scopes))) ELSE '{}' END);
END $$;

-- The rows of some cases as they stood before log line `seq_`, from the log alone, by key.
CREATE OR REPLACE FUNCTION fenbo.before_image(ids text[], seq_ bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(key, stood), '{}') FROM (
        SELECT key, jsonb_object_agg(name, value) AS stood FROM (
            SELECT DISTINCT ON (1, 2) fenbo.key_of(one) AS key, said.key AS name, said.value
            FROM unnest(ids) AS wanted (id), fenbo.lines_about(wanted.id) AS l,
                jsonb_array_elements(coalesce(l.applied, '[]')::jsonb) AS one, jsonb_each(one -> 'values') AS said
            WHERE l.seq < seq_
            ORDER BY 1, 2, l.seq DESC
        ) AS latest GROUP BY key
    ) AS rows_);
END $$;

-- The lines of a case: its own, and those that concern it too; of the latest so many when that is said.
CREATE OR REPLACE FUNCTION fenbo.lines_about(id_ text, most integer DEFAULT NULL) RETURNS SETOF fenbo.log
LANGUAGE sql STABLE AS $$
    SELECT * FROM (
        (SELECT l.* FROM fenbo.log AS l WHERE l.case_id = id_ ORDER BY l.seq DESC LIMIT most)
        UNION ALL
        (SELECT l.* FROM fenbo.concern AS k JOIN fenbo.log AS l ON l.feed = k.feed AND l.seq = k.seq
            WHERE k.case_id = id_ ORDER BY k.seq DESC LIMIT most)
    ) AS line ORDER BY seq DESC LIMIT most
$$;
