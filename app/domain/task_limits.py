"""The disposal limit of a task (K5), and the window in which its unit may send it back (K4)."""

from dataclasses import replace

from app.domain.case import Case, Task
from app.domain.counting import Terms
from app.domain.limits import Limit, LimitUnit
from app.domain.moment import Setting
from app.domain.policy import Policy, Provision, runs_always
from app.domain.terms import Origin


def with_limit(task: Task, case: Case, setting: Setting) -> Task:
    """The task with the disposal limit that its case's class, grade and nature give it."""
    unit = setting.directory.unit(task.unit)
    category = setting.directory.taxonomy.get(case.category)
    found = setting.policy(case).disposal(case.grade, case.nature, category, unit.around_the_clock)
    if found is None:
        return task
    return replace(
        task,
        limit_value=found.limit.value,
        limit_unit=str(found.limit.unit),
        limit_source=found.source,
        limit_article=found.article,
        limit_origin=str(found.origin),
    )


def limit_of(task: Task) -> Terms | None:
    """The disposal limit fixed on a task; None for one taken over from elsewhere."""
    if task.limit_value is None or task.limit_unit is None:
        return None
    limit = Limit(task.limit_value, LimitUnit(task.limit_unit))
    origin = Origin(task.limit_origin or Origin.PROP)
    return Terms(limit, task.limit_source, task.limit_article, origin)


def terms_of(provision: Provision, matter: str = "") -> Terms:
    """A provision of the edition as the terms of a clock."""
    source, article = provision.source, provision.article
    return Terms(provision.limit, source, article, provision.origin, matter=matter)


def terms_by(code: str, unit: LimitUnit, policy: Policy, matter: str = "") -> Terms:
    """A time that a parameter of the edition gives, in `unit`, as the terms of a clock. Raises KeyError without it."""
    by, limit = policy.parameter(code), Limit(int(policy.number(code)), unit)
    return Terms(limit, policy.code, by.article, by.origin, matter=matter)


def share_for_return(limit: Limit, policy: Policy) -> Limit:
    """The part of a disposal limit in which a return is allowed."""
    return share_of(limit, policy, "return.window_percent")


def share_of(limit: Limit, policy: Policy, code: str) -> Limit:
    """The part of a limit that a parameter gives in per cent: whole minutes of the same kind of time."""
    part = policy.number(code)
    kind = LimitUnit.CLOCK_MINUTE if runs_always(limit) else LimitUnit.WORK_MINUTE
    return Limit(max(1, int(policy.own_minutes(limit) * part // 100)), kind)
