"""An article → the file of a note: proposed front matter, and the text below it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..citations.grammar import Grammar
from ..citations.recognise import citations
from ..citations.word_patterns import without_accents
from ..notes.date_guess import iso_guess
from ..notes.slug import slugify
from .article import PICTURE_PLACE, Article, one_line

SUMMARY = 300
"""The most characters of a summary (docs/notes.md)."""

TITLE = 250
ID = 60
_MARKUP = re.compile(
    r"\[\^\w+\]:?|\\(?=[^\w\s])|(?<!\\)[*`]|!\[[^\]]*\]\([^)]*\)|</?su[bp]>|<(?=https?:)|(?<=\w)>(?=\s|$)"
)
_LINK = re.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^)\s]*\)")
_SENTENCE = re.compile(r".+?[.!?…](?=[»”\")]*\s+[A-ZÀ-ÖØ-Þ«“¿¡\"0-9])[»”\")]*|.+$", re.DOTALL)
_NO_PROSE = re.compile(r"[#|>\-+]|\[\^|\d+[.)]\s|!\[")

_DAY = r"\d{1,2}(?:r|n|è|º)?\s+(?:de\s+|d['’])?[^\W\d]{3,10}\s+(?:de\s+|del\s+)?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
_PLACE = r"[A-ZÀ-ÖØ-Þ][^\d\n.;:!?]{1,50}"
_LINE = re.compile(
    rf"(?:(?:{_PLACE}?,?\s+)?(?:a\s+|el\s+|dia\s+|día\s+)?)?(?P<day>{_DAY})(?P<end>\s*[.,:;)–—-]|\s*$)"
)
_LABELLED = re.compile(rf"[^\W\d]{{4,20}}(?: [^\W\d]{{1,15}}){{0,3}}:\s*(?P<day>{_DAY})\s*$")

FIRST, LAST = 4, 2
"""How many paragraphs at either end are searched for the text's day."""

SHORT = 5
"""The most letters of a name that is always in capitals, as acronyms are."""


@dataclass(frozen=True)
class Draft:
    """``fields``: the front matter; ``unknown_norms``: citations of norms without a note on this
    site."""

    identifier: str
    fields: Mapping[str, str | Sequence[str]]
    body: str
    unknown_norms: Sequence[str]

    def text(self, pictures: str) -> str:
        """The note's file. ``pictures``: the path of pictures as seen from it, with the prefix of
        their names."""
        lines = [
            "---",
            *(f"{name}: {_yaml(value)}".rstrip() for name, value in self.fields.items()),
        ]
        return "\n".join(
            [*lines, "---", self.body.replace(f"({PICTURE_PLACE}", f"({pictures}"), ""]
        )


def draft_of(
    article: Article,
    contacts: Mapping[str, Iterable[str]],
    norm_of: Mapping[str, str],
    grammar: Grammar,
    identifier: str | None = None,
) -> Draft:
    """``contacts``: names by id. ``norm_of``: the id of the norm's note for each citation in
    ``cited_in`` that has one; ``grammar``: how norms are cited."""
    paragraphs = article.body.split("\n\n") if article.body else []
    title, paragraphs = _heading(article, paragraphs)
    dated = dateline(paragraphs, grammar)
    day = dated[1] if dated else article.published
    whole = "\n".join(map(plain, [title, *paragraphs]))
    if dated and dated[0] == 1 and _is_lead(paragraphs[0]):
        summary, paragraphs = plain(paragraphs[0]), paragraphs[1:]
    else:
        summary = _summary_of(paragraphs, grammar)
    cited = cited_in(whole, grammar)
    fields: dict[str, str | Sequence[str]] = {
        "title": title,
        "summary": summary,
        "date": day.isoformat() if day else "",
        "status": "draft",
    }
    if departments := named_in(whole, contacts):
        fields["departments"] = departments
    if norms := list(dict.fromkeys(norm_of[one] for one in cited if one in norm_of)):
        fields["norms"] = norms
    return Draft(
        identifier or _id(title),
        fields,
        "\n\n".join(paragraphs),
        [one for one in cited if one not in norm_of],
    )


def cited_in(text: str, grammar: Grammar) -> list[str]:
    """The citations of a text that identify a norm, as written, each once."""
    found = (one for one in citations(text, grammar) if one.number or one.date or one.name)
    return list(dict.fromkeys(one_line(one.text) for one in found))


def plain(markdown: str) -> str:
    """Words without markup, as one line."""
    return one_line(_MARKUP.sub("", _LINK.sub(r"\1", markdown)))


def _heading(article: Article, paragraphs: list[str]) -> tuple[str, list[str]]:
    """Title and the rest. Without a title it is the first paragraph, if that is short; otherwise
    that paragraph's first sentence, which also stays in the text."""
    title = article.title
    at = next((n for n, one in enumerate(paragraphs) if _may_be_title(one)), None)
    if not title and at is not None:
        first = plain(paragraphs[at].lstrip("# "))
        if at == 0 and len(first) <= 160 and not first.endswith("."):
            return first, paragraphs[1:]
        title = _cut(_sentences(first)[0], 120)
    return _cut(title, TITLE), paragraphs


def _may_be_title(paragraph: str) -> bool:
    return bool(plain(paragraph)) and (paragraph.startswith("#") or not _NO_PROSE.match(paragraph))


def _is_lead(paragraph: str) -> bool:
    return not _NO_PROSE.match(paragraph) and len(plain(paragraph)) <= SUMMARY


def _sentences(text: str) -> list[str]:
    return [found.group().strip() for found in _SENTENCE.finditer(text)] or [text]


def _summary(text: str) -> str:
    """As many whole sentences from the beginning as fit; of a sentence that is too long, whole
    words."""
    taken = ""
    for sentence in _sentences(text)[:2]:
        if len(taken) + 1 + len(sentence) > SUMMARY:
            break
        taken = f"{taken} {sentence}".strip()
    return taken or _cut(text, SUMMARY)


def _summary_of(paragraphs: Sequence[str], grammar: Grammar) -> str:
    first = next((one for one in paragraphs if not _NO_PROSE.match(one) and plain(one)), "")
    text = plain(first)
    if dateline([text], grammar):
        text = re.sub(r"^[^.:–—]{0,80}?\d{4}\s*[.,:;–—-]+\s*", "", text) or text
    return _summary(text)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + "…"


def _id(title: str) -> str:
    """The title's first words, in the form of an id."""
    words = slugify(title)
    if len(words) <= ID:
        return words
    cut = words[: ID + 1].rpartition("-")[0] or words[:ID]
    return re.sub(r"(?:-[a-z]{1,3})+$", "", cut)


def _yaml(value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return f"[{', '.join(value)}]"
    try:
        datetime.date.fromisoformat(value)
        return value
    except ValueError:
        return value if value in ("", "draft") else json.dumps(value, ensure_ascii=False)


def dateline(paragraphs: Sequence[str], grammar: Grammar) -> tuple[int, datetime.date] | None:
    """The paragraph that begins with the day, and that day: ``Vila, 4 de juliol de 2020.- …``. The
    day of a cited norm does not count."""
    places = [*range(min(FIRST, len(paragraphs)))]
    places += [at for at in range(len(paragraphs) - LAST, len(paragraphs)) if at >= FIRST]
    for at in places:
        text = paragraphs[at].replace("\\", "").replace("*", "")
        found = _LINE.match(text) or _LABELLED.match(text)
        if found is None:
            continue
        if any(cited.start <= found.start("day") < cited.end for cited in citations(text, grammar)):
            continue
        if at >= FIRST and found.end() < len(text.rstrip()):
            continue  # at the end it is all that its line says
        if (day := iso_guess(found["day"].replace("’", "'"))) is not None:
            return at, datetime.date.fromisoformat(day)
    return None


def named_in(text: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of those named, in the order of the text. ``names``: by id. Longer names are found
    first; a name of two notes means neither."""
    owners: dict[str, set[str]] = {}
    for identifier, called in names.items():
        for name in called:
            if len(name.strip()) > 1:
                owners.setdefault(" ".join(name.split()), set()).add(identifier)
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    plain = without_accents(text.replace("’", "'"))
    if len(plain) != len(text):
        plain = text
    for name in sorted(owners, key=lambda one: (-len(one), one)):
        for start, end in _places(plain, name):
            if any(start < other and begin < end for begin, other in taken):
                continue
            taken.append((start, end))
            if len(owners[name]) == 1:
                found.append((start, next(iter(owners[name]))))
    return list(dict.fromkeys(identifier for _, identifier in sorted(found)))


def _places(text: str, name: str) -> Sequence[tuple[int, int]]:
    """Where a whole name is in a text. A single word at a sentence's beginning may be any word."""
    pattern = re.compile(
        r"(?<!\w)" + r"\s+".join(map(re.escape, without_accents(name).split())) + r"(?!\w)"
    )
    several = " " in name or (len(name) <= SHORT and name.isupper())
    return [
        found.span()
        for found in pattern.finditer(text)
        if several or not _begins_a_sentence(text, found.start())
    ]


def _begins_a_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t*«\"'(-")
    return not before or before[-1] in ".!?:\n"
