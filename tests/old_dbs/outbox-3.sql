BEGIN TRANSACTION;
CREATE TABLE command (
        ord INTEGER PRIMARY KEY AUTOINCREMENT,
        cmd_id TEXT NOT NULL UNIQUE,
        login TEXT NOT NULL,
        kind TEXT NOT NULL,
        case_id TEXT NOT NULL,
        number TEXT NOT NULL,
        body TEXT NOT NULL,
        sealed BLOB,
        befores TEXT NOT NULL,
        state TEXT NOT NULL,
        seq INTEGER NOT NULL DEFAULT 0,
        why TEXT NOT NULL DEFAULT '',
        facts TEXT NOT NULL DEFAULT '{}',
        kept_at TEXT NOT NULL,
        moved_at TEXT NOT NULL
    , sum TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "command" VALUES(1,'kept','li','register','c1','SZPS1','{"actor":"li","batch":null,"case_id":"c1","claimed_at":"2026-03-02T04:00:00.000000Z","cmd_id":"kept","district":"d","effects":[{"id":"c1","table":"case_file","values":{"a":1}},{"base":"base","id":"t","table":"task","values":{"b":null}}],"kind":"register","occurred_at":null,"relies_on":[],"seat":"0A1","undoes":null,"wish":{"text":"词"}}',NULL,'[["case_file", "c1", null], ["task", "t", {"id": "t", "b": true}]]','queued',0,'','{}','2026-03-02T04:00:00.000000Z','2026-03-02T04:00:00.000000Z','');
CREATE TABLE draft (
        id TEXT NOT NULL, login TEXT NOT NULL, saved_at TEXT NOT NULL, fields BLOB NOT NULL,
        PRIMARY KEY (login, id)
    ) STRICT;
INSERT INTO "draft" VALUES('d','li','2026-03-02T04:00:00.000000Z',X'00');
CREATE TABLE setting (
        login TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (login, key)
    ) STRICT;
INSERT INTO "setting" VALUES('li','size','[1, 2]');
CREATE INDEX ix_command_state ON command (login, state, ord);
CREATE INDEX ix_command_case ON command (case_id, ord);
CREATE INDEX ix_command_number ON command (number);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('command',1);
COMMIT;
PRAGMA user_version = 3;
