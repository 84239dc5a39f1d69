"""What a site's packs say together: plain data, never changed once read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..languages import broader
from .eli import EliPattern, consolidated, key_of, parts_of

Texts = Mapping[str, str]
"""A text in each language, by its code."""

SPARE = "en"
"""The language that is read where a pack has none nearer."""


def said(texts: Texts, lang: str) -> str:
    """A text in a language; in English, or the first that there is, where the pack lacks it."""
    for code in (*broader(lang), SPARE):
        if code in texts:
            return texts[code]
    return next(iter(texts.values()), "")


def said_exactly(texts: Texts, lang: str) -> str:
    """The same, and empty where the pack lacks the language."""
    return next((texts[code] for code in broader(lang) if code in texts), "")


@dataclass(frozen=True)
class NormType:
    """A type of norms. ``pack``: whose it is. ``gender``: ``m``, ``f``, ``n`` or ``c`` of its name
    by language."""

    code: str
    pack: str
    name: Texts
    plural: Texts
    gender: Texts
    is_judgment: bool


@dataclass(frozen=True)
class Gazette:
    """``official``: the jurisdictions whose norms are made known by it."""

    id: str
    name: Texts
    short: Texts
    official: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Rules:
    """What follows where the facts don't say it.

    ``revival``: whether the repeal of a repealing norm brings back what that had repealed.
    ``not_converted``: whether a decree that its parliament did not validate, or convert, stops
    having effects at its ``end``, or never had any, from its ``beginning``. ``annulled_from``: from
    when what a judgment annuls is null: the day of its ``publication``, the
    ``day-after-publication``; empty where each judgment says so.
    """

    revival: bool = False
    not_converted: str = "end"
    annulled_from: str = ""


@dataclass(frozen=True)
class Scheme:
    """A directory of public bodies. ``pattern``: of the codes in it, as a regular expression.
    ``uri``: the address that names one, with ``{value}``."""

    id: str
    name: Texts
    pattern: str
    uri: str


@dataclass(frozen=True)
class LinkedData:
    """By what lists of others name jurisdictions, and types of norms, with ``{code}``. ``types``:
    those that are in the list."""

    jurisdiction: str = ""
    type: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChannelChoice:
    """That nobody need use a channel but who is obliged to. ``text`` names the ``norm``."""

    text: Texts
    norm: Texts


@dataclass(frozen=True, eq=False)
class Law:
    """``names``: of the packs, each behind those that it includes. ``types``: by code, those of one
    code in the order of the packs. ``rules``, ``linked_data``: by pack. ``legal_notices``: by name.
    ``model_pages``: by name, what the pages say that a new town begins with. ``citations``: by
    language, what each pack has under ``citations``, in the order of the packs."""

    names: tuple[str, ...] = ()
    types: Mapping[str, tuple[NormType, ...]] = field(default_factory=dict)
    gazettes: Mapping[str, Gazette] = field(default_factory=dict)
    eli: tuple[EliPattern, ...] = ()
    rules: Mapping[str, Rules] = field(default_factory=dict)
    linked_data: Mapping[str, LinkedData] = field(default_factory=dict)
    channel_choice: ChannelChoice | None = None
    legal_notices: Mapping[str, Texts] = field(default_factory=dict)
    not_converted: Texts = field(default_factory=dict)
    model_pages: Mapping[str, Texts] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    citations: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    plain: Sequence[tuple[str, str]] = ()
    """The packs as they are written: equal where two say the same."""

    def eli_parts(self, address: str) -> dict[str, str]:
        """What an ELI address says of its norm, as far as a pack knows the pattern: some of
        ``jurisdiction``, ``type``, ``number``, ``year`` and ``date_document``."""
        return parts_of(self.eli, address)

    def consolidated(self, eli: str) -> str | None:
        """The address of a norm's text with all its changes."""
        return consolidated(self.eli, eli)

    def eli_key(self, address: str) -> str:
        """What two addresses of one norm have in common."""
        return key_of(self.eli, address)

    def type_of(self, code: str | None, jurisdiction: str | None) -> NormType | None:
        """What is known of a type of a jurisdiction: in its own pack, or in that of its country.
        Without a jurisdiction, what the last pack says."""
        found = self.types.get(code or "", ())
        if jurisdiction is None:
            return found[-1] if found else None
        own = [one for one in found if is_within(jurisdiction, one.pack)]
        return max(own, key=lambda one: len(one.pack), default=None)

    def rules_of(self, jurisdiction: str | None) -> Rules:
        """The rules for what norms of a jurisdiction do; without one, those of the last pack."""
        return self.rules.get(self._pack_of(jurisdiction or self.last), Rules())

    def _pack_of(self, jurisdiction: str) -> str:
        own = [name for name in self.names if is_within(jurisdiction, name)]
        return max(own, key=len, default="")

    def jurisdiction_uri(self, code: str) -> str:
        """The address by which data name a jurisdiction; empty where no pack has one."""
        found = self._linked_data_of(code)
        return found.jurisdiction.replace("{code}", code) if found else ""

    def type_uri(self, code: str, jurisdiction: str | None) -> str:
        """The same of a type of its norms."""
        found = self._linked_data_of(jurisdiction or "")
        return found.type.replace("{code}", code) if found and code in found.types else ""

    def _linked_data_of(self, jurisdiction: str) -> LinkedData | None:
        own = [name for name in self.linked_data if is_within(jurisdiction, name)]
        return self.linked_data[max(own, key=len)] if own else None

    def is_judgment(self, code: str | None, jurisdiction: str | None) -> bool:
        found = self.type_of(code, jurisdiction)
        return found is not None and found.is_judgment

    def is_official(self, gazette: str, jurisdiction: str | None) -> bool | None:
        """Whether a gazette is the one that makes a jurisdiction's norms known; None where no pack
        knows it. Without a jurisdiction, whether it is that of the last pack."""
        found = self.gazettes.get(gazette)
        return None if found is None else (jurisdiction or self.last) in found.official

    def has_citations(self, lang: str) -> bool:
        """Whether any pack says how norms are cited in a language."""
        tables = (one for code in broader(lang) for one in self.citations.get(code, ()))
        return any("forms" in one or "patterns" in one for one in tables)

    def gazette_of(self, jurisdiction: str) -> str:
        """The gazette that makes a jurisdiction's norms known; empty where no pack knows it."""
        found = [one.id for one in self.gazettes.values() if jurisdiction in one.official]
        return found[0] if found else ""

    @property
    def last(self) -> str:
        """The pack that is nearest to the site."""
        return self.names[-1] if self.names else ""

    @cached_property
    def judgments(self) -> list[str]:
        """The codes of the types that are courts' decisions."""
        return [code for code, found in self.types.items() if found[-1].is_judgment]


NO_LAW = Law()
"""Of a site without packs."""


def is_within(jurisdiction: str, pack: str) -> bool:
    """Whether a pack is that of a jurisdiction, or of what it is part of: ``es-ib`` is in
    ``es``."""
    return jurisdiction == pack or jurisdiction.startswith(f"{pack}-")
