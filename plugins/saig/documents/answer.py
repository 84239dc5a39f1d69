"""The answer at the top of a norm's page: whether it is in force, since when, and what holds
now."""

from __future__ import annotations

from html import escape

from .common import DocumentBuilder, Facts
from .force_words import done_words

ENDS = {"suspended": "suspends", "annulled": "annuls"}
"""Reason of a state -> the relation that ends force; any other: ``repeals``."""


def answer_html(builder: DocumentBuilder, part: Facts) -> str:
    """The answer as HTML, with absolute links. ``part``: what the document says of the norm."""
    said = [f"<strong>{escape(_state(builder, part))}</strong>", *_more(builder, part)]
    return " ".join(said)


def _state(builder: DocumentBuilder, part: Facts) -> str:
    words, state, since = builder.words, part["state"], part["state_since"]
    _, day = words.gettext, words.day(since) if since else None
    if state == "in-force" and day:
        is_judgment = builder.is_judgment(part)
        said = _("It has effects since %(date)s.") if is_judgment else _("In force since %(date)s.")
        return words.fill(said, date=day)
    if state == "not-yet-in-force" and (begins := part["first_date_entry_in_force"]):
        said = _("Not yet in force. It will be from %(date)s.")
        return words.fill(said, date=words.day(begins))
    if state == "suspended":
        without = _("Suspended, since a day that we do not know.")
        return words.fill(_("Suspended since %(date)s."), date=day) if day else without
    if state == "no-longer-in-force":
        without = _("Not in force, since a day that we do not know.")
        return words.fill(_("Not in force since %(date)s."), date=day) if day else without
    name: str = part["state_said"]
    return f"{name[:1].upper()}{name[1:]}."


def _more(builder: DocumentBuilder, part: Facts) -> list[str]:
    """The sentences that follow: why it ended, what holds now, or who ended or suspended it."""
    _, state, reason = builder.words.gettext, part["state"], part["state_reason"]
    is_over = state == "no-longer-in-force"
    found = []
    if state == "unknown" and (text := part["official_text"]):
        link = {"link": f'<a href="{escape(text)}">', "end": "</a>"}
        found.append(escape(_("See the %(link)sofficial text%(end)s.")) % link)
    if is_over and reason == "not-validated":
        found.append(escape(_("It was not validated.")))
    if is_over and reason == "expired":
        found.append(escape(_("Its time is over.")))
    for norm in part["holds_now"]:
        said = _("Look also at %(norm)s (%(state)s), which continues its content.")
        if is_over:
            said = _("See %(norm)s (%(state)s).")
        named = {"norm": _link(builder, norm, norm["named"]), "state": escape(norm["state_said"])}
        found.append(escape(said) % named)
    who = part["state_by"] or part["state_act"]
    if who and not (is_over and part["holds_now"]):
        done = done_words(builder.words, ENDS.get(reason, "repeals"), [])
        by = (
            f"{_link(builder, who, who['short_title'])} ({escape(who['state_said'])})"
            if part["state_by"]
            else _act(builder, who)
        )
        found.append(f"{escape(done)}: {by}.")
    return found


def _link(builder: DocumentBuilder, norm: Facts, words: str) -> str:
    there = escape(norm["url"])
    return f'<a href="{there}"{builder.language(norm["lang"])}>{escape(words)}</a>'


def _act(builder: DocumentBuilder, act: Facts) -> str:
    lang = act["title_lang"]
    language = f' lang="{lang}"' if lang != builder.lang else ""
    if act["url"]:
        return f'<a href="{escape(act["url"])}"{language}>{escape(act["title"])}</a>'
    return f"<span{language}>{escape(act['title'])}</span>" if language else escape(act["title"])
