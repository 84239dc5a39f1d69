"""Packs as files -> the law of a site.

A pack of Saig's is ``<code>.yaml`` beside this module, one of a town's ``packs/<code>.yaml`` at the
top of its repository, which goes first. These were checked before (``notes/pack.py``), so what is
read here is right; what is not there is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from ..languages import broader
from .eli import EliPattern
from .law import ChannelChoice, Gazette, Law, LinkedData, NormType, Rules, Scheme, Texts

Pack = Mapping[str, Any]
Own = tuple[tuple[str, str], ...]
"""A town's own packs: code and text of each."""

EVERY_LANGUAGE = "mul"
"""In ``citations``: what holds in every language (ISO 639-2)."""

MODEL_PAGES = ("accessibility_act", "accessibility_complaints", "owner_act")
"""The texts of packs with which the pages of a new town are filled in."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""All values are texts: ``no`` is a language, and ``1`` a number as it was typed."""


@cache
def known_packs() -> tuple[str, ...]:
    """The codes of Saig's own packs."""
    found = (path.name for path in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


@cache
def text_of(name: str) -> str:
    """One of Saig's packs, as it is written."""
    return (files(__package__) / f"{name}.yaml").read_text("utf-8")


@lru_cache(maxsize=16)
def law(names: tuple[str, ...], own: Own = (), languages: tuple[str, ...] = ()) -> Law:
    """What these packs say together, with those that they include; the nearest to the site is named
    last, and what it says goes before what others say. Names that no pack has are passed over.

    ``languages``: of the site, where one is known. How a pack ``of_many_languages`` is cited counts
    in these, and in those of the other packs: forms that no text of the site has would cost each
    build.
    """
    texts = _with_included(names, dict(own))
    packs = {name: _parsed(text) for name, text in texts.items()}
    types: dict[str, tuple[NormType, ...]] = {}
    for kind in (kind for name, pack in packs.items() for kind in _types(name, pack)):
        types[kind.code] = (*types.get(kind.code, ()), kind)
    citations: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for lang, tables in _citations(packs.values(), languages):
        citations[lang] = (*citations.get(lang, ()), tables)
    texts_of = [_map(pack, "texts") for pack in packs.values()]
    choice = next(
        (one["channel_choice"] for one in texts_of[::-1] if "channel_choice" in one), None
    )
    return Law(
        names=tuple(packs),
        types=types,
        gazettes={one.id: one for pack in packs.values() for one in _gazettes(pack)},
        eli=tuple(_eli(one) for pack in [*packs.values()][::-1] for one in pack.get("eli") or ()),
        rules=dict(_rules(packs)),
        linked_data={
            name: LinkedData(
                one.get("jurisdiction", ""), one.get("type", ""), tuple(one.get("types") or ())
            )
            for name, pack in packs.items()
            if (one := _map(pack, "linked_data"))
        },
        channel_choice=ChannelChoice(_map(choice, "text"), _map(choice, "norm"))
        if choice
        else None,
        legal_notices={
            key: notice for one in texts_of for key, notice in _map(one, "legal_notices").items()
        },
        not_converted=next(
            (one["not_converted"] for one in texts_of[::-1] if "not_converted" in one), {}
        ),
        model_pages={key: one[key] for one in texts_of for key in MODEL_PAGES if key in one},
        schemes={
            code: Scheme(code, _map(one, "name"), one.get("pattern", ""), one.get("uri", ""))
            for code, one in _items(packs.values(), "identifiers")
        },
        citations=citations,
        plain=tuple(texts.items()),
    )


def usual_packs(
    jurisdictions: Iterable[str], country: str | None, zone: str, own: Iterable[str] = ()
) -> tuple[str, ...]:
    """The packs of a site that names none: those of its country and of the jurisdictions whose
    norms it means where nothing is said; else of the country that its time zone is in (tzdata's
    zone.tab). A region without one has that of its country."""
    there = {*known_packs(), *own}
    wanted = [*filter(None, [country]), *sorted(jurisdictions, key=lambda one: (len(one), one))]
    if not wanted:
        wanted = countries().get(zone, [])
    found: dict[str, None] = {}
    for code in (one.lower() for one in wanted):
        name = next((one for one in (code, code.partition("-")[0]) if one in there), None)
        if name:
            found[name] = None
    return tuple(found)


@cache
def countries() -> dict[str, list[str]]:
    """The countries of each time zone, by tzdata's table."""
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {fields[2]: [fields[0]] for fields in lines}


def _with_included(names: Iterable[str], own: Mapping[str, str]) -> dict[str, str]:
    """The texts of packs by their codes, each behind those that it includes; a circle is cut."""
    found: dict[str, str] = {}
    begun: set[str] = set()

    def add(name: str) -> None:
        if name in begun or not (name in own or name in known_packs()):
            return
        begun.add(name)
        text = own[name] if name in own else text_of(name)
        for other in _parsed(text).get("includes") or ():
            add(other)
        found[name] = text

    for name in names:
        add(name)
    return found


@lru_cache(maxsize=32)
def _parsed(text: str) -> Pack:
    found = yaml.load(text, Loader=_Loader)
    return found if isinstance(found, dict) else {}


def _map(pack: Pack, name: str) -> Mapping[str, Any]:
    found = pack.get(name)
    return found if isinstance(found, dict) else {}


def _items(packs: Iterable[Pack], name: str) -> Iterator[tuple[str, Any]]:
    for pack in packs:
        yield from _map(pack, name).items()


def _citations(packs: Iterable[Pack], languages: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    packs = list(packs)
    single = [pack for pack in packs if not _is_true(pack.get("of_many_languages"))]
    spoken = {code for lang in languages for code in broader(lang)}
    spoken |= {lang for lang, _ in _items(single, "citations")}
    for lang, tables in _items(packs, "citations"):
        if not languages or lang in spoken or lang == EVERY_LANGUAGE:
            yield lang, tables


def _is_true(value: str | None) -> bool:
    return (value or "").lower() == "true"


def _types(name: str, pack: Pack) -> Iterator[NormType]:
    for code, one in _map(pack, "types").items():
        names: Texts = _map(one, "name")
        plural, gender = {**names, **_map(one, "plural")}, _map(one, "gender")
        yield NormType(code, name, names, plural, gender, _is_true(one.get("judgment")))


def _gazettes(pack: Pack) -> Iterator[Gazette]:
    for code, one in _map(pack, "gazettes").items():
        official = tuple(one.get("official") or ())
        yield Gazette(code, _map(one, "name"), _map(one, "short"), official, one.get("url", ""))


def _eli(one: Pack) -> EliPattern:
    known = {name: one[name] for name in ("jurisdiction", "type") if name in one}
    return EliPattern(one["address"], known, _map(one, "types"), one.get("consolidated", ""))


def _rules(packs: Mapping[str, Pack]) -> Iterator[tuple[str, Rules]]:
    """The rules of each pack: its own, before those of packs that it includes."""
    done: dict[str, dict[str, str]] = {}
    for name, pack in packs.items():
        said: dict[str, str] = {}
        for other in pack.get("includes") or ():
            said |= done.get(other, {})
        said |= _map(pack, "rules")
        done[name] = said
        yield (
            name,
            Rules(
                _is_true(said.get("revival")),
                said.get("not_converted", "end"),
                said.get("annulled_from", ""),
            ),
        )


CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
"""What a pack may be called: as ELI has jurisdictions."""
