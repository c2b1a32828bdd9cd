-- Looking at a reporter: who may, how often within an hour, and the record that it leaves; as db/central/reveals.py.

-- So often may one person look within an hour, so long holds a leader's leave (hours), and so long a look that was let
-- (minutes); as app/domain/revealing.py.
CREATE OR REPLACE FUNCTION fenbo.reveal_bound(what_ text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE what_ WHEN 'reveal.mask_again_minutes' THEN 30 WHEN 'reveal.granted_hours' THEN 24
        WHEN 'reveal.centre_hourly_count' THEN 20 WHEN 'reveal.unit_hourly_count' THEN 5 END
$$;

-- What a person of that role is counted by; null for who has no business with reporters.
CREATE OR REPLACE FUNCTION fenbo.most_reveals(role_ text) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN role_ IN ('OPERATOR', 'SHIFT_LEADER', 'DIRECTOR') THEN fenbo.reveal_bound('reveal.centre_hourly_count')
        WHEN role_ IN ('UNIT_HANDLER', 'UNIT_LEADER') THEN fenbo.reveal_bound('reveal.unit_hourly_count') END
$$;

-- In how many minutes the viewer may look again; null when he may now. Of two at once the second waits for the first.
CREATE OR REPLACE FUNCTION fenbo.reveals_wait(v fenbo.operator) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM fenbo.operator WHERE login = v.login FOR NO KEY UPDATE;
    RETURN (SELECT ceil(extract(epoch FROM at + interval '1 hour' - fenbo.clock()) / 60)::integer FROM (
        SELECT at FROM fenbo.access_log WHERE actor = v.login AND what = 'reveal' AND at > fenbo.clock() - interval '1 hour'
        ORDER BY at DESC OFFSET fenbo.most_reveals(v.role) - 1 LIMIT 1) AS nth
        WHERE fenbo.most_reveals(v.role) IS NOT NULL);
END $$;

-- Why a unit's person is not shown the reporter of a case; null when a look of his own that a leader let, and that stands
-- in the log, is not over yet.
CREATE OR REPLACE FUNCTION fenbo.not_let(v fenbo.operator, case_id_ text) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    decided timestamptz;
    looked timestamptz;
    minutes integer := fenbo.reveal_bound('reveal.mask_again_minutes');
BEGIN
    SELECT r.decided_at, l.received_at INTO decided, looked FROM fenbo.request AS r
        JOIN fenbo.command AS c ON c.cmd_id = r.changed_by JOIN fenbo.log AS l ON l.feed = c.feed AND l.seq = c.seq
        WHERE r.case_id = case_id_ AND r.kind = 'REVEAL' AND r.status = 'SEEN' AND r.asked_by = v.login
            AND l.kind = 'see_reporter' AND l.actor = v.login
        ORDER BY l.received_at DESC LIMIT 1;
    IF looked IS NULL THEN
        RETURN json_build_object('refused', 'reveal-denied', 'facts', json_build_object('role', v.role));
    ELSIF decided IS NULL OR looked > decided + fenbo.reveal_bound('reveal.granted_hours') * interval '1 hour' THEN
        RETURN json_build_object('refused', 'reveal-lapsed', 'facts', json_build_object());
    ELSIF fenbo.clock() >= looked + minutes * interval '1 minute' THEN
        RETURN json_build_object('refused', 'reveal-over', 'facts', json_build_object('minutes', minutes));
    END IF;
    RETURN NULL;
END $$;

-- The person of a case, in clear, for the centre's people, and for whom of a unit a leader let; who looked and why is
-- written down first, also when he is refused, so that a refusal is an answer here, not an error.
CREATE OR REPLACE FUNCTION fenbo.reveal(case_id_ text, reason text) RETURNS json
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET lock_timeout = '2s' AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    why text := btrim(reason, E' \t\n\r\f\u000b\u001c\u001d\u001e\u001f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004'
        '\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000');
    wait integer;
    no json;
    r fenbo.reporter;
    k fenbo.case_file;
    home text; -- of a part its person is kept with the report that it was taken out of
BEGIN
    IF why = '' THEN
        PERFORM fenbo.refuse('words-missing', '{"field": "reason"}');
    END IF;
    wait := fenbo.reveals_wait(v);
    IF wait IS NOT NULL THEN
        PERFORM fenbo.note_access('reveal.limited', case_id_, why);
        RETURN json_build_object('refused', 'reveal-too-often', 'facts', json_build_object(
            'most', fenbo.most_reveals(v.role), 'minutes', wait));
    END IF;
    PERFORM fenbo.note_access('reveal', case_id_, why);
    IF v.role IN ('UNIT_HANDLER', 'UNIT_LEADER') THEN
        no := fenbo.not_let(v, case_id_);
    ELSIF v.role NOT IN ('OPERATOR', 'SHIFT_LEADER', 'DIRECTOR') THEN
        no := json_build_object('refused', 'reveal-denied', 'facts', json_build_object('role', v.role));
    END IF;
    IF no IS NULL AND NOT EXISTS (SELECT FROM fenbo.case_file AS one WHERE id = case_id_ AND district = v.district
            AND fenbo.sees_case(fenbo.marks_of(v), fenbo.scope_now(to_jsonb(one)))) THEN
        no := json_build_object('refused', 'case-missing', 'facts', json_build_object('case_id', case_id_));
    END IF;
    IF no IS NOT NULL THEN
        RETURN no;
    END IF;
    SELECT * INTO STRICT k FROM fenbo.case_file WHERE id = case_id_;
    home := coalesce(k.split_from, case_id_);
    SELECT * INTO r FROM fenbo.reporter WHERE case_id = home;
    RETURN json_build_object('case_id', case_id_,
        'name', CASE k.reporter_masked WHEN '' THEN '' ELSE coalesce(fenbo.put_right(home, 'name'), fenbo.unsealed(r.name), '') END,
        'phone', CASE k.phone_masked WHEN '' THEN '' ELSE coalesce(fenbo.put_right(home, 'phone'), fenbo.unsealed(r.phone), '') END,
        'id_number', coalesce(fenbo.put_right(home, 'id_number'), fenbo.unsealed(r.id_number), ''),
        'numbers', (SELECT coalesce(json_agg(json_build_array(n.mask, fenbo.unsealed(n.value)) ORDER BY n.case_id = case_id_, c.seq, n.cmd_id COLLATE "C", n.place), '[]')
            FROM fenbo.sealed_number AS n LEFT JOIN fenbo.command AS c ON c.cmd_id = n.cmd_id
            WHERE n.case_id IN (home, case_id_) AND n.mask NOT IN ('@name', '@phone', '@id_number')));
END $$;

-- Who wanted to look more often than anybody may, in the last week: [[login, times], ...], for who leads or keeps the
-- centre; nothing for anybody else.
CREATE OR REPLACE FUNCTION fenbo.limited_reveals() RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN (SELECT coalesce(json_agg(json_build_array(actor, times) ORDER BY actor COLLATE "C"), '[]') FROM (
        SELECT actor, count(*) AS times FROM fenbo.access_log WHERE what = 'reveal.limited'
            AND at > fenbo.clock() - interval '7 days' AND v.role IN ('SHIFT_LEADER', 'DIRECTOR', 'ADMINISTRATOR', 'AUDITOR')
        GROUP BY actor) AS one);
END $$;
