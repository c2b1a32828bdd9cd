"""How likely chance alone brings so many cases: the upper tail of a negative binomial, of a Poisson at its limit."""

from math import exp, lgamma, log

#: A variance larger than the mean by less than this share is a Poisson's.
_PLAIN = 1e-9
#: What adds less than this share ends the sum.
_NOTHING = 1e-16


def tail(count: int, mu: float, var: float) -> float:
    """The probability of `count` cases or more where `mu` are expected with variance `var` (at least mu).

    0 to 1; raises ValueError for a mean that is not positive.
    """
    if mu <= 0:
        raise ValueError(mu)
    if count <= 0:
        return 1.0
    size = mu * mu / (var - mu) if var > mu * (1 + _PLAIN) else 0.0
    if count <= mu:
        return max(0.0, 1.0 - _below(count, mu, size))
    return min(1.0, _from(count, mu, size))


def _at(count: int, mu: float, size: float) -> float:
    """The probability of exactly so many; `size` 0 is a Poisson."""
    if not size:
        return exp(count * log(mu) - mu - lgamma(count + 1))
    ways = lgamma(count + size) - lgamma(size) - lgamma(count + 1)
    return exp(ways + size * log(size / (size + mu)) + count * log(mu / (size + mu)))


def _grown(count: int, mu: float, size: float) -> float:
    """By how much one case more is likelier."""
    return mu / (count + 1) if not size else (count + size) / (count + 1) * (mu / (size + mu))


def _below(count: int, mu: float, size: float) -> float:
    here = _at(0, mu, size)
    total = 0.0
    for number in range(count):
        total += here
        here *= _grown(number, mu, size)
    return total


def _from(count: int, mu: float, size: float) -> float:
    here = total = _at(count, mu, size)
    while here > total * _NOTHING:
        here *= _grown(count, mu, size)
        total += here
        count += 1
    return total


def discovered(found: list[float], tests: int, share: float) -> float:
    """The largest p that still counts where so many tests were made (Benjamini and Hochberg 1995).

    `found` are the small ones of the p, `share` the part of false discoveries that is put up with. 0 for none.
    """
    least = 0.0
    for rank, p in enumerate(sorted(found), start=1):
        if p <= rank * share / tests:
            least = rank * share / tests
    return least
