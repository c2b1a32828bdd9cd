-- Administration, the part that writes rows: people, batches; each act leaves a line in the access log.

-- Refuse everybody but the keepers: an active administrator, or who may act as the store's owner.
CREATE OR REPLACE FUNCTION fenbo.keeper() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    IF pg_has_role(session_user, 'fenbo_owner', 'MEMBER') THEN
        RETURN;
    END IF;
    IF (fenbo.viewer()).role <> 'ADMINISTRATOR' THEN
        PERFORM fenbo.refuse('not-a-keeper', jsonb_build_object('login', session_user));
    END IF;
END $$;

-- Refuse an administrator who would make or change an auditor: the three administrations stay apart.
CREATE OR REPLACE FUNCTION fenbo.apart(role_ text, login_ text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.keeper();
    IF NOT pg_has_role(session_user, 'fenbo_owner', 'MEMBER') AND (
            role_ = 'AUDITOR' OR EXISTS (SELECT FROM fenbo.operator WHERE login = login_ AND role = 'AUDITOR')) THEN
        PERFORM fenbo.refuse('auditors-apart', jsonb_build_object('login', login_));
    END IF;
END $$;

-- Refuse what no operator can be: an odd login, no such role, a unit's person without a unit.
CREATE OR REPLACE FUNCTION fenbo.sound_operator(login_ text, role_ text, unit_ text) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF login_ !~ '^[^[:space:][:cntrl:]|@"]{1,63}$' OR octet_length(login_) > 63 OR login_ ~* '^(pg_|fenbo_)' THEN
        PERFORM fenbo.refuse('operator-login', jsonb_build_object('login', login_));
    ELSIF role_ NOT IN ('OPERATOR', 'SHIFT_LEADER', 'DIRECTOR', 'UNIT_HANDLER', 'UNIT_LEADER', 'GRID_OFFICER', 'VISITOR',
            'ASSESSOR', 'ADMINISTRATOR', 'AUDITOR', 'SYSTEM') THEN
        PERFORM fenbo.refuse('operator-role', jsonb_build_object('role', role_));
    ELSIF role_ IN ('UNIT_HANDLER', 'UNIT_LEADER') AND coalesce(unit_, '') = '' THEN
        PERFORM fenbo.refuse('operator-unit', jsonb_build_object('login', login_));
    END IF;
END $$;

-- The rows of a new operator, of the store's own district when none is named; a district gets a feed when it has none.
CREATE OR REPLACE FUNCTION fenbo.enrol(login_ text, name_ text, role_ text, district_ text, unit_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    feed_ text := coalesce(nullif(district_, ''), (SELECT district FROM fenbo.store_info));
BEGIN
    PERFORM fenbo.apart(role_, login_), fenbo.sound_operator(login_, role_, unit_);
    IF EXISTS (SELECT FROM fenbo.operator WHERE login = login_) THEN
        PERFORM fenbo.refuse('operator-exists', jsonb_build_object('login', login_));
    END IF;
    INSERT INTO fenbo.operator (login, name, role, district, unit, is_active, scope_epoch)
    VALUES (login_, name_, role_, feed_, unit_, true, 0);
    INSERT INTO fenbo.head (feed, seq, hash, at, epoch) VALUES (feed_, 0, '', fenbo.clock(), 0) ON CONFLICT (feed) DO NOTHING;
    PERFORM fenbo.note_access('operator.add', login_, role_);
END $$;

-- The login that the store itself acts under, enrolled when it is first wanted.
CREATE OR REPLACE FUNCTION fenbo.the_system() RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.keeper();
    IF NOT EXISTS (SELECT FROM fenbo.operator WHERE login = 'system' AND role = 'SYSTEM' AND is_active) THEN
        PERFORM fenbo.enrol('system', 'system', 'SYSTEM', '', NULL);
    END IF;
    PERFORM fenbo.note_access('system.lend', 'system', '');
    RETURN 'system';
END $$;

-- Another role or unit; his seats fetch their scope anew.
CREATE OR REPLACE FUNCTION fenbo.reassign(login_ text, role_ text, unit_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.apart(role_, login_), fenbo.sound_operator(login_, role_, unit_);
    UPDATE fenbo.operator SET role = role_, unit = unit_, scope_epoch = scope_epoch + 1 WHERE login = login_;
    IF NOT FOUND THEN
        PERFORM fenbo.refuse('operator-unknown', jsonb_build_object('login', login_));
    END IF;
    PERFORM fenbo.note_access('operator.move', login_, role_ || ' ' || coalesce(unit_, ''));
END $$;

-- Who changes his own password does so in his own name; the system has none of its own.
CREATE OR REPLACE FUNCTION fenbo.renewing() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    IF (fenbo.viewer()).role = 'SYSTEM' THEN
        PERFORM fenbo.refuse('password-not-own');
    END IF;
    PERFORM fenbo.note_access('password.change', session_user, '');
END $$;

-- Whose password is given anew works here, and is not the system.
CREATE OR REPLACE FUNCTION fenbo.resetting(login_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.apart('', login_);
    IF NOT EXISTS (SELECT FROM fenbo.operator WHERE login = login_ AND is_active AND role <> 'SYSTEM') THEN
        PERFORM fenbo.refuse('operator-unknown', jsonb_build_object('login', login_));
    END IF;
    PERFORM fenbo.note_access('password.reset', login_, '');
END $$;

-- Shut out; what he did stays his.
CREATE OR REPLACE FUNCTION fenbo.dismiss(login_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.apart('', login_);
    UPDATE fenbo.operator SET is_active = false, scope_epoch = scope_epoch + 1 WHERE login = login_;
    IF NOT FOUND THEN
        PERFORM fenbo.refuse('operator-unknown', jsonb_build_object('login', login_));
    END IF;
    PERFORM fenbo.note_access('operator.deactivate', login_, '');
END $$;

-- Refuse everybody but those who may import, and the owner. Two questions, since a planner asks both of one.
CREATE OR REPLACE FUNCTION fenbo.importer() RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    role_ text;
BEGIN
    IF NOT pg_has_role(session_user, 'fenbo_owner', 'MEMBER') THEN
        role_ := (fenbo.viewer()).role;
        IF NOT EXISTS (SELECT FROM fenbo.rule WHERE kind = 'import_record' AND role = role_) THEN
            PERFORM fenbo.refuse('import-nobody');
        END IF;
    END IF;
    RETURN session_user;
END $$;

-- Open an import batch; a historical one may say when things occurred.
CREATE OR REPLACE FUNCTION fenbo.open_batch(batch_ text, is_historical_ boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    who text := fenbo.importer();
BEGIN
    INSERT INTO fenbo.batch (id, opened_by, is_historical, opened_at)
    VALUES (batch_, who, is_historical_, fenbo.clock()) ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND THEN
        PERFORM fenbo.refuse('batch-exists', jsonb_build_object('batch', batch_));
    END IF;
    PERFORM fenbo.note_access('batch.open', batch_, CASE WHEN is_historical_ THEN 'historical' ELSE '' END);
END $$;

-- Close a batch for good.
CREATE OR REPLACE FUNCTION fenbo.close_batch(batch_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.importer();
    UPDATE fenbo.batch SET closed_at = fenbo.clock() WHERE id = batch_ AND closed_at IS NULL;
    IF NOT FOUND THEN
        PERFORM fenbo.refuse('batch-unknown', jsonb_build_object('batch', batch_));
    END IF;
    PERFORM fenbo.note_access('batch.close', batch_, '');
END $$;

-- Those of some cases that are there already, for an importer.
CREATE OR REPLACE FUNCTION fenbo.known(ids text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.importer();
    RETURN ARRAY(SELECT id FROM fenbo.case_file WHERE id = ANY (ids));
END $$;

-- What some imported records asked for, by command, for an importer; of those whose text is gone nothing.
CREATE OR REPLACE FUNCTION fenbo.said(cmd_ids text[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.importer();
    RETURN (SELECT coalesce(json_object_agg(l.cmd_id, l.body::json -> 'wish'), '{}')
        FROM fenbo.command AS k JOIN fenbo.log AS l ON l.feed = k.feed AND l.seq = k.seq
        WHERE k.cmd_id = ANY (cmd_ids) AND l.kind = 'import_record' AND l.body IS NOT NULL);
END $$;
