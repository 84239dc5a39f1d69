"""Where the title of a norm begins that ends in its kind: ``the Planning and Development``
**Act**."""

from __future__ import annotations

from collections.abc import Collection, Container

LONGEST = 160
"""Characters of a title before its head."""

_OPENING = "“\"'«‘"


def title_start(
    cased: str,
    head: int,
    done: int,
    chains: Container[int],
    inside: Collection[str],
    not_first: Container[str],
) -> int | None:
    """Where the words with capitals before a head begin; None where there are none. ``chains``:
    where something begins that belongs to an article before it: a title does too. ``inside``: words
    in small letters that may stand in a title, or after another there (*of the*); ``not_first``:
    words that begin none, though they may have a capital.

    A title may name another norm: ``Roads Act 1993 (Commencement)`` **Order**.
    """
    words: list[tuple[int, str]] = []
    position = head
    limit = max(done, head - LONGEST)
    while position > limit and not (position in chains and words):
        found = _last_word(cased, position, limit)
        if found is None:
            break
        start, word = found
        plain = word.lstrip(_OPENING)
        is_first = len(plain) < len(word) or (plain[:1] == "(" and plain[-1:] != ")")
        plain = plain.lstrip("(") if is_first else plain
        if not _is_of_title(plain, words, cased[limit : start + len(word)].lower(), inside):
            break
        words.append((start + len(word) - len(plain), plain))
        position = start
        if is_first:
            break
    while words and (words[-1][1].lower() in not_first or words[-1][1][:1] in "(0123456789"):
        words.pop()
    return words[-1][0] if words else None


def _is_of_title(
    word: str, after: list[tuple[int, str]], until: str, inside: Collection[str]
) -> bool:
    """Whether a word may stand in a title before the words ``after``; ``until``: the text up to
    it."""
    phrases = [phrase for phrase in inside if phrase.rpartition(" ")[2] == word.lower()]
    if phrases and all(" " in phrase for phrase in phrases):
        return any(until.endswith(phrase) for phrase in phrases)
    if word.isdigit():
        return len(word) == 4 and bool(after) and after[-1][1][:1] == "("
    if word[-1:] in ".;:!?" or (word[-1:] == "," and word[:-1].isdigit()):
        return False
    is_bracket = word[:1] == "(" and word[1:2].isupper()
    return word[:1].isupper() or is_bracket or bool(phrases)


def _last_word(cased: str, position: int, limit: int) -> tuple[int, str] | None:
    """The word that ends before a space at ``position``, and where it begins; a bracket is one."""
    if position < 2 or cased[position - 1] != " ":
        return None
    end = position - 1
    if cased[end - 1] == ")":
        start = cased.rfind("(", limit, end)
    else:
        start = max(cased.rfind(" ", limit, end), cased.rfind("\n", limit, end)) + 1
        start = max(start, limit)
    return (start, cased[start:end]) if 0 <= start < end else None
