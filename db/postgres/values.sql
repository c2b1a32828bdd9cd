-- Values: the store's clock, instants as they travel, what a field can hold, and rows as JSON.

CREATE OR REPLACE FUNCTION fenbo.clock() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$ SELECT pg_catalog.clock_timestamp() $$;

-- An instant as it travels and is hashed: UTC, microseconds, Z.
CREATE OR REPLACE FUNCTION fenbo.wired(at timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The same as Python's isoformat() writes it, for the facts of an answer.
CREATE OR REPLACE FUNCTION fenbo.told_time(at timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
        || CASE WHEN pg_catalog.to_char(at, 'US') = '000000' THEN '' ELSE pg_catalog.to_char(at, '.US') END
        || '+00:00'
$$;

-- Whether a text is an instant exactly as `wired` writes it. Days are counted on from the month's
-- first, so that a thirtieth of February is another text, not an error.
CREATE OR REPLACE FUNCTION fenbo.is_instant(said text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN said ~ ('^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
            || 'T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z$')
        THEN fenbo.wired(
            (substr(said, 1, 8) || '01' || substr(said, 11))::timestamptz
            + make_interval(days => substr(said, 9, 2)::integer - 1)
        ) = said
        ELSE false
    END
$$;

-- Whether a field can hold a value.
CREATE OR REPLACE FUNCTION fenbo.fits(f fenbo.field, value jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE pg_catalog.jsonb_typeof(value)
        WHEN 'null' THEN f.is_optional
        WHEN 'boolean' THEN f.kind = 'flag'
        WHEN 'number' THEN f.kind = 'number' AND CASE
            WHEN value::text ~ '^-?[0-9]{1,10}$' THEN value::bigint BETWEEN -2147483648 AND 2147483647
            ELSE false
        END
        WHEN 'string' THEN CASE f.kind
            WHEN 'text' THEN true
            WHEN 'key' THEN length(value #>> '{}') <= 200
            WHEN 'code' THEN value #>> '{}' = ANY (f.codes)
            WHEN 'instant' THEN fenbo.is_instant(value #>> '{}')
            ELSE false
        END
        ELSE false
    END
$$;

-- How a row of a table is selected so that it is JSON as it travels, `seq` with it.
CREATE OR REPLACE FUNCTION fenbo.selected(table_ text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT 'pg_catalog.to_jsonb(t)' || coalesce(' || pg_catalog.jsonb_build_object('
        || string_agg(format('%L, fenbo.wired(t.%I)', name, name), ', ' ORDER BY name) || ')', '')
    FROM fenbo.field WHERE tbl = table_ AND kind = 'instant');
END $$;

-- The same as text at once, for rows that only travel: a third of the work.
CREATE OR REPLACE FUNCTION fenbo.told_row(table_ text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT '(SELECT pg_catalog.row_to_json(row_) FROM (SELECT ' || string_agg(
            CASE kind WHEN 'instant' THEN format('fenbo.wired(t.%1$I) AS %1$I', name) ELSE format('t.%I', name) END, ', ' ORDER BY name)
        || ', t.seq) AS row_)'
    FROM fenbo.field WHERE tbl = table_);
END $$;

-- One whole row without `seq`, or null. The name must be a table of `field`.
CREATE OR REPLACE FUNCTION fenbo.found(table_ text, id_ text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    row_ jsonb;
BEGIN
    EXECUTE format('SELECT (%s) - ''seq'' FROM fenbo.%I t WHERE id = $1', fenbo.selected(table_), table_)
        INTO row_ USING id_;
    RETURN row_;
END $$;

-- Effects as the exact text that is kept and hashed; as db.central.chain.effects_text.
CREATE OR REPLACE FUNCTION fenbo.effects_text(effects jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT '[' || coalesce(string_agg(
        '{' || coalesce('"base":' || (one -> 'base')::text || ',', '')
            || '"id":' || (one -> 'id')::text || ',"table":' || (one -> 'table')::text
            || ',"values":{' || (
                SELECT coalesce(string_agg(to_json(key)::text || ':' || value::text, ',' ORDER BY key COLLATE "C"), '')
                FROM jsonb_each(one -> 'values')
            ) || '}}',
        ',' ORDER BY place), '') || ']'
    FROM jsonb_array_elements(effects) WITH ORDINALITY AS effect (one, place));
END $$;

-- The refusal of a command, or another answer that is not done.
CREATE OR REPLACE FUNCTION fenbo.answer(c jsonb, status text, why text, facts jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT pg_catalog.jsonb_build_object(
        'cmd_id', c -> 'cmd_id', 'status', status, 'seq', 0, 'why', why, 'facts', facts)
$$;
