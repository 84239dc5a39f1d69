"""The files of the editor's page, and what browsers let it do."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from .forge import Forge

ADMIN = "admin"
"""The folder of the page."""


def files(configurations: Mapping[str, Mapping[str, Any]], title: str) -> dict[str, bytes]:
    """The files below the page's folder other than the program, by their paths. ``configurations``:
    by the language of the editors, the one for whoever speaks none of them first."""
    found = {}
    for lang, one in configurations.items():
        found[f"config.{lang}.json"] = (
            json.dumps(one, ensure_ascii=False, indent=1).encode() + b"\n"
        )
    said = json.dumps(list(configurations))
    found["admin.js"] = _SCRIPT.replace("LANGUAGES", said).encode()
    page = _PAGE.format(lang=next(iter(configurations)), title=html.escape(title))
    found["index.html"] = page.encode()
    return found


def policy(forge: Forge) -> str:
    """The page's Content-Security-Policy: its own files, and the forge. The program writes its
    styles into the page, hence ``unsafe-inline`` for these; scripts are files."""
    others = " ".join(forge.origins)
    return (
        "default-src 'none'; script-src 'self'; "
        "style-src 'self' 'unsafe-inline'; font-src 'self'; "
        f"img-src 'self' blob: data: {others}; media-src 'self' blob:; "
        f"connect-src 'self' blob: data: {others}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def headers(forge: Forge) -> dict[str, str]:
    """What answers below the page's folder have other than the rest of the site. A window in which
    somebody signs in at the forge must be able to answer the one that opened it."""
    return {
        "Content-Security-Policy": policy(forge),
        "Cross-Origin-Opener-Policy": "unsafe-none",
    }


_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<link rel="icon" href="../theme/img/icon.svg">
<script type="module" src="admin.js"></script>
</head>
<body></body>
</html>
"""

_SCRIPT = """\
// The configuration in the editor's language, and then the program.
import CMS from "./sveltia-cms/npm/index.js";

const languages = LANGUAGES;
const wanted = navigator.languages.map((one) => one.split("-")[0]);
const lang = wanted.find((one) => languages.includes(one)) ?? languages[0];
const answer = await fetch(`config.${lang}.json`, { cache: "no-cache" });
CMS.init({ config: { load_config_file: false, ...(await answer.json()) } });
"""
