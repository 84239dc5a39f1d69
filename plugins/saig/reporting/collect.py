"""The notes, and what is wrong in them now and later → the rows of the report."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from ..catalogue.catalogue import Catalogue
from ..catalogue.check import months_after
from ..catalogue.entry import Entry
from ..catalogue.translated import changed_since
from ..documents.common import DocumentBuilder
from ..documents.days import days
from ..documents.events import events
from ..documents.every import OF_KIND
from ..notes.literal_signs import MAILBOX
from ..notes.problem import Problem
from ..notes.urls import mailbox
from ..words import N_, counted, for_editors
from .rows import Report, Row

Date = datetime.date

ENDING = ("address-gap", "expiring-soon", "no-open-channel", "urgent-without-end")
ELSEWHERE = (
    *("stale-contact", "translation-missing", "translation-outdated", "unrecorded-address"),
    "retroactive",
)
"""Problems that other sections tell in their own way, or that are told once."""

MANY = 3
"""Notes in which a fact stands from which on it is told."""

LINK_DAYS = 30
"""Days for which a link that was found good is taken to be so."""

_TELEPHONE = re.compile(
    r"(?<![\d/.,-])(?:\+\d{2} ?)?\d{3}[ .]?\d{2,3}[ .]?\d{2,3}(?:[ .]?\d{2,3})?(?![\d/,-])"
)
_MAILBOX = re.compile(MAILBOX)


class Collector:
    """``catalogue``: the notes without drafts, which change nothing of the others; ``every``: with
    them. ``texts``: the text of each file, by its path. ``now``, ``coming``: the problems that
    there are, and those that there will be until ``until``. ``links``: when each address of another
    site was last found good; None where nobody asked."""

    def __init__(
        self,
        catalogue: Catalogue,
        every: Catalogue,
        builder: DocumentBuilder,
        now: Sequence[Problem],
        coming: Sequence[Problem],
        until: Date,
        texts: Mapping[str, str],
        links: tuple[Mapping[str, str], Mapping[str, Sequence[str]]] | None,
        lang: str,
    ) -> None:
        self.catalogue, self.every, self.builder, self.until = catalogue, every, builder, until
        self.now, self.coming, self.texts, self.links, self.lang = now, coming, texts, links, lang
        self.say: Callable[..., str] = partial(for_editors, lang=lang)
        self.entries = {path: entry for entry in every.all_entries() for path in entry.listed.paths}

    def report(self) -> Report:
        rows = [
            *self.changes(),
            *self.problems(),
            *self.verify(),
            *self.translations(),
            *self.norms(),
            *self.drafts(),
            *self.not_good(),
            *self.repeated(),
        ]
        named = {one for row in rows for one in row.departments}
        names = {
            entry.id: self.builder.short_title(entry)
            for entry in self.every.every("contact")
            if entry.id in named
        }
        return Report(self.catalogue.day, self.until, rows, names)

    def row(self, section: str, entry: Entry, text: str, **more: object) -> Row:
        path = str(more.pop("path", entry.listed.path))
        title = self.builder.words_of(entry).title
        looked_after = departments(self.every, entry)
        return Row(section, text, path, title, departments=looked_after, **more)  # type: ignore[arg-type]

    def changes(self) -> Iterator[Row]:
        """The days of calendars: what begins, ends, comes into force or closes."""
        catalogue = self.catalogue
        for entry in catalogue.all_entries():
            if entry.status != "published":
                continue
            # Of the site's holidays only contacts tell in calendars.
            is_closed = entry.kind == "contact"
            coming = catalogue.transition_dates if is_closed else catalogue.own_transition_dates
            if any(catalogue.day < day <= self.until for day in coming(entry)):
                document = OF_KIND[entry.kind](self.builder, entry)
                for day in days(self.builder, document, entry):
                    first = Date.fromisoformat(day.first)
                    if catalogue.day < first <= self.until:
                        yield self.row("changes", entry, day.title, deadline=first)

    def problems(self) -> Iterator[Row]:
        for problem in (*self.now, *self.coming):
            if problem.code == "unrecorded-address":
                yield self._of_problem("addresses", problem)
            elif problem.code in ENDING:
                yield self._of_problem("ends", problem)
            elif problem.begins and problem.code not in ELSEWHERE:
                yield self._of_problem("wrong", problem)

    def _of_problem(self, section: str, problem: Problem) -> Row:
        entry = self.entries.get(problem.path)
        message, _ = problem.said(self.lang)
        text = message.removeprefix(f"{problem.begins}: ")
        deadline = None if section == "addresses" else problem.begins or self.catalogue.day
        if entry is None:
            return Row(section, text, problem.path, line=problem.line, deadline=deadline)
        return self.row(
            section, entry, text, path=problem.path, line=problem.line, deadline=deadline
        )

    def verify(self) -> Iterator[Row]:
        """Contacts and norms whose facts were last looked at too long ago, or never."""
        months = self.catalogue.site.stale_after_months
        for entry in (*self.catalogue.every("contact"), *self.catalogue.every("norm")):
            if entry.status != "published" or self.catalogue.is_past(entry):
                continue
            facts = entry.facts
            checked = facts.checked if entry.kind == "norm" else None
            on = checked.on if checked else getattr(facts, "verified_on", None)
            if on is None:
                yield self.row(
                    "verify", entry, self.say(N_("it does not say when its facts were verified"))
                )
            elif (due := months_after(on, months)) <= self.until:
                text = for_editors(N_("last verified on %(date)s"), self.lang, date=on)
                yield self.row("verify", entry, text, deadline=due)

    def translations(self) -> Iterator[Row]:
        outdated = {one.path for one in self.now if one.code == "translation-outdated"}
        for entry in self.catalogue.all_entries():
            if entry.status != "published":
                continue
            path, words_of = entry.listed.path, entry.listed.words
            for lang in self.catalogue.site.languages:
                if lang not in words_of:
                    words = len(re.findall(r"\w+", _body(self.texts.get(path, ""))))
                    text = counted(
                        "not translated into %(language)s: %(count)d word",
                        "not translated into %(language)s: %(count)d words",
                        words,
                        self.lang,
                        language=lang,
                    )
                    yield self.row("translations", entry, text, count=words)
                    continue
                note = words_of[lang].path
                changed = changed_since(entry, lang) if note in outdated else None
                if changed and (count := len(changed.new) or len(changed.gone)):
                    text = counted(
                        "%(language)s is behind: %(count)d sentence of the original is another",
                        "%(language)s is behind: %(count)d sentences of the original are others",
                        count,
                        self.lang,
                        language=lang,
                    )
                    yield self.row("translations", entry, text, count=count, path=note)

    def norms(self) -> Iterator[Row]:
        """What happened to norms after the last change of the notes that lean on them."""
        for entry in self.catalogue.all_entries():
            if entry.kind == "norm" or entry.status != "published" or self.catalogue.is_past(entry):
                continue
            last = last_change(self.catalogue, entry)
            for event in events(self.builder, entry):
                if event["of"] and (last is None or event["date"] > last.isoformat()):
                    text = f"{event['date']}: {event['text']}"
                    yield self.row("norms", entry, text)

    def drafts(self) -> Iterator[Row]:
        found = sorted(self.every.drafts(), key=lambda entry: (entry.date or Date.max, entry.id))
        for entry in found:
            if entry.date:
                text = for_editors(N_("of %(date)s"), self.lang, date=entry.date)
            else:
                text = self.say(N_("without a date"))
            yield self.row("drafts", entry, text)

    def not_good(self) -> Iterator[Row]:
        """Links, by what is remembered; nobody is asked."""
        good, used = self.links or ({}, {})
        for address, paths in used.items():
            last = good.get(address)
            if last and (self.catalogue.day - Date.fromisoformat(last)).days <= LINK_DAYS:
                continue
            if last:
                text = for_editors(N_("last found good on %(date)s"), self.lang, date=last)
            else:
                text = self.say(N_("never found good"))
            entry = self.entries.get(paths[0])
            if entry:
                yield self.row("links", entry, f"{address}: {text}", path=paths[0])
            else:
                yield Row("links", f"{address}: {text}", paths[0])

    def repeated(self) -> Iterator[Row]:
        """Telephones and mailboxes that are written out in several notes: each is to be mended when
        one changes."""
        places: dict[str, set[str]] = defaultdict(set)
        for path, text in self.texts.items():
            numbers = (re.sub(r"\D", "", found)[-9:] for found in _TELEPHONE.findall(text))
            addresses = _MAILBOX.findall(text) if "@" in text else ()
            boxes = (mailbox(found.lower()) for found in addresses)
            for fact in (*(number for number in numbers if len(number) == 9), *boxes):
                if fact and path in self.entries:
                    places[fact].add(self.entries[path].name)
        for fact, notes in sorted(places.items(), key=lambda one: (-len(one[1]), one[0])):
            if len(notes) >= MANY:
                shown = (
                    fact
                    if "@" in fact
                    else re.sub(r"(\d{3})(\d{2})(\d{2})(\d{2})", r"\1 \2 \3 \4", fact)
                )
                text = counted(
                    "%(fact)s stands in %(count)d note: %(notes)s",
                    "%(fact)s stands in %(count)d notes: %(notes)s",
                    len(notes),
                    self.lang,
                    fact=shown,
                    notes=", ".join(sorted(notes)),
                )
                yield Row("repeated", text, count=len(notes))


def departments(catalogue: Catalogue, entry: Entry) -> tuple[str, ...]:
    """Who looks after a note: a contact itself, else those that it names."""
    if entry.kind == "contact":
        return (entry.id,)
    return tuple(catalogue.references(entry)["departments"])


def last_change(catalogue: Catalogue, entry: Entry) -> Date | None:
    """The last day on which an editor says that a note changed."""
    days = {day for lang in entry.languages for day in catalogue.dated(entry, lang)}
    if entry.kind == "contact":
        days.add(entry.facts.verified_on)
    return max(filter(None, days), default=None)


def _body(text: str) -> str:
    """What a translator has to write of a file: title, summary and text."""
    front, _, body = text.removeprefix("---").partition("\n---")
    words = re.findall(r"^(?:title|short_title|summary):(.*)$", front, re.MULTILINE)
    return "\n".join([*words, body])
