"""The names of fields and of codes in an editor's form, as messages to be translated."""

from __future__ import annotations

from .. import languages
from ..notes.weekdays import DAYS
from ..words import N_, for_editors

FIELDS = {
    "title": N_("Title"),
    "short_title": N_("Short title"),
    "summary": N_("Summary"),
    "slug": N_("Last part of the address"),
    "changes": N_("Changes"),
    "date": N_("Date"),
    "modified": N_("Last change"),
    "status": N_("Status"),
    "old_addresses": N_("Old addresses"),
    "topics": N_("Topics"),
    "search_words": N_("Words for the search"),
    "departments": N_("Departments"),
    "services": N_("Services"),
    "norms": N_("Norms"),
    "valid_from": N_("First day"),
    "valid_until": N_("Last day"),
    "supersedes": N_("Replaces"),
    "parent": N_("Belongs to"),
    "aliases": N_("Other names"),
    "address": N_("Address"),
    "accessibility": N_("Accessibility"),
    "telephones": N_("Telephones"),
    "emails": N_("E-mail"),
    "website": N_("Web site"),
    "opening_hours": N_("Opening hours"),
    "closures": N_("Closed days"),
    "dir3": N_("DIR3"),
    "identifiers": N_("Codes in directories"),
    "scheme": N_("Directory"),
    "value": N_("Code"),
    "verified_on": N_("Checked on"),
    "text": N_("Text"),
    "street_address": N_("Street and number"),
    "extra": N_("Floor, entrance"),
    "postal_code": N_("Postcode"),
    "locality": N_("Town"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "number": N_("Number"),
    "extensions": N_("Extensions"),
    "label": N_("Label"),
    "days": N_("Days"),
    "opens": N_("Opens at"),
    "closes": N_("Closes at"),
    "overrides": N_("In place of the others"),
    "channel": N_("Channel"),
    "appointment": N_("Appointment"),
    "from": N_("From"),
    "until": N_("Until"),
    "channels": N_("Channels"),
    "no_channel": N_("Why there is no channel"),
    "online_only_norm": N_("Norm that makes it online only"),
    "bring": N_("What to bring"),
    "audience": N_("Whom it is for"),
    "audience_codes": N_("Whom it is for, in codes"),
    "life_events": N_("Life events"),
    "gives": N_("What one gets"),
    "processing_time": N_("Time to an answer"),
    "cost": N_("Cost"),
    "deadline": N_("Deadline"),
    "procedure_code": N_("Procedure code"),
    "id": N_("Identifier"),
    "url": N_("Link"),
    "contact": N_("Contact"),
    "if_no_slot": N_("If there is no free appointment"),
    "eli": N_("ELI address"),
    "jurisdiction": N_("Jurisdiction"),
    "type": N_("Type"),
    "date_document": N_("Date of the act"),
    "passed_by": N_("Passed by"),
    "published_in": N_("Published in"),
    "first_date_entry_in_force": N_("First day in force"),
    "date_no_longer_in_force": N_("Last day in force"),
    "end_reason": N_("Why it ended"),
    "relations": N_("What it does to other norms"),
    "done_by_others": N_("What others did to it"),
    "checked": N_("Check"),
    "gazette_differs": N_("Where the gazette differs"),
    "gazette": N_("Gazette"),
    "norm": N_("Norm"),
    "provisions": N_("Articles"),
    "by": N_("By"),
    "on": N_("On"),
    "source": N_("Source"),
    "as_of": N_("As of"),
    "about": N_("About"),
    "reason": N_("Reason"),
    "urgency": N_("Urgency"),
    "see": N_("Look instead at"),
}

CODES = {
    "published": N_("published"),
    "draft": N_("draft"),
    "hidden": N_("hidden"),
    "routine": N_("routine"),
    "important": N_("important"),
    "urgent": N_("urgent"),
    "in-person": N_("in person"),
    "video": N_("by videoconference"),
    "phone": N_("by telephone"),
    "email": N_("by e-mail"),
    "online": N_("online"),
    "post": N_("by post"),
    "required": N_("with appointment"),
    "optional": N_("with or without appointment"),
    "none": N_("without appointment"),
    "expired": N_("expired"),
    "not-validated": N_("not validated by parliament"),
    "amends": N_("amends"),
    "adds": N_("adds"),
    "removes": N_("removes"),
    "repeals": N_("repeals"),
    "repeals-part": N_("repeals in part"),
    "annuls": N_("annuls"),
    "suspends": N_("suspends"),
    "lifts": N_("lifts the suspension"),
    "prorogues": N_("extends"),
    "develops": N_("develops"),
    "validates": N_("validates"),
    "corrects": N_("corrects"),
    "continues": N_("continues"),
    "challenges": N_("challenges"),
    "bill": N_("is handled as a bill"),
    "citizens": N_("citizens"),
    "companies": N_("companies"),
    "professionals": N_("professionals"),
    "associations": N_("associations"),
    "administrations": N_("administrations"),
    "birth": N_("birth"),
    "residence": N_("residence"),
    "studying": N_("studying"),
    "working": N_("working"),
    "moving": N_("moving"),
    "retiring": N_("retiring"),
    "business": N_("business"),
    "building": N_("building"),
}

KINDS = {
    "contact": (N_("Contacts"), N_("Contact")),
    "service": (N_("Services"), N_("Service")),
    "norm": (N_("Norms"), N_("Norm")),
    "notice": (N_("Notices"), N_("Notice")),
    "page": (N_("Pages"), N_("Page")),
}
"""Many and one of each kind of note."""


def label(field: str) -> str:
    """The name of a field, to be translated; a field of which none is known has its own."""
    return FIELDS.get(field, field)


def code_label(code: str) -> str:
    return CODES.get(code, code)


def day_label(day: str, lang: str) -> str:
    """A day, or a range of days such as ``monday-friday``, in a language; or that it is unknown."""
    names = [name.lower() for name in DAYS]
    if not set(day.split("-")) <= set(names):
        return for_editors(N_("days not known"), lang)
    own = languages.locale(lang).days["stand-alone"]["wide"]
    return " – ".join(own[names.index(one)] for one in day.split("-"))
