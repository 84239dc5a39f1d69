"""What the gazettes' data say of the norms of this site: when each was in force, and what became of
provisions. Written from these data as they were between December 2025 and October 2026, not from the
notes."""

from __future__ import annotations

NEVER = None

FORCE: dict[str, tuple[str | None, str | None, str | None, str | None]] = {
    # First day in force; first day out of it, and why; since when parts are known to be out of force.
    "decret-llei-10-2022": ("2022-12-29", NEVER, None, NEVER),
    "decret-llei-14-2020": ("2020-12-11", NEVER, None, NEVER),
    "decret-llei-3-2020": ("2020-03-06", NEVER, None, NEVER),
    "decret-llei-3-2024": ("2024-05-29", "2024-12-14", "repealed", NEVER),
    "decret-llei-3-2025": ("2025-03-15", "2025-07-24", "repealed", NEVER),
    "decret-llei-4-2021": ("2021-05-04", "2021-11-13", "repealed", NEVER),
    "decret-llei-5-2022": ("2022-05-20", NEVER, None, "2024-02-16"),
    "decret-llei-6-2023": ("2023-10-04", "2024-05-10", "repealed", NEVER),
    "decret-llei-8-2020": ("2020-05-15", "2020-12-11", "repealed", NEVER),
    "decret-llei-8-2025": ("2025-12-07", "2026-06-14", "repealed", NEVER),
    "decret-llei-9-2020": ("2020-05-25", NEVER, None, "2022-12-29"),
    "llei-1-2020": ("2020-06-12", NEVER, None, NEVER),
    "llei-12-2017": ("2018-01-01", NEVER, None, "2020-05-15"),
    "llei-12-2023-estat": ("2023-05-26", NEVER, None, "2024-06-24"),
    "llei-2-2014": ("2014-05-29", "2018-01-01", "repealed", "2016-01-12"),
    "llei-2-2020": ("2020-10-20", NEVER, None, "2021-12-28"),
    "llei-23-2006": ("2006-12-31", NEVER, None, "2008-06-05"),
    "llei-3-1986": ("1986-05-21", NEVER, None, "1986-08-14"),
    "llei-3-2021": ("2021-11-13", NEVER, None, NEVER),
    "llei-3-2024": ("2024-05-10", NEVER, None, NEVER),
    "llei-4-2025": ("2025-07-24", NEVER, None, NEVER),
    "llei-4-2026": ("2026-06-14", NEVER, None, NEVER),
    "llei-5-2018": ("2018-06-27", NEVER, None, "2020-03-06"),
    "llei-7-2012": ("2012-06-24", NEVER, None, "2014-05-29"),
    "llei-7-2013": ("2014-02-28", NEVER, None, "2020-05-15"),
    "llei-7-2024": ("2024-12-14", NEVER, None, "2024-12-14"),
    "reial-decret-463-2020": ("2020-03-14", "2020-06-21", "expired", "2020-05-22"),
    "reial-decret-legislatiu-7-2015": ("2015-10-31", NEVER, None, "2018-01-17"),
    "reial-decret-llei-8-2020": ("2020-03-18", NEVER, None, "2020-04-28"),
}

NOT_SAID = {
    "decret-llei-6-2025": "it was left without effect, and the data do not say since which day",
    "reglament-luib-mallorca": "it is in no data that we have",
}

GONE, THERE, SUSPENDED, NOT_YET = "no-longer-in-force", "in-force", "suspended", "not-yet-in-force"

PROVISIONS: dict[str, dict[str, list[tuple[str, str]]]] = {
    # From when on each is what; before the first day it was there, or was not yet.
    "llei-12-2017": {
        "DA 9.2": [("2020-05-15", GONE)],
        "art. 38.1.f": [("2020-05-15", GONE)],
        "art. 68 bis": [("2022-12-29", THERE)],
        "DA 19": [("2023-10-04", THERE)],
        "DA 22": [("2024-05-10", THERE)],
        "art. 36 bis": [("2024-05-29", THERE)],
        "DA 24": [("2026-06-14", THERE)],
    },
    "decret-llei-9-2020": {
        "art. 7": [("2022-12-29", GONE)],
        "art. 4": [("2024-05-29", GONE)],
        "art. 5": [("2024-05-29", GONE)],
    },
    "llei-2-2020": {"DA 1": [("2023-10-04", GONE)], "DA 3": [("2024-05-29", GONE)]},
    "llei-5-2018": {
        "art. 90.5": [("2021-05-04", GONE)],
        "art. 87.a": [("2024-05-10", GONE)],
        "art. 65 bis": [("2021-11-13", THERE)],
        "DA 20": [("2026-06-14", THERE)],
    },
    "llei-7-2012": {
        "art. 14": [("2014-05-29", GONE)],
        "DA 3.1": [("2014-05-29", GONE)],
        "DA 9": [("2016-01-12", SUSPENDED), ("2018-01-01", GONE)],
        "DA 5": [("2018-01-01", GONE)],
    },
    "llei-7-2013": {
        "art. 109": [("2020-05-15", GONE), ("2025-12-07", THERE)],
        "art. 110": [("2020-05-15", GONE), ("2025-12-07", THERE)],
        "art. 2.2.m": [("2020-05-15", THERE), ("2021-12-17", GONE)],
        "art. 37": [],
    },
    "llei-7-2024": {"DA 1": [("2026-01-01", GONE)], "DD única.m": [("2024-12-13", GONE)]},
    "llei-3-1986": {
        "art. 13": [("1986-08-14", SUSPENDED), ("1988-07-12", GONE)],
        "art. 10.1 (paràgraf 2)": [
            ("1986-08-14", SUSPENDED),
            ("1988-07-12", THERE),
            ("2003-03-26", GONE),
        ],
        "art. 7.1": [],
    },
    "llei-23-2006": {"DT 2.2": [("2008-06-05", GONE)], "DA 5": [("2016-12-02", THERE)]},
    "llei-12-2023-estat": {"art. 16": [("2024-06-24", GONE)], "art. 27": []},
    "reial-decret-legislatiu-7-2015": {"art. 30": [("2018-01-17", GONE)], "art. 9": []},
    "reial-decret-llei-8-2020": {
        "art. 43": [("2020-04-28", GONE)],
        "DF 2": [("2021-06-15", GONE)],
        "art. 6": [("2022-07-01", GONE)],
    },
}
"""A day on which something is known to have happened at the latest (the day of the act) stands here
as if it were the day itself."""
