"""What one norm does to another according to the gazette, compared with the relations of a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..catalogue.provision_keys import is_within, named
from ..catalogue.provisions import provision_names
from ..notes.day_types import known_day
from ..notes.norm_fields import OutsideAct, Relation
from ..packs.load import law
from .analysis import Deed
from .spanish import Date
from .verbs import RELATIONS

Stated = Relation | OutsideAct
ProvisionKey = tuple[str, tuple[str, ...]]

CHANGES = ("amends", "adds", "removes")
"""What *MODIFICA determinados preceptos* may be in a note, which can be more exact."""


IN_PART = " (en part)"
"""Behind the name of a provision if only some words of it are meant, as in notes."""


@dataclass
class Wanted:
    """What a note should state: deeds of one kind and one day, of one norm on another."""

    types: tuple[str, ...]
    provisions: list[str] = field(default_factory=list)
    is_whole: bool = False
    is_unnamed: bool = False
    begins: Date | None = None
    ends: Date | None = None


def wanted(deeds: Iterable[Deed]) -> list[Wanted]:
    """Deeds as relations of a note; those of one type and day together. Deeds that change nothing,
    and those that undo or correct another norm's change, are no relations."""
    found: dict[tuple[object, ...], Wanted] = {}
    for deed in deeds:
        types = RELATIONS.get(deed.relation or "")
        if types is None or (deed.relation in ("corrects", "undoes") and deed.of):
            continue
        one = found.setdefault(
            (types, deed.begins, deed.ends, deed.is_whole),
            Wanted(types, is_whole=deed.is_whole, begins=deed.begins, ends=deed.ends),
        )
        names = [each.name + IN_PART * each.is_part for each in deed.provisions]
        one.provisions += [name for name in names if name not in one.provisions]
        one.is_unnamed |= deed.is_unnamed
    return list(found.values())


def with_days(wanting: Sequence[Wanted], other: Sequence[Wanted]) -> list[Wanted]:
    """The same, completed with days that only the other norm's record has for the same
    provisions."""
    found: list[Wanted] = []
    for one in wanting:
        begins, ends = _days_said(one, other)
        found.append(replace(one, begins=one.begins or begins, ends=one.ends or ends))
    return found


def _days_said(one: Wanted, other: Sequence[Wanted]) -> tuple[Date | None, Date | None]:
    for each in other:
        is_same = each.types == one.types and set(each.provisions) == set(one.provisions)
        if is_same and (each.begins or each.ends):
            return each.begins, each.ends
    return None, None


@dataclass(frozen=True)
class Lack:
    """What a note lacks: nothing of that kind is ``stated``, or with other provisions or days.
    ``missing``, ``extra``: provisions."""

    wanted: Wanted
    stated: Stated | None = None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    day: str = ""


def lacks(
    wanting: Sequence[Wanted], stated: Sequence[Stated], default: Date | None
) -> Iterator[Lack]:
    """What the statements of a note lack. ``default``: the first day of a relation without one."""
    for one in wanting:
        fitting = _fitting(one, stated)
        if one.is_whole and one.types[0] == "repeals":
            fitting = [each for each in fitting if not each.provisions]
        if not fitting:
            yield Lack(one)
            continue
        yield from _provisions(one, wanting, fitting)
        yield from _days(one, fitting, default)


def _fitting(one: Wanted, stated: Sequence[Stated]) -> list[Stated]:
    """The statements that may be meant: of the usual type, or else of another accepted one."""
    if one.is_unnamed and one.types[0] in CHANGES:
        return [each for each in stated if each.type in CHANGES]
    if one.is_unnamed and one.types[0] == "repeals-part":
        return [each for each in stated if each.type in ("repeals-part", "removes")]
    ways = ([each for each in stated if each.type == name] for name in one.types)
    return next((found for found in ways if found), [])


def _provisions(
    one: Wanted, wanting: Sequence[Wanted], fitting: Sequence[Stated]
) -> Iterator[Lack]:
    said = [name for each in fitting for name in each.provisions]
    if not one.provisions:
        return
    missing = [name for name in one.provisions if not _is_said(name, said)]
    alike = [other for other in wanting if set(other.types) & set(one.types)]
    known = [name for other in alike for name in other.provisions]
    is_open = any(other.is_unnamed and other.types[0] in CHANGES for other in wanting)
    is_open = is_open or any(other.is_unnamed for other in alike)
    extra = [] if is_open else [name for name in said if not _is_said_of(name, known)]
    if missing or extra:
        yield Lack(one, fitting[0], tuple(missing), tuple(extra))


def _days(one: Wanted, fitting: Sequence[Stated], default: Date | None) -> Iterator[Lack]:
    touching = [each for each in fitting if not one.provisions or _touches(each, one.provisions)]
    for each in touching or fitting[:1]:
        begins = known_day(each.from_) or default
        if one.begins and begins != one.begins and one.types[0] != "prorogues":
            yield Lack(one, each, day="from")
            return
        if one.ends and each.until != one.ends:
            yield Lack(one, each, day="until")
            return


def _touches(stated: Stated, names: Sequence[str]) -> bool:
    return any(_is_said(name, stated.provisions) for name in names)


def surplus(wanting: Sequence[Wanted], stated: Sequence[Stated]) -> list[Stated]:
    """Statements that the gazette does not confirm, of the kinds that it always records."""
    known = {name for one in wanting for name in one.types}
    if any(one.is_unnamed and one.types[0] in CHANGES for one in wanting):
        known |= set(CHANGES)
    if "repeals-part" in known:
        known.add("removes")
    return [each for each in stated if each.type in RECORDED and each.type not in known]


RECORDED = (
    "amends",
    "adds",
    "removes",
    "repeals",
    "repeals-part",
    "suspends",
    "annuls",
    "prorogues",
)


def _is_said(name: str, said: Sequence[str]) -> bool:
    """Whether a provision of the gazette is stated, or only parts of it are."""
    mine = named(provision_keys(name))
    others = [key for one in said for key in provision_keys(one)]
    return all(any(is_within(other, key) for other in others) for key in mine)


def _is_said_of(name: str, known: Sequence[str]) -> bool:
    mine = named(provision_keys(name))
    others = [key for one in known for key in provision_keys(one)]
    return all(any(is_within(key, other) for other in others) for key in mine)


def provision_keys(name: str) -> list[ProvisionKey]:
    """The meaning of a name, for comparison: a single provision is the first; ``DD m`` is ``DD
    única.m``. A name that is not understood is only equal to itself."""
    whole = re.sub(r" \(en parte?\)$", "", name.strip())
    plain = whole.replace("única", "1").replace("únic", "1").strip()
    plain = f"art. {plain}" if plain[:1].isdigit() else plain
    kind, _, rest = plain.partition(" ")
    if kind in ("DA", "DT", "DD", "DF") and (not rest or rest[0].islower()):
        plain = f"{kind} 1" + (f".{rest}" if rest else "")
    found = provision_names(law(("es",))).keys(plain)
    return [(kind, number) for kind, number in found] or [("", (" ".join(whole.lower().split()),))]
