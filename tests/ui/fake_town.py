"""A small made-up town: classes, units, places, one edition and some cases, for tests of the screen."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from app.domain.calendar import Holidays
from app.domain.case import Case, Dossier, Notice, Request, Task
from app.domain.deadlines import REWORK
from app.domain.limits import Limit, LimitUnit
from app.domain.moment import Setting
from app.domain.policy import Editions, Policy
from app.domain.provisions import (
    Article,
    Chapter,
    Criterion,
    DisposalRule,
    Parameter,
    Provision,
    Reason,
    Source,
)
from app.domain.taxonomy import (
    Category,
    Channel,
    ChannelGroup,
    Community,
    Directory,
    Street,
    Taxonomy,
    Unit,
    UnitKind,
)
from app.domain.terms import CaseStatus, Clock, Grade, Nature, Origin, Stage, TaskStatus

#: 14:02 in Shenzhen on a Monday.
NOW = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)
DISTRICT = "PS"

_TREE = {
    ("ZS", "噪声污染", "Noise"): (
        ("ZS-01", "施工噪声", "Construction noise", "STJ", "夜间施工|吵"),
        ("ZS-02", "社会生活噪声", "Neighbourhood noise", "GAF", "广场舞"),
        ("ZS-03", "交通噪声", "Traffic noise", "JTJ", ""),
    ),
    ("SR", "市容环卫", "City appearance"): (
        ("SR-01", "占道经营", "Street trading", "CGJ", "摆摊"),
        ("SR-02", "垃圾清运", "Waste collection", "CGJ", "垃圾"),
        ("SR-03", "乱张贴", "Fly posting", "CGJ", "小广告"),
    ),
    ("SZ", "市政设施", "Municipal works"): (
        ("SZ-01", "井盖破损", "Damaged manhole cover", "SWJ", "井盖"),
        ("SZ-02", "路灯不亮", "Street lamp out", "CGJ", "路灯"),
        ("SZ-03", "道路积水", "Flooded road", "SWJ", "积水"),
    ),
    ("JT", "交通出行", "Traffic"): (
        ("JT-01", "违章停车", "Illegal parking", "GAF", "乱停车"),
        ("JT-02", "公交线路", "Bus lines", "JTJ", ""),
    ),
    ("LD", "劳动保障", "Labour"): (
        ("LD-01", "拖欠工资", "Unpaid wages", "RLJ", "欠薪"),
        ("LD-02", "社保缴纳", "Social insurance", "RLJ", ""),
    ),
    ("JY", "教育", "Education"): (("JY-01", "学位申请", "School places", "JYJ", ""),),
}
_UNITS = (
    ("CGJ", "区城市管理和综合执法局", "District Urban Management Bureau"),
    ("STJ", "生态环境分局", "Ecology and Environment Branch"),
    ("GAF", "公安分局", "Public Security Branch"),
    ("SWJ", "区水务局", "District Water Bureau"),
    ("JTJ", "交通运输分局", "Transport Branch"),
    ("RLJ", "区人力资源局", "District Human Resources Bureau"),
    ("JYJ", "区教育局", "District Education Bureau"),
)
_STREETS = (
    ("HP", "和平街道", "Heping Street"),
    ("XH", "新华街道", "Xinhua Street"),
    ("CJ", "长江街道", "Changjiang Street"),
)
_CHANNELS = (
    ("12345", "12345热线", "12345 hotline", ChannelGroup.HOTLINE),
    ("WX", "微信公众号", "WeChat account", ChannelGroup.NETWORK),
    ("WEB", "网站", "Website", ChannelGroup.NETWORK),
    ("GRID", "网格巡查", "Grid patrol", ChannelGroup.FIELD),
)
_STORIES = (
    ("夜间施工噪音扰民", "工地每晚十点半以后仍有打桩声，老人孩子无法入睡。", "ZS-01"),
    ("占道经营影响通行", "小区门口早市占用盲道和半幅车道，上班时间寸步难行。", "SR-01"),
    ("井盖破损存在隐患", "人行道井盖缺了一角，已经有人绊倒，请尽快更换。", "SZ-01"),
    ("路灯不亮", "整条巷子路灯熄灭一周，夜间出行很不安全。", "SZ-02"),
    ("违章停车堵塞消防通道", "楼下消防通道长期停放私家车，物业劝阻无效。", "JT-01"),
    ("拖欠工资", "工程完工两个月，班组十二人工资仍未结清。", "LD-01"),
    ("广场舞音量过大", "公园广场舞每晚持续到十点以后，音响开得很大。", "ZS-02"),
    ("垃圾清运不及时", "垃圾桶三天没有清运，污水外溢，气味难闻。", "SR-02"),
    ("道路积水", "暴雨之后涵洞积水半米，电动车无法通过。", "SZ-03"),
    ("咨询学位申请条件", "孩子明年入学，想了解非本市户籍的申请材料。", "JY-01"),
)


def directory() -> Directory:
    """Everything a case of the town can point at."""
    return Directory(
        Taxonomy(tuple(_categories())),
        tuple(Unit(code, zh, en, UnitKind.BUREAU) for code, zh, en in _UNITS),
        tuple(Street(code, zh, en, 114.3, 22.7) for code, zh, en in _STREETS),
        tuple(
            Community(f"{code}-{n}", f"{zh[:2]}第{n}社区", f"{en} community {n}", code, 114.3, 22.7)
            for code, zh, en in _STREETS
            for n in (1, 2, 3)
        ),
        tuple(Channel(code, zh, en, group) for code, zh, en, group in _CHANNELS),
    )


def _categories():
    for (code, zh, en), leaves in _TREE.items():
        yield Category(code, zh, en, None, 1)
        for leaf, leaf_zh, leaf_en, unit, aliases in leaves:
            names = tuple(alias for alias in aliases.split("|") if alias)
            yield Category(leaf, leaf_zh, leaf_en, code, 2, names, unit, Grade.C)


def _reason(code: str, zh: str, en: str) -> Reason:
    return Reason(code, zh, en, 11, Origin.P)


def _provision(code: str, value: int, unit: LimitUnit) -> Provision:
    return Provision(code, Limit(value, unit), 15, Origin.PROP, "PS4")


def _criterion(
    code: str, nature: Nature | None, zh: str, en: str, kind: str = "closes"
) -> Criterion:
    return Criterion(code, nature, kind, zh, en, 17, Origin.P)


def policy() -> Policy:
    """A short edition: enough limits, reasons and criteria for every form."""
    clocks = {
        Clock.K1: (2, LimitUnit.WORK_HOUR),
        Clock.K1V: (4, LimitUnit.WORK_HOUR),
        Clock.K2: (30, LimitUnit.CLOCK_MINUTE),
        Clock.K3: (2, LimitUnit.WORK_HOUR),
        Clock.K4: (4, LimitUnit.WORK_HOUR),
        Clock.K7: (4, LimitUnit.WORK_HOUR),
        Clock.K12: (90, LimitUnit.CALENDAR_DAY),
        Clock.K8: (8, LimitUnit.WORK_HOUR),
        Clock.K9: (4, LimitUnit.WORK_HOUR),
        Clock.K11: (3, LimitUnit.WORK_DAY),
    }
    return Policy(
        code="PS4",
        title_zh="民生诉求事件管理办法（测试）",
        title_en="Measures for tests",
        effective_from=date(2020, 12, 1),
        effective_to=date(2025, 11, 30),
        version="1",
        own=False,
        sources=(Source("PS4", "管理办法", "Measures", Origin.P),),
        chapters=(Chapter(1, "总则", "General"),),
        articles=(Article(11, "立案", "Filing", 1, certain=True),),
        refusal_reasons=(
            _reason("NOT_OURS", "不属于受理范围", "Outside the scope"),
            _reason("IN_COURT", "已进入司法程序", "Before the courts"),
            _reason("DUPLICATE", "重复诉求", "Reported before"),
        ),
        return_reasons=(
            _reason("NOT_DUTY", "不属于本单位职责", "Not this unit's duty"),
            _reason("WRONG_PLACE", "不在辖区", "Outside its area"),
            _reason("DUPLICATE", "重复派遣", "Dispatched twice"),
        ),
        extension_reasons=(_reason("COMPLEX", "情况复杂", "Complex"),),
        exclusion_reasons=(_reason("FORCE", "不可抗力", "Force majeure"),),
        closure_kinds=(_reason("ON_TIME", "按期结案", "On time"),),
        closure_criteria=(
            _criterion("FACT", None, "事实清楚", "Facts are clear"),
            _criterion("ANSWER", None, "已答复诉求人", "The reporter was answered"),
            _criterion("FIXED", Nature.COMPLAINT, "问题已解决", "The problem is solved"),
            _criterion("NOT_DONE", None, "未作任何处置", "Nothing was done", "refuses"),
        ),
        warning_classes=(_reason("ENV_NIMBY", "环境污染与噪声", "Pollution and noise"),),
        warning_recipients=tuple(
            _reason(code, zh, en)
            for code, zh, en in (
                ("RESPONSIBLE_UNIT", "相关责任单位", "Responsible unit"),
                ("PETITIONS", "信访局", "Petitions bureau"),
            )
        ),
        interim_measures=(_reason("FENCE_OFF", "围挡隔离", "Fence off"),),
        shifts=((time(9), time(12)), (time(14), time(18))),
        disposal_rules=tuple(
            DisposalRule(_provision(f"K5{grade}{nature}", days, LimitUnit.WORK_DAY), grade, nature)
            for grade, days in ((Grade.A, 1), (Grade.B, 3), (Grade.C, 5))
            for nature in (Nature.COMPLAINT, Nature.INQUIRY, Nature.SUGGESTION)
        ),
        bindings=(),
        clocks={
            (clock, grade, ""): _provision(str(clock), value, unit)
            for clock, (value, unit) in clocks.items()
            for grade in Grade
        }
        | {
            (Clock.K5, grade, REWORK): _provision("K5-REWORK", 8, LimitUnit.WORK_HOUR)
            for grade in Grade
        },
        parameters={
            code: Parameter(code, value, article, Origin.PROP)
            for code, value, article in (
                ("interim.response_hours", 2, 10),
                ("interim.finish_hours", 4, 10),
                ("return.window_percent", 20, 13),
                ("return.coordination_from_count", 3, 13),
                ("extension.apply_before_percent", 20, 16),
                ("extension.apply_before_work_hours", 2, 16),
                ("extension.grade_a_count", 0, 16),
                ("extension.grade_b_count", 1, 16),
                ("extension.grade_c_count", 2, 16),
                ("extension.each_percent", 100, 16),
                ("extension.total_work_days", 10, 16),
                ("extension.director_from_count", 2, 16),
                ("suspension.review_work_days", 2, 17),
                ("coordination.blocker_work_days", 1, 24),
                ("coordination.decision_work_days", 1, 24),
                ("fallback.step_grade_a_hours", 2, 21),
                ("fallback.step_work_days", 1, 21),
                ("return.shift_leader_from_count", 2, 13),
                ("staged.renewals_count", 2, 17),
                ("closure.shift_leader_from_count", 2, 17),
                ("filing.resubmissions_count", 1, 11),
                ("archive.after_days", 30, 17),
                ("notice.hold_seconds", 30, 28),
                ("notice.phone_attempts_count", 2, 29),
                ("visit.complaint_percent", 100, 30),
                ("visit.inquiry_percent", 20, 30),
                ("visit.suggestion_percent", 50, 30),
                ("visit.attempts_count", 3, 30),
                ("visit.attempts_days", 2, 30),
                ("visit.bad_rating_stars", 2, 31),
                ("visit.explain_work_days", 1, 31),
                ("visit.decide_work_days", 1, 31),
                ("visit.reworks_count", 2, 31),
                ("visit.silence_days", 7, 31),
                ("merge.window_hours", 72, 18),
                ("warning.blue_recipients", "RESPONSIBLE_UNIT", 23),
                ("warning.yellow_recipients", "PETITIONS", 23),
                ("warning.quiet_days", 7, 23),
                ("warning.cooldown_days", 7, 23),
                ("warning.shelve_most_hours", 8, 23),
                ("merge.shift_leader_above_members", 10, 18),
                ("merge.suggest_containment_share", 0.4, 18),
                ("merge.suggest_window_days", 30, 18),
                ("duplicate.containment_share", 0.63, 11),
                ("duplicate.window_days", 30, 11),
            )
        },
    )


@cache
def setting() -> Setting:
    """The town's rules in force."""
    holidays = Holidays(frozenset(), frozenset(), frozenset({2025, 2026, 2027}))
    return Setting(Editions((policy(),)), directory(), holidays)


def dossiers(count: int) -> list[Dossier]:
    """`count` cases over all stages, some overdue, some due within minutes."""
    return [_dossier(n) for n in range(count)]


_STAGES = (
    (Stage.FILING, CaseStatus.REGISTERED, None, Clock.K1),
    (Stage.DISPATCH, CaseStatus.FILED, None, Clock.K2),
    (Stage.DISPATCH, CaseStatus.FILED, None, Clock.K2),
    (Stage.SIGN, CaseStatus.DISPATCHED, TaskStatus.PENDING_SIGN, Clock.K3),
    (Stage.DISPOSAL, CaseStatus.DISPATCHED, TaskStatus.SIGNED, Clock.K5),
    (Stage.RETURNED, CaseStatus.DISPATCHED, TaskStatus.RETURN_REVIEW, Clock.K7),
    (Stage.CLOSURE, CaseStatus.PENDING_CLOSURE, TaskStatus.HANDLED, Clock.K8),
    (Stage.ENDED, CaseStatus.CLOSED_ON_TIME, TaskStatus.DONE, None),
)


def _dossier(n: int) -> Dossier:
    stage, status, task_status, clock = _STAGES[n % len(_STAGES)]
    title, narrative, category = _STORIES[n % len(_STORIES)]
    street = _STREETS[n % len(_STREETS)][0]
    registered = NOW - timedelta(minutes=37 * n + 11)
    case = Case(
        id=f"case-{n:03}",
        district=DISTRICT,
        number=f"SZPS20261123{n:06}A1B{n % 10}",
        status=status,
        changed_by=f"made-{n:03}",
        title=title,
        narrative=narrative,
        nature=Nature.INQUIRY if "咨询" in title else Nature.COMPLAINT,
        grade=(Grade.C, Grade.C, Grade.B, Grade.C, Grade.A)[n % 5],
        category=category,
        channel=_CHANNELS[n % len(_CHANNELS)][0],
        address=f"{_STREETS[n % len(_STREETS)][1]}幸福里{n + 1}号楼",
        street=street,
        community=f"{street}-{n % 3 + 1}",
        reporter_masked="张**" if n % 2 else "李**",
        phone_masked=f"138****{1200 + n}",
        reporter_key=f"key-{n % 7}",
        edition="PS4",
        by_analogy=True,
        safety_hazard=n % 11 == 2,
        registered_at=registered,
        registered_by="zhang",
        filed_at=None if stage is Stage.FILING else registered + timedelta(minutes=9),
        stage=stage,
        due_at=None if clock is None else NOW + timedelta(minutes=23 * (n - 6)),
        due_clock=clock and str(clock),
        return_count=1 if stage is Stage.RETURNED else 0,
    )
    return _with_work(case, task_status, _category_unit(category))


def _category_unit(code: str) -> str:
    leaves = (leaf for leaves in _TREE.values() for leaf in leaves)
    return next(leaf[3] for leaf in leaves if leaf[0] == code)


def _with_work(case: Case, status: TaskStatus | None, unit: str) -> Dossier:
    if status is None:
        return Dossier(case)
    is_done = status in {TaskStatus.HANDLED, TaskStatus.DONE}
    task = Task(
        id=f"{case.id}-task",
        district=DISTRICT,
        case_id=case.id,
        status=status,
        changed_by=case.changed_by,
        unit=unit,
        dispatched_at=case.registered_at + timedelta(minutes=12),
        dispatched_by="zhang",
        limit_value=5,
        limit_unit="WORK_DAY",
        limit_source="PS4",
        limit_article=15,
        limit_origin="PROP",
        signed_at=case.registered_at + timedelta(minutes=20) if is_done else None,
        result="已现场处理并答复。" if is_done else "",
        handled_by="chen" if is_done else "",
    )
    asked = (_return(task),) if status is TaskStatus.RETURN_REVIEW else ()
    told = (_told(task),) if is_done else ()
    return Dossier(_placed(case, unit), (task,), asked, notices=told)


def _told(task: Task) -> Notice:
    """What the unit told the reporter when it was done."""
    return Notice(
        id=f"{task.case_id}-notice",
        district=DISTRICT,
        case_id=task.case_id,
        status="RECORDED",
        changed_by=task.changed_by,
        task_id=task.id,
        kind="2",
        method="PHONE",
        text="已现场处理。",
        made_at=task.dispatched_at + timedelta(minutes=10),
        made_by="chen",
    )


def _placed(case: Case, unit: str) -> Case:
    return replace(case, lead_unit=unit, units=f"|{unit}|")


def _return(task: Task) -> Request:
    return Request(
        id=f"{task.case_id}-request",
        district=DISTRICT,
        case_id=task.case_id,
        task_id=task.id,
        status="OPEN",
        changed_by=task.changed_by,
        task_was="SIGNED",
        reason="NOT_DUTY",
        text="经核查，该路段由街道管养。",
        proper_unit="SWJ",
        basis="权责清单第12项",
        asked_at=NOW - timedelta(minutes=30),
        asked_by="chen",
    )
