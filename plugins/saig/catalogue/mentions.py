"""Which notes name which in their texts: by links, and by citations of norms."""

from __future__ import annotations

from ..notes.references import called
from .catalogue import Catalogue
from .entry import Entry, key_of, order
from .resolve import Meaning, main_names, number_in_year


def mentioned_by(catalogue: Catalogue, entry: Entry) -> list[Entry]:
    """The listed notes that a note's text links to or cites in any language, each once."""
    found: dict[Entry, None] = {}
    for what, said in catalogue.row("refers", entry.name):
        if what == "link":
            other = catalogue.get(*key_of(said))
        else:
            other = catalogue.meant(Meaning(*said)).norm
        if other and other is not entry and other.is_listed:
            found[other] = None
    return list(found)


def mentioning(catalogue: Catalogue, entry: Entry) -> list[Entry]:
    """The listed notes whose text links to or cites a note, in the order of notes. None of a hidden
    note."""
    if not entry.is_listed:
        return []
    found = set(catalogue.under("linking", entry.name))
    if entry.kind == "norm":
        for key in _cited_under(catalogue, entry):
            for note, meanings in catalogue.under("citing", key).items():
                if note not in found and any(
                    catalogue.meant(Meaning(*said)).norm is entry for said in meanings
                ):
                    found.add(note)
    others = catalogue.entries_of(found - {entry.name})
    return sorted(others, key=lambda other: order(other.key))


def _cited_under(catalogue: Catalogue, norm: Entry) -> list[str]:
    """The keys under which citations that may mean a norm are found: number, day, names."""
    said, words = norm.identity, norm.listed.words.values()
    titles = [title for one in words for title in (one.title, one.short_title) if title]
    keys = [f"{number_in_year(said)} {said['year']}", said["date_document"]]
    return list(filter(None, [*keys, *called(titles), *main_names(titles, catalogue.grammar)]))


def norms_relied_on(catalogue: Catalogue, entry: Entry) -> list[Entry]:
    """The listed norms that a note names in its fields or in its text, each once."""
    named = catalogue.referenced("norm", catalogue.references(entry)["norms"])
    mentioned = [other for other in mentioned_by(catalogue, entry) if other.kind == "norm"]
    return list(dict.fromkeys([*named, *mentioned]))
