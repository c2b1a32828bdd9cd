"""How many cases are expected in a window, from numbers kept with every warning: anybody can recompute it."""

from dataclasses import dataclass

from app.insight.tail import tail

#: How many cases the guess of a key's rate weighs before it has a past.
RATE_PRIOR = 2.0
#: A rate is never thought lower (cases a day).
LEAST_RATE = 0.02
#: How many cases as usual weigh against what the class, and the whole district, see elsewhere now.
CLASS_PRIOR, DISTRICT_PRIOR = 30.0, 50.0
#: A smaller chance is never printed: the model is no better than that.
LEAST_SHOWN = 1e-6


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that an expectation is made of.

    `count` cases in the window. `base` cases in the reference days, the highest cut, which were worth `exposure`
    average days; `prior` is the rate a day that class and place alone would make likely. The window is worth
    `share` average days (weekday and hour). Elsewhere the class had `class_seen` where `class_expected` were
    expected, the district `district_seen` where `district_expected` were. `spread` is the variance over the
    mean of the class on usual days.
    """

    count: int
    base: float
    exposure: float
    prior: float
    share: float
    class_seen: float
    class_expected: float
    district_seen: float
    district_expected: float
    spread: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """Mean and variance of the window; `rate` a day as usual, `shift` how much more there is everywhere today."""

    mu: float
    var: float
    rate: float
    shift: float


def rate_of(base: float, exposure: float, prior: float) -> float:
    """Cases a day as usual, drawn towards the prior the more the shorter the past."""
    return max(LEAST_RATE, (base + RATE_PRIOR) / (exposure + RATE_PRIOR / prior))


def expectation(inputs: Inputs) -> Expectation:
    """What was to be expected (INSIGHT 7: shrunk rate, weekday, common shift without the key itself)."""
    rate = rate_of(inputs.base, inputs.exposure, inputs.prior)
    of_class = (inputs.class_seen + CLASS_PRIOR) / (inputs.class_expected + CLASS_PRIOR)
    of_all = (inputs.district_seen + DISTRICT_PRIOR) / (inputs.district_expected + DISTRICT_PRIOR)
    shift = max(1.0, of_class, of_all)
    mu = rate * inputs.share * shift
    return Expectation(mu, inputs.spread * mu + mu * mu / (inputs.base + RATE_PRIOR), rate, shift)


def chance(inputs: Inputs) -> float:
    """How likely so many cases or more are by chance (0 to 1)."""
    found = expectation(inputs)
    return tail(inputs.count, found.mu, found.var)
