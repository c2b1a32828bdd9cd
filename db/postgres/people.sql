-- Who may come in and from where; what a seat asks of the store besides cases: facts, people, presence, figures.

-- District, prefix and kind of the store, and the operator as the store knows him now.
CREATE OR REPLACE FUNCTION fenbo.facts() RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN (SELECT json_build_object('store_id', store_id, 'district', district, 'prefix', prefix, 'kind', kind,
        'created_at', fenbo.wired(created_at), 'schema_version', schema_version, 'min_client', min_client, 'rules_digest', rules_digest)
        FROM fenbo.store_info);
END $$;

CREATE OR REPLACE FUNCTION fenbo.person(one fenbo.operator) RETURNS json
LANGUAGE sql STABLE AS $$
    SELECT json_build_object('login', one.login, 'name', one.name, 'role', one.role, 'district', one.district,
        'unit', one.unit, 'is_active', one.is_active)
$$;

-- The operator as the store knows him now.
CREATE OR REPLACE FUNCTION fenbo.me() RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$ SELECT fenbo.person(fenbo.viewer()) $$;

-- Everybody of the district, for pickers and for names beside lines.
CREATE OR REPLACE FUNCTION fenbo.operators() RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN (SELECT json_agg(fenbo.person(one) ORDER BY one.login) FROM fenbo.operator AS one WHERE one.district = v.district);
END $$;

-- The three characters of a machine's case numbers; the same again when it asks again.
CREATE OR REPLACE FUNCTION fenbo.seat_code(device_ text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET lock_timeout = '2s' AS $$
DECLARE
    signs text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    code text;
BEGIN
    PERFORM fenbo.viewer();
    LOCK TABLE fenbo.device IN SHARE ROW EXCLUSIVE MODE;
    SELECT seat INTO code FROM fenbo.device WHERE name = device_;
    IF code IS NULL THEN
        SELECT three INTO code FROM (
            SELECT n, substr(signs, n / 1296 + 1, 1) || substr(signs, n / 36 % 36 + 1, 1) || substr(signs, n % 36 + 1, 1) AS three
            FROM generate_series(0, 46655) AS n
        ) AS one WHERE NOT EXISTS (SELECT FROM fenbo.device WHERE seat = three) ORDER BY n LIMIT 1;
        IF code IS NULL THEN
            PERFORM fenbo.refuse('seats-exhausted');
        END IF;
        INSERT INTO fenbo.device (seat, name, cursor, seen_at) VALUES (code, left(device_, 200), 0, fenbo.clock());
    END IF;
    RETURN code;
END $$;

-- The key under which cases of a number can be found; null for no number.
CREATE OR REPLACE FUNCTION fenbo.reporter_key(phone text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.viewer();
    RETURN fenbo.key_of_reporter(phone);
END $$;

-- A line of the access log: what was done about whom or which case, and why.
CREATE OR REPLACE FUNCTION fenbo.note_access(what_ text, about_ text, reason_ text) RETURNS void
LANGUAGE sql VOLATILE AS $$
    INSERT INTO fenbo.access_log (at, actor, what, about, reason) VALUES (fenbo.clock(), session_user, what_, about_, reason_)
$$;

-- Wrong passwords that a seat counted since it was last let in are written down; who leads or keeps the centre hears of
-- all of them, from every seat, in the last week.
CREATE OR REPLACE FUNCTION fenbo.failed_logins(missed jsonb, place text) RETURNS json
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    one jsonb;
BEGIN
    FOR one IN SELECT value FROM jsonb_array_elements(CASE jsonb_typeof(missed) WHEN 'array' THEN missed ELSE '[]' END) LIMIT 50 LOOP
        PERFORM fenbo.note_access('login.failed', left(coalesce(one ->> 'login', ''), 63), left(concat_ws(' ',
            one ->> 'count', one ->> 'since', one ->> 'until', one ->> 'locks', place), 200));
    END LOOP;
    RETURN (SELECT coalesce(json_agg(json_build_array(fenbo.wired(at), actor, about, reason) ORDER BY at), '[]') FROM (
        SELECT * FROM fenbo.access_log WHERE what = 'login.failed' AND at > fenbo.clock() - interval '7 days'
            AND v.role IN ('SHIFT_LEADER', 'DIRECTOR', 'ADMINISTRATOR', 'AUDITOR') ORDER BY at DESC LIMIT 200) AS latest);
END $$;

-- Say which case a seat has open (null for none), and hear who has that one open too: a login for each other seat.
-- One person counts at four seats at most; who has said nothing for three seconds has gone. As db/central/presence.py.
CREATE OR REPLACE FUNCTION fenbo.presence(seat_ text, case_id_ text) RETURNS json
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    now_ timestamptz := fenbo.clock();
    k jsonb := fenbo.found('case_file', case_id_);
BEGIN
    DELETE FROM fenbo.presence WHERE login = v.login
        AND (at < now_ - interval '3 s' OR seat = seat_ AND case_id IS DISTINCT FROM case_id_);
    IF k IS NULL OR k ->> 'district' <> v.district OR NOT fenbo.sees_case(fenbo.marks_of(v), fenbo.scope_now(k)) THEN
        RETURN '[]';
    END IF;
    INSERT INTO fenbo.presence (login, seat, case_id, at)
    SELECT v.login, seat_, case_id_, now_
    WHERE seat_ ~ '^[0-9A-Za-z]{1,8}$' AND (SELECT count(*) FROM fenbo.presence WHERE login = v.login AND seat <> seat_) < 4
    ON CONFLICT (login, seat) DO UPDATE SET at = excluded.at;
    RETURN (SELECT coalesce(json_agg(login ORDER BY login COLLATE "C"), '[]') FROM fenbo.presence
        WHERE case_id = case_id_ AND at >= now_ - interval '3 s' AND (login, seat) IS DISTINCT FROM (v.login, seat_));
END $$;

-- Who has which of these cases (200 at most) open at another seat: [[case id, login], ...], of those that the viewer sees.
CREATE OR REPLACE FUNCTION fenbo.onlookers(seat_ text, case_ids text[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN (SELECT coalesce(json_agg(json_build_array(p.case_id, p.login) ORDER BY p.case_id COLLATE "C", p.login COLLATE "C"), '[]')
        FROM fenbo.presence AS p WHERE p.case_id = ANY (case_ids[1:200]) AND p.at >= fenbo.clock() - interval '3 s'
            AND (p.login, p.seat) IS DISTINCT FROM (v.login, seat_)
            AND EXISTS (SELECT FROM fenbo.case_file AS k WHERE k.id = p.case_id AND k.district = v.district
                AND fenbo.sees_case(fenbo.marks_of(v), fenbo.scope_now(to_jsonb(k)))));
END $$;

-- How many open cases of the viewer's scope wait in each stage, how many of them are late, and how many soon will be.
CREATE OR REPLACE FUNCTION fenbo.figures() RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    said json;
BEGIN
    EXECUTE 'SELECT json_object_agg(stage, json_build_array(waiting, late, soon)) FROM ('
        '  SELECT stage, count(*) AS waiting, count(*) FILTER (WHERE due_at < $1) AS late,'
        '    count(*) FILTER (WHERE due_at >= $1 AND due_at < $1 + interval ''1 hour'') AS soon FROM fenbo.case_file AS k'
        '  WHERE status NOT IN (''CLOSED_ON_TIME'', ''CLOSED_OVERDUE'', ''COMMENDED'', ''MERGED'', ''REFUSED'', ''SPLIT'', ''VOID'')'
        '    AND stage <> ''ENDED'' AND ' || fenbo.narrowed(v) || ' GROUP BY stage) AS one'
        INTO said USING fenbo.clock();
    RETURN coalesce(said, '{}');
END $$;
