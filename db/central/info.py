"""What a store says of itself, and whether this program may use it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from app.domain.refused import Refused
from db.central.chain import Head
from db.central.link import Link
from db.central.rows import instant, instant_text
from db.central.sealing import Sealer

#: The schema this program knows; raised together with every migration.
SCHEMA_VERSION = 10
#: What this program counts as when a store asks for newer ones.
CLIENT = 1
#: Why program and store do not fit each other: until one of them is upgraded nothing is written.
UNFIT = frozenset({"store-newer", "client-too-old", "store-needs-upgrade", "centre-lacks-function"})
#: A live store judges by the clock of today; the others may let `occurred_at` drive.
KINDS = ("live", "historical", "demo")
_COLUMNS = "store_id, district, prefix, kind, created_at, schema_version, min_client, rules_digest"


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Facts of one store; `kind` is live, historical or demo, `prefix` begins its case numbers."""

    store_id: str
    district: str
    prefix: str
    kind: str
    created_at: datetime
    schema_version: int
    min_client: int
    rules_digest: str

    @property
    def is_past(self) -> bool:
        """Whether every command may say when it occurred."""
        return self.kind != "live"


def found(link: Link, district: str, prefix: str, kind: str, now: datetime) -> None:
    """Write the first facts of an empty store. Raises Refused('store-kind')."""
    if kind not in KINDS:
        raise Refused("store-kind", kind=kind)
    at = instant_text(now)
    link.run(
        f"INSERT INTO store_info (id, {_COLUMNS}) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        (str(uuid4()), district, prefix, kind, at, SCHEMA_VERSION, CLIENT, ""),
    )
    head = Head(district, 0, "", now)
    link.run(
        "INSERT INTO head (feed, seq, hash, at, epoch) VALUES (?, 0, '', ?, 0)", (head.feed, at)
    )


def read(link: Link) -> StoreInfo:
    """The facts, whatever this program thinks of them. Raises Refused('store-empty')."""
    record = link.row(f"SELECT {_COLUMNS} FROM store_info WHERE id = 1")
    if record is None:
        raise Refused("store-empty")
    store_id, district, prefix, kind, created, schema, client, rules = record
    return StoreInfo(store_id, district, prefix, kind, instant(created), schema, client, rules)


def usable(link: Link) -> StoreInfo:
    """The facts of a store that this program may use. Raises Refused('store-empty') and as `fitting`."""
    return fitting(read(link))


def fitting(info: StoreInfo) -> StoreInfo:
    """The same facts, if this program may use such a store.

    Raises Refused: store-newer, client-too-old, store-needs-upgrade.
    """
    if info.schema_version > SCHEMA_VERSION:
        raise Refused("store-newer", store=info.schema_version, client=SCHEMA_VERSION)
    if info.min_client > CLIENT:
        raise Refused("client-too-old", store=info.min_client, client=CLIENT)
    if info.schema_version < SCHEMA_VERSION:
        raise Refused("store-needs-upgrade", store=info.schema_version, client=SCHEMA_VERSION)
    return info


def remember_key(link: Link, sealer: Sealer) -> None:
    """Note which key seals this store."""
    link.run("INSERT INTO secret (name, value) VALUES ('key', ?)", (sealer.fingerprint,))


def same_key(link: Link, sealer: Sealer) -> None:
    """Raises Refused('store-key-wrong') when another key seals this store."""
    known = link.row("SELECT value FROM secret WHERE name = 'key'")
    if known is None or known[0] != sealer.fingerprint:
        raise Refused("store-key-wrong")
