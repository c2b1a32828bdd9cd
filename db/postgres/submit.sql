-- The one door for changes: identity, tail, duplicates, time, scope, bases, rules, then one log line; as
-- db/central/submit.py.

-- A refusal of the whole call where this program and this store do not fit.
CREATE OR REPLACE FUNCTION fenbo.usable(schema_ integer, client integer) RETURNS fenbo.store_info
LANGUAGE plpgsql STABLE AS $$
DECLARE
    known fenbo.store_info;
BEGIN
    SELECT * INTO known FROM fenbo.store_info;
    IF NOT FOUND THEN
        PERFORM fenbo.refuse('store-empty');
    ELSIF known.schema_version > schema_ THEN
        PERFORM fenbo.refuse('store-newer', jsonb_build_object('store', known.schema_version, 'client', schema_));
    ELSIF known.min_client > client THEN
        PERFORM fenbo.refuse('client-too-old', jsonb_build_object('store', known.min_client, 'client', client));
    ELSIF known.schema_version < schema_ THEN
        PERFORM fenbo.refuse('store-needs-upgrade', jsonb_build_object('store', known.schema_version, 'client', schema_));
    END IF;
    RETURN known;
END $$;

-- Take commands in order, each whole or not at all, under one tail. `batch` is [{"body": text, "sealed": parts or
-- null}, ...], `sent` the seat's clock, the numbers what the calling program knows. Answers as many of
-- them as a second allows, oldest first; the rest is to be offered again.
CREATE OR REPLACE FUNCTION fenbo.submit(batch jsonb, sent timestamptz, schema_ integer, client integer) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    store fenbo.store_info := fenbo.usable(schema_, client);
    v fenbo.operator := fenbo.viewer();
    now_ timestamptz := fenbo.clock();
    begun timestamptz := clock_timestamp();
    h fenbo.head;
    moved boolean := false;
    one jsonb;
    said jsonb;
    answers jsonb[] := '{}';
BEGIN
    IF abs(extract(epoch FROM sent - now_)) > 60 THEN
        RETURN (SELECT coalesce(jsonb_agg(fenbo.answer('{}', 'clock', 'sent', jsonb_build_object('now', fenbo.told_time(now_)))), '[]')
            FROM jsonb_array_elements(batch));
    END IF;
    PERFORM set_config('lock_timeout', '2s', true), set_config('idle_in_transaction_session_timeout', '2s', true);
    IF current_setting('synchronous_commit') IN ('off', 'local', 'remote_write') THEN
        PERFORM set_config('synchronous_commit', 'on', true); -- what is answered is on the disk, whatever a session set
    END IF;
    SELECT * INTO STRICT h FROM fenbo.head WHERE feed = v.district FOR UPDATE;
    v := fenbo.viewer(); -- he may have been moved or shut out while we waited
    FOR one IN SELECT jsonb_array_elements(batch) LOOP
        now_ := greatest(fenbo.clock(), h.at + interval '1 microsecond');
        said := fenbo.take(v, h, one, now_, store.kind <> 'live');
        IF said ->> 'status' = 'done' AND (said ->> 'seq')::bigint > h.seq THEN
            h.seq := said ->> 'seq';
            h.hash := said -> 'facts' ->> 'hash';
            h.at := now_;
            moved := true;
        END IF;
        answers := answers || said;
        EXIT WHEN clock_timestamp() > begun + interval '1 s';
    END LOOP;
    IF moved THEN
        UPDATE fenbo.head SET seq = h.seq, hash = h.hash, at = h.at WHERE feed = h.feed;
        PERFORM pg_notify('fenbo_' || h.feed, '');
    END IF;
    RETURN to_jsonb(answers);
END $$;

-- One command under the tail.
CREATE OR REPLACE FUNCTION fenbo.take(v fenbo.operator, h fenbo.head, offer jsonb, now_ timestamptz, is_past boolean) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    body text := offer ->> 'body';
    c jsonb := fenbo.readable(body);
    sealed jsonb := fenbo.worth_keeping(offer -> 'sealed');
    digest_ text;
    known fenbo.command;
    g jsonb;
    no jsonb;
BEGIN
    IF c IS NULL THEN
        RETURN fenbo.answer('{}', 'denied', 'unreadable');
    END IF;
    digest_ := fenbo.digest(body, fenbo.parts_of(sealed));
    SELECT * INTO known FROM fenbo.command WHERE cmd_id = c ->> 'cmd_id';
    IF FOUND AND known.actor = v.login AND known.digest = digest_ THEN
        RETURN fenbo.answer(c, '', '') || known.answer::jsonb;
    ELSIF FOUND THEN
        RETURN fenbo.answer(c, 'id-reuse', 'command');
    END IF;
    no := coalesce(fenbo.well_formed(c, v), fenbo.timely(c, now_));
    IF no IS NOT NULL THEN
        RETURN no;
    END IF;
    g := fenbo.gather(c, v);
    no := coalesce(
        fenbo.in_scope(c, v, g), fenbo.unchanged(c, g), fenbo.permitted(c, v, g),
        fenbo.past(c, g, is_past), fenbo.times(c, fenbo.clock()), fenbo.left(c, g, fenbo.clock()), fenbo.on_duty(c), fenbo.undo(c, v), fenbo.taken_up(c),
        fenbo.parted(c, g), fenbo.derived(c, g), fenbo.beside(c, sealed, body));
    IF no IS NOT NULL THEN
        RETURN fenbo.explained(c, no);
    END IF;
    RETURN fenbo.keep(c, v, g, h, ROW(body, sealed, digest_, now_)::fenbo.offer);
END $$;

-- Apply, log and remember; a value that the store cannot hold leaves nothing behind.
CREATE OR REPLACE FUNCTION fenbo.keep(c jsonb, v fenbo.operator, g jsonb, h fenbo.head, o fenbo.offer) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    effects jsonb := fenbo.stamped(c, v, g, CASE c ->> 'kind'
        WHEN 'split' THEN g -> 'case' ->> 'reporter_key' ELSE fenbo.key_of_reporter(coalesce(o.sealed ->> 'phone', '')) END);
    one jsonb;
    said jsonb;
    hash text;
BEGIN
    FOR one IN SELECT jsonb_array_elements(effects) LOOP
        PERFORM fenbo.apply(one, c ->> 'cmd_id', h.seq + 1);
    END LOOP;
    PERFORM fenbo.keep_sealed(c ->> 'cmd_id', o.sealed);
    hash := fenbo.log_line(c, v, g, h, o, effects);
    said := jsonb_build_object('status', 'done', 'seq', h.seq + 1, 'facts', jsonb_build_object('hash', hash));
    INSERT INTO fenbo.command (cmd_id, actor, digest, feed, seq, answer)
    VALUES (c ->> 'cmd_id', v.login, o.digest, h.feed, h.seq + 1, said::text);
    RETURN fenbo.answer(c, '', '') || said;
EXCEPTION
    WHEN integrity_constraint_violation OR data_exception OR program_limit_exceeded THEN
        RETURN fenbo.answer(c, 'denied', 'value', jsonb_build_object('error', SQLSTATE));
END $$;

-- The effects of a checked command as they are applied: stamps written, left-out fields filled.
CREATE OR REPLACE FUNCTION fenbo.stamped(c jsonb, v fenbo.operator, g jsonb, reporter_key text) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT jsonb_agg(one || jsonb_build_object('values', CASE WHEN one ? 'base' THEN '{}' ELSE (
            SELECT coalesce(jsonb_object_agg(name, given), '{}') FROM fenbo.field WHERE tbl = one ->> 'table' AND given IS NOT NULL
        ) END || (one -> 'values') || (
            SELECT coalesce(jsonb_object_agg(stamp, CASE stamp WHEN 'reporter_key' THEN reporter_key ELSE v.login END), '{}')
            FROM unnest(string_to_array((fenbo.ruled(c, v, one, fenbo.row_of(g, one))).stamps, ' ')) AS stamp
            WHERE stamp <> 'reporter_key' OR NOT one ? 'base' OR one -> 'values' ? 'phone_masked'
        )) ORDER BY place)
    FROM jsonb_array_elements(c -> 'effects') WITH ORDINALITY AS effect (one, place));
END $$;

-- Make or change one row, and write on it which command and which log row did so.
CREATE OR REPLACE FUNCTION fenbo.apply(one jsonb, cmd_id text, seq bigint) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    table_ text := one ->> 'table';
    row_ jsonb := (one -> 'values') || jsonb_build_object('id', one -> 'id', 'changed_by', cmd_id, 'seq', seq);
    names text;
BEGIN
    IF one ? 'base' THEN
        names := (SELECT string_agg(quote_ident(key), ', ') FROM jsonb_object_keys(row_) AS key);
        EXECUTE format('UPDATE fenbo.%1$I SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(null::fenbo.%1$I, $1)) WHERE id = $2',
            table_, names) USING row_, one ->> 'id';
    ELSE
        EXECUTE format('INSERT INTO fenbo.%1$I SELECT * FROM jsonb_populate_record(null::fenbo.%1$I, $1)', table_) USING row_;
    END IF;
    IF table_ = 'case_file' THEN
        PERFORM fenbo.find_by(one);
    END IF;
END $$;

-- Write one line at the end of the feed; its hash.
CREATE OR REPLACE FUNCTION fenbo.log_line(c jsonb, v fenbo.operator, g jsonb, h fenbo.head, o fenbo.offer, effects jsonb) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    applied text := fenbo.effects_text(effects);
    digest text := CASE WHEN o.sealed IS NULL THEN '' ELSE fenbo.digest('sealed', c ->> 'cmd_id', fenbo.parts_of(o.sealed)) END;
    body_hash text := fenbo.sha256_of(o.body);
    applied_hash text := fenbo.sha256_of(applied);
    hash text := fenbo.sha256_of(concat_ws('|', h.hash, h.feed, h.seq + 1, c ->> 'cmd_id', v.login, v.role,
        coalesce(v.unit, ''), c ->> 'kind', fenbo.wired(o.at), body_hash, applied_hash, digest));
BEGIN
    INSERT INTO fenbo.log (feed, seq, cmd_id, actor, role, unit, seat, kind, case_id, scope_before, scope_after, body, applied,
        body_hash, applied_hash, digest, claimed_at, received_at, occurred_at, undoes, prev, hash)
    VALUES (h.feed, h.seq + 1, c ->> 'cmd_id', v.login, v.role, coalesce(v.unit, ''), c ->> 'seat', c ->> 'kind', c ->> 'case_id',
        coalesce(g -> 'scopes' ->> (c ->> 'case_id'), ''), fenbo.scope_after(c ->> 'case_id', g, effects), o.body, applied,
        body_hash, applied_hash, digest, (c ->> 'claimed_at')::timestamptz, o.at, (c ->> 'occurred_at')::timestamptz,
        c ->> 'undoes', h.hash, hash);
    INSERT INTO fenbo.concern (feed, seq, case_id, scope_before, scope_after)
    SELECT h.feed, h.seq + 1, id, coalesce(g -> 'scopes' ->> id, ''), fenbo.scope_after(id, g, effects)
    FROM unnest(fenbo.cases_of(c)) AS id WHERE id <> c ->> 'case_id';
    RETURN hash;
END $$;

-- The scope text of a case that a command concerns, once its effects are applied.
CREATE OR REPLACE FUNCTION fenbo.scope_after(id text, g jsonb, effects jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN fenbo.scope_now(coalesce(nullif(g -> 'cases' -> id, 'null'), '{}')
        || coalesce(jsonb_path_query_first(effects, '$[*] ? (@.table == "case_file" && @.id == $id).values', jsonb_build_object('id', id)), '{}')
        || jsonb_build_object('id', id));
END $$;

-- SHA-256 of a text in UTF-8, in hexadecimal.
CREATE OR REPLACE FUNCTION fenbo.sha256_of(said text) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(said, 'UTF8')), 'hex') $$;
