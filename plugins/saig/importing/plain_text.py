"""A text file → an article. Paragraphs end at empty lines; if there are none, at lines too long to
be wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..refusal import Refused
from ..words import N_
from .article import Article, LeftOut, one_line
from .decoding import decoded, without_odd_characters
from .escaping import escaped, escaped_start
from .sharing import LINKS_TO_SHARE, is_share_line

WRAPPED = 100
"""The longest line, in characters, of a text that was wrapped by a person or a mail program."""

_ITEM = re.compile(r"[ \t]*(?:[-–—*•·‣▪●○◦\uf0b7\uf0a7]|(\d{1,3})[.)]|[a-z]\))[ \t]+(?=\S)")
_LETTERED = re.compile(r"[ \t]*[a-z]\)")
_RULE = re.compile(r"[ \t]*[-=_*~–—]{3,}[ \t]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+[^\s<>.,;:!?)\]»”\"']", re.IGNORECASE)


def article_of_text(raw: bytes) -> Article:
    """Raises ``Refused`` where there is no text."""
    text, mended = without_odd_characters(decoded(raw))
    lines = [line.rstrip() for line in text.split("\n")]
    lines, left_out = _without_share_lines(lines)
    blocks = [block for block in _blocks(lines) if block]
    if not blocks:
        raise Refused(N_("there is no text in this file"))
    title = one_line(" ".join(blocks[0]))
    is_title = len(blocks[0]) <= 3 and len(title) <= 250
    rest = blocks[1:] if is_title else blocks
    body = "\n\n".join(map(_markdown, rest))
    return Article(title=title if is_title else "", body=body, left_out=[*left_out, *mended])


def _without_share_lines(lines: list[str]) -> tuple[list[str], list[LeftOut]]:
    """Those at both ends, where sites put them."""
    first, last = 0, len(lines)
    while first < last and _is_noise(lines[first]):
        first += 1
    while last > first and _is_noise(lines[last - 1]):
        last -= 1
    out = [line.strip() for line in (*lines[:first], *lines[last:]) if line.strip()]
    return lines[first:last], [LeftOut(LINKS_TO_SHARE, one_line(line)) for line in out]


def _is_noise(line: str) -> bool:
    return not line.strip() or is_share_line(line)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that belong together. A list is one block, whose items begin with their sign."""
    longest = max(map(len, lines), default=0)
    apart = longest > WRAPPED  # each line is a paragraph
    block: list[str] = []
    for line in lines:
        is_item = bool(_ITEM.match(line))
        was_item = bool(block and _ITEM.match(block[0]))
        if not line.strip() or _RULE.fullmatch(line):
            yield block
            block = []
        elif is_item and (was_item or not block):
            block.append(line)
        elif is_item or (was_item and apart):
            yield block
            block = [line]
        elif was_item or (block and not apart):
            block.append(line)
        else:
            yield block
            block = [line]
    yield block


def _markdown(block: list[str]) -> str:
    if _ITEM.match(block[0]):
        return "\n".join(_items(block))
    return "\\\n".join(map(_sentence, _paragraph(block)))


def _items(block: list[str]) -> Iterator[str]:
    """One line for each item; a line without a marker continues the one before."""
    joined: list[str] = []
    for line in block:
        if _ITEM.match(line):
            joined.append(line)
        else:
            joined[-1] += " " + line.strip()
    for line in joined:
        sign = _ITEM.match(line)
        assert sign
        text = one_line(line[sign.end() :])
        if _LETTERED.match(line):
            yield f"- {escaped(one_line(line))}"
        else:
            yield f"{sign[1]}. {_inline(text)}" if sign[1] else f"- {_inline(text)}"


def _paragraph(block: list[str]) -> list[str]:
    """Lines that stay separate, such as those of an address; others are one wrapped line."""
    short = max(map(len, block)) < WRAPPED // 2
    return block if short and len(block) > 1 else [" ".join(block)]


def _sentence(line: str) -> str:
    return escaped_start(_inline(one_line(line)))


def _inline(text: str) -> str:
    """Web addresses become links; everything else stays as it was typed."""
    parts, done = [], 0
    for found in _ADDRESS.finditer(text):
        parts.append(escaped(text[done : found.start()]))
        whole = found[0] if "://" in found[0] else f"https://{found[0]}"
        parts.append(f"<{whole}>" if whole == found[0] else f"[{escaped(found[0])}]({whole})")
        done = found.end()
    return "".join([*parts, escaped(text[done:])])
