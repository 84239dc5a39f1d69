"""A pack of many languages is read in those of the site and of its other packs."""

from __future__ import annotations

from saig.citations.grammar import grammar_of
from saig.citations.recognise import citations
from saig.packs.load import law

GERMAN = "nach Artikel 6 der Verordnung (EU) 2016/679"
SPANISH = "según el artículo 6 del Reglamento (UE) 2016/679"
CATALAN = "segons l'article 6 del Reglament (UE) 2016/679"


def cited(text: str, packs: tuple[str, ...], languages: tuple[str, ...]) -> list[str | None]:
    return [one.number for one in citations(text, grammar_of(law(packs, (), languages)))]


def test_the_union_is_cited_in_the_languages_of_the_site() -> None:
    assert cited(GERMAN, ("de",), ("de",)) == ["679"]
    assert cited(SPANISH, ("es",), ("ca",)) == ["679"], "Spain's pack has Spanish"
    assert cited(CATALAN, ("es",), ("es",)) == ["679"]
    assert cited(GERMAN, ("es",), ("es", "de")) == ["679"]
    assert cited(GERMAN, ("es",), ("es", "de-AT")) == ["679"]
    assert cited(GERMAN, ("es",), ("es", "ca")) == []
    assert cited(GERMAN, ("es",), ()) == ["679"], "no site is known"
