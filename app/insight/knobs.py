"""The numbers of warnings as an edition of the Measures sets them (art. 23)."""

from dataclasses import dataclass

from app.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Knobs:
    """Windows in hours, baselines in days, least counts, the share of false discoveries, rules and levels."""

    windows: tuple[int, ...] = (6, 24, 72, 168)
    least: int = 5
    least_safety: int = 3
    discovery: float = 0.05
    baseline_days: int = 56
    gap_days: int = 7
    short_days: int = 28
    first_days: int = 21
    cooldown_days: int = 7
    rule_24h: int = 10
    rule_72h: int = 15
    rule_safety_24h: int = 3
    rule_place_7d: int = 5
    rule_reporter_30d: int = 3
    rule_ratio: float = 2.0
    #: Yellow, orange, red: cases in 24 hours, in 7 days, observed over expected.
    day_counts: tuple[float, ...] = (5, 10, 20)
    week_counts: tuple[float, ...] = (10, 20, 50)
    ratios: tuple[float, ...] = (10, 30, 100)


_DAY = (
    "warning.frequent_yellow_24h_count",
    "warning.frequent_orange_24h_count",
    "warning.frequent_red_24h_count",
)
_WEEK = (
    "warning.frequent_yellow_7d_count",
    "warning.frequent_orange_7d_count",
    "warning.frequent_red_7d_count",
)
_RATIO = ("warning.yellow_ratio", "warning.orange_ratio", "warning.red_ratio")


def knobs_of(policy: Policy) -> Knobs:
    """The numbers of an edition. Raises KeyError where it lacks one."""

    def whole(code: str) -> int:
        return int(policy.number(code))

    windows = str(policy.parameter("warning.windows_hours").value).split(",")
    return Knobs(
        windows=tuple(int(one) for one in windows),
        least=whole("warning.least_count"),
        least_safety=whole("warning.least_safety_count"),
        discovery=policy.number("warning.false_discovery_share"),
        baseline_days=whole("warning.baseline_days"),
        gap_days=whole("warning.baseline_gap_days"),
        cooldown_days=whole("warning.cooldown_days"),
        rule_24h=whole("warning.rule_24h_count"),
        rule_72h=whole("warning.rule_72h_count"),
        rule_safety_24h=whole("warning.rule_safety_24h_count"),
        rule_place_7d=whole("warning.rule_place_7d_count"),
        rule_reporter_30d=whole("warning.rule_reporter_30d_count"),
        rule_ratio=policy.number("warning.rule_expected_ratio"),
        day_counts=tuple(policy.number(code) for code in _DAY),
        week_counts=tuple(policy.number(code) for code in _WEEK),
        ratios=tuple(policy.number(code) for code in _RATIO),
    )
