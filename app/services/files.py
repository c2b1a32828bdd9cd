"""Files of cases by what is in them: what counts as a digest, and how much of one travels at a time."""

import re

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: So many bytes of a file travel in one question at most.
MOST_OF_A_PART = 256 * 1024
#: So many digests are asked about at a time.
MOST_DIGESTS = 500


def is_digest(text: str) -> bool:
    """Whether it is a SHA-256 as everybody here writes it; nothing else ever becomes the name of a file."""
    return _DIGEST.fullmatch(text) is not None
