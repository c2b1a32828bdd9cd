"""A no that can be told beforehand, because nothing a person could fill in would change it."""

from collections.abc import Callable, Mapping

from app.domain.case import Case, Dossier
from app.domain.measures import (
    blockers,
    cancelling,
    claims,
    coordinating,
    dispatch,
    disposal,
    extension,
    falling,
    filing,
    guards,
    interim,
    merging,
    notices,
    requests,
    reveals,
    splitting,
    staged,
    standstill,
    visiting,
    warning,
)
from app.domain.moment import Moment
from app.domain.refused import Refused

#: What each kind asks of the case and the person before it looks at the wish; it raises Refused.
_GUARDS: Mapping[str, Callable[[Dossier, Moment], object]] = {
    "report_verification": filing.ready_to_report,
    "file": filing.ready_to_file,
    "refuse": filing.ready_to_refuse,
    "fall_back": falling.ready_to_fall,
    "open_coordination": coordinating.ready_to_open,
    "convene_coordination": coordinating.ready_to_convene,
    "rule_coordination": coordinating.ready_to_rule,
    "order_interim": interim.ready_to_order,
    "report_interim": interim.ready_to_report,
    "dispatch": dispatch.ready_to_dispatch,
    "add_assist": dispatch.ready_to_add,
    "redispatch": dispatch.ready_to_redispatch,
    "sign": dispatch.ready_to_sign,
    "ask_return": dispatch.ready_to_return,
    "approve_return": dispatch.ready_to_decide,
    "refuse_return": dispatch.ready_to_decide,
    "ask_reveal": reveals.ready_to_ask,
    "approve_reveal": reveals.ready_to_approve,
    "refuse_reveal": reveals.ready_to_refuse,
    "see_reporter": reveals.ready_to_see,
    "ask_extension": extension.ready_to_ask,
    "ask_suspension": standstill.ready_to_ask,
    "ask_staged": staged.ready_to_ask,
    "log_blocker": blockers.ready_to_log,
    "ask_cancel": cancelling.ready_to_ask,
    "resume": standstill.ready_to_resume,
    "approve_request": requests.ready_to_approve,
    "refuse_request": requests.ready_to_refuse,
    "withdraw_request": requests.ready_to_withdraw,
    "report_progress": disposal.ready_to_progress,
    "handle": disposal.ready_to_handle,
    "close": disposal.ready_to_close,
    "order_rework": disposal.ready_to_rework,
    "record_visit": visiting.ready_to_visit,
    "explain_rating": visiting.ready_to_explain,
    "decide_rating": visiting.ready_to_settle,
    "reopen": visiting.ready_to_reopen,
    "claim": claims.ready_to_claim,
    "release": claims.ready_to_release,
    "take_over": claims.ready_to_take_over,
    "record_notice": notices.ready_to_notify,
    "call_back_notice": notices.ready_to_call_back,
    "merge": merging.ready_to_merge,
    "unmerge": merging.ready_to_unmerge,
    "split": splitting.ready_to_split,
    "acknowledge_warning": warning.ready_to_acknowledge,
    "plan_warning": warning.ready_to_answer,
    "shelve_warning": warning.ready_to_shelve,
    "mute_warning": warning.ready_to_answer,
}


def objection(kind: str, on: Dossier, moment: Moment) -> Refused | None:
    """Why the rules would refuse every `kind` that this person could ask of the case at this moment."""
    guard = _GUARDS.get(kind)
    return None if guard is None else _no(lambda: guard(on, moment))


def taking_up(case: Case, moment: Moment) -> Refused | None:
    """Why the rules would refuse every registration that supplements the refused `case` (art. 11).

    `moment.matter` is that case's.
    """
    return _no(lambda: guards.supplements(case.id, moment))


def _no(guard: Callable[[], object]) -> Refused | None:
    try:
        guard()
    except Refused as no:
        return no
    return None
