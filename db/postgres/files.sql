-- Files of cases: parts taken in order, a whole checked once, told in slices; as db/central/files.py.
--
-- What somebody sends is kept under his own login until it is whole and right: nobody spoils another's.

-- Whether an attachment with that digest (and size, where one is said) hangs on a case of the viewer's, or is his own.
CREATE OR REPLACE FUNCTION fenbo.carries(v fenbo.operator, digest_ text, size_ bigint, or_own boolean) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM fenbo.attachment AS a JOIN fenbo.case_file AS k ON k.id = a.case_id
        WHERE a.digest = digest_ AND a.status = 'RECORDED' AND (size_ IS NULL OR a.size = size_) AND k.district = v.district
        AND (or_own AND a.made_by = v.login OR fenbo.sees_case(fenbo.marks_of(v), fenbo.scope_now(to_jsonb(k)))
            AND fenbo.sees_row(v, 'attachment', to_jsonb(a), fenbo.task_units(ARRAY[k.id]))));
END $$;

-- Those of some files that the store has whole and that are the viewer's to send or to see.
CREATE OR REPLACE FUNCTION fenbo.files_at(digests text[]) RETURNS json
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
BEGIN
    RETURN (SELECT coalesce(json_agg(digest), '[]') FROM fenbo.kept_file
        WHERE digest = ANY (digests[1:500]) AND fenbo.carries(v, digest, NULL, true));
END $$;

-- At most so many bytes from a place on, in lines of base 64; '' at the end, null where there is nothing for the viewer.
CREATE OR REPLACE FUNCTION fenbo.part_of(digest_ text, at_ bigint, most integer) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    whose text := (SELECT login FROM fenbo.kept_file WHERE digest = digest_);
BEGIN
    IF whose IS NULL OR NOT fenbo.carries(v, digest_, NULL, false) THEN
        RETURN NULL;
    END IF;
    at_ := greatest(coalesce(at_, 0), 0);
    RETURN coalesce((SELECT encode(substr(bytes, least(at_ - at, 262144)::integer + 1,
            greatest(least(coalesce(most, 0), 262144), 0)), 'base64')
        FROM fenbo.file_part WHERE digest = digest_ AND login = whose AND at <= at_ ORDER BY at DESC LIMIT 1), '');
END $$;

-- All bytes are there: what is right is kept, and what others had begun is not needed any more.
CREATE OR REPLACE FUNCTION fenbo.keep_file(digest_ text, login_ text, size_ bigint) RETURNS json
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF digest_ <> (SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY at)), 'hex')
            FROM fenbo.file_part WHERE digest = digest_ AND login = login_) THEN
        RETURN fenbo.other_file(digest_, login_);
    END IF;
    INSERT INTO fenbo.kept_file (digest, login, size, kept_at) VALUES (digest_, login_, size_, fenbo.clock())
    ON CONFLICT (digest) DO NOTHING;
    DELETE FROM fenbo.file_part AS p USING fenbo.kept_file AS k
        WHERE p.digest = digest_ AND k.digest = digest_ AND p.login <> k.login;
    RETURN to_json(size_);
END $$;

-- What came is not what it was said to be: it is thrown away, which an error would take back.
CREATE OR REPLACE FUNCTION fenbo.other_file(digest_ text, login_ text) RETURNS json
LANGUAGE sql VOLATILE AS $$
    DELETE FROM fenbo.file_part WHERE digest = digest_ AND login = login_;
    SELECT json_build_object('refused', 'file-wrong')
$$;

-- Take the next bytes of a file; how many there are now. Bytes for any other place than the next are left.
CREATE OR REPLACE FUNCTION fenbo.put_part(digest_ text, size_ bigint, at_ bigint, part bytea) RETURNS json
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET lock_timeout = '2s' AS $$
DECLARE
    v fenbo.operator := fenbo.viewer();
    whole fenbo.kept_file;
    held bigint;
BEGIN
    IF NOT coalesce(digest_ ~ '^[0-9a-f]{64}$' AND size_ BETWEEN 1 AND 67108864 AND octet_length(part) <= 262144
            AND fenbo.carries(v, digest_, size_, true), false) THEN
        PERFORM fenbo.refuse('file-denied');
    END IF;
    SELECT * INTO whole FROM fenbo.kept_file WHERE digest = digest_;
    IF FOUND THEN
        DELETE FROM fenbo.file_part WHERE digest = digest_ AND login = v.login AND login <> whole.login;
        RETURN to_json(whole.size);
    END IF;
    held := coalesce((SELECT at + octet_length(bytes) FROM fenbo.file_part
        WHERE digest = digest_ AND login = v.login ORDER BY at DESC LIMIT 1), 0);
    IF at_ IS DISTINCT FROM held OR part = '' THEN
        RETURN to_json(held);
    ELSIF held + octet_length(part) > size_ THEN
        RETURN fenbo.other_file(digest_, v.login);
    END IF;
    INSERT INTO fenbo.file_part (digest, login, at, bytes) VALUES (digest_, v.login, at_, part) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN -- the same person sends it from another seat too
        RETURN to_json(held);
    END IF;
    held := held + octet_length(part);
    RETURN CASE WHEN held < size_ THEN to_json(held) ELSE fenbo.keep_file(digest_, v.login, size_) END;
END $$;
