"""The theme's styles -> one stylesheet; a script -> the same with its imports.

CSS in a file per component is easy to maintain; one short file loads fast. ``site.css`` lists the
files in their order and layers with CSS's own syntax: ``@import "hours.css" layer(components);``. A
town's own styles are in ``town.css``, which Saig's theme does not have: it is in no layer, so it
overrides those that are. Scripts use JavaScript's own imports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from ..notes.files import STYLESHEET
from ..regexes import regex
from ..themes import Theme

OWN_STYLES = "town.css"

_IMPORT = regex(r'^@import "([^"]+)"(?: layer\(([\w.-]+)\))?;', re.MULTILINE)
_SCRIPT_IMPORT = regex(r'^import (?:\{[^}]*\} from )?"\./([\w.-]+)";$', re.MULTILINE)
_BAND = regex(r"--band:\s*([^;}]+?)\s*[;}]")
_GAP = r"(?>\s|/\*.*?\*/)"
_PIECE = regex(
    rf"""
    (?P<kept> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' )
  | (?: {_GAP}* ; )* {_GAP}* (?P<end> \}} ) {_GAP}*
  | {_GAP}* (?P<mark> [{{;,] ) {_GAP}*
  | (?P<colon> : ) {_GAP}+
  | (?P<gap> {_GAP}+ )
    """,
    re.DOTALL | re.VERBOSE,
)
"""A string, or a place where white space or a comment may be removed."""


Colours = Mapping[str, Mapping[str, str]]
"""Scheme (light, dark) -> custom property -> the town's own colour."""


def theme_file(theme: Theme, path: str, colours: Colours) -> bytes:
    """A file as published below ``theme/``: styles and scripts minified, with a town's own
    ``colours``. Raises ``OSError`` if it cannot be read."""
    if path == STYLESHEET and theme.has("styles"):
        return shortened(joined(theme) + own_look(colours)).encode()
    data = theme.file(f"static/{path}").read_bytes()
    if path.endswith(".css"):
        return shortened(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if path.endswith(".js"):
        import rjsmin  # not needed unless a script is published

        script = joined_script(theme, path)
        return bytes(
            rjsmin.jsmin(script.encode("utf-8", "surrogateescape"), keep_bang_comments=True)
        )
    return data


def fingerprinted(path: str, data: bytes) -> str:
    """The name of a theme's file in pages: ``css/site.0123456789abcdef.css``. A file of that name
    never changes, so browsers may keep it."""
    name = PurePosixPath(path)
    return str(name.with_name(f"{name.stem}.{sha256(data).hexdigest()[:16]}{name.suffix}"))


def joined(theme: Theme) -> str:
    """``site.css`` with its imports inlined, followed by a town's own styles. Raises ``OSError`` if
    a file cannot be read."""

    def text(name: str) -> str:
        return theme.file(f"styles/{name}").read_text("utf-8")

    def imported(found: re.Match[str]) -> str:
        name, layer = found.groups()
        return f"@layer {layer} {{\n{text(name)}}}" if layer else text(name)

    own = text(OWN_STYLES) if theme.file(f"styles/{OWN_STYLES}").is_file() else ""
    return _IMPORT.sub(imported, text("site.css")) + own


def joined_script(theme: Theme, path: str) -> str:
    """A script with its imports inlined, each once; all share one scope. Raises ``OSError`` if a
    file cannot be read."""
    found = set()

    def text(name: str) -> str:
        found.add(name)
        file = theme.file(f"static/{PurePosixPath(path).with_name(name)}")
        return _SCRIPT_IMPORT.sub(imported, file.read_text("utf-8", "surrogateescape"))

    def imported(one: re.Match[str]) -> str:
        return "" if one[1] in found else text(one[1])

    return text(PurePosixPath(path).name)


def imported_styles(theme: Theme) -> set[str]:
    """The files of styles that are used."""
    names = {
        found[1] for found in _IMPORT.finditer(theme.file("styles/site.css").read_text("utf-8"))
    }
    return {"site.css", OWN_STYLES, *names}


SCHEMES = {
    "light": "not screen and (prefers-color-scheme: dark)",
    "dark": "screen and (prefers-color-scheme: dark)",
}
"""The condition of each scheme, as in theme/styles/tokens.css; paper has the light one. So colours
of one scheme never apply in the other."""


def own_look(colours: Colours) -> str:
    """The styles with which a town's colours replace the theme's."""
    rules = []
    for scheme, found in colours.items():
        named = {**found, **({"band-accent": found["on-band"]} if "on-band" in found else {})}
        said = "; ".join(f"--{name}: {colour}" for name, colour in named.items())
        if said:
            rules.append(f"@media {SCHEMES[scheme]} {{ :root {{ {said} }} }}")
    return f"\n@layer tokens {{ {' '.join(rules)} }}" if rules else ""


def band(theme: Theme, colours: Colours) -> dict[str, str]:
    """The colour of the band at the top of pages, ``--band``, by scheme: browsers on telephones use
    it for their own bar. The dark one is the last in the styles."""
    found = _BAND.findall(joined(theme)) if theme.has("styles") else []
    own = {scheme: one["band"] for scheme, one in colours.items() if "band" in one}
    return {**({"light": found[0], "dark": found[-1]} if found else {}), **own}


def shortened(css: str) -> str:
    """Minify CSS: without comments, last semicolons of blocks, and spaces that never have a
    meaning. Others may: "a :hover" is not "a:hover" (docs/decisions/0032)."""
    return _PIECE.sub(_short, css).strip()


def _short(piece: re.Match[str]) -> str:
    if piece["gap"]:
        return " " if re.sub(r"/\*.*?\*/", "", piece["gap"], flags=re.DOTALL) else "/**/"
    return piece["kept"] or piece["end"] or piece["mark"] or piece["colon"]
