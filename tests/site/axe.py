"""axe-core in a browser's page: what is wrong for those who use it in another way."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that ask for the colours of a text and of what is behind and around it. They take most
of the time, for each element of a page."""

Faults = list[tuple[str, list[str]]]
"""Rules, with the first places where each is broken."""

Seen = dict[tuple[int, str], set[str]]
"""The looks of texts that were held against `OF_COLOURS`, for each width and colour scheme."""

SCRIPT = Axe().axe_script
RUN = "([within, options]) => axe.run(within, options).then((found) => found.violations)"
BOXES = """() => [...document.querySelectorAll("body *")].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].join();
}).join(" ")"""
MARK = """(looks) => {
    const known = new Set(looks), seen = {};
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const { backgroundColor, backgroundImage } = getComputedStyle(at);
            if (backgroundImage !== "none" || backgroundColor !== "rgba(0, 0, 0, 0)")
                return [backgroundColor, backgroundImage];
        }
    };
    const found = new Set();
    for (const element of document.querySelectorAll("body, body *")) {
        element.removeAttribute("data-new-look");
        const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!hasText && !element.matches("input, select, textarea, button")) continue;
        if (!element.checkVisibility()) continue;
        const around = element.parentElement;
        const own = getComputedStyle(element);
        const look = [
            element.tagName, element.getAttribute("class"),
            around.tagName, around.getAttribute("class"), getComputedStyle(around).color,
            own.color, own.opacity, own.fontSize, own.fontWeight, own.textDecorationLine,
            own.textShadow, own.position, ...behind(element) ?? [],
        ].join("|");
        found.add(look);
        const kind = `${look}|${element.textContent.trim().length > 1}`;
        seen[kind] = (seen[kind] ?? 0) + 1;
        element.toggleAttribute("data-new-look", !known.has(look) && seen[kind] <= 2);
    }
    return [...found];
}"""
"""Mark two elements of each look of a text that was not seen yet, and two with a single sign, as axe
decides on none of these; what all of them look like: all that their contrast depends on."""


def faults(page: Page, *, within: str = "html", **options: Any) -> Faults:
    """What axe finds in a page, or in the elements with this selector."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SCRIPT)
    found = page.evaluate(
        RUN, [{"include": [[within]]}, {"resultTypes": ["violations"], **options}]
    )
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def faults_now(page: Page) -> Faults:
    """What is wrong with a page as it is shown, long lists of what looks alike too."""
    page.evaluate(MARK, [])
    return _of_colours(page) + _others(page)


def faults_in_both_schemes(page: Page) -> Faults:
    """The same, in light and dark."""
    found: Faults = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(MARK, [])
        found += _of_colours(page)
    return found + _others(page)


def _of_colours(page: Page) -> Faults:
    """Of the elements that are marked."""
    return faults(page, within="[data-new-look]", runOnly={"type": "rule", "values": OF_COLOURS})


def _others(page: Page) -> Faults:
    return faults(page, runOnly=RULES, rules={rule: {"enabled": False} for rule in OF_COLOURS})


def faults_in_each_look(page: Page, seen: Seen) -> dict[tuple[int, str], Faults]:
    """What is wrong on phone and desktop, light and dark, with each text that looks as none in
    ``seen``, which gets it. The colour scheme changes colours alone, so that all that asks for
    anything else is asked once for each width."""
    found: dict[tuple[int, str], Faults] = {}
    for width, schemes in zip(WIDTHS, (SCHEMES, SCHEMES[::-1]), strict=True):  # it ends as it began
        page.set_viewport_size({"width": width, "height": 800})
        boxes = set()
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            boxes.add(page.evaluate(BOXES))
            known = seen.setdefault((width, scheme), set())
            looks = set(page.evaluate(MARK, list(known)))
            found[width, scheme] = _of_colours(page) if looks - known else []
            known |= looks
        assert len(boxes) == 1, "another colour scheme moves what is on the page"
        found[width, "any"] = _others(page)
    return {look: wrong for look, wrong in found.items() if wrong}
