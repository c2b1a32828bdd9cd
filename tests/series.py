"""How long a random series is: short whenever the suite is run, whole when asked for by FENBO_SOAK=1."""

import os

IS_SOAK = os.environ.get("FENBO_SOAK") == "1"


def examples(short: int, whole: int) -> int:
    """How many examples a series tries; each run of the suite tries others, so that short ones add up."""
    assert 0 < short <= whole
    return whole if IS_SOAK else short
