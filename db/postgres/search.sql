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

-- What is stored of one case.
CREATE OR REPLACE FUNCTION fenbo.words_of(k fenbo.case_file) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    found text[] := fenbo.tokens(concat_ws(' ', k.title, k.narrative, k.address, k.phone_masked))
        || fenbo.number_tokens(k.number) || fenbo.number_tokens(coalesce(k.source_ref, ''));
BEGIN
    RETURN (SELECT coalesce(string_agg(quote_literal(token) || ':' || least(place, 16383), ' '), '')::tsvector
        FROM unnest(found) WITH ORDINALITY AS one (token, place));
END $$;

-- Keep the finder true after an effect on a case.
CREATE OR REPLACE FUNCTION fenbo.find_by(one jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    k fenbo.case_file;
BEGIN
    IF one -> 'values' ?| '{title,narrative,address,phone_masked,number,source_ref}' THEN
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

-- The newest cases of the viewer's scope that have what is wanted, as [row, ...], looked for among the `within` newest
-- of all by walking them, or among all (null) by the index of words.
CREATE OR REPLACE FUNCTION fenbo.looked_up(v fenbo.operator, wanted tsquery, most integer, within integer) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    said json;
BEGIN
    EXECUTE format(
        'SELECT json_agg(%s ORDER BY t.registered_at DESC, t.id DESC) FROM ('
        '  SELECT k.* FROM %s AS f JOIN fenbo.case_file AS k ON k.id = f.case_id'
        '  WHERE f.words @@ $1 AND %s ORDER BY f.registered_at DESC, f.case_id DESC LIMIT $2) AS t',
        fenbo.told_row('case_file'),
        CASE WHEN within IS NULL THEN 'fenbo.finder'
            ELSE '(SELECT * FROM fenbo.finder ORDER BY registered_at DESC, case_id DESC LIMIT $3)' END,
        fenbo.narrowed(v)) INTO said USING wanted, most, within;
    RETURN coalesce(said, '[]');
END $$;

-- The newest cases of the viewer's scope that have everything typed: [row, ...]. What very many cases have is found
-- among the newest at once; the index of words would first collect them all.
CREATE OR REPLACE FUNCTION fenbo.search(typed text, most integer) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    wanted tsquery := fenbo.asked(left(typed, 200));
    said json;
BEGIN
    most := least(greatest(most, 0), 200);
    said := fenbo.looked_up(v, wanted, most, 3000);
    RETURN CASE WHEN json_array_length(said) >= most THEN said ELSE fenbo.looked_up(v, wanted, most, NULL) END;
END $$;
