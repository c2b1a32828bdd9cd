-- Administration, the part that makes and unmakes logins. These functions belong to fenbo_gatekeeper, who may create
-- roles and owns nothing else; rows are written by the functions of enrolment.sql.

-- The group of a role.
CREATE OR REPLACE FUNCTION fenbo.group_of(role_ text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$ SELECT 'fenbo_' || pg_catalog.lower(role_) $$;

-- The groups that a login is a direct member of.
CREATE OR REPLACE FUNCTION fenbo.groups_of(login_ text) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT ARRAY(SELECT g.rolname::text FROM pg_catalog.pg_auth_members AS m
        JOIN pg_catalog.pg_roles AS g ON g.oid = m.roleid JOIN pg_catalog.pg_roles AS u ON u.oid = m.member WHERE u.rolname = login_)
$$;

-- Put a login into one group and no other.
CREATE OR REPLACE FUNCTION fenbo.regroup(login_ text, role_ text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    old text;
BEGIN
    FOREACH old IN ARRAY fenbo.groups_of(login_) LOOP
        IF pg_catalog.starts_with(old, 'fenbo_') THEN
            EXECUTE pg_catalog.format('REVOKE %I FROM %I', old, login_);
        END IF;
    END LOOP;
    EXECUTE pg_catalog.format('GRANT %I TO %I', fenbo.group_of(role_), login_);
END $$;

-- Let somebody in: a login of his own with a password verifier (never a password), or one that exists and is nothing
-- but an operator's, in another centre of this cluster.
CREATE OR REPLACE FUNCTION fenbo.add_operator(
    login_ text, name_ text, role_ text, district_ text, unit_ text, verifier text, until_ timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    r pg_roles;
BEGIN
    PERFORM fenbo.enrol(login_, name_, role_, district_, unit_);
    IF verifier NOT LIKE 'SCRAM-SHA-256$%:%$%:%' THEN
        RAISE EXCEPTION USING ERRCODE = 'FB001', MESSAGE = 'password-plain', DETAIL = '{}';
    END IF;
    SELECT * INTO r FROM pg_roles WHERE rolname = login_;
    IF NOT FOUND THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT'
            ' CONNECTION LIMIT 4 VALID UNTIL %L PASSWORD %L', login_, until_, verifier);
    ELSIF r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls OR NOT r.rolcanlogin
        OR fenbo.groups_of(login_) <> ARRAY[fenbo.group_of(role_)] THEN
        RAISE EXCEPTION USING ERRCODE = 'FB001', MESSAGE = 'operator-exists', DETAIL = jsonb_build_object('login', login_)::text;
    END IF;
    PERFORM fenbo.regroup(login_, role_);
END $$;

-- Let the keeper act as the system for ten minutes at most, by a password made for this once; null ends it at once.
CREATE OR REPLACE FUNCTION fenbo.lend_system(verifier text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    login_ text := fenbo.the_system();
BEGIN
    IF verifier NOT LIKE 'SCRAM-SHA-256$%:%$%:%' THEN
        RAISE EXCEPTION USING ERRCODE = 'FB001', MESSAGE = 'password-plain', DETAIL = '{}';
    ELSIF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login_) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT'
            ' CONNECTION LIMIT 4', login_);
        PERFORM fenbo.regroup(login_, 'SYSTEM');
    ELSIF fenbo.groups_of(login_) <> ARRAY[fenbo.group_of('SYSTEM')] THEN
        RAISE EXCEPTION USING ERRCODE = 'FB001', MESSAGE = 'operator-exists', DETAIL = jsonb_build_object('login', login_)::text;
    END IF;
    IF verifier IS NULL THEN
        EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', login_);
    ELSE
        EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L VALID UNTIL %L', login_, verifier, now() + interval '10 minutes');
    END IF;
END $$;

-- The password of a login, by a verifier.
CREATE OR REPLACE FUNCTION fenbo.repass(login_ text, verifier text, until_ timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF verifier NOT LIKE 'SCRAM-SHA-256$%:%$%:%' OR verifier IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'FB001', MESSAGE = 'password-plain', DETAIL = '{}';
    END IF;
    EXECUTE pg_catalog.format('ALTER ROLE %I PASSWORD %L VALID UNTIL %L', login_, verifier, until_);
END $$;

-- One's own password, good for another year.
CREATE OR REPLACE FUNCTION fenbo.renew_password(verifier text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.renewing();
    PERFORM fenbo.repass(session_user, verifier, now() + interval '366 days');
END $$;

-- A new first password for somebody; the sessions he has end.
CREATE OR REPLACE FUNCTION fenbo.reset_password(login_ text, verifier text, until_ timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.resetting(login_);
    PERFORM fenbo.repass(login_, verifier, until_);
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = login_ AND pid <> pg_backend_pid();
END $$;

-- Give somebody another role or unit.
CREATE OR REPLACE FUNCTION fenbo.move_operator(login_ text, role_ text, unit_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.reassign(login_, role_, unit_);
    PERFORM fenbo.regroup(login_, role_);
END $$;

-- Shut somebody out: no login any more, and the sessions he has end.
CREATE OR REPLACE FUNCTION fenbo.deactivate(login_ text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.dismiss(login_);
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = login_) THEN
        EXECUTE format('ALTER ROLE %I NOLOGIN', login_);
    END IF;
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = login_ AND pid <> pg_backend_pid();
END $$;

-- End every operator's transaction that is open for longer than three seconds and could hold others up; how many.
CREATE OR REPLACE FUNCTION fenbo.end_idlers() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    PERFORM fenbo.keeper();
    RETURN (SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity AS a
        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.backend_xid IS NOT NULL
            AND a.xact_start < clock_timestamp() - interval '3 s'
            AND EXISTS (SELECT FROM unnest(fenbo.groups_of(a.usename)) AS g WHERE g LIKE 'fenbo\_%' AND g NOT IN ('fenbo_owner', 'fenbo_gatekeeper')));
END $$;
