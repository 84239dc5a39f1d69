"""Some hundred and fifty notes, each with one thing wrong; ``▶`` is where the problem must point.

The mark is taken out before the note is written. What the hint must say stands in ``hint``.
"""

from __future__ import annotations

from dataclasses import dataclass

MARK = "▶"

_NEEDED = {
    "contacts": "",
    "services": "departments: [obres]\n",
    "norms": "date: 2020-05-01\n",
    "notices": "date: 2020-05-01\n",
    "pages": "",
}


@dataclass(frozen=True)
class Wrong:
    """``path`` in ``content/``; ``others``: more files that it takes."""

    code: str
    path: str
    text: str
    hint: str = ""
    others: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"

    @property
    def title(self) -> str:
        """Words that are in this note alone."""
        return f"Wrong {self.path.replace('/', ' ').replace('.', ' ')}"

    @property
    def raw(self) -> bytes:
        return self.text.replace(MARK, "").replace("TITLE", self.title).encode(self.encoding)

    @property
    def place(self) -> tuple[int, int]:
        before = self.text.replace("TITLE", self.title).partition(MARK)[0]
        assert before != self.text or MARK not in self.text
        if MARK not in self.text:
            return 1, 1
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def note(
    code: str,
    name: str,
    fields: str = "",
    body: str = "Text.",
    hint: str = "",
    others: tuple[tuple[str, str], ...] = (),
) -> Wrong:
    """A note that is good but for these fields or this text."""
    needed = _NEEDED[name.partition("/")[0]]
    way = "" if "no_channel" in fields or "channels" in fields else "no_channel: {ca: No, es: No}\n"
    if not name.startswith("services/"):
        way = ""
    fields = fields and fields.strip("\n") + "\n"
    text = f"---\ntitle: TITLE\nsummary: Summary.\n{needed}{way}{fields}---\n{body}\n"
    return Wrong(code, f"{name}.md", text, hint, others)


def whole(code: str, path: str, text: str, hint: str = "", encoding: str = "utf-8") -> Wrong:
    return Wrong(code, path, text, hint, encoding=encoding)


def link(code: str, name: str, body: str, hint: str = "") -> Wrong:
    return note(code, f"notices/{name}", body=body, hint=hint)


ORDER = "swap the two dates"
HTTPS = "https://"

ERRORS = [
    # The file itself.
    whole("missing-front-matter", "notices/no-front-matter.md", "▶TITLE\n\nText.\n", "---"),
    whole("missing-front-matter", "notices/empty.md", "▶", "---"),
    whole("missing-front-matter", "notices/endless.md", "▶---\ntitle: TITLE\n", "---"),
    whole("missing-front-matter", "notices/blank-first.md", "▶\n---\ntitle: TITLE\n---\n", "---"),
    whole(
        "not-utf8",
        "notices/latin-1.md",
        "---\ntitle: TITLE\nsummary: Pla▶ç\n---\n",
        "UTF-8",
        "latin-1",
    ),
    whole("not-utf8", "notices/utf-16.md", "▶---\ntitle: TITLE\n---\n", "UTF-8", "utf-16"),
    link("not-utf8", "nul", "Text with a▶\x00 NUL.", "delete it"),
    link("not-utf8", "escape", "Red: ▶\x1b[31mText.", "delete it"),
    link(
        "conflict-marker",
        "conflict",
        "One.\n▶<<<<<<< HEAD\nTwo.\n=======\nThree.\n>>>>>>> x\n",
        "<<<<<<<",
    ),
    note(
        "conflict-marker",
        "notices/conflict-above",
        "▶<<<<<<< HEAD\nurgency: urgent\n=======\n>>>>>>> x",
    ),
    whole(
        "too-large",
        "notices/too-large.md",
        "▶---\ntitle: TITLE\n---\n" + "paraula " * 1_250_000,
        "files/",
    ),
    # Its name and its place.
    whole("bad-id", "notices/Accent-à.md", "▶", "accent-a.md"),
    whole("bad-id", "notices/two words.md", "▶", "two-words.md"),
    whole("bad-id", "notices/UPPER.md", "▶", "upper.md"),
    whole("bad-id", "notices/double--hyphen.md", "▶", "double-hyphen.md"),
    whole("bad-id", "notices/original.ca.md", "▶", "to original.md"),
    whole("bad-id", "notices/twice.es.es.md", "▶", "twice-es.es.md"),
    whole("bad-id", "notices/Fira d'estiu.es.md", "▶", "fira-d-estiu.es.md"),
    whole("bad-id", "notices/--.md", "▶", "hyphens"),
    whole("unknown-language", "notices/french.fr.md", "▶", "ca, es"),
    whole("unknown-folder", "note-at-the-top.md", "▶", "notices"),
    whole(
        "missing-original",
        "notices/orphan.es.md",
        "▶---\ntitle: TITLE\nsummary: Summary.\n---\nText.\n",
        "orphan.md",
    ),
    note("duplicate-id", "notices/2021/platja-1", hint="rename"),
    # YAML.
    note("yaml-syntax", "notices/tab", "urgency:\n▶\turgent"),
    note("yaml-syntax", "notices/colon", "short_title: Avís▶: tancat", hint="quotation marks"),
    note("yaml-syntax", "notices/quote", 'short_title: "Avís" ▶tancat', hint="quotation marks"),
    note(
        "yaml-syntax",
        "contacts/comma",
        "telephones: [{number: '+34971000000', label: {ca: ▶Al matí, amb cita, es: Mañana}}]",
        hint='"Al matí, amb cita"',
    ),
    note("yaml-syntax", "contacts/comma-in-list", "telephones: [{number: '+34971000000', label▶}]"),
    note("yaml-syntax", "notices/flow-key", "▶[a]: b"),
    note("yaml-syntax", "notices/tag", "short_title: ▶!!python/object/apply:os.system [id]"),
    note("yaml-syntax", "notices/bang", "short_title: ▶!Obert", hint="quotation marks"),
    whole("yaml-syntax", "notices/no-fields.md", "---\n▶---\nText.\n", "title"),
    whole("yaml-syntax", "notices/only-text.md", "---\n▶TITLE\n---\nText.\n", "title"),
    note("yaml-syntax", "notices/deep", "topics: " + "[" * 11 + "▶[" + "]" * 12),
    note("yaml-alias", "notices/anchor", "short_title: ▶&a Avís", hint="write the value out"),
    note("yaml-alias", "notices/alias", "short_title: ▶*a", hint="quotation marks"),
    note("duplicate-key", "notices/twice", "urgency: routine\n▶urgency: urgent", hint="keep one"),
    note(
        "duplicate-key",
        "contacts/twice-below",
        'telephones:\n  - number: "+34971000002"\n    ▶number: "+34971000003"',
    ),
    # Fields.
    note("unknown-field", "notices/typo", "▶urgencia: urgent", hint="urgency"),
    note("unknown-field", "notices/field-of-another-kind", "▶dir3: L01", hint="title"),
    note(
        "unknown-field",
        "contacts/typo-below",
        'opening_hours:\n  - {days: [monday], opens: 9:00, ▶close: "10:00", closes: "11:00"}',
        hint="closes",
    ),
    whole(
        "missing-field",
        "notices/no-summary.md",
        "---\n▶title: TITLE\ndate: 2020-05-01\n---\nText.\n",
        "summary: …",
    ),
    whole(
        "missing-field",
        "notices/empty-summary.md",
        "---\ntitle: TITLE\n▶summary:\ndate: 2020-05-01\n---\nText.\n",
        "summary: …",
    ),
    whole(
        "missing-field",
        "notices/blank-summary.md",
        '---\ntitle: TITLE\n▶summary: "  "\ndate: 2020-05-01\n---\nText.\n',
    ),
    whole(
        "missing-field",
        "norms/no-date.md",
        "---\n▶title: TITLE\nsummary: S.\n---\nText.\n",
        "date: …",
    ),
    note(
        "missing-field",
        "contacts/no-number",
        "telephones:\n  - ▶label: {ca: A, es: A}",
        hint="number",
    ),
    note(
        "missing-field",
        "contacts/no-first-language",
        "telephones:\n  - {number: +34971000001, ▶label: {es: A}}",
    ),
    whole(
        "missing-field",
        "services/no-way.md",
        "---\n▶title: TITLE\nsummary: S.\ndepartments: [obres]\n---\nText.\n",
        "channels",
    ),
    whole(
        "missing-field",
        "services/nobody.md",
        "---\ntitle: TITLE\nsummary: S.\ndepartments: ▶[]\nno_channel: {ca: N, es: N}\n---\nT.\n",
    ),
    note("wrong-type", "notices/text-for-list", "topics: ▶platja", hint="[one, two]"),
    note("wrong-type", "notices/list-for-text", "short_title: ▶[a, b]", hint="quotation marks"),
    note("wrong-type", "notices/number-for-text", "short_title: ▶2020", hint="quotation marks"),
    note("wrong-type", "notices/truth-for-text", "short_title: ▶true", hint="quotation marks"),
    note("wrong-type", "contacts/text-for-fields", "address: ▶Carrer Major, 1", hint="name: value"),
    note(
        "wrong-type",
        "contacts/text-for-texts",
        "accessibility: ▶2a planta",
        hint="{ca: 2a planta, es: …}",
    ),
    note("wrong-type", "notices/list-for-date", "valid_from: ▶[2020-05-01]", hint="2020-05-15"),
    note(
        "wrong-type",
        "contacts/text-for-number",
        "address: {street_address: A, locality: B, latitude: ▶nord}",
        hint="39.57",
    ),
    note(
        "wrong-type",
        "contacts/truth-for-number",
        "address: {street_address: A, locality: B, latitude: ▶true}",
        hint="39.57",
    ),
    note("bad-value", "notices/status", "status: ▶provisional", hint="published, draft, hidden"),
    note("bad-value", "notices/urgency", "urgency: ▶alta", hint="routine, important, urgent"),
    note("bad-value", "services/weeks", "processing_time: ▶P2W", hint="P14D"),
    note("bad-value", "services/months", "processing_time: ▶3 mesos", hint="P3M"),
    note("bad-value", "services/soon", "processing_time: ▶aviat", hint="P20D"),
    note("bad-value", "services/for-whom", "audience_codes: [▶veinats]", hint="citizens"),
    note("bad-value", "services/life-event", "life_events: [▶obres]", hint="building"),
    note(
        "bad-value",
        "services/channel-id",
        "channels: [{id: ▶Per Telèfon, channel: phone}]",
        hint="per-telefon",
    ),
    note(
        "bad-value",
        "services/channel-id-twice",
        "channels: [{id: a, channel: phone}, {id: ▶a, channel: email}]",
        hint="own",
    ),
    note("wrong-type", "norms/passed-by", "passed_by: ▶Parlament", hint="ca: Parlament"),
    note(
        "bad-value",
        "services/channel",
        "channels: [{channel: ▶fax}]",
        hint="in-person, video, phone, email, online, post",
    ),
    note(
        "bad-value",
        "services/appointment",
        "channels: [{channel: phone, appointment: ▶sempre}]",
        hint="required, optional, none",
    ),
    note(
        "bad-value",
        "norms/relation",
        "relations: [{type: ▶canvia, norm: decret-llei-8-2020}]",
        hint="repeals-part",
    ),
    note(
        "bad-value",
        "norms/end-reason",
        "date_no_longer_in_force: 2020-06-01\nend_reason: ▶cansament",
        hint="not-validated",
    ),
    note("bad-value", "notices/spanish-date", "valid_until: ▶31/12/20", hint="2020-12-31"),
    note("bad-value", "notices/short-date", "valid_until: ▶20200601", hint="2020-06-01"),
    note("bad-value", "notices/february-30", "valid_until: ▶2021-02-30", hint="month and the day"),
    note("bad-value", "notices/date-and-time", "valid_until: ▶2020-06-01 10:00", hint="2020"),
    note("bad-value", "notices/long-summary-slug", "slug: ▶Avís d'estiu", hint="small letters"),
    note("bad-value", "notices/climbing-slug", "slug: ▶../../etc/passwd", hint="small letters"),
    whole(
        "bad-value",
        "notices/long-summary.md",
        "---\ntitle: TITLE\ndate: 2020-05-01\nsummary: ▶" + "paraula " * 40 + "\n---\nT.\n",
        "one or two",
    ),
    note("bad-value", "notices/endless-slug", "slug: ▶" + "a" * 300),
    note("bad-value", "notices/endless-address", "old_addresses: [▶/" + "a" * 300 + "/]"),
    note(
        "bad-value",
        "notices/old-address",
        "old_addresses: [▶https://vila.test/x/]",
        hint="/x/",
    ),
    note("bad-value", "notices/climbing-address", "old_addresses: [▶/../x/]", hint="/x/"),
    note("bad-value", "contacts/telephone", 'telephones: [{number: ▶"971 000 001"}]', hint="+34"),
    note("bad-value", "contacts/email", "emails: [▶obres a vila.test]", hint="@"),
    note("bad-value", "contacts/website", "website: ▶www.vila.test", hint=HTTPS),
    note("bad-value", "contacts/website-script", 'website: ▶"javascript:alert(1)"', hint=HTTPS),
    note(
        "bad-value",
        "contacts/latitude",
        "address: {street_address: A, locality: B, latitude: ▶391}",
    ),
    note(
        "wrong-type",
        "contacts/latitude-nan",
        "address: {street_address: A, locality: B, latitude: ▶nan}",
    ),
    note(
        "bad-value",
        "contacts/day",
        'opening_hours: [{days: ▶[feiners], opens: "9:00", closes: "10:00"}]',
        hint="monday-friday",
    ),
    note(
        "bad-value",
        "contacts/clock",
        'opening_hours: [{days: [monday], opens: ▶"25:00", closes: "10:00"}]',
        hint="09:30",
    ),
    note(
        "bad-value",
        "contacts/closes-first",
        "opening_hours: [{days: [monday], opens: 14:00, closes: ▶9:00}]",
        hint="two windows",
    ),
    note(
        "bad-value",
        "norms/eli",
        "eli: ▶https://www.boe.es/diario/8",
        hint="copy it from the gazette",
    ),
    note(
        "bad-value",
        "contacts/no-code-of-the-directory",
        "identifiers: [{scheme: DIR3, value: ▶L01}]",
        hint="codes look like",
    ),
    note(
        "bad-value",
        "norms/eli-day",
        "eli: ▶https://www.boe.es/eli/es-ib/dl/2020/13/45/8",
        hint="copy it",
    ),
    note(
        "bad-value",
        "norms/eli-against-type",
        "eli: https://www.boe.es/eli/es-ib/dl/2020/05/13/9\ntype: ▶l",
        hint="remove it",
    ),
    note(
        "unknown-language",
        "contacts/french-words",
        "search_words: {ca: [a], ▶fr: [b]}",
        hint="ca, es",
    ),
    note(
        "wrong-type",
        "contacts/words-of-no-language",
        "search_words: ▶[obres menors]",
        hint="{ca: [obres menors]}",
    ),
    note(
        "unknown-language",
        "contacts/french-label",
        "telephones: [{number: +34971000001, label: {ca: A, es: A, ▶fr: A}}]",
        hint="ca, es",
    ),
    note("insecure-url", "contacts/http", "website: ▶http://vila.test/", hint="https://vila.test/"),
    note(
        "insecure-url",
        "services/http",
        "channels: [{channel: online, url: ▶http://vila.test/x}]",
        hint="https://vila.test/x",
    ),
    # Each pair of dates.
    note(
        "date-order",
        "notices/validity",
        "valid_from: 2020-06-01\nvalid_until: ▶2020-05-31",
        hint=ORDER,
    ),
    note("date-order", "notices/modified", "modified: ▶2020-04-30", hint=ORDER),
    note(
        "date-order",
        "contacts/hours",
        'opening_hours:\n  - {days: [monday], opens: "9:00", closes: "10:00", '
        "valid_from: 2020-06-01, valid_until: ▶2020-05-31}",
        hint=ORDER,
    ),
    note(
        "date-order",
        "contacts/closure",
        "closures: [{from: 2020-06-01, until: ▶2020-05-31}]",
        hint=ORDER,
    ),
    note(
        "date-order",
        "services/channel-dates",
        "channels: [{channel: phone, valid_from: 2020-06-01, valid_until: ▶2020-05-31}]",
        hint=ORDER,
    ),
    note(
        "date-order",
        "norms/force",
        "first_date_entry_in_force: 2020-05-15\ndate_no_longer_in_force: ▶2020-05-01",
        hint="another norm repeals",
    ),
    note(
        "date-order",
        "norms/relation-dates",
        "relations:\n  - {type: suspends, norm: decret-llei-8-2020, "
        "from: 2020-06-01, until: ▶2020-05-31}",
        hint=ORDER,
    ),
    note(
        "date-order",
        "norms/relation-before-force",
        "first_date_entry_in_force: 2020-06-01\n"
        "relations: [{type: suspends, norm: decret-llei-8-2020, until: ▶2020-05-31}]",
    ),
    # Other notes.
    note(
        "unknown-reference",
        "notices/department",
        "departments: [ajuntament, ▶obrers]",
        hint="obres",
    ),
    note(
        "bad-value",
        "contacts/addresses",
        "address:\n  - ▶{street_address: A, locality: V}\n"
        "  - {street_address: B, locality: V, valid_from: 2027-03-01}",
        hint="valid_until: 2027-02-28",
    ),
    note(
        "unknown-field", "contacts/address", "address: {street_address: A, locality: V, ▶flor: A}"
    ),
    note("unknown-reference", "notices/service", "services: [▶llicencies]", hint="llicencia"),
    note(
        "unknown-reference",
        "notices/norm",
        "norms: [▶decret-lei-8-2020]",
        hint="decret-llei-8-2020",
    ),
    note("unknown-reference", "notices/topic", "topics: [▶platges]", hint="platja"),
    note("unknown-reference", "notices/superseded", "supersedes: [▶platja-3]", hint="platja-"),
    note("unknown-reference", "notices/far-from-all", "norms: [▶zzzzzzzz]", hint="without .md"),
    note("unknown-reference", "contacts/parent", "parent: ▶ajuntamen", hint="ajuntament"),
    note(
        "unknown-reference",
        "norms/unknown-norm",
        "relations: [{type: amends, norm: ▶decret-llei-88-2020}]",
        hint="decret-llei-8-2020",
    ),
    note("contradicting-relation", "contacts/own-parent", "parent: ▶own-parent"),
    note("contradicting-relation", "notices/own-successor", "supersedes: ▶[own-successor]"),
    note(
        "contradicting-relation",
        "norms/own-repeal",
        "relations: [{type: repeals, norm: ▶own-repeal}]",
    ),
    note(
        "contradicting-relation",
        "norms/repeals-its-repealer",
        "relations: [{type: repeals, norm: ▶repealed-repealer}]",
        hint="came later",
        others=(
            (
                "norms/repealed-repealer.md",
                "---\ntitle: Repealed repealer\nsummary: S.\ndate: 2020-05-01\n"
                "relations: [{type: repeals, norm: repeals-its-repealer}]\n---\nT.\n",
            ),
        ),
    ),
    # Addresses.
    note(
        "duplicate-address", "notices/same-slug", "slug: ▶platja-primer-avis", hint="another slug"
    ),
    note("duplicate-address", "notices/same-old-address", "old_addresses: [▶/platja/]"),
    note(
        "duplicate-address", "notices/old-address-that-lives", "old_addresses: [▶/contactes/obres/]"
    ),
    note("duplicate-address", "notices/old-address-of-home", "old_addresses: [▶/index.html]"),
    note("duplicate-address", "notices/old-address-no-slash", "old_addresses: [▶/contactes]"),
    note("bad-value", "notices/old-address-of-data", "old_addresses: [▶/vell/index.json]"),
    note("duplicate-address", "notices/old-address-of-api", "old_addresses: [▶/api/v1/all.json]"),
    note("duplicate-address", "notices/old-address-of-sitemap", "old_addresses: [▶/sitemap.xml]"),
    note(
        "duplicate-address", "notices/old-address-of-theme", "old_addresses: [▶/theme/css/saig.css]"
    ),
    note("duplicate-address", "notices/old-address-twice", "old_addresses: [/dues/, ▶/dues/]"),
    note("duplicate-address", "pages/section", "slug: ▶avisos"),
    note("duplicate-address", "pages/language", "slug: ▶es"),
    note("duplicate-address", "pages/machine", "slug: ▶api"),
    note("duplicate-address", "pages/search", "slug: ▶cerca"),
    note("duplicate-address", "pages/editors-files", "slug: ▶files"),
    note("duplicate-address", "pages/not-found", 'slug: ▶"404"'),
    note("duplicate-address", "pages/page-of-a-folder", "short_title: ▶Índex"),
    note("bad-value", "notices/page-of-a-folder", "slug: ▶index", hint="another word"),
    note("duplicate-address", "notices/year", "slug: ▶2020", hint="with words"),
    note("duplicate-address", "norms/norms-by-type", "slug: ▶per-tipus"),
    # Translations.
    whole(
        "fact-in-translation",
        "contacts/arxiu.es.md",
        '---\ntitle: TITLE\nsummary: S.\n▶telephones: [{number: "+34971000009"}]\n---\nT.\n',
        "arxiu.md",
    ),
    whole(
        "fact-in-translation",
        "notices/2020/platja-2.es.md",
        "---\ntitle: TITLE\nsummary: S.\n▶date: 2020-12-11\n---\nT.\n",
        "platja-2.md",
    ),
    whole(
        "unknown-field",
        "services/consulta-arxiu.es.md",
        "---\ntitle: TITLE\nsummary: S.\n▶sumary: S.\n---\nT.\n",
        "summary",
    ),
    # Links and images.
    link(
        "broken-link", "link-note", "See [it](▶../services/llicencies.md).", "services/llicencia.md"
    ),
    link("broken-link", "link-above", "See [it](▶../../../etc/passwd.md).", "note"),
    link("broken-link", "link-encoded", "See [it](▶..%2f..%2f..%2fetc/passwd).", "note"),
    link("broken-link", "link-bare-word", "See [it](▶llicencia).", "../services/llicencia.md"),
    link("broken-link", "link-no-such-word", "See [it](▶aquí).", "note"),
    link("broken-link", "link-www", "See [it](▶www.vila.test/x#y).", "https://www.vila.test/x#y"),
    link("broken-link", "link-mailbox", "See [it](▶obres@vila.test).", "mailto:obres@vila.test"),
    link("broken-link", "link-bare-file", "See [it](▶planol.png).", "../files/planol.png"),
    link("broken-link", "link-without-words", "See ▶[](https://vila.test).", "square brackets"),
    link("broken-link", "link-of-spaces", "See ▶[ <b></b>&nbsp;](https://vila.test).", "brackets"),
    link("broken-link", "link-empty", "See ▶[it]().", "note"),
    link(
        "broken-link",
        "link-heading-here",
        "See [below](▶#mes-avall).\n\n## Més avall de tot",
        "#mes-avall-de-tot",
    ),
    link(
        "broken-link",
        "link-heading-there",
        "See [it](▶../contacts/obres.md#on-som-ara).",
        "#on-som",
    ),
    link("broken-link", "link-capitals", "See [it](▶/Avisos/2020/).", "/avisos/2020/"),
    link("broken-link", "link-file-slash", "See [it](▶/Calendari.ics/).", "mean /calendari.ics?"),
    link("broken-link", "link-absolute", "See [it](▶/avisos/no-hi-es/).", "../norms/name.md"),
    link("broken-link", "link-filename", "See [it](▶{filename}/norms/no-hi-es.md).", "norms/"),
    link(
        "broken-link",
        "link-second-on-line",
        "[a](../contacts/obres.md) és [b](▶../contacts/obras.md).",
        "contacts/obres.md",
    ),
    link(
        "broken-link", "link-in-list", "- one\n- [two](▶../contacts/obras.md)", "contacts/obres.md"
    ),
    link("missing-file", "file", "The [plan](▶../files/planols.png).", "files/planol.png"),
    link("missing-file", "file-static", "The [plan](▶{static}/files/altre.pdf).", "add the file"),
    link("missing-file", "file-image", "![A plan](▶../files/planol.jpg)", "files/planol.png"),
    link("missing-alt", "no-alt", "Look: ▶![](../files/planol.png)", "![what the image shows]"),
    link("missing-alt", "blank-alt", "Look: ▶![ ](../files/planol.png)", "![what the image shows]"),
    link(
        "external-image", "far-image", "![A plan](▶https://vila.test/planol.png)", "content/files/"
    ),
    link("heading-order", "heading-first", "▶# Títol\n\nText.", "##"),
    link("heading-order", "heading-without-words", "▶##\n\nText.", "behind the signs"),
    link("heading-order", "heading-skipped", "## Dos\n\nText.\n\n▶#### Quatre\n\nText.", "###"),
    link("heading-order", "heading-deep-first", "▶### Tres\n\nText.", "##"),
    link("insecure-url", "link-http", "[a](▶http://vila.test/)", HTTPS),
    link("insecure-url", "link-no-scheme", "[a](▶//vila.test/)", HTTPS),
    link("broken-link", "link-no-mailbox", "[a](▶mailto:obres.vila.cat?subject=x)", "@"),
    link("broken-link", "link-no-mailboxes", "[a](▶mailto:a@b.cat,%20)", "@"),
    link("broken-link", "link-mailto-nobody", "[a](▶mailto:)", "@"),
    link("broken-link", "link-no-telephone", "[a](▶tel:policia)", "digits"),
    # HTML and addresses that act.
    link("unsafe-html", "script", "Text.\n\n▶<script>alert(1)", "Markdown"),
    link("unsafe-html", "onerror", 'Text ▶<b onerror="alert(1)">b</b>.', "Markdown"),
    link("unsafe-html", "img", "Text ▶<img src=x onerror=alert(1)>.", "Markdown"),
    link("unsafe-html", "iframe", 'Text.\n\n▶<iframe src="https://vila.test">', "Markdown"),
    link("unsafe-html", "style-tag", "Text.\n\n▶<style>", "Markdown"),
    link(
        "unsafe-html", "style-attribute", 'Text ▶<span style="position:fixed">s</span>.', "Markdown"
    ),
    link("unsafe-html", "svg", "Text ▶<svg onload=alert(1)>.", "Markdown"),
    link("unsafe-html", "slash-for-space", "<p>\n▶<b/onmouseover=alert(1)>b</b>\n</p>", "Markdown"),
    link("unsafe-html", "form", 'Text.\n\n▶<form action="https://vila.test">', "Markdown"),
    link("unsafe-html", "html-link", 'Text ▶<a href="https://vila.test">a.', "Markdown"),
    link("unsafe-html", "meta", 'Text ▶<meta http-equiv="refresh">.', "Markdown"),
    link("unsafe-html", "javascript", "[a](▶javascript:alert(1))", HTTPS),
    link("unsafe-html", "javascript-capitals", "[a](▶JaVaScRiPt:alert(1))", HTTPS),
    link("unsafe-html", "javascript-entity", "▶[a](java&#115;cript:alert(1))", HTTPS),
    link("unsafe-html", "javascript-colon", "▶[a](javascript&colon;alert(1))", HTTPS),
    link("unsafe-html", "javascript-newline", "▶[a](<java&#10;script:alert(1)>)", HTTPS),
    link("unsafe-html", "javascript-tab", "▶[a](<java&#9;script:alert(1)>)", HTTPS),
    link("unsafe-html", "javascript-control", "[a](<&#1;▶javascript:alert(1)>)", HTTPS),
    link("unsafe-html", "javascript-reference", "▶[a][b]\n\n[b]: javascript:alert(1)", HTTPS),
    link("unsafe-html", "javascript-autolink", "Text <▶javascript:alert(1)>", HTTPS),
    link("unsafe-html", "javascript-image", "![An image](▶javascript:alert(1))", HTTPS),
    link("unsafe-html", "data", "[a](▶data:text/html,x)", HTTPS),
    link("unsafe-html", "vbscript", "[a](▶vbscript:x)", HTTPS),
    # Only the public site refuses these.
    note(
        "placeholder",
        "contacts/placeholder",
        "website: ▶https://example.org/",
        hint="ALLOW_PLACEHOLDERS",
    ),
    note(
        "placeholder",
        "contacts/placeholder-mail",
        "emails: [▶info@example.com]",
        hint="real address",
    ),
    link("placeholder", "placeholder-link", "[a](▶https://cita.example.org/x)", "real address"),
]

WARNINGS = [
    note(
        "eli-unread",
        "norms/eli-unread",
        "eli: ▶https://www.boe.es/eli/8",
        hint="jurisdiction, type, number, date_document",
    ),
    note("translation-missing", "notices/only-catalan", hint="only-catalan.es.md"),
    note(
        "translation-missing",
        "contacts/label-only-catalan",
        "telephones: [{number: +34971000001, label: ▶{ca: A}}]",
        hint="es: …",
    ),
    Wrong(
        "translation-outdated",
        "notices/outdated.es.md",
        "---\ntitle: TITLE\nsummary: S.\nchanges: ▶[{date: 2020-06-01, text: A}]\n---\nT.\n",
        "changes",
        others=(
            (
                "notices/outdated.md",
                "---\ntitle: Outdated\nsummary: S.\ndate: 2020-05-01\nchanges:\n"
                "  - {date: 2020-06-01, text: A}\n  - {date: 2020-07-01, text: B}\n---\nT.\n",
            ),
        ),
    ),
    note(
        "online-only",
        "services/online-alone",
        "channels: ▶[{channel: online}, {channel: email}]",
        hint="online_only_norm",
    ),
    note("stale-contact", "contacts/stale", "verified_on: ▶2019-12-10", hint="today"),
    note("expiring-soon", "notices/expiring", "valid_until: ▶2020-12-24", hint="nothing to do"),
    link("link-to-draft", "to-draft", "[a](▶2020/esborrany.md)", "publish the other note"),
    # What readers would see as it was typed: more of each kind in test_literal_markup.py.
    link("markup-as-text", "bold-space", "Text ▶**bold **.", "close to the words"),
    link("bare-address", "bare-address", "See ▶www.vila.test.", "[www.vila.test](https://"),
    link("undefined-reference", "no-footnote", "Text▶[^1].", "add a line [^1]:"),
    link("unused-definition", "footnote-in-vain", "Text.\n\n▶[^1]: Note.", "remove this"),
    link(
        "duplicate-definition",
        "footnote-twice",
        "Text[^1].\n\n[^1]: Note.\n\n▶[^1]: Another.",
        "another name",
    ),
    link("table-cells", "cells", "| a | b |\n|---|---|\n▶| 1 | 2 | 3 |", "a cell for each column"),
    link("text-as-heading", "setext", "The office closes.\n▶---\n", "an empty line"),
    link("odd-character", "odd", "Text with pal▶∙liar.", "pal·liar"),
    link(
        "tracking-link", "tracking", "[a](▶https://vila.test/?utm_source=b)", "https://vila.test/"
    ),
    note("cut-text", "notices/cut", "short_title: Sala ▶#3", hint='"Sala #3"'),
    whole("unknown-file", "notices/photo.jpg", "▶", "content/files/"),
    whole("unknown-file", "notices/NOTE.MD", "▶", ".md"),
]

GOOD = {
    "notices/crlf.md": "---\r\ntitle: Good CRLF\r\nsummary: S.\r\ndate: 2020-05-01\r\n"
    "---\r\n## A\r\n\r\nB.\r\n",
    "notices/bom.md": "\ufeff---\ntitle: Good BOM\nsummary: S.\ndate: 2020-05-01\n---\nB.\n",
    "notices/soon-not-yet.md": "---\ntitle: Good for long\nsummary: S.\ndate: 2020-05-01\n"
    "valid_until: 2020-12-25\n---\nB.\n",
    "contacts/fresh.md": "---\ntitle: Good, fresh\nsummary: S.\nverified_on: 2019-12-11\n---\nB.\n",
    "notices/html.md": "---\ntitle: Good HTML\nsummary: S.\ndate: 2020-05-01\n---\n"
    "<details><summary>More</summary>\n\nH<sub>2</sub>O, "
    '<abbr title="a">b</abbr>, `<script>`\n\n</details>\n',
    "notices/ways.md": "---\ntitle: Good links\nsummary: S.\ndate: 2020-05-01\n---\n## A sobre\n\n"
    "[a](../contacts/obres.md#on-som) [b](#a-sobre) [c](mailto:a@vila.test) [d](tel:+34971000001)\n"
    "[e]({filename}../contacts/obres.md) [f]({static}/files/planol.png) [g](/contactes/obres/)\n"
    "![p](../files/planol.png) [h](https://vila.test/) [i](../contacts/obres.es.md)[^1]\n"
    "\n[^1]: Peu.\n",
}
"""Notes with nothing wrong in them that a careless check would refuse."""
