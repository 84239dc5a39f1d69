"""What a built site says, in lines that can be read: for files that somebody has looked over.

What is empty, null or false is left out, and so is the site's address. A note that others name is
written ``norm/x (repealed)``, with its state where it is not the usual one, ``@es`` where its page is in
another language than this one, and ``≠`` where it is called otherwise than on its own page. The same of what else is said of it beside its name, as of a service in a list: its
channels are those of its own page unless they are told; and of the card of a contact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from icalendar import Calendar

SITE = "https://example.org"
Said = dict[str, str]
"""What stands under each name of a page, or of another file."""

ITEM = "\n    - "
NOT_SAID = {"$schema", "url", "uri", "lang", "own_digest", "translations", "kind", "id"}
USUAL = {"current", "in-force", "vigent", "vigente"}
TOLD_OF_NOTES = ("replaced_by", "replaced_on", "is_shown")
TOLD = (".", "es", "contactes/urbanisme", "normativa/ordenanca")
CALENDAR, ATOM = "calendari.ics", "{http://www.w3.org/2005/Atom}"


def documents(output: Path) -> dict[str, Said]:
    """What each document says, by its address. Of one that there is in the first language too: what is
    otherwise there."""
    found = {path: json.loads(path.read_text("utf-8")) for path in output.rglob("index.json")}
    pages = {one["url"]: one for one in found.values() if {"url", "kind", "lang"} <= one.keys()}
    said = {url: _flat(one, one["lang"], pages) for url, one in pages.items()}
    first = {(one["kind"], one["id"]): url for url, one in pages.items() if one["lang"] == "ca"}
    result = {}
    for url, one in sorted(pages.items()):
        other = said[first[one["kind"], one["id"]]] if _is_second(one, first) else {}
        mine = {name: text for name, text in said[url].items() if other.get(name) != text}
        mine |= {name: "-" for name in other if name not in said[url]}
        result[f"{one['kind']} {url.removeprefix(SITE)}"] = mine
    return result


def _is_second(document: Any, first: Mapping[Any, str]) -> bool:
    return document["lang"] != "ca" and (document["kind"], document["id"]) in first


def _flat(document: Any, lang: str, pages: Any) -> Said:
    found: Said = {}

    def put(name: str, value: Any) -> None:
        if value in (None, False, [], {}, ""):
            return
        if isinstance(value, dict) and not _in_one(value, lang, pages):
            for key, inner in value.items():
                if name or key not in NOT_SAID:
                    beside = key.removesuffix("_lang")
                    if beside == key or inner != lang:
                        put(f"{name}.{key}" if name else key, inner)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            found[name] = "".join(f"{ITEM}{_leaf(one, lang, pages)}" for one in value)
        else:
            found[name] = _leaf(value, lang, pages)

    put("", document)
    kind = document.get("kind")  # what all pages share has none
    return {name.removeprefix(f"{kind}."): text for name, text in found.items()}


def _leaf(value: Any, lang: str, pages: Any) -> str:
    if isinstance(value, dict):
        if short := _in_one(value, lang, pages):
            return short
        inner = {
            key: one
            for key, one in value.items()
            if one not in (None, False, [], {}, "") and not (key.endswith("_lang") and one == lang)
        }
        return ", ".join(f"{key}: {_leaf(one, lang, pages)}" for key, one in inner.items())
    if isinstance(value, list):
        texts = [_leaf(one, lang, pages) for one in value]
        return "[" + "; ".join(texts) + "]"
    return str(value).replace(SITE, "").strip().replace("\n", " ⏎ ")


def _in_one(value: dict[str, Any], lang: str, pages: Any) -> str:
    """A note, or a page, as others name it; '' if that is none."""
    if {"kind", "id", "short_title", "state"} <= value.keys():
        return _note(value, lang, pages)
    if value.get("contact") and "has_booking" in value:
        own = pages.get(value["contact"]["url"], {}).get("contact", {}).get("card")
        return f"card of {_note(value['contact'], lang, pages)}" if value == own else ""
    if value.keys() == {"title", "title_lang", "lang", "url"}:
        languages = {value["title_lang"], value["lang"]} - {lang}
        marks = "".join(f"@{one}" for one in sorted(languages))
        return f"{value['title']} <{value['url'].removeprefix(SITE)}>{marks}"
    return ""


def _note(ref: dict[str, Any], lang: str, pages: Any) -> str:
    own = pages.get(ref["url"], {})
    same = ("kind", "id", "lang", "title", "short_title", "summary", "date")
    said = f"{ref['kind']}/{ref['id']}"
    if ref["lang"] != lang:
        said += f"@{ref['lang']}"
    said += "".join(f" ≠{name}: {ref[name]}" for name in same if ref[name] != own.get(name))
    states = [one for one in (ref["state_said"] or ref["state"],) if one not in USUAL]
    states += [f"now {one['title']}" for one in ref["replaced_by"]]
    states += [ref["replaced_on"]] if ref["replaced_on"] else []
    states += ["shown"] if ref.get("is_shown") else []
    part = own.get(ref["kind"], {})
    more = {name: ref[name] for name in ref.keys() - {*same, "url", "state", "state_said"}}
    more = {name: one for name, one in more.items() if name not in TOLD_OF_NOTES}
    states += [
        f"{n}: {_leaf(more[n], lang, pages)}" for n in sorted(more) if more[n] != part.get(n)
    ]
    return said + (f" ({', '.join(states)})" if states else "")


def feeds(output: Path) -> dict[str, Said]:
    """The entries of each feed by their ids. Of the site's own feeds, and those of single notes, what
    they say; of others only which there are."""
    found = {}
    for path in sorted(output.rglob("feed.json")):
        feed = json.loads(path.read_text("utf-8"))
        name = f"feed /{path.relative_to(output).as_posix().removesuffix('feed.json')}"
        entries = {one["id"].partition(":")[2]: _entry(one) for one in feed["items"]}
        is_whole = path.parent.relative_to(output).as_posix() in TOLD
        said = entries if is_whole else {"entries": _several(entries)}
        found[name] = {"title": feed["title"], **said}
        atom = ElementTree.parse(path.with_name("feed.atom")).getroot()
        found[name]["otherwise in Atom"] = _several(
            f"{one.findtext(ATOM + 'id')} {one.findtext(ATOM + 'updated')}"
            for one, item in zip_longest(atom.iter(f"{ATOM}entry"), feed["items"])
            if (one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated"))
            != (item["id"], item["date_modified"])
        )
        found[name]["updated"] = str(atom.findtext(f"{ATOM}updated"))
    return found


def _several(texts: Any) -> str:
    return "".join(f"{ITEM}{text.replace(SITE, '')}" for text in texts)


def _entry(item: Any) -> str:
    days = dict.fromkeys((item.get("date_published", "-"), item["date_modified"]))
    said = [*days, item["language"], item["url"], item["title"], item["content_text"]]
    known = {"id", "date_published", "date_modified", "language", "url", "title", "content_text"}
    said += [f"{name}: {item[name]}" for name in item.keys() - known]
    return " | ".join(said).replace(SITE, "").replace("T00:00:00", "")


def calendars(output: Path) -> dict[str, Said]:
    """The days of each calendar by their ids; of those of contacts, which have days of the site's, only
    which there are."""
    found = {}
    for path in sorted(output.rglob(CALENDAR)):
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        place = path.parent.relative_to(output).as_posix()
        days = {str(one["UID"]): _day(one) for one in events}
        is_whole = "/" not in place
        found[f"calendar /{place}"] = days if is_whole else {"days": _several(days)}
    return found


def _day(event: Any) -> str:
    said = {name: str(event.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "URL")}
    days = [event.decoded(name).isoformat() for name in ("DTSTART", "DTEND", "DTSTAMP")]
    more = sorted(event.keys() - {*said, "UID", "DTSTART", "DTEND", "DTSTAMP", "TRANSP"})
    assert not more, more
    return " | ".join([*days, *said.values()]).replace(SITE, "").replace("T00:00:00+00:00", "")


def others(output: Path) -> dict[str, Said]:
    """Of the files of the whole site: what is told of pages in the index, the site map, searches and to
    servers, what pages share, and when the site changes next."""
    index = json.loads((output / "api/v1/index.json").read_text("utf-8"))
    listed = {
        f"{one['url'].removeprefix(SITE)}": _leaf(
            {k: v for k, v in one.items() if k not in _OF_ALL}, "", {}
        )
        for one in index["documents"]
    }
    rest = {name: _leaf(index[name], "", {}) for name in ("moved", "gone") if name in index}
    change = json.loads((output / "next-change.json").read_text("utf-8"))
    root = ElementTree.parse(output / "sitemap.xml").getroot()
    changed = {str(one[0].text): one.findtext("{*}lastmod") for one in root}
    return {
        "next-change.json": {"date": str(change["date"])},
        "api/v1/index.json": {**listed, **rest},
        "sitemap.xml": {url.removeprefix(SITE): str(day) for url, day in changed.items() if day},
        **{name: {"all": _several(_lines_of(output / name))} for name in FOR_PROGRAMS},
        **dict(_searched(output)),
        **{
            f"shared /{'' if path.stem == 'ca' else f'{path.stem}/'}": _flat(
                json.loads(path.read_text("utf-8")), path.stem, {}
            )
            for path in sorted((output / "api/v1/site").iterdir())
        },
    }


FOR_PROGRAMS = ("_redirects", "_headers", "robots.txt", ".well-known/security.txt")


def _lines_of(path: Path) -> list[str]:
    """Without the digests in names, which any change of a style changes."""
    return re.sub(r"(?<=\.)[0-9a-f]{16}(?=\.)", "…", path.read_text("utf-8")).splitlines()


def _searched(output: Path) -> Iterator[tuple[str, Said]]:
    """What is looked through for words, by address."""
    for path in sorted(output.rglob("search.json")):
        found = json.loads(path.read_text("utf-8"))
        if "entries" not in found:  # the schema of the others
            continue
        name = f"words /{path.parent.relative_to(output).as_posix()}/"
        said = {}
        for kind, address, *texts in found["entries"]:
            state = [found["states"][n] for n in texts[5:6]]
            said[address] = " | ".join(
                _leaf(one, "", {}) for one in (found["kinds"][kind], *texts[:5], *state, *texts[6:])
            )
        yield name, said


_OF_ALL = ("url", "digest", "own_digest", "kind", "id", "lang", "uri", "title", "document")


def problems(found: Any, day: str) -> Said:
    """What an editor is told, by the place."""
    said: dict[str, list[str]] = {}
    lacking = []
    for one in found:
        if one.code == "translation-missing":
            lacking.append(re.sub(r"^content/|\.md$", "", one.path))
            continue
        place = f"{one.path.removeprefix('content/')}:{one.line}:{one.column} {one.code}"
        text = f"{one.message % one.values} / {one.hint % one.values}"
        said.setdefault(place, []).append(
            text.replace(f"date: {day}, reason", "date: today, reason")
        )
    told = {
        place: texts[0] if len(texts) == 1 else _several(texts) for place, texts in said.items()
    }
    return {**told, "translation-missing": " ".join(lacking)}


# -- files that are looked over ------------------------------------------------------------------


def written(days: Mapping[str, Mapping[str, Said]]) -> str:
    """All that is said on the first day, and on each later one what is said otherwise."""
    return "\n".join(_lines(days))


def _lines(days: Mapping[str, Mapping[str, Said]]) -> Iterator[str]:
    before: Mapping[str, Said] = {}
    for day, files in days.items():
        yield f"===== {day}"
        for file in sorted({*files, *before}):
            old, new = before.get(file, {}), files.get(file)
            if new is None:
                yield f"--- {file} is no more"
                continue
            changed = {name: text for name, text in new.items() if old.get(name) != text}
            changed |= {name: "-" for name in old if name not in new}
            if changed or file not in before:
                yield f"--- {file}"
                for name, text in changed.items():
                    yield from _change(name, old.get(name, ""), text)
        yield ""
        before = files


def _change(name: str, old: str, new: str) -> Iterator[str]:
    """What is said under a name, if anything; of a list that was there before only what is otherwise."""
    if not (ITEM in old and ITEM in new):
        yield from ([f"{name}: {new}"] if new else [])
        return
    yield f"{name}:"
    for line in unified_diff(old.split(ITEM)[1:], new.split(ITEM)[1:], n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"  {line[0]} - {line[1:]}"
