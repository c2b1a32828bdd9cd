"""Which article of the Measures is carried out by which wishes, and by which rules beside their decisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.domain import (
    coordinations,
    deadlines,
    disputes,
    duplicates,
    emergencies,
    evidence,
    extensions,
    fallbacks,
    holding,
    interims,
    leaving,
    opinions,
    parts,
    replies,
    sentences,
    shared,
    standstills,
    task_limits,
    visits,
    warnings,
)
from app.domain.calendar import Calendar
from app.domain.commands import KINDS
from app.domain.decide import DECIDES, decide
from app.domain.matter import matter_of
from app.domain.measures import (
    coordinating,
    disposal,
    extension,
    falling,
    filing,
    guards,
    merging,
    notices,
    parallel,
    photos,
    splitting,
    visiting,
    whole,
)
from app.domain.moment import Setting
from app.domain.permits import may
from app.domain.policy import Editions, Policy
from app.domain.provisions import Binding, DisposalRule
from app.domain.rotas import Rota
from app.domain.rules import rules_of
from app.domain.taxonomy import Directory, Taxonomy
from app.domain.templates import Templates
from app.domain.terms import Nature

Rule = Callable[..., object] | type


@dataclass(frozen=True, slots=True)
class Carried:
    """By what an article is carried out: `kinds` of commands, and rules other than those that decide them."""

    kinds: tuple[str, ...]
    beside: tuple[Rule, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule: first the decisions of its commands, in their order, each once."""
        wishes = (KINDS[kind] for kind in self.kinds)
        decided = (DECIDES[wish] for wish in wishes if wish in DECIDES)
        return tuple(dict.fromkeys((*decided, *self.beside)))


def _by(kinds: str, *beside: Rule) -> Carried:
    return Carried(tuple(kinds.split()), beside)


#: By number. An article that is not here is not carried out yet; what stands of one may be a part only.
ARTICLES: Mapping[int, Carried] = {
    # chapter 1: the edition says who it is, what its words mean, and whose word counts
    1: _by("register", Policy.source, Setting.policy),
    2: _by("register amend file close", Nature, Taxonomy.by_code),
    3: _by("lower_grade void approve_request refuse_request take_over hand_over", may, rules_of),
    # chapter 2
    4: _by("register import_record amend void", matter_of),
    5: _by("register amend import_record", guards.channel, Directory.channel),
    6: _by("claim release take_over hand_over dispatch redispatch", may),
    7: _by("register import_record dispatch add_note attach undo", decide),
    8: _by("classify register", guards.category, Taxonomy.path),
    9: _by("raise_grade lower_grade classify", emergencies.is_emergency),
    10: _by(
        "order_interim report_interim", interims.is_dangerous, interims.hands, interims.clocks_of
    ),
    11: _by(
        "ask_verification report_verification file refuse register",
        guards.missing_for_filing,
        filing.ready_to_file,
        guards.supplements,
    ),
    12: _by("dispatch redispatch commend", guards.unit, guards.track),
    13: _by(
        "sign ask_return approve_return refuse_return",
        deadlines.return_window,
        task_limits.share_for_return,
    ),
    # chapter 3
    14: _by("classify dispatch", Policy.disposal, Binding.binds),
    15: _by(
        "dispatch classify report_progress handle resettle",
        Policy.disposal,
        DisposalRule.fits,
        task_limits.with_limit,
        deadlines.ledgers,
        Calendar.add_working_time,
        emergencies.steps_of,
    ),
    16: _by(
        "ask_extension approve_request refuse_request withdraw_request",
        extension.standing,
        extension.may_approve,
        extensions.extended,
        leaving.lapsed,
    ),
    17: _by(
        "handle close order_rework attach"
        " ask_staged ask_suspension resume ask_cancel"
        " approve_request refuse_request withdraw_request",
        disposal.criteria_for,
        disposal.unmet,
        replies.copied,
        replies.promises,
        photos.lacking,
        notices.of_handling,
        standstills.spans,
        deadlines.is_on_time,
    ),
    # chapter 4
    18: _by(
        "merge unmerge close",
        merging.may_follow,
        shared.kept,
        merging.closed_with,
        merging.untold,
        duplicates.proposed,
    ),
    19: _by(
        "split unsplit close reopen void",
        splitting.most_parts,
        parts.counted,
        parts.told_once,
        whole.followed,
        sentences.sentences,
    ),
    20: _by("dispatch add_assist", parallel.parts_of, parallel.led, parallel.review_asked),
    21: _by(
        "fall_back",
        falling.next_steps,
        fallbacks.clocks_of,
        Rota.turn,
    ),
    22: _by("dispatch add_assist log_blocker", opinions.opinions, standstills.all_still),
    23: _by(
        "raise_warning grow_warning close_warning"
        " acknowledge_warning plan_warning shelve_warning mute_warning",
        warnings.id_of,
        warnings.recipients_of,
        warnings.clocks_of,
        warnings.quiet_from,
    ),
    # chapter 5
    24: _by(
        "ask_return open_coordination convene_coordination rule_coordination",
        coordinating.conditions,
        coordinations.clocks_of,
        evidence.pack_of,
    ),
    25: _by("fall_back", falling.candidates),
    26: _by("fall_back", falling.candidates),
    27: _by("convene_coordination rule_coordination", disputes.Known.duty),
    # chapter 6
    28: _by(
        "record_notice call_back_notice refuse",
        notices.notice,
        notices.reachable,
        holding.is_held,
        Templates.chosen,
    ),
    29: _by("record_notice handle close", notices.on_record, notices.all_told, Templates.filled),
    # chapter 7
    30: _by("record_visit close", visits.why, visits.drawn, visits.clocks_of, visiting.opened),
    31: _by(
        "record_visit explain_rating decide_rating reopen order_rework",
        visits.reworks,
        visits.silent_from,
        visits.archived_from,
    ),
    # chapter 11: a case outside every edition's span is judged by analogy, and says so
    46: _by("register import_record", Editions.judging, Setting.policy),
    47: _by("register import_record", Policy.covers, Editions.as_of),
}
#: Wishes that other law asks for: who sees a reporter in clear.
OF_OTHER_LAW = frozenset({"ask_reveal", "approve_reveal", "refuse_reveal", "see_reporter"})
