"""Made-up people: who sits at the demonstration's desks, and who calls them. No number here is anybody's."""

from random import Random

from app.domain.commands import Person
from app.domain.taxonomy import Directory
from app.domain.terms import Role
from app.services.queries import Operator

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
    "叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万覃武钱莫孔向常"
)
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰文辉建国志海燕鑫波宁荣浩凯秀珍莉帅云莲真环雪爱妹香月媛"

#: The centre's own people: login, name, role.
_CENTRE = (
    ("zhang.min", "张敏", Role.OPERATOR),
    ("li.qiang", "李强", Role.OPERATOR),
    ("wang.fang", "王芳", Role.OPERATOR),
    ("chen.jing", "陈静", Role.SHIFT_LEADER),
    ("lin.tao", "林涛", Role.SHIFT_LEADER),
    ("zhou.hua", "周华", Role.DIRECTOR),
    ("grid.hu", "胡明", Role.GRID_OFFICER),
    ("admin", "系统管理员", Role.ADMINISTRATOR),
)


def handler_of(unit: str) -> str:
    """Login of the person who handles a unit's tasks."""
    return f"unit.{unit.lower()}"


def leader_of(unit: str) -> str:
    """Login of the person who answers for a unit."""
    return f"lead.{unit.lower()}"


def operators(directory: Directory, district: str, random: Random) -> tuple[Operator, ...]:
    """Everybody of the demonstration district: the centre, and a handler and a leader for each unit."""
    centre = (Operator(login, name, role, district) for login, name, role in _CENTRE)
    units = (
        Operator(login(unit.code), a_name(random), role, district, unit.code)
        for unit in directory.units
        for login, role in ((handler_of, Role.UNIT_HANDLER), (leader_of, Role.UNIT_LEADER))
    )
    return (*centre, *units)


def a_name(random: Random) -> str:
    """A made-up Chinese name."""
    given = "".join(random.choices(_GIVEN, k=random.choice((1, 2, 2))))
    return random.choice(_SURNAMES) + given


def a_reporter(random: Random) -> Person:
    """A made-up caller; one in twelve does not say who he is."""
    if random.random() < 1 / 12:
        return Person()
    title = random.choice(("先生", "女士", ""))
    name = random.choice(_SURNAMES) + title if title else a_name(random)
    return Person(name=name, phone=f"1{random.choice('3589')}0000{random.randrange(10**5):05d}")
