"""Evidence as a person reads it: one text, as plain lines or as a page to print."""

from __future__ import annotations

import datetime
import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from ..languages import locale
from ..words import N_, for_editors
from .evidence import Evidence, Question, Span
from .signing import IDENTITY, NAMESPACE
from .tree import path_of

Say = Callable[..., str]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Commands:
    text: str


@dataclass(frozen=True)
class Points:
    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Commands | Points | Table

_EVENTS = {
    "published": N_("published"),
    "changed": N_("changed"),
    "withdrawn": N_("withdrawn: a page says why"),
    "moved": N_("moved: the page leads to another"),
    "removed": N_("removed"),
    "altered": N_("found altered, not by a publication"),
    "without-effect": N_("the publication before was found without effect"),
}
_STATUS = {
    "public": N_("public"),
    "withdrawn": N_("withdrawn"),
    "moved": N_("moved"),
    "absent": N_("not there"),
}
_ANSWERS = {
    "yes": N_("Yes: it was public all the time."),
    "no": N_("No: it was not public at any time."),
    "partly": N_("Partly: it was public for a part of the time."),
    "unsure": N_("The record cannot tell for all of the time."),
}
_KINDS = {
    "publish": N_("publication"),
    "rollback": N_("return to an earlier release"),
    "found": N_("finding"),
}


def blocks(evidence: Evidence, signatures: Mapping[int, bool], lang: str) -> Iterator[Block]:
    """The whole text. ``signatures``: number of a line to whether its signature is good."""

    def say(message: str, **values: object) -> str:
        return for_editors(message, lang, **values)

    def time(written: str) -> str:
        return local_time(written, evidence.zone, lang)

    yield Paragraph(
        say(
            N_("Address: %(url)s. Drawn up %(time)s. Times are of %(zone)s."),
            url=evidence.url,
            time=time(evidence.made),
            zone=evidence.zone,
        )
    )
    if evidence.question:
        yield from _asked(evidence.question, say, time)
    yield Heading(say(N_("What the record says")))
    if not evidence.events:
        yield Paragraph(say(N_("The record does not know this address: it was never published.")))
    else:
        yield _spans_table(say(N_("What stood there, and when")), evidence.spans, say, time)
        yield _events_table(evidence, signatures, say, time)
    yield from _how_to_check(evidence, say)
    yield from _what_it_does_not_prove(evidence, say)


def local_time(written: str, zone: str, lang: str) -> str:
    """In words, with the distance from UTC, for an hour in October happens twice."""
    moment = datetime.datetime.fromisoformat(written)
    said: str = format_datetime(
        moment, "d MMM y, HH:mm:ss (ZZZZ)", tzinfo=ZoneInfo(zone), locale=locale(lang)
    )
    return said


def _asked(question: Question, say: Say, time: Callable[[str], str]) -> Iterator[Block]:
    yield Heading(
        say(
            N_("Was it public from %(start)s to %(until)s?"),
            start=time(question.start),
            until=time(question.until),
        )
    )
    yield Paragraph(say(_ANSWERS[question.answer]))
    if question.looked_until < question.until:
        yield Paragraph(
            say(
                N_("The time after %(time)s is still to come, and is not counted."),
                time=time(question.looked_until),
            )
        )
    if question.spans:
        yield _spans_table(say(N_("In that time")), question.spans, say, time)


def _spans_table(
    caption: str, spans: Sequence[Span], say: Say, time: Callable[[str], str]
) -> Table:
    def row(span: Span) -> list[str]:
        status = say(_STATUS[span.status])
        return [
            time(span.start),
            time(span.until) if span.until else say(N_("now")),
            status if span.sure else say(N_("%(status)s, not surely"), status=status),
            span.digest or "–",
        ]

    head = [say(N_("from")), say(N_("until")), say(N_("state")), say(N_("SHA-256 of the file"))]
    return Table(caption, head, [row(span) for span in spans])


def _events_table(
    evidence: Evidence, signatures: Mapping[int, bool], say: Say, time: Callable[[str], str]
) -> Table:
    rows = []
    for event in evidence.events:
        commit = event.commit or "–"
        if event.differs:
            commit = say(N_("%(commit)s, with changes that were not committed"), commit=commit)
        if event.signer is None:
            signature = say(N_("not signed"))
        elif signatures.get(event.number):
            signature = say(N_("good, by %(key)s"), key=event.signer)
        else:
            signature = say(N_("NOT GOOD, or not to be checked here: %(key)s"), key=event.signer)
        rows.append(
            [
                str(event.number),
                time(event.time),
                say(_EVENTS[event.what]),
                say(_KINDS[event.kind]),
                event.digest or "–",
                commit,
                signature,
            ]
        )
    head = [
        say(N_("line")),
        say(N_("time")),
        say(N_("event")),
        say(N_("by a")),
        say(N_("SHA-256 of the file")),
        say(N_("commit")),
        say(N_("signature")),
    ]
    return Table(say(N_("Lines of the publication record")), head, rows)


def _how_to_check(evidence: Evidence, say: Say) -> Iterator[Block]:
    event = next((item for item in reversed(evidence.events) if item.digest), None)
    number = event.number if event else evidence.lines
    yield Heading(say(N_("How to check this")))
    yield Paragraph(
        say(
            N_(
                "Take publications.jsonl, allowed_signers and the folder publications from the "
                "server, or from a copy that was kept. Any computer with the usual tools will do."
            )
        )
    )
    yield Paragraph(
        say(
            N_(
                "Each line of the record holds, as “previous”, the digest of the line before it, so "
                "no line can be changed without changing all that follow. This prints the digest of "
                "line %(number)d:"
            ),
            number=number,
        )
    )
    yield Commands(f"sed -n {number}p publications.jsonl | sha256sum")
    if event and event.digest:
        yield Paragraph(say(N_("That a line names this address with this digest:")))
        key = f'{json.dumps(evidence.address, ensure_ascii=False)}:"{event.digest}"'
        yield Commands(f"sed -n {number}p publications.jsonl | grep -oF {shlex.quote(key)}")
        yield Paragraph(say(N_("That a file is the one that was published:")))
        path = path_of(evidence.address)
        yield Commands(
            f"sha256sum {shlex.quote(f'releases/{event.release}/{path}')}\n"
            f"curl -s {shlex.quote(evidence.url)} | sha256sum"
        )
    if event and event.signer:
        yield Paragraph(
            say(N_("That a line was signed with a key in allowed_signers, and is as it was:"))
        )
        yield Commands(
            f"sed -n {number}p publications.jsonl | ssh-keygen -Y verify -f allowed_signers "
            f"-I {IDENTITY} -n {NAMESPACE} -s publications/{number}.sig"
        )
    if event and event.commit and event.day:
        yield Paragraph(
            say(N_("That the page is what the notes say: the commit, built again for its day."))
        )
        yield Commands(
            f"git checkout {event.commit}\nsaig build --production --today {event.day} --output site"
        )
    yield Paragraph(
        say(
            N_(
                "On this day the record has %(lines)d lines, and the digest of the last is %(digest)s."
            ),
            lines=evidence.lines,
            digest=evidence.last_line,
        )
    )


def _what_it_does_not_prove(evidence: Evidence, say: Say) -> Iterator[Block]:
    yield Heading(say(N_("What this does not prove")))
    points = [
        say(
            N_(
                "The times are those of the publishing computer's own clock. They are no qualified "
                "electronic time stamps."
            )
        ),
        say(
            N_(
                "The record tells what was given to the web server to serve. It does not prove that "
                "the server ran, that the network delivered the page, or that anyone read it."
            )
        ),
        say(
            N_(
                "Whoever holds both the folder and the signing key could write the whole record anew. "
                "Only a copy of it, or of the digest of its last line, kept by someone else, shows that."
            )
        ),
        say(
            N_(
                "A file that someone changed on the server is noticed when the folder is verified or "
                "published again, not before."
            )
        ),
    ]
    if any(event.signer for event in evidence.events):
        points.append(
            say(
                N_("A signature shows which key signed, not which person. Compare its fingerprint.")
            )
        )
    else:
        points.append(
            say(N_("These lines are not signed: whoever could write the folder could write them."))
        )
    yield Points(points)


def as_text(evidence: Evidence, signatures: Mapping[int, bool], lang: str) -> str:
    """Plain lines; a table's rows are told one field a line, for digests are long."""
    title = for_editors(N_("Evidence of publication"), lang)
    lines = [title, "=" * len(title)]
    for block in blocks(evidence, signatures, lang):
        lines.append("")
        match block:
            case Heading(text):
                lines += [text, "-" * len(text)]
            case Paragraph(text):
                lines.append(text)
            case Commands(text):
                lines += [f"    {line}" for line in text.splitlines()]
            case Points(items):
                lines += [f"- {item}" for item in items]
            case Table(caption, head, rows):
                lines.append(f"{caption}:")
                for row in rows:
                    lines.append("")
                    lines += [f"    {name}: {cell}" for name, cell in zip(head, row, strict=True)]
    return "\n".join(lines) + "\n"


_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; }
.table { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { text-align: start; font-weight: bold; padding: .25rem 0; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: start; vertical-align: top; }
td, code, p { overflow-wrap: anywhere; }
td { min-width: 5rem; }
pre { border: 1px solid; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { font-size: 9pt; margin: 0; max-width: none; } .table { overflow: visible; }
  tr, pre { break-inside: avoid; } h2 { break-after: avoid; } }
"""


def as_html(evidence: Evidence, signatures: Mapping[int, bool], lang: str) -> str:
    """A page of its own, which needs nothing else: to print, or to keep."""
    title = for_editors(N_("Evidence of publication"), lang)
    body = "\n".join(_html(block) for block in blocks(evidence, signatures, lang))
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: {escape(evidence.url)}</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _html(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Commands(text):
            return f"<pre><code>{escape(text)}</code></pre>"
        case Points(items):
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case Table(caption, head, rows):
            heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
            body = "\n".join(
                "<tr>"
                + f'<th scope="row">{escape(row[0])}</th>'
                + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
                + "</tr>"
                for row in rows
            )
            # Wide tables scroll by themselves on a small screen, with the keyboard too.
            return (
                f'<div class="table" role="region" tabindex="0" aria-label="{escape(caption)}">'
                f"<table>\n<caption>{escape(caption)}</caption>\n"
                f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
            )
