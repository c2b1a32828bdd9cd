-- Search over all cases of a district: overlapping pairs of Chinese characters, words, and numbers from both
-- ends, as db/search.py makes them for a seat.

-- Free text as it is compared: full-width and other variants made plain, without case.
CREATE OR REPLACE FUNCTION fenbo.plain(said text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT lower(normalize(said, NFKC)) $$;

-- The runs of a text: Chinese (and other scripts without blanks) or words.
CREATE OR REPLACE FUNCTION fenbo.runs(said text, OUT run text, OUT is_han boolean, OUT place bigint) RETURNS SETOF record
LANGUAGE sql IMMUTABLE AS $$
    SELECT left(coalesce(found[1], found[2]), 200), found[1] IS NOT NULL, place
    FROM regexp_matches(fenbo.plain(said),
        '([\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+)'
        || '|([0-9a-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\ua000-\uabff]+)', 'g')
        WITH ORDINALITY AS one (found, place)
$$;

-- The tokens of free text, in order.
CREATE OR REPLACE FUNCTION fenbo.tokens(said text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(CASE WHEN is_han THEN substr(run, at, 2) ELSE run END ORDER BY place, at), '{}')
    FROM fenbo.runs(said), generate_series(1, CASE WHEN is_han THEN length(run) ELSE 1 END) AS at);
END $$;

-- The tokens of a number told to people: whole, its digits after the letters, and backwards behind a mark.
CREATE OR REPLACE FUNCTION fenbo.number_tokens(said text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    whole text := array_to_string(fenbo.tokens(said), '');
    bare text := ltrim(whole, 'abcdefghijklmnopqrstuvwxyz');
BEGIN
    RETURN CASE
        WHEN whole = '' THEN '{}'
        WHEN bare IN ('', whole) THEN ARRAY[whole, '›' || reverse(whole)]
        ELSE ARRAY[whole, bare, '›' || reverse(whole)]
    END;
END $$;

-- The number of a month, counted on through the years.
CREATE OR REPLACE FUNCTION fenbo.month_of(at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT (extract(year FROM at AT TIME ZONE 'UTC') * 12 + extract(month FROM at AT TIME ZONE 'UTC'))::integer $$;

-- What is stored of one case. Its month and its units stand among the words, behind a mark that nobody can type: so that
-- the index itself narrows a search to them, instead of finding what everybody has and looking at each.
CREATE OR REPLACE FUNCTION fenbo.words_of(k fenbo.case_file) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    found text[] := fenbo.tokens(concat_ws(' ', k.title, k.narrative, k.address, k.phone_masked))
        || fenbo.number_tokens(k.number) || fenbo.number_tokens(coalesce(k.source_ref, ''));
BEGIN
    RETURN (SELECT coalesce(string_agg(quote_literal(token) || ':' || least(place, 16383), ' '), '')::tsvector
        FROM unnest(found) WITH ORDINALITY AS one (token, place))
        || array_to_tsvector(ARRAY['›m' || fenbo.month_of(k.registered_at)]
            || ARRAY(SELECT '›u' || unit FROM unnest(string_to_array(k.units, '|')) AS unit WHERE unit <> ''));
END $$;

-- Keep the finder true after an effect on a case.
CREATE OR REPLACE FUNCTION fenbo.find_by(one jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    k fenbo.case_file;
BEGIN
    IF one -> 'values' ?| '{title,narrative,address,phone_masked,number,source_ref,units}' THEN
        SELECT * INTO k FROM fenbo.case_file WHERE id = one ->> 'id';
        INSERT INTO fenbo.finder (case_id, registered_at, words)
        VALUES (k.id, k.registered_at, fenbo.words_of(k))
        ON CONFLICT (case_id) DO UPDATE SET words = excluded.words;
    END IF;
END $$;

-- What a typed text asks for: every run of it; null when nothing in it can be looked for.
CREATE OR REPLACE FUNCTION fenbo.asked(typed text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT string_agg(CASE
        WHEN is_han AND length(run) > 1 THEN (
            SELECT '(' || string_agg(quote_literal(substr(run, at, 2)), ' <-> ' ORDER BY at) || ')'
            FROM generate_series(1, length(run) - 1) AS at)
        WHEN is_han OR length(run) < 3 OR run !~ '[0-9]' THEN quote_literal(run) || ':*'
        ELSE '(' || quote_literal(run) || ':* | ' || quote_literal('›' || reverse(run)) || ':*)'
    END, ' & ' ORDER BY place)::tsquery
    FROM fenbo.runs(typed));
END $$;

-- What the words of a viewer's cases have to be like, as far as words can say it; null for all cases.
CREATE OR REPLACE FUNCTION fenbo.narrowing(v fenbo.operator) RETURNS tsquery
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') AND v.unit <> '' THEN quote_literal('›u' || v.unit)::tsquery END
$$;

-- Those of these months, as words.
CREATE OR REPLACE FUNCTION fenbo.within(first integer, last integer) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT string_agg(quote_literal('›m' || one), ' | ')::tsquery FROM generate_series(first, last) AS one);
END $$;

-- The newest cases of the viewer's scope that have what is wanted, as rows, newest first. Those looked at are the
-- `newest` of all, by walking them, or all (null), by the index of words; never all by walking, whatever the planner thinks.
CREATE OR REPLACE FUNCTION fenbo.newest_with(v fenbo.operator, wanted tsquery, most integer, newest integer) RETURNS json[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found json[];
BEGIN
    EXECUTE format(
        'WITH hit AS MATERIALIZED (SELECT f.case_id FROM %s AS f WHERE f.words @@ $1)'
        ' SELECT array_agg(%s ORDER BY t.registered_at DESC, t.id DESC) FROM ('
        '  SELECT k.* FROM hit JOIN fenbo.case_file AS k ON k.id = hit.case_id'
        '  WHERE %s ORDER BY k.registered_at DESC, k.id DESC LIMIT $2) AS t',
        CASE WHEN newest IS NULL THEN 'fenbo.finder'
            ELSE '(SELECT * FROM fenbo.finder ORDER BY registered_at DESC, case_id DESC LIMIT $3)' END,
        fenbo.told_row('case_file'), fenbo.narrowed(v)) INTO found USING wanted, most, newest;
    RETURN coalesce(found, '{}');
END $$;

-- The newest cases of the viewer's scope that have everything typed: [row, ...]. What very many cases have is found
-- among the newest at once; anything else in the latest month, then in ever more months before it.
CREATE OR REPLACE FUNCTION fenbo.search(typed text, most integer) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off
SET enable_seqscan = off AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    wanted tsquery := fenbo.asked(left(typed, 200));
    last integer := (SELECT fenbo.month_of(max(registered_at)) FROM fenbo.finder);
    oldest integer := (SELECT fenbo.month_of(min(registered_at)) FROM fenbo.finder);
    many integer := 1;
    found json[];
BEGIN
    most := least(greatest(most, 0), 200);
    wanted := wanted && coalesce(fenbo.narrowing(v), wanted);
    found := fenbo.newest_with(v, wanted, most, 3000);
    IF cardinality(found) < most THEN
        found := '{}';
        WHILE last >= oldest AND cardinality(found) < most LOOP
            found := found || fenbo.newest_with(v, wanted && fenbo.within(greatest(last - many + 1, oldest), last), most - cardinality(found), NULL);
            last := last - many;
            many := many * 2;
        END LOOP;
    END IF;
    RETURN to_json(found);
END $$;

-- Words that an older program wrote say nothing of months and units yet.
UPDATE fenbo.finder AS f SET words = fenbo.words_of(k) FROM fenbo.case_file AS k WHERE k.id = f.case_id
    AND NOT (SELECT words @@ '''›m'':*'::tsquery FROM fenbo.finder ORDER BY registered_at LIMIT 1);
