"""``content/site.yaml`` of a new town, with a comment for each line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

import yaml

from ..languages import broader
from ..notes.site import SECTIONS, Site
from ..packs.load import known_packs, law
from ..words import N_, for_editors
from .answers import Answers
from .texts import of_language

FIRST_LINE = N_("What is true of the whole site. Every line says what it is for.")
PURPOSES = {
    "contacts": N_("departments and offices"),
    "services": N_("what a citizen can get done"),
    "norms": N_("laws, decrees, plans"),
    "notices": N_("news, changes of service, deadlines"),
    "topics": N_("everything on one subject"),
    "booking": N_("where to book, and where there is no need to"),
    "search": N_("the search page"),
}
PLACEHOLDER = N_("to be filled in")
MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
"""The members of the European Union."""


def packs_of(country: str, languages: Iterable[str] = ()) -> list[str]:
    """The packs of the law of a country: its own, or that of the Union, or none. If norms are cited
    in one of these languages in a single region only, that region's."""
    code = country.lower()
    if code not in known_packs():
        return ["eu"] if country in MEMBERS.split() else []
    for lang in languages:
        if not _cites(code, lang):
            regions = [name for name in _regions_of(code) if _cites(name, lang)]
            if len(regions) == 1:
                return regions
    return [code]


def _regions_of(pack: str) -> list[str]:
    return [name for name in known_packs() if name.startswith(f"{pack}-")]


def _cites(pack: str, lang: str) -> bool:
    return any(code in law((pack,)).citations for code in broader(lang))


def site_file(answers: Answers, organisation: str, topic: str, lang: str) -> str:
    """The text of the file. ``organisation``, ``topic``: ids; ``lang``: the editor's, for
    comments."""
    same = dict.fromkeys(answers.languages, answers.name)
    first = answers.languages[0]
    packs = packs_of(answers.country, answers.languages)
    lines = [
        f"# {for_editors(FIRST_LINE, lang)}",
        _line("name", same, lang),
        _line("organisation", organisation, lang),
        _line("languages", list(answers.languages), lang),
        _line("time_zone", answers.time_zone, lang),
        *([_line("country", answers.country, lang)] if answers.country else []),
        _line("law", packs, lang, _regions(packs, lang)),
        f"sections:  # {_purpose('sections', lang)}",
        *(f"  {_section(name, answers.languages, lang)}" for name in SECTIONS),
        f"topics:  # {_purpose('topics', lang)}",
        f"  {topic}: {flow({one: of_language(one)['topic'] for one in answers.languages})}",
        _line("booking", {first: "https://example.org/booking/"}, lang, _unknown(lang)),
        _line("register", {first: "https://example.org/office/"}, lang, _unknown(lang)),
    ]
    written = {line.partition(":")[0] for line in lines}
    others = [field.alias or name for name, field in Site.model_fields.items()]
    more = ", ".join(name for name in others if name not in written)
    lines.append(f"# {for_editors(N_('What else may stand here: %(names)s'), lang, names=more)}")
    return "\n".join([*lines, ""])


def _unknown(lang: str) -> str:
    return for_editors(PLACEHOLDER, lang).upper()


def _regions(packs: Sequence[str], lang: str) -> str:
    """The packs of a country's regions, of which one may be the town's."""
    found = [name for one in packs for name in _regions_of(one.partition("-")[0])]
    named = ", ".join(f"[{name}]" for name in found)
    return for_editors(N_("or that of the region: %(names)s"), lang, names=named) if found else ""


def _section(name: str, languages: Iterable[str], lang: str) -> str:
    said = {one: of_language(one)["sections"][name] for one in languages}
    value = {
        "name": {one: words for one, (words, _) in said.items()},
        "slug": {one: slug for one, (_, slug) in said.items()},
    }
    return f"{name}: {flow(value)}  # {for_editors(PURPOSES[name], lang)}"


def _line(name: str, value: object, lang: str, more: str = "") -> str:
    return f"{name}: {flow(value)}  # {'; '.join(filter(None, (_purpose(name, lang), more)))}"


def _purpose(name: str, lang: str) -> str:
    fields = Site.model_fields
    found = next((one for key, one in fields.items() if name in (key, one.alias)), None)
    return for_editors((found and found.description) or name, lang)


def flow(value: object) -> str:
    """Plain data as YAML on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_plain(key)}: {flow(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    return _plain(str(value))


def _plain(text: str) -> str:
    if re.fullmatch("[A-Za-z][A-Za-z0-9/_-]*", text) and yaml.safe_load(text) == text:
        return text
    return json.dumps(text, ensure_ascii=False)
