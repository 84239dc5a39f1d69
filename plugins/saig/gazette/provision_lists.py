"""The provisions that a record of the gazette names: ``los arts. 8.2, 9 y 34.1 y 2``.

A phrase is a kind and a list of numbers, perhaps within others: ``los apartados 1 y 2 del art.
10``, ``el capítulo IV al título VII``. A phrase that is not understood to its end gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..citations.latin import LATIN
from .number_lists import MOST, NotUnderstood, Number, between, resolved
from .spanish import ORDINALS

ARTICLE = "article"
KINDS = {
    ARTICLE: r"art(?:iculo)?s?(?![a-z])[.,]?|artº\.?",
    "additional": r"adicional(?:es)?|adic\.",
    "transitional": r"transitorias?|trans\.",
    "repealing": r"derogatorias?|derog\.",
    "final": r"final(?:es)?",
    "annex": r"anexos?|anejos?",
    "title": r"titulos?",
    "chapter": r"capitulos?|cap\.",
    "section": r"secci(?:on|ones)",
    "subsection": r"subsecci(?:on|ones)",
    "book": r"libros?",
}
NAMES = {
    ARTICLE: "art. {}",
    "additional": "DA {}",
    "transitional": "DT {}",
    "repealing": "DD {}",
    "final": "DF {}",
    "annex": "annex {}",
    "title": "títol {}",
    "chapter": "capítol {}",
    "section": "secció {}",
    "subsection": "subsecció {}",
    "book": "llibre {}",
}
"""As notes write them, in Catalan; ``documents/provision_words.py`` has other languages."""

DISPOSITIONS = ("additional", "transitional", "repealing", "final")
WITHIN = {
    "number": r"apartados?|apdos?\.|numeros?|nums?\.|puntos?|reglas?|letras?|subapartados?",
    "passage": r"parrafos?|incisos?",
}
UNNUMBERED = {"preambulo": "preàmbul", "exposicion de motivos": "exposició de motius"}

_ARTICLE_WORD = r"(?:(?:el|la|los|las|lo|un|una) )?"
_OF = re.compile(
    r",? ?(?:del|de los|de las|de la|de el|de|al|a los|a las|a la|en los|en las|en la|en el) "
)
_DISPOSITION = re.compile(r"disp(?:osici(?:on|ones)|s?\.) ")
_SHORT = re.compile(r"(d\. ?[atdf]\.|d[atdf])(?= ?[\dºª])")
_SHORT_KINDS = {"a": "additional", "t": "transitional", "d": "repealing", "f": "final"}
_KIND = re.compile("|".join(f"(?P<{kind}>(?:{words})(?![a-z]))" for kind, words in KINDS.items()))
_INNER = re.compile("|".join(f"(?P<{kind}>(?:{words}))(?![a-z])" for kind, words in WITHIN.items()))
_UNNUMBERED = re.compile("|".join(UNNUMBERED))
_PARTS = re.compile(r",? (?P<word>apartados?|letras?|numeros?|puntos?|subapartados?) ")
_LATIN = rf"(?:{'|'.join(sorted(LATIN, key=len, reverse=True))})(?![a-z])"
_ORDINAL = rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})(?![a-z])"
_FIRST = re.compile(
    rf"(?P<digits>\d{{1,4}})(?! ?/)(?!\d)(?:\.?[ºª]|[ao](?![a-z]))?|(?P<single>unic[ao]s?)(?![a-z])"
    rf"|(?P<preliminary>preliminar)(?![a-z])|(?P<ordinal>{_ORDINAL})|(?P<roman>[ivxlc]+)(?![a-z)])"
)
_MARK = re.compile(rf"[ .]\.? ?(?P<latin>{_LATIN})")
_APART = re.compile(r" (\d{1,2})(?=,|;| y |$)")
_SUB = re.compile(
    r"\. ?(?P<digits>\d{1,3})(?! ?/)(?!\d)(?:\.?[ºª])?"
    r"|(?:\. ?| ?)(?P<letter>[a-zñ]{1,2}|[ivx]{1,4})\)"
    r"|\.(?P<bare>[a-zñ])(?![a-z])"
    r"|\.(?P<capital>[ivx]+)(?=\.)"
)
_LETTER = re.compile(
    r"(?P<letter>[a-zñ]{1,2})\)(?: (?P<latin>bis|ter)(?![a-z]))?|(?P<bare>[b-df-nñp-xz])(?=[;,.]|$| y [a-z]\))"
)
_JOIN = re.compile(
    rf"(?P<range> al? (?:la )?(?=[\divxlca-z])| ?- ?(?=\d))|(?:[,;]? ?[ye] |[,;] ?)(?:(?:el|la|los|las) (?=\d|{_ORDINAL}))?"
)


@dataclass(frozen=True)
class Provision:
    """``name``: as notes write it. ``is_part``: only some words of it are meant."""

    name: str
    is_part: bool = False


@dataclass
class _Unit:
    kind: str
    numbers: list[Number]
    many: bool = True


class ProvisionReader:
    """Reads phrases in folded text; ``cased``: the same text as it was written."""

    def __init__(self, text: str, cased: str) -> None:
        self.text, self.cased = text, cased

    def phrase(self, start: int, *, is_part: bool = False) -> tuple[list[Provision], int] | None:
        """The provisions that a phrase beginning here names, and where it ends; None if none begins
        here. Raises ``NotUnderstood``."""
        if found := _UNNUMBERED.match(self.text, self._after_article(start)):
            return [Provision(UNNUMBERED[found[0]], is_part)], found.end()
        units: list[_Unit] = []
        position = start
        while True:
            bare = "one" if units and units[-1].kind in WITHIN else "" if units else "list"
            unit = self._unit(position, bare=bare)
            if unit is None:
                break
            units.append(unit[0])
            end = unit[1]
            of = _OF.match(self.text, end)
            if of is None or not self._goes_out(units, of.end()):
                return self._named(units, is_part), end
            position = of.end()
        if not units:
            return None
        raise NotUnderstood

    def begins(self, start: int) -> bool:
        """Whether a phrase begins here, even if it is not understood."""
        at = self._after_article(start)
        text = self.text
        if _UNNUMBERED.match(text, at) or _DISPOSITION.match(text, at) or self._short(at):
            return True
        kind = _KIND.match(text, at)
        if kind and kind.lastgroup in (*DISPOSITIONS, ARTICLE):
            return bool(self._number_at(kind.end()))
        return bool(kind or _INNER.match(text, at))

    def _after_article(self, start: int) -> int:
        found = re.compile(_ARTICLE_WORD).match(self.text, start)
        return found.end() if found else start

    def _short(self, at: int) -> re.Match[str] | None:
        found = _SHORT.match(self.text, at)
        return found if found and self.cased[at : found.end()].isupper() else None

    def _number_at(self, at: int) -> re.Match[str] | None:
        at += self.text[at : at + 1] == " "
        found = _FIRST.match(self.text, at)
        if found and found["roman"] and not self.cased[at : found.end()].isupper():
            found = None
        return found or _LETTER.match(self.text, at)

    def _goes_out(self, units: list[_Unit], at: int) -> bool:
        """Whether *de* is followed by what the phrase so far is a part of."""
        inner = units[-1].kind
        if inner in WITHIN:
            bare = _FIRST.match(self.text, self._after_article(at))
            return self.begins(at) or bool(bare and bare["digits"])
        found = _KIND.match(self.text, self._after_article(at))
        outer = {"section": ("chapter", "title", "annex"), "subsection": ("section",)}
        outer |= {"chapter": ("title", "book", "annex"), "title": ("book",)}
        outer |= {ARTICLE: ("chapter", "title", "annex")}
        return bool(found and found.lastgroup in outer.get(inner, ()))

    def _unit(self, start: int, *, bare: str) -> tuple[_Unit, int] | None:
        """``bare``: whether ``one`` number without a word before it, or a ``list``, is of
        articles."""
        text = self.text
        at = self._after_article(start)
        if found := _DISPOSITION.match(text, at):
            kind = _KIND.match(text, found.end())
            if kind is None or kind.lastgroup not in DISPOSITIONS:
                return None
            many = found[0].startswith("disposiciones") or kind[0].endswith("s")
            return self._numbered(kind.lastgroup, kind.end(), many=many, may_lack=True)
        if found := self._short(at):
            letter = re.sub(r"[^a-z]", "", found[0])[1]
            return self._numbered(_SHORT_KINDS[letter], found.end(), many=False, may_lack=False)
        if found := _KIND.match(text, at):
            assert found.lastgroup
            words = found[0].rstrip(".,")
            may_lack = found.lastgroup == "annex"
            many = words.endswith("s") and words not in ("trans",)
            return self._numbered(found.lastgroup, found.end(), many=many, may_lack=may_lack)
        if found := _INNER.match(text, at):
            assert found.lastgroup
            many = found[0].rstrip(".").endswith("s")
            return self._numbered(
                found.lastgroup, found.end(), many=many, may_lack=found.lastgroup == "passage"
            )
        if bare and (found := _FIRST.match(text, at)) and found["digits"]:
            if bare == "one":
                number, end = self._parts(found)
                return _Unit(ARTICLE, [number]), end
            many = text[start:at] in ("los ", "las ", "")
            return self._numbered(ARTICLE, at, many=many, may_lack=False)
        return None

    def _numbered(
        self, kind: str, at: int, *, many: bool, may_lack: bool
    ) -> tuple[_Unit, int] | None:
        has_space = self.text[at : at + 1] == " "
        numbers = self._numbers(at + has_space, many=many)
        if numbers is None:
            return (_Unit(kind, [()], many), at) if may_lack else None
        return _Unit(kind, numbers[0], many), numbers[1]

    def _numbers(self, at: int, *, many: bool) -> tuple[list[Number], int] | None:
        first = self._number(at)
        if first is None:
            return None
        found, text = [first[0]], self.text
        position = self._with_parts(found, first[1])
        while join := _JOIN.match(text, position):
            following = self._number(join.end(), after=found[-1])
            if following is None or self._is_other(following[1]):
                break
            has_article = text[join.start() : join.end()].endswith(("l ", "a ", "s "))
            number = resolved(found[-1], following[0], many=many, has_article=has_article)
            if join["range"]:
                found += between(found[-1], number)
            found.append(number)
            position = self._with_parts(found, following[1])
            if len(found) > MOST:
                raise NotUnderstood
        return found, position

    def _with_parts(self, found: list[Number], position: int) -> int:
        """``5, apartado 2``: the last number is replaced by its parts, where they are its own."""
        inner = _PARTS.match(self.text, position)
        if inner is None:
            return position
        if inner["word"].endswith("s"):
            parts = self._numbers(inner.end(), many=True)
        else:
            one = self._number(inner.end())
            parts = ([one[0]], one[1]) if one else None
        if parts is None:
            return position
        of = _OF.match(self.text, parts[1])
        if of and (self.begins(of.end()) or self.text[of.end()].isdigit()):
            return position  # ``el art. 3, el apartado 2 del art. 5``
        last = found.pop()
        found += [(*last, *part) for part in parts[0]]
        return parts[1]

    def _is_other(self, end: int) -> bool:
        """Whether an apparent number counts something else: ``y 3 meses``."""
        return bool(
            re.compile(
                r" (?:dias?|mes(?:es)?|anos?|horas?|euros?|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre))(?![a-z])"
            ).match(self.text, end)
        )

    def _number(self, at: int, after: Number = ()) -> tuple[Number, int] | None:
        """A number, or a letter that replaces the last one's letter."""
        text = self.text
        first = _FIRST.match(text, at)
        if first and first["roman"] and not self.cased[at : first.end()].isupper():
            first = None
        letter = _LETTER.match(text, at)
        if first is None and letter:
            if not after:
                if letter["letter"] is None:
                    return None
                return (self.cased[letter.start("letter") : letter.end("letter")],), letter.end()
            if letter["bare"] and not (len(after[-1]) == 1 and after[-1].islower()):
                return None
            name = "letter" if letter["letter"] else "bare"
            said = self.cased[letter.start(name) : letter.end(name)]
            said = f"{said} {letter['latin']}" if letter["latin"] else said
            return ("", said), letter.end()
        if first is None:
            return None
        return self._parts(first)

    def _parts(self, first: re.Match[str]) -> tuple[Number, int]:
        text, end = self.text, first.end()
        head = self._head(first)
        parts = [head]
        while True:
            if mark := _MARK.match(text, end):
                if " " in parts[-1] or not (parts[-1][:1].isdigit() or parts[-1].isupper()):
                    break
                parts[-1] = f"{parts[-1]} {LATIN[mark['latin']]}"
                end = mark.end()
                if apart := _APART.match(text, end):  # ``74 bis 1``
                    parts.append(apart[1])
                    end = apart.end()
                continue
            sub = _SUB.match(text, end)
            if sub is None:
                break
            name = next(name for name, value in sub.groupdict().items() if value)
            written = self.cased[sub.start(name) : sub.end(name)]
            if name == "capital" and not written.isupper():
                break
            parts.append(written)
            end = sub.end()
        if text[end : end + 1] == ")":
            end += 1
        return tuple(parts), end

    def _head(self, first: re.Match[str]) -> str:
        if first["digits"]:
            return str(int(first["digits"]))
        if first["single"]:
            return "única"
        if first["preliminary"]:
            return "preliminar"
        return str(ORDINALS[first["ordinal"]]) if first["ordinal"] else first["roman"].upper()

    def _named(self, units: list[_Unit], is_part: bool) -> list[Provision]:
        """Names of the innermost provisions, within all those around them."""
        inner: list[_Unit] = [unit for unit in units if unit.kind in WITHIN]
        outer = [unit for unit in units if unit.kind not in WITHIN]
        if not outer or (len(outer[0].numbers) > 1 and not _may_share(inner, outer[0])):
            raise NotUnderstood
        tails: list[Number] = [()]
        for unit in inner:
            if unit.kind == "passage":
                is_part = True
            else:
                tails = [(*number, *tail) for number in unit.numbers for tail in tails]
        names = [
            _name(outer[0].kind, number, tail) for number in outer[0].numbers for tail in tails
        ]
        for unit in outer[1:]:
            if len(unit.numbers) > 1:
                raise NotUnderstood
            if outer[0].kind != ARTICLE or unit.kind == "annex":
                around = _name(unit.kind, unit.numbers[0])
                of = "de l'" if around[0] in "aeiou" else "del "
                names = [f"{name} {of}{around}" for name in names]
        return [Provision(name, is_part) for name in names]


def _may_share(inner: list[_Unit], outer: _Unit) -> bool:
    """Whether the inner part is meant of each of several: ``el apartado 1 de los arts. 3 y 4``."""
    if not inner:
        return True
    return outer.many and all(unit.kind == "passage" or len(unit.numbers) == 1 for unit in inner)


def _name(kind: str, number: Number, within: Number = ()) -> str:
    """``within``: what is meant of it. An annex is no part of what is counted in it: *apartat
    2*."""
    if within and (not number or kind not in (ARTICLE, *DISPOSITIONS)):
        whole = _name(kind, number)
        of = "de l'" if whole[0] in "aeiou" else "de la " if kind in DISPOSITIONS else "del "
        return f"apartat {'.'.join(within)} {of}{whole}"
    parts = ["únic" if kind == ARTICLE and part == "única" else part for part in (*number, *within)]
    return NAMES[kind].format(".".join(parts)).strip()
