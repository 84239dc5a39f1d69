"""Days that cannot be, and what an editor is told of before it ends. In process: texts and dates in,
answers out; then the commands, on a town."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import Project
from pydantic import ValidationError
from saig.catalogue.check_days import ends_soon, last_of_their_kind, other_weekday
from saig.notes.dates_in_text import WEEKDAYS, WeekdayDate, relative_day, weekday_dates
from saig.notes.models import Contact, Notice
from saig.notes.opening_hours import OpeningHours

D = datetime.date
MONTHS = {
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
}


def days(text: str) -> list[tuple[str, int, int, int | None]]:
    """Weekday, day, month, year."""
    return [
        (WEEKDAYS[d.lang][d.weekday].lower(), d.day, d.month, d.year)
        for d in weekday_dates(text, (1, 1))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dilluns 27 de novembre de 2026", [("dilluns", 27, 11, 2026)]),
        ("dilluns, 27 de novembre del 2026", [("dilluns", 27, 11, 2026)]),
        ("el **dimecres 6 de gener**", [("dimecres", 6, 1, None)]),
        ("*dijous*, 1 d'octubre de 2026", [("dijous", 1, 10, 2026)]),
        ("dijous 1 d’octubre de l’any 2026", [("dijous", 1, 10, 2026)]),
        ("dimarts 1r de desembre", [("dimarts", 1, 12, None)]),
        ("dimarts dia 1 de desembre", [("dimarts", 1, 12, None)]),
        ("el divendres, 11 de\n  desembre de\n2020", [("divendres", 11, 12, 2020)]),
        ("El lunes 27 de noviembre de 2026", [("lunes", 27, 11, 2026)]),
        ("miércoles día 6 de enero", [("miércoles", 6, 1, None)]),
        ("SÁBADO 5 DE DICIEMBRE", [("sábado", 5, 12, None)]),
        ("sabado 5 de setiembre", [("sábado", 5, 9, None)]),
        ("Friday 27 November 2026", [("friday", 27, 11, 2026)]),
        ("Friday, November 27, 2026", [("friday", 27, 11, 2026)]),
        ("on Friday the 27th of November", [("friday", 27, 11, None)]),
        ("dilluns 27/11/2026", [("dilluns", 27, 11, 2026)]),
        ("dilluns 27-11-2026 i prou", [("dilluns", 27, 11, 2026)]),
        ("dilluns 27.11.2026.", [("dilluns", 27, 11, 2026)]),
        ("dilluns 27/11", [("dilluns", 27, 11, None)]),
        ("el 27 de novembre de 2026 (divendres)", [("divendres", 27, 11, 2026)]),
        ("el 27 de novembre (divendres, 9 h)", [("divendres", 27, 11, None)]),
        (
            "de dilluns 23 a divendres 27 de novembre de 2026",
            [("dilluns", 23, 11, 2026), ("divendres", 27, 11, 2026)],
        ),
        (
            "del lunes 30 de noviembre al viernes 4 de diciembre de 2026",
            [("lunes", 30, 11, 2026), ("viernes", 4, 12, 2026)],
        ),
        (
            "de dijous 31 de desembre a dimarts 5 de gener de 2027",
            [("dijous", 31, 12, 2026), ("dimarts", 5, 1, 2027)],
        ),
        (
            "dilluns 7, dimarts 8 i dimecres 9 de desembre",
            [("dilluns", 7, 12, None), ("dimarts", 8, 12, None), ("dimecres", 9, 12, None)],
        ),
        (
            "els dissabtes 5, 12 i 19 de desembre",
            [("dissabte", 5, 12, None), ("dissabte", 12, 12, None), ("dissabte", 19, 12, None)],
        ),
        ("los lunes 7 y 14 de diciembre", [("lunes", 7, 12, None), ("lunes", 14, 12, None)]),
        # The month of the first is the one before, which is not said.
        ("dilluns 30 a divendres 4 de desembre", [("divendres", 4, 12, None)]),
        # Of a day and those after it, the weekday is the first one's.
        ("divendres 4, 5 i 6 de desembre", [("divendres", 4, 12, None)]),
    ],
)
def test_days_are_found_as_people_write_them(
    text: str, found: list[tuple[str, int, int, int | None]]
) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "dilluns 9.30 h",
        "dilluns 9:30",
        "dilluns, 9 h",
        "dilluns 9/14",
        "dimecres d'11.20 a 12.20",
        "de dilluns a divendres, de 9 a 14 h",
        "dilluns, 9 a 14 h de novembre",
        "Cada dilluns 9 h. El 27 de novembre",
        "els dilluns, 1 i 15 de març",
        "27 de novembre, dilluns obrim",
        "dilluns\n\n27 de novembre",
        "| dilluns | 27 de novembre |",
        "dilluns 45 de novembre",
        "Llei 12/2017, de 29 de desembre",
        "el mar 27 de novembre",
        "dilluns 27 de mes",
    ],
)
def test_what_is_not_surely_a_date_is_none(text: str) -> None:
    assert days(text) == []


def test_a_year_is_the_one_beside_the_date() -> None:
    assert days("dilluns 27 de novembre, 2026 places") == [("dilluns", 27, 11, None)]


@given(
    st.dates(D(1900, 1, 1), D(2199, 12, 31)),
    st.sampled_from(["ca", "es", "en"]),
    st.integers(0, 6),
    st.sampled_from(["{w} {d} {de}{m} de {y}", "**{w}, {d} {de}{m} de {y}**", "{w} {d}/{n}/{y}"]),
)
def test_a_right_weekday_is_never_told_and_a_wrong_one_always(
    day: D, lang: str, shift: int, form: str
) -> None:
    month = MONTHS[lang].split()[day.month - 1]
    de = "d'" if lang == "ca" and month[0] in "ao" else "de "
    weekday = WEEKDAYS[lang][(day.weekday() + shift) % 7]
    text = form.format(w=weekday, d=day.day, de=de, m=month, n=day.month, y=day.year)
    [said] = weekday_dates(f"Obrim {text}, a la tarda.", (1, 1))
    assert other_weekday(said, []) == (day if shift else None)
    assert other_weekday(said, [D(2026, 1, 1)]) == (day if shift else None)


def said(weekday: int, day: int, month: int, year: int | None = None) -> WeekdayDate:
    return WeekdayDate((1, 1), "", "ca", weekday, day, month, year)


@pytest.mark.parametrize(
    ("found", "anchors", "wrong"),
    [
        # 27 November 2026 is a Friday, 11 January 2027 a Monday.
        (said(0, 27, 11), ["2026-11-20"], "2026-11-27"),
        (said(4, 27, 11), ["2026-11-20"], None),
        (said(0, 11, 1), ["2026-11-20"], None),
        (said(1, 11, 1), ["2026-11-20"], "2027-01-11"),
        (said(0, 27, 11), ["2026-12-20"], "2026-11-27"),
        # Half a year away: nobody can tell which year is meant.
        (said(0, 27, 11), ["2026-05-20"], None),
        (said(0, 27, 11), [], None),
        # As far as 45 days before a day of the note, and 120 after it.
        (said(0, 27, 11), ["2027-01-11"], "2026-11-27"),
        (said(0, 27, 11), ["2027-01-12"], None),
        (said(0, 27, 11), ["2026-07-30"], "2026-11-27"),
        (said(0, 27, 11), ["2026-07-29"], None),
        # A note of long ago that was brought up to date.
        (said(4, 27, 11), ["2020-11-20", "2026-11-20"], None),
        (said(0, 27, 11, 2026), [], "2026-11-27"),
        (said(0, 29, 2), ["2026-02-20"], None),
        (said(0, 31, 6, 2026), [], None),
    ],
)
def test_a_date_without_its_year_is_the_near_one(
    found: WeekdayDate, anchors: list[str], wrong: str | None
) -> None:
    expected = D.fromisoformat(wrong) if wrong else None
    assert other_weekday(found, [D.fromisoformat(day) for day in anchors]) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Demà tancam", "Demà"),
        ("Avui no hi ha aigua", "Avui"),
        ("Des d'ahir", "ahir"),
        ("Mañana cerramos", "Mañana"),
        ("Hoy no hay agua", "Hoy"),
        ("mañana por la mañana", "mañana"),
        ("Closed tomorrow", "tomorrow"),
        ("l'endemà de la festa", None),
        ("avui dia", None),
        ("hoy en día", None),
        ("por la mañana", None),
        ("esta mañana", None),
        ("cada mañana", None),
        ("Horari de matí", None),
        ("Mañanas y tardes", None),
    ],
)
def test_words_that_mean_another_day_tomorrow(text: str, word: str | None) -> None:
    found = relative_day(text)
    assert (found and found[0]) == word


# -- what ends ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "first"),
    [
        (None, "2026-12-31", "2026-12-17"),
        ("2026-01-01", "2026-12-31", "2026-12-17"),
        ("2026-12-01", "2026-12-11", "2026-12-06"),
        ("2026-12-01", "2026-12-03", "2026-12-02"),
        ("2026-12-01", "2026-12-02", None),
        ("2026-12-01", "2026-12-01", None),
    ],
)
def test_an_end_is_told_for_its_last_days_and_never_at_once(
    begins: str | None, ends: str, first: str | None
) -> None:
    """On the last day too, and not after it."""
    start, last = begins and D.fromisoformat(begins), D.fromisoformat(ends)
    told = [
        day
        for n in range(-400, 5)
        if ends_soon(start or None, last, day := last + datetime.timedelta(days=n))
    ]
    if first is None:
        assert told == []
    else:
        assert (told[0], told[-1]) == (D.fromisoformat(first), last)


def hours(**fields: str) -> OpeningHours:
    base = {"days": "monday", "opens": "9:00", "closes": "10:00"}
    return OpeningHours.model_validate({**base, **fields})


END = {"valid_until": "2026-12-10"}


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        ([END], [0]),
        ([END, {"days": "friday", **END}], [0]),
        ([END, {"channel": "phone", **END}], [0, 1]),
        ([END, {"valid_from": "2026-12-11"}], []),
        ([END, {"valid_from": "2026-12-12"}], [0]),
        ([END, {"valid_from": "2026-12-11", "channel": "phone"}], [0]),
        ([{"valid_from": "2026-09-01", **END}, {"days": "friday"}], []),
        ([{"valid_until": "2027-12-10"}], []),
        ([{"valid_until": "2026-12-05"}], []),
        ([], []),
    ],
)
def test_hours_that_end_with_none_after_them(
    windows: list[dict[str, str]], told: list[int]
) -> None:
    seasons = [hours(**window) for window in windows]
    found = last_of_their_kind(seasons, D(2026, 12, 6))
    assert [index for index, _ in found] == told


# -- in front matter ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "fields", "at"),
    [
        (Notice, {"date": "2026-11-26", "valid_until": "2026-11-25"}, ("valid_until",)),
        (Notice, {"date": "2026-11-26", "modified": "2026-11-25"}, ("modified",)),
        (
            Contact,
            {"closures": [{"from": "2026-07-02", "until": "2026-07-01"}]},
            ("closures", 0, "until"),
        ),
    ],
)
def test_days_that_cannot_be_are_told_at_the_later_field(
    model: Any, fields: dict[str, Any], at: tuple[str | int, ...]
) -> None:
    base = {"title": "T", "summary": "S.", "departments": ["obres"]}
    with pytest.raises(ValidationError) as raised:
        model.model_validate({**base, **fields})
    [error] = raised.value.errors()
    assert error["type"] == "date-order"
    assert (*error["loc"], *error["ctx"].get("at", ())) == at


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Notice, {"date": "2026-11-26", "valid_until": "2026-11-26"}),
        (Notice, {"date": "2026-11-26", "valid_from": "2026-11-01", "valid_until": "2026-12-26"}),
        (
            Contact,
            {
                "valid_until": "2026-06-30",
                "closures": [{"from": "2026-06-30", "until": "2026-07-15"}],
            },
        ),
        (
            Contact,
            {
                "valid_from": "2026-06-30",
                "closures": [{"from": "2026-06-15", "until": "2026-06-30"}],
            },
        ),
    ],
)
def test_days_that_touch_are_right(model: Any, fields: dict[str, Any]) -> None:
    model.model_validate({"title": "T", "summary": "S.", **fields})


# -- as an editor is told -------------------------------------------------------------------------

NOTES = {
    "notices/setmana.md": """---
title: Setmana
summary: Dilluns 27 de novembre de 2026 tancam.
date: 2026-11-20
---
Obrim divendres 27 de novembre, i no

> dijous 27 de novembre. El dilluns 30 sí.
""",
    "notices/setmana.es.md": """---
title: Semana
summary: El lunes 30 de noviembre cerramos.
---
El **lunes 1 de diciembre** abrimos.
""",
    "notices/urgent.md": """---
title: Demà no hi ha aigua
summary: Avui i demà.
date: 2026-11-26
urgency: urgent
---
Des d'ahir no n'hi ha.
""",
    "notices/un-dia.md": """---
title: Avui no hi ha llum
summary: Avui, fins a les 14 h.
date: 2026-11-20
urgency: urgent
valid_from: 2026-11-26
valid_until: 2026-11-26
---
Text.
""",
    "notices/avui-mateix.md": """---
title: Avui no hi ha gas
summary: Avui, tot el dia.
date: 2026-11-26
urgency: urgent
valid_until: 2026-11-26
---
Text.
""",
    "notices/rutina.md": """---
title: Rutina
summary: Avui informam.
date: 2026-11-26
changes: [{date: 2026-11-25, text: Canvi}]
---
Avui.
""",
    "notices/passat.md": """---
title: Demà tancam
summary: S.
date: 2020-11-20
urgency: urgent
valid_until: 2020-11-22
---
Text.
""",
    "contacts/final.md": "---\ntitle: Final\nsummary: S.\nvalid_until: 2026-11-30\n---\nT.\n",
    "contacts/vell.md": "---\ntitle: Vell\nsummary: S.\nvalid_until: 2026-11-30\n---\nT.\n",
    "contacts/nou.md": """---
title: Nou
summary: S.
valid_from: 2026-12-01
supersedes: [vell]
closures:
  - {from: 2026-12-24, until: 2026-12-26}
---
T.
""",
    "contacts/obra.md": """---
title: Obra
summary: S.
closures: [{from: 2026-10-01, until: 2026-12-01}]
---
T.
""",
    "contacts/pintura.md": """---
title: Pintura
summary: S.
closures: [{from: 2026-11-10, until: 2026-11-30}]
---
T.
""",
    "contacts/vacances.md": """---
title: Vacances
summary: S.
closures: [{from: 2026-11-16, until: 2026-11-30}]
---
T.
""",
    "services/darrer-dia.md": """---
title: Darrer dia
summary: S.
departments: [nou]
channels: [{channel: phone, valid_from: 2026-11-26, valid_until: 2026-11-26}]
---
T.
""",
    "services/dema.md": """---
title: Demà
summary: S.
departments: [nou]
channels: [{channel: phone, valid_until: 2026-11-01}, {channel: phone, valid_from: 2026-11-27}]
---
T.
""",
    "services/acaba.md": """---
title: Acaba
summary: S.
departments: [nou]
channels:
  - {channel: phone}
  - {channel: video, valid_until: 2026-11-27}
---
T.
""",
    "services/acabat.md": """---
title: Acabat
summary: S.
departments: [nou]
channels: [{channel: phone, valid_until: 2026-11-01}]
---
T.
""",
    "services/explicat.md": """---
title: Explicat
summary: S.
departments: [nou]
channels: [{channel: phone, valid_until: 2026-11-01}]
no_channel: {ca: Tancat per obres., es: Cerrado por obras.}
---
T.
""",
}


def test_an_editor_is_told_at_the_place(town: Project) -> None:
    """The words in her languages, once each; nothing of what is past or meant so."""
    for path, text in NOTES.items():
        town.write(path, text)
    mine = {f"content/{path}" for path in NOTES}
    found = sorted(
        (
            problem["path"].removeprefix("content/"),
            problem["line"],
            problem["column"],
            problem["code"],
        )
        for problem in town.check("--today", "2026-11-26")
        if problem["path"] in mine and problem["code"] != "translation-missing"
    )
    assert found == [
        ("contacts/final.md", 4, 14, "expiring-soon"),
        ("contacts/obra.md", 4, 38, "expiring-soon"),
        ("contacts/pintura.md", 4, 38, "expiring-soon"),
        ("notices/rutina.md", 5, 18, "date-order"),
        ("notices/setmana.es.md", 5, 6, "weekday-differs"),
        ("notices/setmana.md", 3, 10, "weekday-differs"),
        ("notices/setmana.md", 8, 3, "weekday-differs"),
        ("notices/urgent.md", 2, 8, "relative-day"),
        ("notices/urgent.md", 3, 10, "relative-day"),
        ("notices/urgent.md", 5, 10, "urgent-without-end"),
        ("notices/urgent.md", 7, 7, "relative-day"),
        ("services/acaba.md", 7, 35, "expiring-soon"),
        ("services/acabat.md", 5, 11, "no-open-channel"),
    ]


def test_a_note_may_change_on_the_day_that_it_came(town: Project) -> None:
    """And what is said of it on the day before is told."""
    note = "notices/2020/aigua.md"
    for day, codes in (("2020-12-09", []), ("2020-12-08", ["date-order"])):
        town.change(
            note, "urgency: urgent", f"urgency: urgent\nchanges: [{{date: {day}, text: T}}]"
        )
        assert [error["code"] for error in town.errors()] == codes
        town.change(note, f"\nchanges: [{{date: {day}, text: T}}]", "")


def test_each_day_after_weekdays_in_the_plural_is_one_of_them() -> None:
    found = [("sábado", 5, 12, None), ("sábado", 12, 12, None)]
    assert days("Sábados 5 y 12 de diciembre") == found


def test_hours_of_one_channel_follow_those_of_a_season_for_all() -> None:
    hours = {"days": ["monday"], "opens": "09:00", "closes": "14:00"}
    season = {**hours, "valid_from": "2020-06-01", "valid_until": "2020-09-30", "overrides": True}
    said = [OpeningHours.model_validate(one) for one in (season, {**hours, "channel": "phone"})]
    assert list(last_of_their_kind(said, D(2020, 9, 25))) == []
