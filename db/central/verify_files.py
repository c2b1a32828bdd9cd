"""Whether the files that a store has whole are what their digests say."""

from collections.abc import Iterator

from db.central.files import summed
from db.central.finding import Finding
from db.central.link import Link


def contents(link: Link) -> Iterator[Finding | None]:
    """For each file what is wrong with it, None when nothing is."""
    for digest, login, size in link.rows(
        "SELECT digest, login, size FROM kept_file ORDER BY digest"
    ):
        is_right = summed(link, (digest, login)) == (digest, size)
        yield None if is_right else Finding("content", f"file {digest}")
