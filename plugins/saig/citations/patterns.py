"""Citations of norms in languages whose tables have templates.

A head from the tables (``decreto-lei``, ``-gesetz``) is looked for, and each template of it matched
where the head ends; what stands before it (a title, an article) is looked for in a few characters.
All patterns have a longest match, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from .citation import Citation
from .figures import day_of, full_year, number_of, year_of_day
from .found_norm import FoundNorm, with_antecedents
from .normalised_text import NormalisedText
from .pattern_language import CitationLanguage
from .pattern_tables import Head, Patterns, key
from .provisions import ProvisionChain
from .skipped import Skipped
from .templates import Template, said
from .titles import title_start
from .word_patterns import stands_close

LONGEST_WORD = 80
BEFORE = 60
"""Characters before a head in which what a template has there, or the name of a draft, may
begin."""

_SHORT = re.compile(
    r"(?:\d{1,2}\. ?)?[A-ZÄÖÜ](?=[A-Za-zÄÖÜäöüß]{0,16}[A-ZÄÖÜ])[A-Za-zÄÖÜäöüß]{1,17}(?!\w)(?!-[A-Za-z])"
    r"(?: [IVX]{1,4}(?!\w))?"
)
_LONG_CAPITALS = re.compile(r"[A-ZÄÖÜ]{7,}")
_NO_CHAIN = ProvisionChain([], 0)


def pattern_citations(normal: NormalisedText, patterns: Patterns) -> Iterator[Citation]:
    """The citations in a text, in order; those in code and web addresses are left out."""
    return _Reader(normal, patterns).citations()


class _Reader:
    def __init__(self, normal: NormalisedText, patterns: Patterns) -> None:
        self.normal, self.patterns = normal, patterns
        self.cased, self.lowered = normal.cased, normal.lowered
        self._chains: dict[str, dict[int, ProvisionChain]] = {}

    def citations(self) -> Iterator[Citation]:
        norms = with_antecedents(self.with_short_names(self.norms()))
        before = self.provisions_before(norms)
        taken = {chain.phrases[0][0] for chain in before.values()}
        done = 0
        for norm in norms:
            cited, done = self.cite(norm, before.get(norm.start, _NO_CHAIN), taken, done)
            yield cited

    def provisions_before(self, norms: list[FoundNorm]) -> dict[int, ProvisionChain]:
        """The provisions before each norm that has some, by where it begins."""
        found: dict[int, ProvisionChain] = {}
        last: FoundNorm | None = None
        for norm in norms:
            chain = self.chains(norm.head.language).get(norm.start)
            if chain and not (last and last.start not in found and self.is_of(last, chain, norm)):
                found[norm.start] = chain
            last = norm
        return found

    def is_of(self, last: FoundNorm, chain: ProvisionChain, norm: FoundNorm) -> bool:
        """Whether provisions between two norms are of the first: where no word joins them to the
        other, and they stand nearer to the first: ``VwGO § 47 BauGB § 1``, ``Act 2021, s. 7,
        S.I.``"""
        before = self.cased[last.end : chain.phrases[0][0]].strip(" -)")
        after = self.cased[chain.end : norm.start].strip()
        return not chain.is_joined and (before == "" or before == after == ",")

    def chains(self, language: CitationLanguage) -> dict[int, ProvisionChain]:
        """The provisions that the text names in a language, by where their norm would begin."""
        if language.code not in self._chains:
            self._chains[language.code] = language.provisions.chains(self.normal)
        return self._chains[language.code]

    # -- norms --------------------------------------------------------------------------------------

    def norms(self) -> list[FoundNorm]:
        """The norms that heads of the tables name, in order, without overlap."""
        norms: list[FoundNorm] = []
        skipped = Skipped(self.lowered)
        for start, end in self.heads():
            last = norms[-1] if norms else None
            if (last and start < last.end) or skipped.covers(start):
                continue
            best: list[FoundNorm] = []
            for head in self.patterns.heads[key(self.lowered[start:end])]:
                for template in head.templates:
                    found = self.read(head, template, start, end, last)
                    if found and (not best or found[-1].end > best[-1].end):
                        best = found
            if not best:
                continue
            if last and best[0].start <= last.start:  # its title names the last one
                norms.pop()
            if last and self.is_same(last, best):
                norms[-1] = replace(last, end=best[0].end + 1)
            else:
                norms += best
        return norms

    def is_same(self, last: FoundNorm, found: list[FoundNorm]) -> bool:
        """Whether what was found is the short name of the last one: ``Baugesetzbuch (BauGB)``."""
        between = self.cased[last.end : found[0].start]
        closed = self.cased.startswith(")", found[0].end)
        return (
            between == " (" and closed and found[0].name is not None and found[0].name == last.name
        )

    def heads(self) -> list[tuple[int, int]]:
        found = {
            head.span()
            for finder in (self.patterns.whole, self.patterns.endings)
            if finder
            for head in finder.finditer(self.lowered)
        }
        return sorted(found)

    def read(
        self, head: Head, template: Template, start: int, end: int, last: FoundNorm | None
    ) -> list[FoundNorm]:
        """The norms that a head begins, read with one template; none if it does not fit."""
        is_word = start == 0 or not self.lowered[start - 1].isalnum()
        if template.short or is_word == head.ending:
            return []
        if not all(self.cased[start + at].isupper() for at in head.capitals):
            return []
        after = template.after.match(self.lowered, end)
        done = last.end if last else 0
        before = self.before(template, start, done)
        if after is None or (template.before and before is None):
            return []
        begin = self.begin(head, template, start, last)
        if before and any(before.groups()):
            begin = before.start()
        if begin is None:
            return []
        named = begin
        adjective = self.adjective(head.language, begin, done)
        begin -= len(adjective)
        if not self.is_norm(head, template, begin, after):
            return []
        name = head.name
        if head.ending or template.title:
            name = self.normal.original(named, end - (head.inflection if head.ending else 0))
        first = self.norm(head, said(before, after), (begin, after.end()), name)
        if adjective:
            first = replace(first, issuer=head.language.adjectives[adjective])
        if template.title and first.year:
            first = replace(first, name=f"{name} {first.year}")
        if first.year is None and first.number is not None:
            return []
        found = [first]
        while template.more and (more := template.more.match(self.lowered, found[-1].end)):
            parts = [at for at in map(more.start, more.groupdict()) if at >= 0]
            found.append(self.norm(head, said(more), (min(parts), more.end()), None))
        return found

    def begin(
        self, head: Head, template: Template, start: int, last: FoundNorm | None
    ) -> int | None:
        """Where the norm's words begin, with its title, or the word that the head ends."""
        done = last.end if last else 0
        if head.ending:
            begin = start
            while begin > max(done, start - LONGEST_WORD) and (
                self.cased[begin - 1].isalpha() or self.cased[begin - 1] == "-"
            ):
                begin -= 1
            return begin if begin < start and self.cased[begin].isalpha() else None
        if template.title:
            language = head.language
            done = last.start if last else 0
            chains, words = self.chains(language), language.title_words
            return title_start(self.cased, start, done, chains, words, language.not_titles)
        return start

    def adjective(self, language: CitationLanguage, begin: int, done: int) -> str:
        """The word before a norm that says whose it is, with the space behind it; or ''."""
        found = [
            word
            for word in language.adjectives
            if self.lowered.endswith(word, done, begin)
            and not self.lowered[begin - len(word) - 1 : begin - len(word)].isalnum()
        ]
        return max(found, key=len, default="")

    def before(self, template: Template, start: int, done: int) -> re.Match[str] | None:
        """What a template has before the head."""
        if template.before is None:
            return None
        return template.before.search(self.lowered, max(done, start - BEFORE), start)

    def is_norm(self, head: Head, template: Template, begin: int, after: re.Match[str]) -> bool:
        """Whether no words around say otherwise: a draft, an act of a town's body."""
        language = head.language
        if (template.provisions or head.defined) and begin not in self.chains(language):
            return False
        if self.lowered.endswith(language.not_after, max(0, begin - BEFORE), begin):
            return False
        return not (language.not_before and language.not_before.match(self.lowered, after.end()))

    def norm(
        self, head: Head, parts: dict[str, str | None], span: tuple[int, int], name: str | None
    ) -> FoundNorm:
        number, written = parts.get("number"), parts.get("year")
        year = full_year(written) if written else None
        day = day_of(parts, head.language.months, year)
        if day and year_of_day(parts) and (written is None or len(written) < 4):
            year = day.year
        return FoundNorm(
            *span,
            head,
            number_of(number) if number else head.number,
            year or head.year,
            day,
            head.language.issuers.get(parts.get("issuer") or ""),
            name,
        )

    def with_short_names(self, norms: list[FoundNorm]) -> list[FoundNorm]:
        """And those that a short name right after a provision means: ``§ 5 DSchG``."""
        if not self.patterns.short:
            return norms
        covered = {norm.start for norm in norms}
        found, short = [*norms], []
        for head in self.patterns.short:
            skipped = Skipped(self.lowered)
            for begin in sorted(self.chains(head.language)):
                name = _SHORT.match(self.cased, begin)
                if name is None or begin in covered or skipped.covers(begin):
                    continue
                if not _LONG_CAPITALS.match(name[0]):
                    short.append(self.short(head, begin, name.end()))
                    covered.add(begin)
        starts = [norm.start for norm in norms]
        for one in short:
            at = bisect_right(starts, one.start)
            is_free = (at == 0 or norms[at - 1].end <= one.start) and (
                at == len(norms) or one.end <= norms[at].start
            )
            if is_free:
                found.append(one)
        return sorted(found, key=lambda norm: norm.start)

    def short(self, head: Head, begin: int, end: int) -> FoundNorm:
        issuer = None
        for name, code in head.language.issuers.items():
            stop = end + 1 + len(name)
            follows = self.lowered[stop : stop + 1]
            if self.lowered.startswith(f" {name}", end) and not follows.isalnum():
                issuer, end = code, stop
                break
        name = self.normal.original(begin, end)
        return FoundNorm(begin, end, head, None, None, None, issuer, name)

    # -- citations ----------------------------------------------------------------------------------

    def cite(
        self, norm: FoundNorm, before: ProvisionChain, taken: set[int], done: int
    ) -> tuple[Citation, int]:
        """The citation with its provisions, and where it ends; ``done``: where the last one
        ended."""
        normal, head = self.normal, norm.head
        if before.phrases and before.phrases[0][0] < done:
            before = _NO_CHAIN
        after = head.language.provisions.after(normal, norm.end, taken) or _NO_CHAIN
        phrases = [*before.phrases, *after.phrases]
        link_start = before.phrases[0][0] if before.phrases else norm.start
        link_end = after.end if after.phrases else norm.end
        start, end = normal.start(norm.start), normal.end(norm.end)
        cited = Citation(
            normal.source[start:end],
            start,
            end,
            head.type,
            norm.number,
            norm.year,
            norm.date,
            head.jurisdiction,
            [normal.original(*phrase) for phrase in phrases],
            norm.issuer,
            normal.start(link_start),
            normal.end(link_end),
            self._is_past(head.language, link_start, link_end),
            norm.name,
        )
        return cited, link_end

    def _is_past(self, language: CitationLanguage, start: int, end: int) -> bool:
        past = language.past
        return past is not None and stands_close(
            self.lowered, past, language.sentence_end, start, end
        )
