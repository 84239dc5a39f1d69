"""What follows a verb in a record: provisions, the days of the effect, and words that limit it.

``, con efectos desde el 1 de enero de 2027, los arts. 8 a 11 y la disposición final 1 de la Ley …``
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta

from .clause_patterns import (
    ABOUT,
    ABOUT_OF,
    AGAIN,
    AGAINST,
    BARE,
    BY,
    EFFECT,
    EFFECT_STARTS,
    EXCEPT,
    HEAD,
    LIMIT,
    NORM,
    OF,
    PASSAGE,
    REDACTION,
    SAME,
    SAME_OF,
    SEPARATOR,
    SUSPENDED,
    UNNAMED,
    WHOLE_ABOUT,
)
from .number_lists import NotUnderstood
from .provision_lists import Provision, ProvisionReader
from .spanish import DAY, Date, day_in, folded

Days = tuple[Date | None, Date | None]


@dataclass(frozen=True)
class ClauseItem:
    """Some provisions of a clause with their days. ``is_unnamed``: *determinados preceptos*."""

    provisions: tuple[Provision, ...]
    is_unnamed: bool = False
    begins: Date | None = None
    ends: Date | None = None


@dataclass
class Clause:
    """See ``analysis.Deed``. ``other``: the other norm, where the clause is the last one."""

    items: list[ClauseItem] = field(default_factory=list)
    is_whole: bool = False
    is_again: bool = False
    of: str = ""
    other: str = ""
    days: Days = (None, None)
    suspended_from: Date | None = None
    is_limited: bool = False
    has_unknown: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.items and not self.is_whole

    @property
    def is_unnamed(self) -> bool:
        return any(item.is_unnamed for item in self.items)

    @property
    def last_days(self) -> Days:
        """The days that it ends with."""
        return (self.items[-1].begins, self.items[-1].ends) if self.items else self.days

    @property
    def quoted(self) -> str:
        return "; ".join(self.notes)

    def without_days(self) -> Clause:
        items = [replace(item, begins=None, ends=None) for item in self.items]
        return replace(self, items=items, days=(None, None))


def read_clause(words: str, before: Days = (None, None)) -> Clause:
    """What is understood of a clause. Any text gives a result. ``before``: the days of the clause
    before it, for *con los mismos efectos*."""
    return _Clause(words.strip(), before).read()


class _Clause:
    def __init__(self, cased: str, before: Days) -> None:
        self.cased, self.text = cased, folded(cased)
        self.before = before
        self.reader = ProvisionReader(self.text, cased)
        self.said = Clause()
        self.at = 0
        self.days: Days = (None, None)
        self.is_part = False
        self.is_after_unknown = False

    def read(self) -> Clause:
        while self.at < len(self.text):
            if self._separator() or self._limits() or self._effect():
                continue
            if self._other():
                break
            if self._unnamed() or self._about() or self._provisions() or self._of_provisions():
                continue
            self._unknown()
        if not self.said.items:
            self.said.days = self.days
        if self.said.is_whole and self.said.is_limited:
            self.said.is_whole = False
            self.said.items.append(ClauseItem((), True, *self.days))
        return self.said

    # -- one kind of words each: whether it was there -------------------------------------------

    def _separator(self) -> bool:
        by = BY.match(self.text, self.at)
        found = None if by else SEPARATOR.match(self.text, self.at)
        return self._passes(found)

    def _limits(self) -> bool:
        if found := AGAIN.match(self.text, self.at):
            self.said.is_again = True
            return self._passes(found)
        if found := SUSPENDED.match(self.text, self.at):
            self.said.suspended_from = day_in(found["from"]) if found["from"] else None
            if self.said.suspended_from is None:
                self._quotes(found.end())
            return self._passes(found)
        if found := REDACTION.match(self.text, self.at):
            end = self._after_redaction(found.end())
            self._quotes(end)
            self.at = end
            return True
        if found := LIMIT.match(self.text, self.at):
            self._quotes(found.end())
            self.said.is_limited |= not re.search(r"redacci|expresamente|efectos", found[0])
            return self._passes(found)
        if found := EXCEPT.match(self.text, self.at):
            self._exception()
            return True
        return self._passes(AGAINST.match(self.text, self.at))

    def _after_redaction(self, at: int) -> int:
        """The end of ``en la redacción dada por la disposición final 4 de la Ley 12/2023, de
        …``."""
        try:
            if phrase := self.reader.phrase(at):
                of = OF.match(self.text, phrase[1])
                at = of.end() if of else phrase[1]
        except NotUnderstood:
            pass
        if norm := NORM.match(self.text, at):
            self.said.of = self.said.of or named(self.cased[at : norm.end()])
            return norm.end()
        stop = re.compile(r"[,;]|$").search(self.text, at)
        return stop.start() if stop else len(self.text)

    def _exception(self) -> None:
        """Exceptions are not affected; they are quoted, and reading ends there."""
        by = BY.search(self.text, self.at)
        end = by.start() if by else len(self.text)
        self._quotes(end)
        self.at = end
        if self.said.is_whole or not self.said.items:
            self.said.is_whole = False
            self.said.items.append(ClauseItem((), True, *self.days))
        else:
            item = self.said.items[-1]
            parts = tuple(replace(one, is_part=True) for one in item.provisions)
            self.said.items[-1] = replace(item, provisions=parts)

    def _effect(self) -> bool:
        """Days of the effect: of the provisions that follow, if any; otherwise of those before."""
        if same := SAME.match(self.text, self.at):
            if any(self.before):
                self.days = self.before
            else:
                self._quotes(same.end())
            return self._passes(same)
        if not EFFECT_STARTS.match(self.text, self.at):
            return False
        found = EFFECT.match(self.text, self.at)
        if not found or not (found["from"] or found["until"]):
            return False
        begins = day_in(found["from"]) if found["from"] else None
        ends = day_in(found["last"]) if found["last"] else None
        if ends and found["hour"] and re.search(r"\b0?0[:.]00", found["hour"]):
            ends -= timedelta(days=1)
        begin, end = self.at, found.end()
        self.at = end
        if not self.said.items or self._is_before_provisions(end):
            self.days = (begins, ends)
        elif self._ends_here(end) or (
            len(self.said.items) == 1 and len(self.said.items[0].provisions) <= 1
        ):
            self.said.items = [
                replace(item, begins=item.begins or begins, ends=item.ends or ends)
                for item in self.said.items
            ]
        else:
            self.said.notes.append(self.cased[begin:end])
        return True

    def _is_before_provisions(self, end: int) -> bool:
        gap = re.compile(r",? ?").match(self.text, end)
        at = gap.end() if gap else end
        if ABOUT.match(self.text, at) or UNNAMED.match(self.text, at):
            return True
        return self.reader.begins(at)

    def _ends_here(self, end: int) -> bool:
        return bool(
            re.compile(r"[ ,;.]*(?:$|y$)").match(self.text, end)
            or OF.match(self.text, end)
            or BY.match(self.text, end)
            or re.compile(r", (?:del|de la|al|a la) ").match(self.text, end)
        )

    def _other(self) -> bool:
        """The other norm: behind *de*, *a* or *por*, or at once where it is meant whole."""
        text, at = self.text, self.at
        if by := BY.match(text, at):
            self.said.other = named(self.cased[by.end() :])
            if not self.said.items and not self.said.has_unknown:
                self.said.is_whole = True
            return True
        if self.said.items or self.said.notes:
            of = OF.match(text, at)
            if of and self.said.items and not self._is_about_provisions(of.end()):
                self.said.other = named(self.cased[of.end() :])
                return True
        if HEAD.match(text, at):
            except_ = EXCEPT.search(text, at)
            self.said.other = named(self.cased[at : except_.start() if except_ else None])
            if not self.said.items:
                self.said.is_whole = True
                if except_ and not text[: except_.start()].count("("):
                    self.at = except_.start()
                    self._exception()
            return True
        return False

    def _is_about_provisions(self, at: int) -> bool:
        if HEAD.match(self.text, at):
            return False
        patterns = (ABOUT, UNNAMED, REDACTION)
        return self.reader.begins(at) or any(one.match(self.text, at) for one in patterns)

    def _of_provisions(self) -> bool:
        """``la nulidad | de los arts. 5.2 y 13``: *de* before provisions has no meaning."""
        of = OF.match(self.text, self.at)
        return bool(of and self._is_about_provisions(of.end()) and self._passes(of))

    def _unnamed(self) -> bool:
        found = UNNAMED.match(self.text, self.at)
        if found is None or self._goes_on_of(found.end()):
            return False
        if re.compile(r"\w").match(self.text, found.end()):
            return False
        self.said.items.append(ClauseItem((), True, *self.days))
        return self._passes(found)

    def _goes_on_of(self, end: int) -> bool:
        """``lo indicado del art. 59`` names an article, ``lo indicado de la Ley`` none."""
        of = ABOUT_OF.match(self.text, end)
        if of is None:
            return False
        at = of.end() + 1
        return (
            self.reader.begins(at)
            or bool(ABOUT.match(self.text, at))
            or bool(re.compile(r"\d+(?![\d/])").match(self.text, at))
        )

    def _about(self) -> bool:
        """``la aplicación de``, ``lo indicado del``: the part that is meant of the provisions that
        follow."""
        found = ABOUT.match(self.text, self.at)
        if found is None or not self.text[self.at : found.end()]:
            return False
        end = found.end()
        between = re.compile(rf",? ?hasta (?:el )?(?:dia )?{DAY},?").match(self.text, end)
        of = ABOUT_OF.match(self.text, between.end() if between else end)
        if of is None:
            return False
        at = of.end() + 1
        if not (
            self.reader.begins(at)
            or ABOUT.match(self.text, at)
            or UNNAMED.match(self.text, at)
            or re.compile(r"\d").match(self.text, at)
        ):
            return False
        if found["what"] not in WHOLE_ABOUT:
            self.is_part = True
        self.at = at
        return True

    def _provisions(self) -> bool:
        try:
            phrase = self.reader.phrase(self.at, is_part=self.is_part)
        except NotUnderstood:
            self.is_part = False
            return False
        goes_on = phrase and SAME_OF.match(self.text, phrase[1])
        self.is_part = self.is_part and bool(goes_on)
        if phrase is None:
            return False
        provisions, end = phrase
        if self.is_after_unknown and BARE.match(self.text, self.at):
            return False  # It may count what was not understood.
        if re.compile(r"[.(/]?\w|/").match(self.text, end):
            return False
        self.said.items.append(ClauseItem(tuple(provisions), False, *self.days))
        self.at, self.is_after_unknown = end, False
        passage = PASSAGE.match(self.text, end)
        if passage:
            parts = tuple(
                replace(one, is_part=True) if one is provisions[-1] else one for one in provisions
            )
            self.said.items[-1] = ClauseItem(parts, False, *self.days)
            self.at = passage.end()
        return True

    def _unknown(self) -> None:
        stop = re.compile(r"[,;]| y | e | (?=(?:en|segun) las? redacci)").search(
            self.text, self.at + 1
        )
        by = BY.search(self.text, self.at)
        end = min(stop.start() if stop else len(self.text), by.start() if by else len(self.text))
        end = max(end, self.at + 1)
        self._quotes(end)
        self.at = end
        self.is_part, self.said.has_unknown, self.is_after_unknown = False, True, True

    def _passes(self, found: re.Match[str] | None) -> bool:
        if found is None or found.end() == self.at:
            return False
        self.at = found.end()
        return True

    def _quotes(self, end: int) -> None:
        words = self.cased[self.at : end].strip(" ,;")
        if words:
            self.said.notes.append(words)


def named(words: str) -> str:
    """A norm's name without the article before it and the brackets behind it."""
    named = re.sub(r"\s*\([^()]*\)\s*$", "", words.strip(" ,;.:"))
    return re.sub(r"^(?:el|la|los|las) ", "", named).strip(" ,;.")
