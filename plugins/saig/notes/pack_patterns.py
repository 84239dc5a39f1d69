"""What a pack may say under ``citations: <language>: patterns``: how norms are cited, by templates.

What each field is for, with examples: docs/packs.md. The models say what is wrong in one; what it
then says is read by ``citations.pattern_tables``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from pydantic import Field

from ..citations.templates import PARTS, Template, TemplateError, spellings
from ..words import N_
from .base_model import Model
from .pack_forms import PackForms
from .value_types import Code, Prose, field_error

_OF_LANGUAGE = {"no", "date", "issuer"}
"""Placeholders that each language has."""


class PackNorms(Model):
    """A type of norms, or one norm with a name: the words by which it is cited."""

    type: Code = Field(description="ELI code of the type, as under types")
    words: list[Prose] = Field(
        [], description="the words; what is in square brackets may follow, as in lei[s]"
    )
    templates: list[Prose] | Prose | None = Field(
        None, description="templates, or the name of some under ways; by default those of the table"
    )
    jurisdiction: str | None = Field(
        None, description="whose norm the words say it is; '' for nobody's; by default the table's"
    )
    name: Prose | None = Field(
        None, description="its main name; by default the first of words, for one under names"
    )
    number: Code | None = Field(None, description="the number of a norm with a name")
    year: int | None = Field(None, description="the year of a norm with a name")
    defined: bool = Field(False, description="true if it stands for a norm named before: the Act")


class PackPatterns(Model):
    """How norms are cited in a language, by templates."""

    jurisdiction: str | None = Field(None, description="whose norms the words say they are")
    templates: list[Prose] | Prose = Field(
        [], description="how a citation is written, as in “{head} {no}{number}/{year}”"
    )
    ways: dict[Prose, list[Prose]] = Field({}, description="templates for several norms, by a name")
    norms: list[PackNorms] = Field([], description="types of norms, with their words")
    names: list[PackNorms] = Field([], description="norms that are cited by their names")
    numbers: list[Prose] = Field([], description="signs before a number, besides the usual ones")
    months: dict[int, list[Prose]] = Field(
        {}, description="names of months by their number, besides those of CLDR"
    )
    issuers: dict[Code, list[Prose]] = Field(
        {}, description="names of jurisdictions by their code, for {issuer}"
    )
    adjectives: dict[Code, list[Prose]] = Field(
        {}, description="words before a norm that say whose it is, by the code of the jurisdiction"
    )
    lists: dict[Code, list[Prose]] = Field(
        {}, description="further placeholders, and the words that each stands for"
    )
    units: list[Prose] = Field([], description="words for provisions: article, section")
    parts: list[Prose] = Field([], description="words for parts of these: paragraph, letter")
    alone: list[Prose] = Field([], description="provisions that need no number: annex")
    behind: list[Prose] = Field([], description="words for provisions behind their number: 2 §")
    bare: list[Prose] = Field([], description="parts without a word: I, 1°")
    prefixes: list[Prose] = Field([], description="letters before a provision's number: L., R.")
    ordinals: list[Prose] = Field([], description="numbers in words: first, sole")
    following: list[Prose] = Field([], description="words behind a number: et seq.")
    of: list[Prose] = Field([], description="words between a provision and its norm: of the")
    and_: list[Prose] = Field([], alias="and", description="words between two: and, or")
    to: list[Prose] = Field([], description="words between the ends of a range: to")
    aforesaid: list[Prose] = Field([], description="words before a norm: the said, the former")
    after: list[Prose] = Field(
        [], description="words before the provisions of a norm: in particular"
    )
    its: list[Prose] = Field([], description="words behind those: its")
    in_titles: list[Prose] = Field(
        [], description="words in small letters that may stand in a {title}: of the"
    )
    not_titles: list[Prose] = Field(
        [], description="words that begin no {title}, though they may have a capital: under"
    )
    past: list[Prose] = Field([], description="words that say of a norm that it no longer holds")
    not_after: list[Prose] = Field(
        [], description="words behind which no norm is named: bill for a"
    )
    not_before: list[Prose] = Field([], description="words before which none is: of the mayor")


class PackCitations(PackForms):
    """How norms are cited in a language: tables of words, or templates."""

    patterns: PackPatterns | None = Field(None, description="templates, for most languages")


def check_patterns(
    patterns: PackPatterns, placeholders: Container[str], place: tuple[str, ...]
) -> None:
    """Raise where a template or a word cannot be understood. ``placeholders``: those that other
    tables of the pack, or packs that it includes, give; ``place``: where these patterns stand in
    it."""
    known = {*PARTS, *_OF_LANGUAGE, *patterns.lists}
    parts = {**dict.fromkeys(known, "x"), "further": "x"}
    for at, text in _templates(patterns):
        wanted = {name: "x" for name in _placeholders(text) if name in placeholders}
        try:
            Template(text, lambda wanted=wanted: {**parts, **wanted}).check()  # type: ignore[misc]
        except TemplateError as error:
            raise _wrong((*place, *at), text, error) from None
    for at, word in _words(patterns):
        try:
            list(spellings(word))
        except TemplateError as error:
            raise _wrong((*place, *at), word, error) from None


def _placeholders(text: str) -> Iterator[str]:
    yield from (piece.partition("}")[0] for piece in text.split("{")[1:])


def _templates(patterns: PackPatterns) -> Iterator[tuple[tuple[Any, ...], str]]:
    written: list[tuple[tuple[Any, ...], Any]] = [(("templates",), patterns.templates)]
    written += [(("ways", name), texts) for name, texts in patterns.ways.items()]
    for field in ("norms", "names"):
        groups = getattr(patterns, field)
        written += [((field, i, "templates"), one.templates) for i, one in enumerate(groups)]
    for at, texts in written:
        if isinstance(texts, list):
            yield from (((*at, index), text) for index, text in enumerate(texts))


def _words(patterns: PackPatterns) -> Iterator[tuple[tuple[Any, ...], str]]:
    for field in ("norms", "names"):
        for i, one in enumerate(getattr(patterns, field)):
            yield from (((field, i, "words", j), word) for j, word in enumerate(one.words))


def _wrong(at: tuple[Any, ...], value: str, error: TemplateError) -> Exception:
    return field_error(
        "bad-value",
        N_("“%(value)s” cannot be understood: %(reason)s"),
        N_("write it as in {head} {no}{number}/{year}[, de {date}]: see docs/packs.md"),
        at=at,
        value=value[:120],
        reason=str(error),
    )
