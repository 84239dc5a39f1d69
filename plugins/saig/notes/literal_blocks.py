"""Literal markup that takes whole lines: lists, tables, headings, boxes of other systems; see
``literal_markup``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..regexes import regex
from ..words import N_
from .literal_markup import BLANK, HEADING, LiteralFinding

LONGEST = 40
"""The most lines of a list or table that are corrected; a longer one is only reported, at its first
line."""

_BULLETS = "•‣▪▫■□●○◦◆◇►▶▸▹✓✔➢➔➤❖∙·\uf0b7\uf0a7\uf0d8\uf0fc\u2043"
_DASHES = "–—‐‑‒―−"
_FIRST = frozenset(_BULLETS + _DASHES + "-*+[:!?#|.=(")
_BULLET = regex(rf"(?:[{_BULLETS}]+[ \t\u00a0]+|[•‣●\uf0b7](?=[^\W\d_]))(?=\S)")
_DASH = regex(rf"[{_DASHES}][ \t\u00a0]+(?=\S)")
_HARD_SPACE = regex(r"[-*+]\u00a0+(?=\S)")
_TIGHT = regex(r"[-*+](?=[^\W\d_])")
_NUMBER = re.compile(r"\(?(\d{1,2})(?:\.-|[.)]-?|-|[ºª]\.?)[ \t\u00a0]*(?=[^\W\d_])")
_LETTER = re.compile(r"\(?([a-zA-Z])\)[ \t\u00a0]+(?=\S)")
_GRID = regex(r"\+(?:[-=]{2,200}\+){1,60}")
_DELIMITER = regex(r"\|?(?:[ \t]*:?-{1,200}:?[ \t]*\|){1,60}(?:[ \t]*:?-{1,200}:?)?[ \t]*")
_TABS = regex(r"[^\s\0][ ]*\t[ \t]*(?=[^\s\0])")
_ITEM = regex(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
_HASHES = regex(r"(#{1,9}|#{7,20}[ \t]+)([^\s#!\0][^\n]*)")
_CALLOUT = regex(r"\[!([^\]\[\s\0]{1,20})\]\\?[ \t]*(.*)")
_CONTAINER = regex(r":{3,}[ ]*(?:\{?\.?([\w-]{1,30}))?[^\n]*")
_ADMONITION = regex(r"(?:!!!|\?\?\?\+?)[ ]+([\w-]{1,30})(?:[ ]+\"([^\"]{0,200})\")?[ ]*$")
_DIRECTIVE = regex(r"\.\.[ ][a-z-]{1,30}::")

_KINDS = {
    "NOTE": "note nota info información informació informacio informacion abstract summary",
    "TIP": "tip consell consejo truc truco hint success suggeriment sugerencia",
    "IMPORTANT": "important importante",
    "WARNING": "warning warn attention avís avis aviso atenció atencio atención atencion alerta alert "
    "advertència advertencia",
    "CAUTION": "caution danger error precaució precaucio precaución precaucion perill peligro compte "
    "bug failure",
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_KNOWN = tuple(_KINDS)


@dataclass(frozen=True)
class Line:
    """A line of what became text. ``start``: of its words, after any Markdown before them."""

    number: int
    start: int
    words: str
    follows: bool
    """Whether it continues the paragraph of the line above."""
    before: str
    """What stands before its words in the source."""

    @property
    def is_marked(self) -> bool:
        """Whether there is Markdown before its words: the marker of a list or a quotation."""
        return bool(self.before.strip())

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def block_findings(text: str, source: str) -> Iterator[LiteralFinding]:
    """Blocks that were meant as markup, but are shown as typed."""
    marked = list(_marked(text, source))
    if not marked and "::" not in text:
        return
    lines = source.split("\n")
    yield from _lists(text, marked)
    yield from _tables(marked)
    for line in marked:
        yield from _single(text, line, lines)
    if "::" in text:
        yield from _containers(text, lines)


def _marked(text: str, source: str) -> Iterator[Line]:
    """The lines that begin with a sign, or have a tab or a bar among their words."""
    start, follows = 0, False
    has_tabs, has_bars = "\t" in text, " | " in text
    for number, line in enumerate(text.split("\n")):
        words = line.lstrip("\0 \t")
        if words:
            first = words[0]
            if (
                first in _FIRST
                or (has_tabs and "\t" in words)
                or (has_bars and " | " in words)
                or (first.isdigit() and _NUMBER.match(words))
                or words[1:2] == ")"
            ):
                prefix = line[: len(line) - len(words)]
                words = words.rstrip("\0 \t")
                at = start + len(prefix)
                goes_on = follows and BLANK not in prefix
                yield Line(number, at, words, goes_on, source[start:at])
        follows = bool(words)
        start += len(line) + 1


# -- lists ----------------------------------------------------------------------------------------

_LIST = N_("a list has “- ” before each item, or “1. ”")


def _lists(text: str, marked: Sequence[Line]) -> Iterator[LiteralFinding]:
    yield from _runs(text, marked, _BULLET, least=1, over_gaps=True)
    yield from _runs(text, marked, _DASH, least=2, over_gaps=True)
    yield from _runs(text, marked, _HARD_SPACE, least=1, over_gaps=True)
    yield from _runs(text, marked, _TIGHT, least=2)
    yield from _runs(text, marked, _LETTER, least=2, keeps=True)
    yield from _runs(text, marked, _NUMBER, least=2)


def _runs(
    text: str,
    marked: Sequence[Line],
    sign: re.Pattern[str],
    *,
    least: int,
    over_gaps: bool = False,
    keeps: bool = False,
) -> Iterator[LiteralFinding]:
    """Lines with such a sign that follow each other. ``over_gaps``: with an empty line between them
    too; ``keeps``: the sign is a name that the item keeps."""
    run: list[tuple[Line, re.Match[str]]] = []
    for line in marked:
        found = sign.match(line.words)
        if not found:
            continue
        if run and not _goes_on(text, run[-1], line, found, over_gaps=over_gaps):
            yield from _run(text, run, least, keeps=keeps)
            run = []
        if not run and sign in (_DASH, _TIGHT) and line.follows and not _after_colon(text, line):
            continue  # within a sentence
        run.append((line, found))
    yield from _run(text, run, least, keeps=keeps)


def _after_colon(text: str, line: Line) -> bool:
    return text[max(0, line.start - 200) : line.start].rstrip("\0 \t\n").endswith(":")


def _goes_on(
    text: str,
    last: tuple[Line, re.Match[str]],
    line: Line,
    found: re.Match[str],
    *,
    over_gaps: bool,
) -> bool:
    between = text[last[0].end : line.start]
    if BLANK in between.strip("\0") or (line.is_marked and not over_gaps):
        return False
    if found.re in (_NUMBER, _LETTER):
        before, after = last[1][1], found[1]
        step = int(after) - int(before) if after.isdigit() else ord(after) - ord(before)
        return step == 1 and between.count("\n") == 1
    return between.count("\n") <= 1 + over_gaps and not between.strip("\0 \t\n")


def _run(
    text: str, run: Sequence[tuple[Line, re.Match[str]]], least: int, *, keeps: bool
) -> Iterator[LiteralFinding]:
    if len(run) < least:
        return
    first, last = run[0][0], run[-1][0]
    new = None
    if len(run) <= LONGEST:
        number_first = run[0][1].re is _NUMBER and run[0][1][1] != "1"
        parts, done = ["\n"] if number_first and first.follows else [], first.start
        for line, found in run:
            number = found[1] if found.re is _NUMBER else None
            mark = "" if _ITEM.fullmatch(line.before) else f"{number}. " if number else "- "
            end = line.start if keeps else line.start + found.end()
            parts += [text[done : line.start], mark]
            done = end
        new = "".join([*parts, text[done : last.end]])
    typed = run[0][1][0].strip()
    yield LiteralFinding(first.start, last.end, _LIST, new, values={"typed": typed})


# -- tables ---------------------------------------------------------------------------------------

_ROWS = N_("a table has a row with the names of its columns, below it |---|---|, then its rows")
_COLUMNS = N_("write as many --- between | as the row above has columns")


def _tables(marked: Sequence[Line]) -> Iterator[LiteralFinding]:
    for group in _paragraphs(marked, lambda line: _is_row(line) or _is_rule(line)):
        yield from _table(group)
    for group in _paragraphs(marked, lambda line: bool(_TABS.search(line.words))):
        columns = {len(_TABS.findall(line.words)) for line in group}
        if len(group) > 1 and len(columns) == 1:
            rows = [re.split(r"[ ]*\t[ \t]*", line.words) for line in group]
            written = ["| " + " | ".join(row) + " |" for row in rows]
            written.insert(1, "|" + "---|" * len(rows[0]))
            yield _rows(group, written, "→")


def _is_row(line: Line) -> bool:
    """Bars at both ends of a row may be missing."""
    return line.words.startswith("|") or " | " in line.words


def _is_rule(line: Line) -> bool:
    return "|" in line.words and bool(_DELIMITER.fullmatch(line.words))


def _paragraphs(marked: Sequence[Line], belongs: Callable[[Line], bool]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in marked:
        if not belongs(line) or BLANK in line.words:
            continue
        if group and not (line.follows and line.number == group[-1].number + 1):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _table(group: Sequence[Line]) -> Iterator[LiteralFinding]:
    rules = [index for index, line in enumerate(group) if _is_rule(line)]
    if not rules:
        if _is_table(group):
            columns = max(1, len(cells(group[0].words)))
            rows = [line.words for line in group]
            yield _rows(group, [rows[0], "|" + "---|" * columns, *rows[1:]], rows[0])
    elif rules[0] == 0:
        line, hint = group[0], _COLUMNS if group[0].follows else _ROWS
        yield LiteralFinding(line.start, line.end, hint, values={"typed": line.words[:60]})
    else:
        line, head = group[rules[0]], group[rules[0] - 1]
        new = "|" + "---|" * len(cells(head.words))
        yield LiteralFinding(line.start, line.end, _COLUMNS, new, values={"typed": line.words[:60]})


def _is_table(rows: Sequence[Line]) -> bool:
    """Whether rows without a line below their names are a table: lines of text with a | would
    hardly have the same number of them."""
    if rows[0].words.startswith("|"):
        return len(rows) > 1 or bool(re.fullmatch(r"\|[^|\n]+\|[^|\n]+\|.*", rows[0].words))
    return len(rows) > 1 and len({len(cells(row.words)) for row in rows}) == 1


def _rows(group: Sequence[Line], written: list[str], typed: str) -> LiteralFinding:
    first, last = group[0], group[-1]
    fits = len(group) <= LONGEST and not first.is_marked
    new = "\n".join(written) if fits else None
    return LiteralFinding(first.start, last.end, _ROWS, new, values={"typed": typed[:60]})


def cells(row: str) -> list[str]:
    """The cells of a table's row, as it is typed."""
    inner = row.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if re.search(r"(?<!\\)\|$", inner) else inner
    return re.split(r"(?<!\\)\|", inner)


# -- headings, callouts, boxes --------------------------------------------------------------------

_BOX = N_("begin each line with “> ”, and write above them > [!%(kind)s]")
_KINDS_ARE = N_("write one of [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION]")
_ALONE = N_("it stands on a line of its own, the first of its quotation")
_ELSEWHERE = N_("this belongs to another system, and does nothing here: remove it")


def _single(text: str, line: Line, lines: Sequence[str]) -> Iterator[LiteralFinding]:
    words = line.words
    if found := _HASHES.fullmatch(words):
        yield from _heading(text, line, found)
    elif found := _CALLOUT.fullmatch(words):
        yield _callout(line, found, lines)
    elif found := _ADMONITION.fullmatch(words):
        yield _admonition(line, found, lines)
    elif _DIRECTIVE.match(words):
        yield LiteralFinding(line.start, line.end, _ELSEWHERE)
    elif _GRID.fullmatch(words) and not line.follows:
        end = text.find("\n\n", line.end)
        yield LiteralFinding(line.start, end if end >= 0 else len(text.rstrip()), _ROWS)


def _heading(text: str, line: Line, found: re.Match[str]) -> Iterator[LiteralFinding]:
    """A single # means a heading if the line stands alone and has more than one word: one word is a
    tag of social networks."""
    signs, words = found[1].rstrip(), found[2]
    if line.is_marked or line.follows:
        alone = False
    else:
        after = text[line.end :].lstrip("\0 \t")
        alone = after[:1] in ("", "\n") and after[1:2] in ("", "\n")
    if len(signs) == 1 and not (alone and words[0].isalpha() and "#" not in words):
        return
    new = f"{'#' * max(len(signs), 2)} {words}" if len(signs) <= 6 else None
    yield LiteralFinding(line.start, line.end, HEADING, new)


def _callout(line: Line, found: re.Match[str], lines: Sequence[str]) -> LiteralFinding:
    name, rest = found.groups()
    kind = name.upper() if name.upper() in _KNOWN else _KIND.get(name.lower())
    if not kind:
        return LiteralFinding(line.start, line.start + found.start(2), _KINDS_ARE)
    source = lines[line.number]
    before = source[: source.find("[!")]
    after = f"\n{before}{rest}" if rest else ""
    if before.strip() == ">":
        hint = _ALONE if rest or name.upper() == kind else _KINDS_ARE
        return LiteralFinding(line.start, line.end, hint, f"[!{kind}]{after}")
    new = None if before else f"> [!{kind}]" + (f"\n> {rest}" if rest else "")
    return LiteralFinding(line.start, line.end, _BOX, new, values={"kind": kind})


def _admonition(line: Line, found: re.Match[str], lines: Sequence[str]) -> LiteralFinding:
    kind = _KIND.get(found[1].lower(), "NOTE")
    last = line.number
    while last + 1 < len(lines) and lines[last + 1].startswith(("    ", "\t")):
        last += 1
    inner = [re.sub(r"^(?: {4}|\t)", "> ", each) for each in lines[line.number + 1 : last + 1]]
    title = [f"> **{found[2]}**", ">"] if found[2] else []
    fits = not line.is_marked and last - line.number <= LONGEST
    new = "\n".join([f"> [!{kind}]", *title, *inner]) if fits else None
    end = line.end + sum(len(each) + 1 for each in lines[line.number + 1 : last + 1])
    typed = line.words[:60]
    return LiteralFinding(line.start, end, _BOX, new, values={"typed": typed, "kind": kind})


def _containers(text: str, lines: Sequence[str]) -> Iterator[LiteralFinding]:
    """``::: warning`` … ``:::``. The parser makes definitions of them, so this searches the
    source."""
    start, closes = 0, -1
    for number, line in enumerate(lines):
        here, start = start, start + len(line) + 1
        if number <= closes or not line.startswith(":::") or "::" not in text[here:start]:
            continue
        found = _CONTAINER.fullmatch(line.rstrip())
        name = (found and found[1]) or ""
        kind = _KIND.get(name.lower())
        close = _closing(lines, number) if name else None
        typed = line.strip()[:60]
        if kind and close:
            inner = [f"> {each}".rstrip() for each in lines[number + 1 : close]]
            end = here + sum(len(each) + 1 for each in lines[number : close + 1]) - 1
            new = "\n".join([f"> [!{kind}]", *inner])
            yield LiteralFinding(here, end, _BOX, new, values={"typed": typed, "kind": kind})
        else:
            yield LiteralFinding(here, start - 1, _ELSEWHERE, values={"typed": typed})
        closes = close or number


def _closing(lines: Sequence[str], number: int) -> int | None:
    for index in range(number + 1, min(len(lines), number + LONGEST + 1)):
        if lines[index].rstrip() == ":::":
            return index
    return None
