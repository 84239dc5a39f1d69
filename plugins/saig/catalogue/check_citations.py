"""Citations in a text: whether it is clear which norm is meant, and whether that is in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from ..notes.front_matter import Place
from ..notes.problem import Problem
from ..notes.read import Note
from ..words import N_
from .catalogue import Catalogue
from .entry import Entry
from .reached import reached
from .resolve import Meaning

OVER = ("no-longer-in-force", "suspended")


@dataclass(frozen=True)
class _Leaning:
    """A place in a note that names a norm. ``is_past``: whether the text says that the norm is
    past."""

    norm: Entry
    place: Place
    is_past: bool


def check_citations(catalogue: Catalogue, entry: Entry) -> Iterator[Problem]:
    for lang in entry.languages:
        note = entry.note(lang)
        yield from _ambiguous(catalogue, entry, note)
        if entry.kind == "norm" or catalogue.is_current(entry):
            yield from _over(catalogue, entry, note)


class Unresolved(NamedTuple):
    """A citation of a norm that has no note: its place and its words. Citations that do not say
    which norm they mean, such as *section 5 of the Act*, do not count."""

    path: str
    line: int
    column: int
    words: str


def unresolved(catalogue: Catalogue, entry: Entry, lang: str) -> list[Unresolved]:
    """The unresolved citations in the note's text in a language."""
    note = entry.note(lang)
    return [
        Unresolved(note.source.path, *cited.place, " ".join(cited.citation.text.split()))
        for cited in note.body.citations
        if Meaning.of(cited.citation).keys and catalogue.cited(cited.citation).norm is None
    ]


def _ambiguous(catalogue: Catalogue, entry: Entry, note: Note) -> Iterator[Problem]:
    for cited in note.body.citations:
        found = catalogue.cited(cited.citation)
        values = {
            "text": " ".join(cited.citation.text.split()),
            "candidates": ", ".join(candidate.id for candidate in found.candidates),
        }
        if found.reason == "contradiction":
            yield note.problem_at(
                cited.place,
                "ambiguous-citation",
                N_("the date in “%(text)s” is not that of %(candidates)s"),
                N_("correct the date, say whose norm it is, or link to its note or ELI address"),
                **values,
            )
        elif found.reason == "ambiguous":
            yield note.problem_at(
                cited.place,
                "ambiguous-citation",
                N_("“%(text)s” may mean %(candidates)s"),
                N_("say its date or whose norm it is, or link to its note"),
                **values,
            )


def _over(catalogue: Catalogue, entry: Entry, note: Note) -> Iterator[Problem]:
    """One warning for each norm that a text names and that is suspended or no longer in force. None
    if the text says so or names a successor, or if one of the two acts on the other."""
    leanings = list(_leanings(catalogue, entry, note))
    named = {leaning.norm for leaning in leanings}
    seen: set[Entry] = set()
    for leaning in leanings:
        norm = leaning.norm
        if norm in seen or norm is entry or catalogue.state(norm).word not in OVER:
            continue
        seen.add(norm)
        knows = any(other.is_past for other in leanings if other.norm is norm)
        if knows or named & _successors(catalogue, norm) or _acts_between(catalogue, entry, norm):
            continue
        since = catalogue.state(norm).since
        yield note.problem_at(
            leaning.place,
            "cites-norm-not-in-force",
            N_("%(norm)s is not in force since %(since)s")
            if since
            else N_("%(norm)s is no longer in force"),
            N_("cite what holds now (%(now)s), or say in the text that it was repealed"),
            norm=norm.facts.short_title or norm.facts.title,
            since=since.isoformat() if since else None,
            now=", ".join(sorted(other.id for other in _successors(catalogue, norm))) or "…",
        )


def _leanings(catalogue: Catalogue, entry: Entry, note: Note) -> Iterator[_Leaning]:
    if note.source.is_original:
        for index, identifier in enumerate(entry.facts.norms):
            if norm := catalogue.get("norm", identifier):
                yield _Leaning(norm, note.place("norms", index), False)
    for link in note.body.links:
        target = catalogue.target(entry, note.source.lang, link.address)
        if target and target.entry and target.entry.kind == "norm":
            yield _Leaning(target.entry, link.place, link.is_past)
    for cited in note.body.citations:
        if norm := catalogue.cited(cited.citation).norm:
            yield _Leaning(norm, cited.place, cited.citation.is_past)


def _successors(catalogue: Catalogue, norm: Entry) -> set[Entry]:
    """The norms that repealed, annulled or suspended a norm as a whole, or continue it,
    transitively."""
    return set(reached(norm, partial(_next, catalogue))) - {norm}


def _next(catalogue: Catalogue, norm: Entry) -> Iterable[Entry]:
    for effect in catalogue.effects(norm):
        is_whole = effect.ends_all or effect.suspends_all or effect.relation.type == "continues"
        if effect.by and is_whole:
            yield catalogue.norm(effect.by)


def _acts_between(catalogue: Catalogue, entry: Entry, norm: Entry) -> bool:
    """Whether one of two norms states a relation to the other: then the page shows it in full."""
    return any(
        effect.by == by.key
        for by, on in ((entry, norm), (norm, entry))
        for effect in catalogue.effects(on)
    )
