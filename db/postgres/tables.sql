-- What only this store has: fields and their limits as rows, who looks at what, and indexes of its own.

-- Every field of every synchronised table, written anew from the domain by each installation.
CREATE TABLE IF NOT EXISTS fenbo.field (
    tbl text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    kind text NOT NULL CHECK (kind IN ('text', 'key', 'code', 'number', 'flag', 'instant')),
    is_optional boolean NOT NULL, -- may be null
    is_required boolean NOT NULL, -- an inserted row has to name it
    is_settled boolean NOT NULL, -- derived; an undo may work it out anew
    given jsonb, -- what an inserted row holds that does not name it
    codes text[], -- the only values, where there are only some
    PRIMARY KEY (tbl, name)
);

-- Which seat has which case open; a hint that a crash may forget, and an upgrade from when seats were not told apart.
DO $$ BEGIN
    IF to_regclass('fenbo.presence') IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_attribute WHERE attrelid = to_regclass('fenbo.presence') AND attname = 'seat') THEN
        DROP TABLE fenbo.presence;
    END IF;
END $$;
CREATE UNLOGGED TABLE IF NOT EXISTS fenbo.presence (
    login text NOT NULL,
    seat text NOT NULL,
    case_id text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (login, seat)
);

-- The words of every case; see search.sql.
CREATE TABLE IF NOT EXISTS fenbo.finder (
    case_id text PRIMARY KEY,
    registered_at timestamptz NOT NULL,
    words tsvector NOT NULL
);

-- The centre's own editions and holidays, every version that was ever published; see papers.sql.
CREATE TABLE IF NOT EXISTS fenbo.paper (
    number bigint PRIMARY KEY,
    name text NOT NULL,
    body text NOT NULL,
    at timestamptz NOT NULL,
    by_whom text NOT NULL
);

-- What lies there is mostly squeezed already, and is read in slices.
ALTER TABLE fenbo.file_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- A readable command on its way through submit.sql: its exact text, what came sealed, the digest of both, when.
DO $$ BEGIN
    IF to_regtype('fenbo.offer') IS NULL THEN
        CREATE TYPE fenbo.offer AS (body text, sealed jsonb, digest text, at timestamptz);
    END IF;
END $$;

CREATE INDEX IF NOT EXISTS pg_rule_kind ON fenbo.rule (kind, role);
CREATE INDEX IF NOT EXISTS pg_access_log_actor ON fenbo.access_log (actor, at); -- how often somebody looked of late
CREATE INDEX IF NOT EXISTS pg_case_file_units ON fenbo.case_file USING gin (string_to_array(units, '|'));
CREATE INDEX IF NOT EXISTS pg_verification_officer ON fenbo.verification (officer, case_id);
CREATE INDEX IF NOT EXISTS pg_finder_order ON fenbo.finder (registered_at, case_id); -- for words of very many cases
CREATE INDEX IF NOT EXISTS pg_finder_words ON fenbo.finder USING gin (words);
ALTER INDEX fenbo.pg_finder_words SET (gin_pending_list_limit = 256); -- kB: who fills it up waits, and with him all others
