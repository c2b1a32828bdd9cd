-- Personal data under lock: digests that nobody can guess without the key, and sealed parts.
--
-- Both keys are rows of `secret`, which nobody but the owner reads. That keeps persons out of the log, the
-- replicas, and every copy of single tables; it does not protect against who holds the whole database
-- or a backup of it.

-- A new key, 32 random bytes in hexadecimal, under a name; once.
CREATE OR REPLACE FUNCTION fenbo.make_secret(name_ text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO fenbo.secret (name, value) VALUES (name_, encode(fenbo_crypto.gen_random_bytes(32), 'hex'))
    ON CONFLICT (name) DO NOTHING
$$;

CREATE OR REPLACE FUNCTION fenbo.secret_key(name_ text) RETURNS bytea
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT decode(value, 'hex') FROM fenbo.secret WHERE name = name_);
END $$;

-- HMAC-SHA256 under the digest key.
CREATE OR REPLACE FUNCTION fenbo.authentic(message bytea) RETURNS bytea
LANGUAGE sql STABLE AS $$ SELECT fenbo_crypto.hmac(message, fenbo.secret_key('digest'), 'sha256') $$;

-- A keyed digest over the parts and their lengths; as Sealer.digest.
CREATE OR REPLACE FUNCTION fenbo.digest(VARIADIC parts text[]) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT encode(fenbo.authentic(convert_to(
        string_agg(octet_length(part) || ':' || part, '' ORDER BY place), 'UTF8')), 'hex')
    FROM unnest(parts) WITH ORDINALITY AS one (part, place));
END $$;

-- A text as Python's json.dumps writes it with nothing but ASCII.
CREATE OR REPLACE FUNCTION fenbo.in_ascii(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT CASE WHEN said COLLATE "C" ~ '^[ -~]*$' THEN pg_catalog.to_json(said)::text ELSE (
        SELECT string_agg(CASE
            WHEN ascii(sign) < 127 THEN sign
            WHEN ascii(sign) < 65536 THEN '\u' || lpad(to_hex(ascii(sign)), 4, '0')
            ELSE '\u' || to_hex(55296 + (ascii(sign) - 65536) / 1024)
                || '\u' || to_hex(56320 + (ascii(sign) - 65536) % 1024)
        END, '' ORDER BY place)
        FROM regexp_split_to_table(pg_catalog.to_json(said)::text, '') WITH ORDINALITY AS one (sign, place)
    ) END);
END $$;

-- Whether sealed parts are of the shape that seats send.
CREATE OR REPLACE FUNCTION fenbo.is_sealed(sealed jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT pg_catalog.jsonb_typeof(sealed) = 'object'
        AND NOT EXISTS (
            SELECT FROM unnest(ARRAY['case_id', 'name', 'phone', 'id_number']) AS part
            WHERE pg_catalog.jsonb_typeof(sealed -> part) IS DISTINCT FROM 'string')
        AND CASE WHEN pg_catalog.jsonb_typeof(sealed -> 'numbers') = 'array' THEN NOT EXISTS (
            SELECT FROM pg_catalog.jsonb_array_elements(sealed -> 'numbers') AS pair
            WHERE pg_catalog.jsonb_typeof(pair) <> 'array' OR pg_catalog.jsonb_typeof(pair -> 0) IS DISTINCT FROM 'string'
                OR pg_catalog.jsonb_typeof(pair -> 1) IS DISTINCT FROM 'string' OR pair -> 2 IS NOT NULL)
        ELSE false END);
END $$;

-- The sealed parts of a command as one text, for digests; as parts_of. '' for none.
CREATE OR REPLACE FUNCTION fenbo.parts_of(sealed jsonb) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT CASE
        WHEN sealed IS NULL THEN ''
        WHEN fenbo.is_sealed(sealed) THEN '[' || concat_ws(', ',
            fenbo.in_ascii(sealed ->> 'case_id'), fenbo.in_ascii(sealed ->> 'name'),
            fenbo.in_ascii(sealed ->> 'phone'), fenbo.in_ascii(sealed ->> 'id_number'),
            '[' || coalesce((
                SELECT string_agg('[' || fenbo.in_ascii(pair ->> 0) || ', ' || fenbo.in_ascii(pair ->> 1) || ']',
                    ', ' ORDER BY place)
                FROM jsonb_array_elements(sealed -> 'numbers') WITH ORDINALITY AS one (pair, place)
            ), '') || ']') || ']'
        ELSE sealed::text
    END);
END $$;

-- Null when nothing is known of the person and no number was found.
CREATE OR REPLACE FUNCTION fenbo.worth_keeping(sealed jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT CASE
        WHEN pg_catalog.jsonb_typeof(sealed) = 'null' THEN NULL
        WHEN fenbo.is_sealed(sealed) AND sealed ->> 'name' = '' AND sealed ->> 'phone' = ''
            AND sealed ->> 'id_number' = '' AND sealed -> 'numbers' = '[]' THEN NULL
        ELSE sealed
    END);
END $$;

-- A text under lock: random IV, AES-256-CBC, and over both an HMAC; nothing stays nothing.
CREATE OR REPLACE FUNCTION fenbo.sealed(said text) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    iv bytea;
    closed bytea;
BEGIN
    IF said = '' THEN
        RETURN '';
    END IF;
    iv := fenbo_crypto.gen_random_bytes(16);
    closed := iv || fenbo_crypto.encrypt_iv(convert_to(said, 'UTF8'), fenbo.secret_key('seal'), iv, 'aes');
    RETURN encode(closed || fenbo.authentic(closed), 'hex');
END $$;

-- What was sealed; an error when it was tampered with.
CREATE OR REPLACE FUNCTION fenbo.unsealed(kept text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    whole bytea;
    closed bytea;
BEGIN
    IF kept = '' THEN
        RETURN '';
    END IF;
    whole := decode(kept, 'hex');
    closed := substr(whole, 1, length(whole) - 32);
    IF fenbo.authentic(closed) <> substr(whole, length(whole) - 31) THEN
        RAISE EXCEPTION 'sealed part was tampered with' USING ERRCODE = 'data_corrupted';
    END IF;
    RETURN convert_from(fenbo_crypto.decrypt_iv(
        substr(closed, 17), fenbo.secret_key('seal'), substr(closed, 1, 16), 'aes'), 'UTF8');
END $$;

-- The same for the same number however it was written; null where there is no number.
CREATE OR REPLACE FUNCTION fenbo.key_of_reporter(phone text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT left(fenbo.digest('reporter', CASE
        WHEN length(figures) = 13 AND figures LIKE '86%' THEN substr(figures, 3) ELSE figures END), 32)
    FROM regexp_replace(normalize(phone, NFKC), '[^0-9]', '', 'g') AS figures
    WHERE figures <> '');
END $$;

-- The parts of a checked command kept apart: a new case's person, or after its numbers, marked by @, what is put
-- right of him.
CREATE OR REPLACE FUNCTION fenbo.keep_sealed(cmd_id_ text, sealed jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    is_known boolean := EXISTS (SELECT FROM fenbo.log WHERE case_id = sealed ->> 'case_id');
BEGIN
    IF sealed IS NULL THEN
        RETURN;
    END IF;
    IF NOT is_known AND (sealed ->> 'name') || (sealed ->> 'phone') || (sealed ->> 'id_number') <> '' THEN
        INSERT INTO fenbo.reporter (case_id, cmd_id, name, phone, id_number)
        VALUES (sealed ->> 'case_id', cmd_id_, fenbo.sealed(sealed ->> 'name'),
            fenbo.sealed(sealed ->> 'phone'), fenbo.sealed(sealed ->> 'id_number'));
    END IF;
    INSERT INTO fenbo.sealed_number (cmd_id, place, case_id, mask, value)
    SELECT cmd_id_, place - 1, sealed ->> 'case_id', pair ->> 0, fenbo.sealed(pair ->> 1)
    FROM jsonb_array_elements(sealed -> 'numbers') WITH ORDINALITY AS one (pair, place);
    INSERT INTO fenbo.sealed_number (cmd_id, place, case_id, mask, value)
    SELECT cmd_id_, jsonb_array_length(sealed -> 'numbers') + row_number() OVER (ORDER BY place) - 1,
        sealed ->> 'case_id', '@' || part, fenbo.sealed(sealed ->> part)
    FROM unnest(ARRAY['name', 'phone', 'id_number']) WITH ORDINALITY AS one (part, place)
    WHERE is_known AND sealed ->> part <> '';
END $$;

-- A part of a case's person as it was last put right, not by what was taken back; null where it never was.
CREATE OR REPLACE FUNCTION fenbo.put_right(case_id_ text, part text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT fenbo.unsealed(n.value) FROM fenbo.sealed_number AS n JOIN fenbo.command AS k ON k.cmd_id = n.cmd_id
        WHERE n.case_id = case_id_ AND n.mask = '@' || part
            AND NOT EXISTS (SELECT FROM fenbo.log AS l WHERE l.case_id = case_id_ AND l.undoes = n.cmd_id)
        ORDER BY k.seq DESC LIMIT 1);
END $$;
