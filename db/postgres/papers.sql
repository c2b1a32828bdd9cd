-- The centre's own editions of the Measures and its announced holidays, as the files that lie beside a store in
-- one file; every version that was published stays, since old cases are judged by it.

-- What was published after a number, in order: [[number, name, text], ...].
CREATE OR REPLACE FUNCTION fenbo.papers(after_ bigint) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'fenbo_owner', 'MEMBER') THEN
        PERFORM fenbo.viewer();
    END IF;
    RETURN (SELECT coalesce(json_agg(json_build_array(number, name, body) ORDER BY number), '[]')
        FROM fenbo.paper WHERE number > after_);
END $$;

-- Publish a file; its number. Numbers are given under a lock, so that no seat reads past one that is still to come.
CREATE OR REPLACE FUNCTION fenbo.publish(name_ text, body_ text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET lock_timeout = '2s' AS $$
DECLARE
    number_ bigint;
BEGIN
    PERFORM fenbo.keeper();
    IF name_ !~ '^(policy/[^/\\[:cntrl:]]{1,100}\.yaml|calendar\.csv)$' OR length(body_) > 1000000 THEN
        PERFORM fenbo.refuse('paper-odd', jsonb_build_object('name', name_));
    END IF;
    LOCK TABLE fenbo.paper IN EXCLUSIVE MODE;
    SELECT coalesce(max(number), 0) + 1 INTO number_ FROM fenbo.paper;
    INSERT INTO fenbo.paper (number, name, body, at, by_whom) VALUES (number_, name_, body_, fenbo.clock(), session_user);
    PERFORM fenbo.note_access('paper.publish', name_, number_::text);
    RETURN number_;
END $$;
