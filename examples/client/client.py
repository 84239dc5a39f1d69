#!/usr/bin/env python3
"""A department with "open now", and the norms in force, as plain text, from any site made with Saig.

    python3 client.py https://example.org/ [--lang es] [--department ID] [--at 2026-11-26T10:00]

Needs Python's standard library alone. All that it knows of sites is in their schemas and docs/data.md.
"""

import argparse
import datetime
import json
import sys
import urllib.request
import zoneinfo

DAY = datetime.timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Site:
    """What pages are made of beside their own documents, and the way to these."""

    def __init__(self, root, lang=None):
        self.root = self.published = f"{root.rstrip('/')}/"
        self.index = self.get(f"{self.root}api/v1/index.json")
        self.published = self.index["site"]
        self.documents, page = [*self.index["documents"]], self.index
        while page["next"]:
            page = self.get(page["next"])
            self.documents += page["documents"]
        if not self.index["schema_version"].startswith("1."):
            sys.exit("This client reads version 1 of the interface alone.")
        shared = {(one["kind"], one["lang"]): one["document"] for one in self.index["shared"]}
        languages = [lang for kind, lang in shared if kind == "site"]
        self.lang = lang or languages[0]
        if self.lang not in languages:
            sys.exit(f"The languages of this site are {', '.join(languages)}.")
        self.own, self.codes = (self.get(shared[kind, self.lang]) for kind in ("site", "codes"))
        self.zone = zoneinfo.ZoneInfo(self.own["time_zone"])

    def get(self, address):
        """What stands at an address of the site, where it is served now: it may be a copy."""
        with urllib.request.urlopen(self.root + address.removeprefix(self.published)) as answer:
            return json.load(answer)

    def document(self, kind, identifier):
        """In the client's language, else in one that there is."""
        listed = [one for one in self.documents if (one["kind"], one["id"]) == (kind, identifier)]
        found = {one["lang"]: one["document"] for one in listed}
        if not found:
            sys.exit(f"This site has no {kind} {identifier}.")
        return self.get(found.get(self.lang) or min(found.values()))

    def norms(self):
        page = self.document("section", "norms")
        yield from page["section"]["items"]
        while further := page["section"]["paging"]["next"]:
            page = self.get(f"{further}index.json")
            yield from page["section"]["items"]


def spans(day, windows, closures, zone):
    """When it is open on a day: beginnings and ends, in their order."""

    def has(first, last):
        return (first or "") <= day.isoformat() <= (last or "9999")

    def at(clock):
        hour, minute = map(int, clock.split(":"))
        on = day + DAY * (hour // 24)  # 24:00 is midnight at the end of the day
        return datetime.datetime.combine(on, datetime.time(hour % 24, minute), zone)

    if any(has(closure["from"], closure["until"] or closure["from"]) for closure in closures):
        return []
    return sorted(
        (at(window["opens"]), at(window["closes"]))
        for window in windows
        if WEEKDAYS[day.weekday()] in window["days"]
        and has(window["counts_from"], window["counts_until"])
    )


def opening(now, windows, closures):
    """Until when it is open, or else when it opens next. Hours that meet at midnight are one."""
    end = None
    for ahead in range(60):
        for begins, closes in spans(now.date() + ahead * DAY, windows, closures, now.tzinfo):
            if begins > (end or now):
                return (end, None) if end else (None, begins)
            end = max(end or now, closes) if closes > now else end
        if end and (ahead > 7 or end.date() <= now.date() + ahead * DAY):
            return end, None
    return None, None


def open_now(site, now, contact, channel):
    """Whether it is open through a channel, in the words of the site."""
    hours, closures = contact["opening_hours"] + contact["upcoming_hours"], contact["closures"]
    own = [window for window in hours if window["channel"] == channel]
    end, begins = opening(now, own, closures)
    then, known = end or begins or now, contact["holidays_known_until"] or ""
    is_soon = then > now and (then.date() == now.date() or (end and end - now < DAY))
    kind = "today" if is_soon else "next" if begins else "closed"
    if end:
        kind = "always" if end - now > 7 * DAY else "open" if is_soon else "open_until"
    if (end or is_soon) and now.date().isoformat() > known:
        kind = "usual_today"
    elif begins and begins.date().isoformat() > known:
        kind = "usual_next"
    times = (f"{one:%H:%M}–{two:%H:%M}" for one, two in spans(now.date(), own, closures, site.zone))
    day = site.codes["days"][WEEKDAYS[then.weekday()]]
    day += f" {then:%Y-%m-%d}" if then - now > 6 * DAY else ""
    words = {"day": day, "time": f"{then:%H:%M}", "times": ", ".join(times)}
    return site.codes["opening"][kind].format(**words)


def department(site, identifier, now):
    document, codes = site.document("contact", identifier), site.codes
    contact = document["contact"]
    yield f"{document['title']} ({now:%Y-%m-%d %H:%M})"
    yield document["summary"]
    yield from (telephone["shown"] for telephone in contact["telephones"])
    for channel in dict.fromkeys(one["channel"] for one in contact["opening_hours"] if one["days"]):
        name = f"{codes['channels'][channel]}. " if channel else ""
        yield f"* {name}{open_now(site, now, contact, channel)}"
    for window in contact["opening_hours"]:
        days = ", ".join(codes["days"][day] for day in window["days"])
        means = [window["label"], codes["appointments"].get(window["appointment"])]
        yield ". ".join(filter(None, [f"  {days} {window['opens']}-{window['closes']}", *means]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", help="the site's address")
    parser.add_argument("--lang", help="one of its languages; its first by default")
    parser.add_argument("--department", metavar="ID", help="by default the first on its home page")
    parser.add_argument("--at", type=datetime.datetime.fromisoformat, help="not now, but then")
    given = parser.parse_args()
    site = Site(given.site, given.lang)
    now = given.at.replace(tzinfo=site.zone) if given.at else datetime.datetime.now(site.zone)
    name = given.department or site.document("home", "home")["home"]["departments"][0]["id"]
    norms = [norm for norm in site.norms() if norm["state"] in ("in-force", "partly-in-force")]
    said = [f"- {norm['title']} ({norm['state_said']})" for norm in norms]
    said += [site.own["legal_notices"]["legal_value"]]
    print(site.own["name"], *department(site, name, now), *said, sep="\n")


if __name__ == "__main__":
    main()
