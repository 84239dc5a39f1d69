"""A citizen with a telephone of 360 by 640 points, who looks for something from the home page on.

She taps what she sees, if its name has to do with what she looks for, and swipes where she sees
nothing of the kind: 480 points a swipe. The cheapest way is looked for in what the browser says of
each page; `Walk.go` then really goes it.
"""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import urldefrag

from playwright.sync_api import Page

WIDTH, HEIGHT, SWIPE = 360, 640, 480
HEADER = 70
"""What stays at the top of the screen."""

TAPS, SWIPES = 2, 3

LOOK = """() => {
    const shown = (one) => one.getClientRects().length > 0;
    const put = (one, folded) => {
        const { top, bottom } = one.getBoundingClientRect();
        return {
            name: (one.getAttribute("aria-label") || one.textContent).replace(/\\s+/g, " ").trim(),
            url: one.href || "", top: top + scrollY, bottom: bottom + scrollY, folded,
        };
    };
    const all = (within, folded) =>
        [...within.querySelectorAll("a[href], p, li, dt, dd, h1, h2, h3, td, th, address, summary")]
            .filter(shown).map((one) => put(one, folded));
    const found = all(document, null);
    for (const part of document.querySelectorAll("details:not([open])")) {
        if (!shown(part)) continue;
        part.open = true;
        const summary = part.querySelector("summary");
        found.push(...all(part, put(summary, null)).filter(({ name }) => name !== summary.textContent));
        part.open = false;
    }
    const ids = {};
    for (const one of document.querySelectorAll("[id]"))
        if (shown(one)) ids[one.id] = one.getBoundingClientRect().top + scrollY;
    const menu = document.querySelector("[popover]");
    const button = document.querySelector("[popovertarget]");
    const items = [...menu.querySelectorAll("a")].map((one) =>
        ({ name: one.textContent.trim(), url: one.href, top: 0, bottom: 0, folded: put(button, null) }));
    return { found, ids, items, height: document.documentElement.scrollHeight };
}"""
"""What can be read or tapped on a page, and where. ``folded``: what must be tapped before."""


ON_SCREEN = """(name) => [...document.querySelectorAll("body *")].reverse().find((one) => {
    const said = (one.getAttribute("aria-label") || one.textContent).replace(/\\s+/g, " ").trim();
    const { top, bottom } = one.getBoundingClientRect();
    return said === name && one.getClientRects().length && top >= 0 && Math.min(bottom, top + 75) <= innerHeight;
})"""


class Step(NamedTuple):
    """``url``: where it leads, for a tap on a link; ``name``: of what is tapped, or the answer."""

    swipes: int
    name: str
    url: str = ""


@dataclass
class Way:
    steps: list[Step] = field(default_factory=list)
    taps: int = 0
    swipes: int = 0


@dataclass
class Walk:
    """``words``: a pattern of the names that have to do with it; ``answer``: of a text, or of a link's
    name and address with a space between them, that is what she looks for."""

    page: Page
    base_url: str
    looks: dict[str, dict[str, Any]]

    def look(self, url: str) -> dict[str, Any]:
        there = urldefrag(url).url
        if there not in self.looks:
            self.page.goto(there)
            if "?q=" in there:
                self.page.locator("#search_results a").first.wait_for()
            self.looks[there] = self.page.evaluate(LOOK)
        return self.looks[there]

    def cheapest(self, start: str, words: str, answer: str, taps: int = TAPS) -> Way | None:
        """Within so many taps and three swipes."""
        order = count()
        waiting = [(0, 0, next(order), self.base_url + start, Way())]
        seen: dict[tuple[str, int], int] = {}
        while waiting:
            _, _, _, url, way = heapq.heappop(waiting)
            if not url:
                return way
            if seen.get((url, way.taps), 99) <= way.swipes:
                continue
            seen[url, way.taps] = way.swipes
            look = self.look(url)
            at = look["ids"].get(urldefrag(url).fragment, 0)
            at = max(0, min(at - HEADER, look["height"] - HEIGHT))
            for thing in [*look["found"], *look["items"]]:
                folded = thing["folded"]
                swipes = _swipes(folded or thing, at)
                if folded and thing["top"]:
                    swipes = max(swipes, _swipes(thing, at))
                cost = way.taps + bool(folded), way.swipes + swipes
                if cost[0] > taps or cost[1] > SWIPES:
                    continue
                opened = [Step(_swipes(folded, at), folded["name"])] if folded else []
                left = swipes - (opened[0].swipes if opened else 0)
                if re.search(answer, f"{thing['name']} {thing['url']}".strip(), re.IGNORECASE):
                    steps = [*way.steps, *opened, Step(left, thing["name"])]
                    found = Way(steps, *cost)
                    heapq.heappush(waiting, (sum(cost), cost[1], -next(order), "", found))
                elif (
                    thing["url"].startswith(self.base_url)
                    and cost[0] < taps
                    and re.search(words, thing["name"], re.IGNORECASE)
                ):
                    steps = [*way.steps, *opened, Step(left, thing["name"], thing["url"])]
                    on = Way(steps, cost[0] + 1, cost[1])
                    heapq.heappush(waiting, (sum(cost) + 1, cost[1], next(order), thing["url"], on))
        return None

    def go(self, start: str, way: Way) -> bool:
        """Really swipe and tap all that; whether the answer is then on the screen."""
        self.page.goto(self.base_url + start)
        if "?q=" in start:
            self.page.locator("#search_results a").first.wait_for()
        for number, step in enumerate(way.steps, 1):
            for _ in range(step.swipes):
                self.page.evaluate(f"scrollBy({{ top: {SWIPE}, behavior: 'instant' }})")
            there = self.page.evaluate_handle(ON_SCREEN, step.name).as_element()
            if there is None:
                return False
            if step.url:
                with self.page.expect_navigation():
                    there.click()
            elif number < len(way.steps):
                there.click()
        return True


def _swipes(thing: dict[str, Any], at: float) -> int:
    """Until the beginning of it can be seen: three lines of a text, all of a link."""
    end = min(thing["bottom"], thing["top"] + 75)
    if thing["top"] < at:
        return int(-(-(at + HEADER - thing["top"]) // SWIPE))
    return max(0, int(-(-(end - at - HEIGHT) // SWIPE)))
