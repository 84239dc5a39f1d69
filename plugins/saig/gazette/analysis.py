"""A record of the gazette's analysis → what one norm does to another.

``DEROGA | la disposición adicional 9.2 y MODIFICA determinados preceptos de la Ley 12/2017`` is two
deeds. A record has verbs, each with a clause; the other norm follows the last clause.
``clauses.py`` reads a clause. What is not understood is quoted, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .clause_patterns import NORM
from .clauses import Clause, named, read_clause
from .provision_lists import Provision
from .spanish import DAY, Date, day_in, folded, tidied
from .verbs import AGAIN, CODES, DECLARED, OF_A_PART, RELATIONS, VERBS, Verb, verb_of


@dataclass(frozen=True)
class Issue:
    """A gazette's issue that a record names: ``en BOIB núm. 97 de 30 de mayo de 2020``."""

    gazette: str
    number: str
    date: Date | None


@dataclass(frozen=True)
class Deed:
    """One thing that one norm does to another.

    ``relation``: a word of ``verbs.RELATIONS``, or another one, or None, where it changes nothing.
    ``is_whole``: done to the whole norm. ``is_unnamed``: also, or only, to provisions that the
    record does not name (*determinados preceptos*). ``begins``, ``ends``: first and last day of the
    effect, where the record says so. ``is_again``: what was done before is done again (*de forma
    reiterada*). ``of``: of which other norm's change it is, where it undoes or corrects one.
    ``quoted``: the words that were not understood, or that limit it.
    """

    relation: str | None
    provisions: tuple[Provision, ...] = ()
    is_whole: bool = False
    is_unnamed: bool = False
    begins: Date | None = None
    ends: Date | None = None
    is_again: bool = False
    of: str = ""
    issue: Issue | None = None
    quoted: str = ""
    is_unread: bool = False
    """Whether it changes something, but none of its words were understood."""


@dataclass(frozen=True)
class RecordReading:
    """A record: its deeds, and the words for the other norm (``Ley 12/2017, de 29 de diciembre``)
    or the act."""

    deeds: tuple[Deed, ...]
    other: str


def read_record(code: str, words: str, text: str) -> RecordReading:
    """The deeds of a record: ``relacion.codigo``, ``relacion.texto`` and ``texto`` of the gazette's
    analysis. Any text gives a result."""
    words, text = tidied(words), tidied(text)[:MOST]
    first = verb_of(folded(words)) or Verb(CODES.get(code), "")
    if first.relation == "corrects":
        return _correction(text)
    parts = list(_split(first, text))
    if first.relation == "declares":
        parts = list(_declared(text))
    deeds: list[Deed] = []
    shared: list[Verb] = []
    other = ""
    read: list[tuple[Verb, Clause]] = []
    for verb, words in parts:
        before = read[-1][1].last_days if read else (None, None)
        read.append((verb, read_clause(words, before)))
    for index, (verb, clause) in enumerate(read):
        other = clause.other or other
        is_last = index == len(read) - 1
        if clause.is_empty and not clause.other and not is_last:
            shared.append(verb)
            continue
        for each in (*shared, verb):
            deeds += _deeds(each, clause)
        shared = []
    if code in OF_A_PART:
        deeds = [_of_a_part(deed) for deed in deeds]
    if code in AGAIN:
        deeds = [replace(deed, is_again=True) for deed in deeds]
    return RecordReading(tuple(deeds), other)


MOST = 4_000
"""The most characters of a record that are read; the longest ones that were seen have some 700."""

_WORD = re.compile(r"[^\W\d_]{5,}")


def _split(first: Verb, text: str) -> list[tuple[Verb, str]]:
    """Each verb with the words up to the next one."""
    plain = folded(text)
    cuts: list[tuple[int, int, Verb]] = []
    for found in _WORD.finditer(text):
        if not found[0].isupper() or (cuts and found.start() < cuts[-1][1]):
            continue
        known = _known_verb(plain, found.start(), found.end())
        if known:
            verb, end = known
            begin = found.start()
            begin -= len(re.search(r"(?:\bse )?$", plain[:begin])[0])  # type: ignore[index]
            cuts.append((begin, end, verb))
    for found in re.finditer(r"\b(?:y |, )?(?:se (?=[a-z]+[ae]n? )|(?=renumeran? ))", plain):
        at = found.end()
        if any(begin <= at < end for begin, end, _ in cuts) or text[at].isupper():
            continue
        if plain.startswith("opon", at):
            continue
        verb = verb_of(plain[at:]) or Verb(None, "")
        matched = re.match(r"dejan? sin efectos?|[a-z]+", plain[at:])
        cuts.append((found.start(), at + (matched.end() if matched else 0), verb))
    cuts.sort()
    pieces = [(first, text[: cuts[0][0]] if cuts else text)]
    for index, (_, end, verb) in enumerate(cuts):
        stop = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        pieces.append((verb, text[end:stop]))
    return _with_renumbered(pieces)


def _known_verb(plain: str, start: int, end: int) -> tuple[Verb, int] | None:
    """The verb that begins here, and its end; one wrong letter is ignored."""
    for verb in VERBS:
        if found := re.compile(rf"(?:{verb.words})(?!\w)").match(plain, start):
            return verb, found.end()
    word = plain[start:end]
    if word in _NO_VERBS:
        return None
    near = [(verb, form) for form, verb in _FORMS.items() if _is_a_slip(word, form)]
    relations = {verb.relation for verb, _ in near}
    return (near[0][0], end) if len(relations) == 1 and len(word) >= 6 else None


_STEMS = (
    "deroga anula suspende suprime modifica sustituye actualiza anade adiciona prorroga amplia "
    "desarrolla corrige"
)
_FORMS = {
    form: verb for stem in _STEMS.split() for form in (stem, f"{stem}n") if (verb := verb_of(form))
}
_NO_VERBS = {"adicional", "modificado", "derogado", "suprimido"}


def _is_a_slip(word: str, form: str) -> bool:
    """Whether one letter is missing, added or different, or two are swapped."""
    if abs(len(word) - len(form)) > 1 or word == form:
        return word == form
    start = next(
        (i for i, (a, b) in enumerate(zip(word, form, strict=False)) if a != b),
        min(len(word), len(form)),
    )
    rest, other = word[start:], form[start:]
    swapped = len(rest) > 1 and rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:] or swapped


def _with_renumbered(pieces: list[tuple[Verb, str]]) -> list[tuple[Verb, str]]:
    """``AÑADE las 2 y 3, y la adicional única se renumera como 1``: the words before ``se`` are not
    those of the first verb."""
    found: list[tuple[Verb, str]] = []
    for index, (verb, words) in enumerate(pieces):
        if index and re.match(r" ?como ", folded(words)) and verb.relation is None:
            before, clause = found.pop()
            kept, own = _last_part(clause)
            found.append((before, kept))
            words = f"{own} {words}"
        found.append((verb, words))
    return found


def _last_part(clause: str) -> tuple[str, str]:
    """The text divided at the last comma or *y*."""
    at = max(clause.rfind(", y "), clause.rfind(" y "), clause.rfind(", "), 0)
    return clause[:at], clause[at:]


def _declared(text: str) -> list[tuple[Verb, str]]:
    """What a court declares, with its provisions."""
    plain = folded(text)
    pattern = "|".join(f"(?P<d{index}>{words})" for index, (_, words) in enumerate(DECLARED))
    cuts = [
        (found.start(), found.end(), DECLARED[int((found.lastgroup or "d0")[1:])][0])
        for found in re.finditer(
            rf"(?<![a-z])(?:la |el |su |y ){{0,3}}(?:{pattern})(?![a-z])", plain
        )
        if found.lastgroup
    ]
    if not cuts:
        return [(Verb(None, ""), text)]
    pieces: list[tuple[Verb, str]] = []
    for index, (_, end, relation) in enumerate(cuts):
        stop = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        pieces.append((Verb(relation, ""), text[end:stop]))
    return pieces


_ISSUE = re.compile(
    r"\b(?P<gazette>bo[a-z]{1,6})\.?,?(?: extraordinario)?,? (?:extraordinario,? )?n[uú]m\.? ?(?P<number>\d+)"
    rf"(?:[^\d]{{0,40}}(?P<date>{DAY}))?"
)


def issue_in(text: str) -> Issue | None:
    """The first issue of a gazette that a text names."""
    plain = folded(tidied(text))
    found = _ISSUE.search(plain)
    if found is None:
        return None
    day = day_in(found["date"]) if found["date"] else None
    return Issue(found["gazette"].upper(), str(int(found["number"])), day)


def _correction(text: str) -> RecordReading:
    """``en BOIB núm. 97 …``, or ``del Decreto ley 9/2022, …, en BOIB``: of another norm, or of a
    correction."""
    plain = folded(text)
    issue = _ISSUE.search(plain)
    before = text[: issue.start()] if issue else text
    of = re.search(
        rf"(?<![a-z])(?:{NORM.pattern}|(?:la |una )?correccion de err(?:ores|atas)[^,]*)",
        folded(before),
    )
    words = named(before[of.start() : of.end()]) if of else ""
    rest = (before[: of.start()] + before[of.end() :] if of else before).strip(" ,;")
    rest = re.sub(r"^(?:en el|en la|en|del|de la|de)\b[ ,;]*(?=por )", "", rest)
    rest = re.sub(r"(?:[ ,;]*\b(?:en el|en la|en|del|de la|de|al|a la)\b)+[ ,;]*$", "", rest).strip(
        " ,;"
    )
    deed = Deed("corrects", is_whole=not of, of=words, issue=issue_in(text), quoted=rest)
    return RecordReading((deed,), words)


def _deeds(verb: Verb, clause: Clause) -> list[Deed]:
    """The deeds of a verb and its clause: one for each day from which provisions are touched."""
    relation = verb.relation
    if relation == "undoes":
        clause = clause.without_days()
    base = Deed(
        relation,
        is_again=clause.is_again,
        quoted=clause.quoted,
        of=clause.of,
        is_unread=clause.has_unknown and relation in RELATIONS,
    )
    found: list[Deed] = []
    if clause.is_whole or (clause.is_empty and not clause.quoted):
        begins, ends = clause.days
        found.append(replace(base, is_whole=True, begins=begins, ends=ends))
        return [*found, *_suspended(relation, clause, found)]
    groups: dict[tuple[Date | None, Date | None], list[Provision]] = {}
    for item in clause.items:
        groups.setdefault((item.begins, item.ends), []).extend(item.provisions)
    unnamed = {(item.begins, item.ends) for item in clause.items if item.is_unnamed}
    if relation == "repeals":
        base = replace(base, relation="repeals-part")
    for days, provisions in groups.items():
        once = tuple(dict.fromkeys(provisions))
        begins, ends = days
        found.append(
            replace(base, provisions=once, is_unnamed=days in unnamed, begins=begins, ends=ends)
        )
    if not found:
        found.append(replace(base, relation=None))
    return [*found, *_suspended(relation, clause, found)]


def _suspended(relation: str | None, clause: Clause, found: list[Deed]) -> list[Deed]:
    """An appeal may suspend what it is against (Constitution, article 161.2)."""
    if relation != "challenges" or clause.suspended_from is None:
        return []
    return [
        replace(deed, relation="suspends", begins=clause.suspended_from, quoted="")
        for deed in found
    ]


def _of_a_part(deed: Deed) -> Deed:
    if deed.relation == "repeals" and deed.is_whole:
        return replace(deed, relation="repeals-part", is_whole=False, is_unnamed=True)
    return deed
