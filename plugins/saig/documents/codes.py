"""The words for every code of documents in one language. Pages, calendars and cards use them, and
they are published, so that whoever shows a document can use them too."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..catalogue import addresses
from ..inflection import Inflected
from ..notes.weekdays import DAYS
from ..packs.law import Law, said, said_exactly
from ..words import Translator
from .force_words import happened_words

Codes = dict[str, Any]


@lru_cache
def codes(words: Translator, law: Law) -> Codes:
    """Every table of words by code, in the language of ``words``; read-only. ``law``: of the site's
    packs."""
    return {
        **service_codes(words),
        **_of_notes(words),
        **_of_norms(words, law),
        **_of_lists(words),
        "days": {day: words.weekdays([day]) for day in DAYS},
        "opening": _of_opening(words),
    }


def codes_document(words: Translator, law: Law, site_url: str) -> Codes:
    """The same as published at ``api/v1/codes/<lang>.json``."""
    return {
        "$schema": f"{site_url}/{addresses.schema('codes')}",
        "lang": words.lang,
        **codes(words, law),
    }


@lru_cache
def service_codes(words: Translator) -> Codes:
    """The codes of contacts and services, which do not depend on packs."""
    _ = words.gettext
    return {
        "channels": {
            "in-person": _("In person"),
            "video": _("By videoconference"),
            "phone": _("By telephone"),
            "email": _("By e-mail"),
            "online": _("Online"),
            "post": _("By post"),
        },
        "appointments": {
            "required": _("Appointment required"),
            "optional": _("Appointment optional"),
            "none": _("No appointment needed"),
        },
        "bookings": {
            "in-person": _("Book an appointment in person"),
            "video": _("Book a videoconference"),
            "phone": _("Book a telephone appointment"),
            "email": _("Write an e-mail"),
            "online": _("Do it online"),
            "post": _("How to send it by post"),
        },
        "booking_without_appointment": _("More about this channel"),
        **_of_audience(words),
    }


def _of_audience(words: Translator) -> Codes:
    pgettext = words.pgettext
    return {
        "audiences": {
            "citizens": pgettext("audience", "Citizens"),
            "companies": pgettext("audience", "Companies"),
            "professionals": pgettext("audience", "Professionals"),
            "associations": pgettext("audience", "Associations"),
            "administrations": pgettext("audience", "Public administrations"),
        },
        "life_events": {
            "birth": pgettext("life event", "Birth"),
            "residence": pgettext("life event", "Residence"),
            "studying": pgettext("life event", "Studying"),
            "working": pgettext("life event", "Working"),
            "moving": pgettext("life event", "Moving"),
            "retiring": pgettext("life event", "Retiring"),
            "business": pgettext("life event", "Starting, running and closing a business"),
            "building": pgettext("life event", "Building and renovating"),
        },
    }


def _of_notes(words: Translator) -> Codes:
    _ = words.gettext
    return {
        "kinds": {
            "contact": _("Contact"),
            "service": _("Service"),
            "norm": _("Norm"),
            "notice": _("Notice"),
            "page": _("Page"),
        },
        "states": {
            "upcoming": _("Upcoming"),
            "current": _("Current"),
            "expired": _("Expired"),
            "superseded": _("Superseded"),
            "not-yet-in-force": _("Not yet in force"),
            "in-force": _("In force"),
            "partly-in-force": _("In force, with repealed, annulled or suspended provisions"),
            "suspended": _("Suspended"),
            "no-longer-in-force": _("No longer in force"),
            "unknown": _("Force not known"),
        },
        "urgencies": {
            "routine": _("Routine"),
            "important": _("Important"),
            "urgent": _("Urgent"),
        },
    }


def _of_norms(words: Translator, law: Law) -> Codes:
    _ = words.gettext
    return {
        "norm_types": {code: said(one[-1].name, words.lang) for code, one in law.types.items()},
        "norms_of_type": {
            code: said(one[-1].plural, words.lang) for code, one in law.types.items()
        },
        "judgments": law.judgments,
        "gazettes": {
            code: {"name": name, "short": said_exactly(one.short, words.lang) or code}
            for code, one in law.gazettes.items()
            if (name := said_exactly(one.name, words.lang))
        },
        "relations": {
            "active": {
                "amends": _("Amends"),
                "adds": _("Adds to"),
                "removes": _("Removes from"),
                "repeals": _("Repeals"),
                "repeals-part": _("Repeals in part"),
                "annuls": _("Annuls"),
                "suspends": _("Suspends"),
                "lifts": _("Lifts the suspension of"),
                "prorogues": _("Prolongs"),
                "develops": _("Develops"),
                "validates": _("Validates"),
                "corrects": _("Corrects"),
                "continues": _("Continues"),
                "challenges": _("Challenges"),
            },
            "passive": happened_words(words),
        },
        "deeds": _deeds(words),
        "abbreviations": {
            "art.": _("article"),
            "arts.": _("articles"),
            "DA": _("additional provision"),
            "DT": _("transitional provision"),
            "DD": _("repealing provision"),
            "DF": _("final provision"),
        },
        "events": {
            "enacted": _("Enacted"),
            "published": _("Published"),
            "in-force": _("Entry into force"),
            "amended": _("Amendment"),
            "added": _("Addition"),
            "removed": _("Removal"),
            "repealed": _("Repeal"),
            "repealed-in-part": _("Repeal in part"),
            "annulled": _("Annulment"),
            "suspended": _("Suspension"),
            "suspension-ended": _("End of the suspension"),
            "suspension-lifted": _("Lifting of the suspension"),
            "prorogued": _("Prolongation"),
            "validated": _("Validation"),
            "corrected": _("Correction"),
            "continued": _("Continuation"),
            "challenged": _("Challenge"),
            "bill": _("Passage as a bill"),
            "expired": _("End of its force"),
            "not-validated": said_exactly(law.not_converted, words.lang)
            or _("Without effect: it was not validated"),
        },
    }


def _deeds(words: Translator) -> dict[str, dict[str, str]]:
    """What a norm does to another, to follow the name of the acting norm: to ``%(provisions)s``, or
    to the whole norm."""
    _ = words.gettext
    found = {
        "amends": (_("amends %(provisions)s"), _("amends some provisions")),
        "adds": (_("adds %(provisions)s"), _("adds some provisions")),
        "removes": (_("removes %(provisions)s"), _("removes some provisions")),
        "repeals": (_("repeals %(provisions)s"), _("repeals the whole norm")),
        "repeals-part": (_("repeals %(provisions)s"), _("repeals some provisions")),
        "annuls": (_("annuls %(provisions)s"), _("annuls the whole norm")),
        "suspends": (_("suspends %(provisions)s"), _("suspends the whole norm")),
        "lifts": (_("lifts the suspension (%(provisions)s)"), _("lifts the suspension")),
        "prorogues": (_("prolongs %(provisions)s"), _("prolongs the norm")),
        "develops": (_("develops %(provisions)s"), _("develops the norm")),
        "validates": (_("validates %(provisions)s"), _("validates the norm")),
        "corrects": (_("corrects %(provisions)s"), _("corrects errors")),
        "continues": (_("continues %(provisions)s"), _("continues its content")),
        "challenges": (_("challenges %(provisions)s"), _("challenges the norm")),
        "bill": (_("passage as a bill"), _("passage as a bill")),
    }
    return {
        code: {"of_provisions": some, "of_norm": whole} for code, (some, whole) in found.items()
    }


def _of_lists(words: Translator) -> Codes:
    _ = words.gettext
    return {
        "views": {
            "state": _("By state"),
            "type": _("By type"),
            "year": _("By year"),
            "topic": _("By topic"),
            "relations": _("As a map"),
        },
        "without_group": {
            "type": _("Other norms"),
            "year": _("Year not known"),
            "topic": _("Without a topic"),
        },
        "lists": {
            "services": _("What you can get done"),
            "notices": _("Notices"),
            "norms": _("Norms"),
            "contacts": _("Whom to contact"),
            "pages": _("Pages"),
            "explained_in": _("Notes that explain it"),
            "cited_in": _("Notes that cite it"),
            "related": _("See also"),
            "mentioned_in": _("Mentioned in"),
        },
    }


def _of_opening(words: Translator) -> Codes:
    """What is said of hours at a moment. ``{time}``, ``{day}``, ``{date}`` and ``{times}`` are to
    be filled in; ``days``: the weekdays in the form that such a message needs, if it is not the
    usual one."""
    _ = words.gettext
    said = {
        "open": _("Open now, closes at %(time)s"),
        "open_until": _("Open now, closes: %(day)s, %(time)s"),
        "open_until_date": _("Open now, closes: %(date)s, %(time)s"),
        "always": _("Open now, 24 hours a day"),
        "today": _("Closed now; opens today at %(time)s"),
        "next": _("Closed now; next: %(day)s, %(time)s"),
        "next_date": _("Closed now; next: %(date)s, %(time)s"),
        "closed": _("Closed now"),
        "usual_today": _("Usual hours today: %(times)s"),
        "usual_next": _("Closed now; going by the usual hours, next: %(day)s, %(time)s"),
        "usual_next_date": _("Closed now; going by the usual hours, next: %(date)s, %(time)s"),
    }
    places = {name: f"{{{name}}}" for name in ("time", "date", "times")}
    day = Inflected("{day}", lambda form: "{day}")
    forms = {name: asked[1] for name, one in said.items() if (asked := _FORM.search(one))}
    days = {
        name: {day: words.weekday(index).form(form) for index, day in enumerate(DAYS)}
        for name, form in forms.items()
    }
    filled = {name: words.fill(one, day=day, **places) for name, one in said.items()}
    return {**filled, "days": days}


_FORM = re.compile(r"%\(day\.(\w+)\)s")
