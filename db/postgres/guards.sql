-- What else may stand against a command: its time, what it takes back or up again, what it says that the store
-- works out itself, what came sealed with it; as db/central/{past,times,undo,matter,derived,beside,conflicts}.py.

-- A batch must be open; only history may be dated back, and only a batch's own cases by it.
CREATE OR REPLACE FUNCTION fenbo.past(c jsonb, g jsonb, is_past boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    fresh jsonb := jsonb_path_query_first(c, '$.effects[*] ? (@.table == "case_file" && @.id == $own && !exists (@.base)).values',
        jsonb_build_object('own', c -> 'case_id'));
    case_ jsonb := coalesce(fresh, nullif(g -> 'case', 'null'));
    b fenbo.batch;
BEGIN
    SELECT * INTO b FROM fenbo.batch WHERE id = c ->> 'batch';
    IF c ->> 'batch' IS NOT NULL THEN
        IF case_ ->> 'batch' IS DISTINCT FROM c ->> 'batch' OR NOT (is_past OR b.id IS NOT NULL AND b.closed_at IS NULL) THEN
            RETURN fenbo.answer(c, 'denied', 'batch');
        END IF;
    ELSIF fresh ->> 'batch' IS NOT NULL THEN
        RETURN fenbo.answer(c, 'denied', 'batch');
    END IF;
    IF NOT (is_past OR b.id IS NOT NULL AND b.closed_at IS NULL AND b.is_historical)
        AND (c ->> 'occurred_at' IS NOT NULL OR fresh -> 'historical' = 'true') THEN
        RETURN fenbo.answer(c, 'denied', 'not-historical');
    END IF;
    RETURN NULL;
END $$;

-- Refuse a claim from before the commands whose rows it builds on, or the line its seat had read to.
CREATE OR REPLACE FUNCTION fenbo.times(c jsonb, now_ timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    claimed timestamptz := c ->> 'claimed_at';
    since timestamptz;
BEGIN
    IF c ->> 'occurred_at' IS NOT NULL THEN
        RETURN NULL;
    END IF;
    since := coalesce(greatest(fenbo.given(c), fenbo.read_then(c)), claimed);
    IF claimed >= least(since, now_) - interval '60 s' THEN
        RETURN NULL;
    END IF;
    RETURN fenbo.answer(c, 'clock', 'behind', jsonb_build_object(
        'now', fenbo.told_time(now_), 'since', fenbo.told_time(since)));
END $$;

-- When the commands it builds on were given; when it only adds rows, the first of its case.
CREATE OR REPLACE FUNCTION fenbo.given(c jsonb) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
DECLARE
    bases text[] := ARRAY(SELECT one ->> 'base'
        FROM jsonb_array_elements((c -> 'relies_on') || (c -> 'effects')) AS one WHERE one ? 'base');
BEGIN
    IF bases = '{}' THEN
        RETURN (SELECT coalesce(occurred_at, claimed_at) FROM fenbo.log
            WHERE case_id = c ->> 'case_id' AND feed = c ->> 'district' ORDER BY seq LIMIT 1);
    END IF;
    RETURN (SELECT max(coalesce(l.occurred_at, l.claimed_at)) FROM fenbo.command AS k
        JOIN fenbo.log AS l ON l.feed = k.feed AND l.seq = k.seq WHERE k.cmd_id = ANY (bases));
END $$;

-- When the line came in that the seat had read to; null when that line is no more.
CREATE OR REPLACE FUNCTION fenbo.read_then(c jsonb) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT l.received_at
    FROM regexp_match(c ->> 'read_to', '^([0-9]{1,18}):([^.]*)(\.[^\n]*)?$') AS place
    JOIN fenbo.log AS l ON l.feed = c ->> 'district' AND l.seq = place[1]::bigint AND l.hash = place[2]);
END $$;

-- Taking back: one's own command only, and only to what stood there before it.
CREATE OR REPLACE FUNCTION fenbo.undo(c jsonb, v fenbo.operator) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    l fenbo.log;
    odd text;
BEGIN
    IF NOT starts_with(c ->> 'kind', 'undo.') THEN
        RETURN CASE WHEN c ->> 'undoes' IS NOT NULL THEN fenbo.answer(c, 'denied', 'undo') END;
    END IF;
    SELECT found.* INTO l FROM fenbo.command AS k JOIN fenbo.log AS found ON found.feed = k.feed AND found.seq = k.seq
    WHERE k.cmd_id = c ->> 'undoes' AND k.feed = c ->> 'district';
    IF NOT FOUND OR 'undo.' || l.kind <> c ->> 'kind' OR l.case_id <> c ->> 'case_id' THEN
        RETURN fenbo.answer(c, 'denied', 'undo');
    ELSIF l.actor <> v.login THEN
        RETURN fenbo.answer(c, 'denied', 'undo-not-own');
    ELSIF EXISTS (SELECT FROM jsonb_array_elements(c -> 'effects') AS one
            WHERE one ? 'base' AND one ->> 'base' <> c ->> 'undoes') THEN
        RETURN fenbo.answer(c, 'denied', 'undo-base');
    END IF;
    odd := fenbo.invented(c, fenbo.before_image(fenbo.cases_of(c), l.seq));
    RETURN CASE WHEN odd IS NOT NULL THEN fenbo.answer(c, 'denied', 'undo-value', jsonb_build_object('field', odd)) END;
END $$;

-- The first field given another value than the one that stood there; derived ones may be worked out anew.
CREATE OR REPLACE FUNCTION fenbo.invented(c jsonb, stood jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT said.key
    FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
    CROSS JOIN jsonb_each(one -> 'values') AS said
    LEFT JOIN fenbo.field AS f ON f.tbl = one ->> 'table' AND f.name = said.key
    WHERE stood ? fenbo.key_of(one) AND f.is_settled IS NOT TRUE
        AND coalesce(stood -> fenbo.key_of(one) -> said.key, f.given, 'null') <> said.value -- older lines say less
    ORDER BY place, said.key COLLATE "C" LIMIT 1);
END $$;

-- A registration takes up a refused case again only with all of its matter in hand, so that of two who do so at once
-- one hears of the other; and a refusal that was built on in this way is not taken back.
CREATE OR REPLACE FUNCTION fenbo.taken_up(c jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    named text := jsonb_path_query_first(c, '$.effects[*] ? (@.table == "case_file" && !exists (@.base)).values.supplements ? (@ != null && @ != "")') #>> '{}';
    relied text[];
    matter jsonb;
BEGIN
    IF named IS NULL AND c ->> 'kind' <> 'undo.refuse' THEN
        RETURN NULL;
    ELSIF named IS NULL THEN
        matter := fenbo.matter_of(c ->> 'case_id');
        RETURN fenbo.unseen(c, 'taken-up', jsonb_path_query_array(matter,
            '$[*] ? (@.supplements == $id && @.status != "VOID")', jsonb_build_object('id', c -> 'case_id')));
    END IF;
    relied := ARRAY(SELECT one ->> 'id' FROM jsonb_array_elements(c -> 'relies_on') AS one WHERE one ->> 'table' = 'case_file');
    matter := fenbo.matter_of(named);
    IF matter IS NULL OR named <> ALL (relied)
        OR NOT matter @> jsonb_build_array(jsonb_build_object('id', named, 'status', 'REFUSED')) THEN
        RETURN fenbo.answer(c, 'denied', 'supplement', jsonb_build_object('case', named));
    END IF;
    RETURN fenbo.unseen(c, 'supplemented', (
        SELECT coalesce(jsonb_agg(one ORDER BY place), '[]')
        FROM jsonb_array_elements(matter) WITH ORDINALITY AS record (one, place) WHERE one ->> 'id' <> ALL (relied)));
END $$;

-- The conflict with records that the command did not have in hand; null when there are none.
CREATE OR REPLACE FUNCTION fenbo.unseen(c jsonb, why text, records jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT fenbo.answer(c, 'conflict', why, jsonb_build_object('rows', jsonb_agg(
            jsonb_build_array('case_file', one - '{status,supplements}'::text[]) ORDER BY place)))
        FROM jsonb_array_elements(records) WITH ORDINALITY AS record (one, place) HAVING count(*) > 0);
END $$;

-- A refused report and the reports by which it was taken up again, oldest first; null when there is no such record.
-- As app/domain/matter.py.
CREATE OR REPLACE FUNCTION fenbo.matter_of(case_id_ text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    ids text[] := '{}';
    before_ text := case_id_;
    place integer := 1;
BEGIN
    WHILE before_ IS NOT NULL LOOP -- back to the first
        ids := before_ || ids;
        before_ := (SELECT first.id FROM fenbo.case_file AS k JOIN fenbo.case_file AS first ON first.id = k.supplements
            WHERE k.id = ids[1] AND first.id <> ALL (ids));
    END LOOP;
    ids := ids[1:1];
    WHILE place <= cardinality(ids) LOOP -- and on to all that followed
        ids := ids || ARRAY(SELECT id::text FROM fenbo.case_file
            WHERE supplements = ids[place] AND id <> ALL (ids) ORDER BY registered_at, id COLLATE "C");
        place := place + 1;
    END LOOP;
    RETURN (SELECT jsonb_agg(jsonb_build_object('id', k.id, 'number', k.number, 'status', k.status, 'supplements', k.supplements) ORDER BY one.place)
        FROM unnest(ids) WITH ORDINALITY AS one (id, place) JOIN fenbo.case_file AS k ON k.id = one.id);
END $$;

-- The fields that the store works out from its own rows, refused when a command says otherwise: of every case
-- that it concerns.
CREATE OR REPLACE FUNCTION fenbo.derived(c jsonb, g jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    cases text[] := fenbo.cases_of(c);
    id_ text;
    no jsonb;
BEGIN
    IF cardinality(cases) = 1 THEN
        RETURN fenbo.derived_in(c, g);
    END IF;
    FOREACH id_ IN ARRAY cases LOOP
        no := fenbo.derived_in(c || jsonb_build_object('case_id', id_, 'effects', (
            SELECT coalesce(jsonb_agg(one ORDER BY place), '[]')
            FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
            WHERE fenbo.home_of(one, fenbo.row_of(g, one)) = id_)), g || jsonb_build_object('case', g -> 'cases' -> id_));
        IF no IS NOT NULL THEN
            RETURN no;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fenbo.derived_in(c jsonb, g jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    case_ jsonb := nullif(g -> 'case', 'null');
    mine jsonb := jsonb_path_query_first(c, '$.effects[*] ? (@.table == "case_file").values');
    says boolean := jsonb_path_exists(c, '$.effects[*] ? (@.table == "case_file" && (exists (@.values.units) || exists (@.values.lead_unit)))');
    after_ jsonb := coalesce(case_, '{}') || coalesce(mine, '{}');
    was jsonb;
    now_ jsonb;
    wrong text;
    due timestamptz := mine ->> 'due_at';
    at timestamptz := coalesce(c ->> 'occurred_at', c ->> 'claimed_at');
BEGIN
    SELECT one ->> 'table' INTO wrong FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
    WHERE strpos(one -> 'values' ->> CASE one ->> 'table' WHEN 'task' THEN 'unit' WHEN 'interim' THEN 'unit' WHEN 'verification' THEN 'officer' END, '|') > 0
    ORDER BY place LIMIT 1;
    IF wrong IS NOT NULL THEN -- a name with a bar in it would speak for others too
        RETURN fenbo.not_so(c, wrong, CASE wrong WHEN 'verification' THEN 'officer' ELSE 'unit' END);
    END IF;
    IF says OR jsonb_path_exists(c, '$.effects[*] ? (@.table == "task" || @.table == "interim")') THEN
        was := fenbo.placed(fenbo.hands_of(c, 'task', case_ IS NOT NULL, false), fenbo.hands_of(c, 'interim', case_ IS NOT NULL, false));
        now_ := fenbo.placed(fenbo.hands_of(c, 'task', case_ IS NOT NULL, true), fenbo.hands_of(c, 'interim', case_ IS NOT NULL, true));
        IF says OR now_ <> was THEN
            SELECT key INTO wrong FROM jsonb_each_text(now_)
            WHERE coalesce(after_ ->> key, '') <> coalesce(value, '') ORDER BY key DESC LIMIT 1; -- units, then lead_unit
            IF wrong IS NOT NULL THEN
                RETURN fenbo.not_so(c, 'case_file', wrong);
            END IF;
        END IF;
    END IF;
    -- No limit of the Measures is nearly as long as three years.
    IF due NOT BETWEEN (after_ ->> 'registered_at')::timestamptz AND at + interval '1098 days' THEN
        RETURN fenbo.not_so(c, 'case_file', 'due_at');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fenbo.not_so(c jsonb, table_ text, field text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT fenbo.answer(c, 'denied', 'value', pg_catalog.jsonb_build_object('table', table_, 'field', field))
$$;

-- The case's tasks or interim measures in the order in which a seat lists them, as they are or as the command leaves them.
CREATE OR REPLACE FUNCTION fenbo.hands_of(c jsonb, table_ text, is_known boolean, is_after boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_agg(coalesce(task, '{}') || coalesce(said, '{}') ORDER BY number NULLS LAST, place), '[]')
    FROM (
        SELECT id, jsonb_build_object('unit', unit, 'status', status, 'part', part) AS task,
            row_number() OVER (ORDER BY made_at, id COLLATE "C") AS number
        FROM (
            SELECT id, unit, status, part, dispatched_at AS made_at FROM fenbo.task WHERE table_ = 'task' AND case_id = c ->> 'case_id'
            UNION ALL SELECT id, unit, status, '', ordered_at FROM fenbo.interim WHERE table_ = 'interim' AND case_id = c ->> 'case_id'
        ) AS kept WHERE is_known
    ) AS here
    FULL JOIN (
        SELECT one ->> 'id' AS id, one -> 'values' AS said, place
        FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place)
        WHERE is_after AND one ->> 'table' = table_
    ) AS new USING (id));
END $$;

-- Sealed parts belong to the command's own case; a person comes with a new case, or is put right.
CREATE OR REPLACE FUNCTION fenbo.beside(c jsonb, sealed jsonb, body text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    may_name boolean := c ->> 'kind' = 'amend' OR jsonb_path_exists(c, '$.effects[*] ? (@.table == "case_file" && @.id == $own && !exists (@.base))',
        jsonb_build_object('own', c -> 'case_id'));
BEGIN
    IF sealed IS NULL THEN
        RETURN NULL;
    ELSIF NOT fenbo.is_sealed(sealed) OR sealed -> 'case_id' <> c -> 'case_id'
        OR jsonb_path_exists(sealed, '$.numbers[*][0] ? (@ == "@name" || @ == "@phone" || @ == "@id_number")')
        OR (sealed ->> 'name') || (sealed ->> 'phone') || (sealed ->> 'id_number') <> '' AND NOT may_name THEN
        RETURN fenbo.answer(c, 'denied', 'sealed');
    ELSIF EXISTS ( -- so long a number found in clear is a leak, not a coincidence
            SELECT FROM unnest(ARRAY[sealed ->> 'phone', sealed ->> 'id_number']
                || ARRAY(SELECT pair ->> 1 FROM jsonb_array_elements(sealed -> 'numbers') AS pair)) AS secret
            WHERE length(secret) >= 11 AND strpos(body, secret) > 0) THEN
        RETURN fenbo.answer(c, 'denied', 'unsealed');
    END IF;
    RETURN NULL;
END $$;

-- A conflict with the latest log lines since the oldest base that no longer stands.
CREATE OR REPLACE FUNCTION fenbo.explained(c jsonb, said jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    stale jsonb := said -> 'facts' -> 'rows';
    since bigint;
BEGIN
    IF said ->> 'status' <> 'conflict' THEN
        RETURN said;
    END IF;
    SELECT min(coalesce(k.seq, 0)) INTO since
    FROM jsonb_array_elements((c -> 'relies_on') || (c -> 'effects')) AS one
    LEFT JOIN fenbo.command AS k ON k.cmd_id = one ->> 'base'
    WHERE one ? 'base' AND stale @> jsonb_build_array(jsonb_build_array(one -> 'table', jsonb_build_object('id', one -> 'id')));
    since := coalesce(since, 0);
    RETURN jsonb_set(said, '{facts,since}', coalesce((
        SELECT jsonb_agg(jsonb_build_object('seq', line.seq, 'cmd_id', line.cmd_id, 'actor', line.actor,
            'kind', line.kind, 'at', fenbo.wired(line.received_at)) ORDER BY told.case_id COLLATE "C", line.seq)
        FROM (SELECT DISTINCT coalesce(one -> 1 ->> 'case_id', one -> 1 ->> 'id') FROM jsonb_array_elements(stale) AS one) AS told (case_id)
        CROSS JOIN LATERAL (
            SELECT * FROM fenbo.lines_about(told.case_id, 50) AS l WHERE l.seq > since
        ) AS line
    ), '[]'));
END $$;
