"""From the tables of categories, units, places and channels to a Directory; every reference is checked."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from app.domain.limits import Limit
from app.domain.rotas import Rota, Share
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
    plain_name,
)
from app.domain.terms import Grade, Origin
from resources.cells import Cell
from resources.tables import Row, listed, rows, unique
from resources.wrong import Expected

_HERE = Path(__file__).parent
_NAMED = ("code", "name_zh", "name_en")
_CATEGORY = (
    *(*_NAMED, "aliases", "unit", "grade"),
    *("limit", "limit_source", "limit_origin"),
    *("component", "proposed", "sensitive"),
)
_UNIT = (*_NAMED, "kind", "street", "around_the_clock", "aliases")
_STREET = (*_NAMED, "lon", "lat")
_COMMUNITY = (*_NAMED, "street", "lon", "lat", "valid_from", "valid_to", "origin")
_ROTA = (*("rota", "name_zh", "name_en", "categories"), *("unit", "weight", "origin"))
_CHANNEL = (*_NAMED, "group", "sub_channel_count")


def load_directory(folder: Path | None = None) -> Directory:
    """The directory from the tables under `folder` (a copy of `resources`); Wrong when one is wrong."""
    home = folder or _HERE
    streets = tuple(_streets(home / "geography" / "streets.csv"))
    street_codes = {item.code for item in streets}
    units = tuple(_units(home / "units" / "units.csv", street_codes))
    unit_codes = {item.code for item in units}
    taxonomy = Taxonomy(tuple(_categories(home / "taxonomy" / "categories.csv", unit_codes)))
    return Directory(
        taxonomy=taxonomy,
        units=units,
        streets=streets,
        communities=tuple(_communities(home / "geography" / "communities.csv", street_codes)),
        channels=tuple(_channels(home / "channels" / "channels.csv")),
        rotas=tuple(_rotas(home / "fallback" / "rota.csv", unit_codes, taxonomy)),
    )


def _streets(path: Path) -> Iterator[Street]:
    seen: set[str] = set()
    for row in rows(path, _STREET):
        yield Street(*_named(row, seen), row["lon"].number(), row["lat"].number())


def _communities(path: Path, streets: Collection[str]) -> Iterator[Community]:
    seen: set[str] = set()
    for row in rows(path, _COMMUNITY):
        place = row["street"].known(streets), row["lon"].number(), row["lat"].number()
        begin, end = row["valid_from"].maybe_day(), row["valid_to"].maybe_day()
        if begin and end and end < begin:
            raise row["valid_to"].wrong(Expected.PERIOD)
        yield Community(*_named(row, seen), *place, begin, end, row["origin"].choice(Origin))


def _channels(path: Path) -> Iterator[Channel]:
    seen: set[str] = set()
    for row in rows(path, _CHANNEL):
        group = row["group"].choice(ChannelGroup)
        yield Channel(*_named(row, seen), group, row["sub_channel_count"].whole())


def _rotas(path: Path, units: Collection[str], taxonomy: Taxonomy) -> Iterator[Rota]:
    """One line for each unit of a rota; what its lines say of the rota itself is taken from the first."""
    shares: dict[str, list[Share]] = {}
    heads: dict[str, Rota] = {}
    for row in rows(path, _ROTA):
        code = row["rota"].code()
        classes = _of_standard(row["categories"], taxonomy)
        head = Rota(code, row["name_zh"].words(), row["name_en"].words(), classes, ())
        heads.setdefault(code, head)
        share = Share(row["unit"].known(units), row["weight"].whole(), row["origin"].choice(Origin))
        shares.setdefault(code, []).append(share)
    yield from (replace(head, shares=tuple(shares[code])) for code, head in heads.items())


def _of_standard(cell: Cell, taxonomy: Taxonomy) -> tuple[str, ...]:
    codes = listed(cell)
    if not codes or any(taxonomy.get(code) is None for code in codes):
        raise cell.wrong(Expected.KNOWN_CODE)
    return codes


def _units(path: Path, streets: Collection[str]) -> Iterator[Unit]:
    seen: set[str] = set()
    names: set[str] = set()
    for row in rows(path, _UNIT):
        unit = Unit(
            *_named(row, seen),
            kind=row["kind"].choice(UnitKind),
            street=None if row["street"].is_blank else row["street"].known(streets),
            around_the_clock=row["around_the_clock"].flag(),
            aliases=listed(row["aliases"]),
        )
        _check_names(row, unit, names)
        yield unit


def _check_names(row: Row, unit: Unit, names: set[str]) -> None:
    """No two units answer to one name: an imported record must not have to guess."""
    _new_name(row["name_zh"], unit.name_zh, names)
    _new_name(row["name_en"], unit.name_en, names)
    for alias in unit.aliases:
        _new_name(row["aliases"], alias, names)


def _new_name(cell: Cell, name: str, names: set[str]) -> None:
    plain = plain_name(name)
    if plain in names:
        raise cell.wrong(Expected.UNIQUE)
    names.add(plain)


def _categories(path: Path, units: Collection[str]) -> Iterator[Category]:
    found: dict[str, Category] = {}
    seen: set[str] = set()
    siblings: set[str] = set()
    for row in rows(path, _CATEGORY):
        category = _category(row, seen, found, units)
        _new_name(row["name_zh"], f"{category.parent}/{category.name_zh}", siblings)
        found[category.code] = category
        yield category


def _category(
    row: Row, seen: set[str], found: dict[str, Category], units: Collection[str]
) -> Category:
    code = row["code"].category_code()
    parent = found.get(code[:-2])
    if parent is None and len(code) > len("01"):
        raise row["code"].wrong(Expected.KNOWN_CODE)
    return Category(
        *_named(row, seen),
        parent and parent.code,
        len(code) // 2,
        listed(row["aliases"]),
        _unit(row["unit"], parent, units),
        _grade(row["grade"], parent),
        *_limit(row, parent),
        component=_flag(row["component"], inherited=parent and parent.component),
        proposed=_flag(row["proposed"], inherited=parent and parent.proposed),
        is_sensitive=_flag(row["sensitive"], inherited=parent and parent.is_sensitive),
    )


def _unit(cell: Cell, parent: Category | None, units: Collection[str]) -> str | None:
    return parent.unit if parent and cell.is_blank else cell.known(units)


def _grade(cell: Cell, parent: Category | None) -> Grade | None:
    return parent.grade if parent and cell.is_blank else cell.choice(Grade)


def _limit(row: Row, parent: Category | None) -> tuple[Limit | None, str | None, Origin | None]:
    if parent and row["limit"].is_blank:
        return parent.limit, parent.limit_source, parent.limit_origin
    source = row["limit_source"].code()
    return row["limit"].limit(), source, row["limit_origin"].choice(Origin)


def _named(row: Row, seen: set[str]) -> tuple[str, str, str]:
    return unique(row["code"], seen), row["name_zh"].words(), row["name_en"].words()


def _flag(cell: Cell, *, inherited: bool | None) -> bool:
    return bool(inherited) if cell.is_blank else cell.flag()
