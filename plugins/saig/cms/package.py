"""Sveltia CMS as npm has it: one version, known by its digest, and the files of it that are needed.

None of them is in Saig's repository (docs/decisions). A town that edits in the browser keeps them
in its own, in ``FOLDER``, where ``saig cms --unpack`` puts them.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from hashlib import sha256, sha512
from pathlib import Path

from ..regexes import regex

NAME, VERSION = "@sveltia/cms", "0.221.1"
ARCHIVE = "sveltia-cms-0.221.1.tgz"
"""As ``npm pack @sveltia/cms@0.221.1`` calls it."""

SHA512 = (
    "27e4288a4f6418c9362fbbcda4e42b9c3985462f8d07abf02747fae7b62db315"
    "87d0ff16612611452442da943f8c619b56533ffcf83f588826929b30aa8a3781"
)
"""Of the archive: what npm calls its integrity, in hexadecimal digits."""

DIGEST = "e084f61a4428482faede60cf4086453fb2025b7f5901d7a68bdd7f4e6036466f"
"""Of the files that ``unpacked`` gives."""

FOLDER = "sveltia-cms"
"""Below the project's top."""

_WANTED = regex(
    r"LICENSE\.txt|package\.json|locales/[\w-]+\.json|npm/(index|chunks/(react|react-dom|shiki-engine)-[\w-]+)\.js"
    r"|npm/assets/[\w-]+(\.woff2|\.LICENSE\.txt|\.png)"
)
"""What the page asks for: the program as ES modules, its fonts and icons with their licences, and
its words. Neither maps of its source, nor what changes pictures, which nothing here asks for."""


class NotThePackage(ValueError):
    """It is another file, or another version."""


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The files that are needed, of the archive that npm has, by their paths. Raises
    ``NotThePackage``."""
    import tarfile  # which takes long to import

    if sha512(archive).hexdigest() != SHA512:
        raise NotThePackage
    found = {}
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        for member in tar:
            path = member.name.removeprefix("package/")
            if member.isfile() and _WANTED.fullmatch(path) and (file := tar.extractfile(member)):
                found[path] = file.read()
    return dict(sorted(found.items()))


def digest_of(files: Mapping[str, bytes]) -> str:
    """Of the paths and the bytes of files."""
    said = [f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())]
    return sha256("".join(said).encode()).hexdigest()


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of the package in the folder of a project. Raises ``NotThePackage`` where they are
    not those of this version, to the byte, and ``OSError``."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    if digest_of(found) != DIGEST:
        raise NotThePackage
    return found


_FONTS = {
    "source-sans-3:vf@5.3.0/latin-wght-normal": "source-sans-3-latin-wght-normal-BqRLTx4X",
    "noto-mono@5.3.0/latin-400-normal": "noto-mono-latin-400-normal-DiC8lJru",
    "material-symbols-outlined:vf@5.3.7/latin-wght-normal": (
        "material-symbols-outlined-latin-wght-normal-_Z1IJPLg"
    ),
}
_CHANGED = {
    # It asks others by itself: for fonts, and each hour for the newest version, which is then the one
    # that it is. Instead it asks for its own files; their addresses begin at the page's folder.
    **{
        f"https://cdn.jsdelivr.net/fontsource/fonts/{font}.woff2": f"{FOLDER}/npm/assets/{own}.woff2"
        for font, own in _FONTS.items()
    },
    "https://unpkg.com/@sveltia/cms": FOLDER,
    # It reads numbers in front matter as such, so that 07006 without quotes would become 7006, and
    # +34971225900 lose its sign. Saig's texts stay as they are typed; forms for numbers read them.
    # One address is as good as a list of it, which is what the form has.
    "r===`yaml-frontmatter`&&(g=qR(m))": (
        "r===`yaml-frontmatter`&&"
        "(g=qR(m,{customTags:e=>e.filter(e=>!/:(int|float)$/.test(e.tag))}))"
        "&&g.address&&!Array.isArray(g.address)&&(g.address=[g.address])"
    ),
    # A day that it cannot read it empties when the form is opened: 31/12/2020 would go unseen.
    "r.getTime()!==i.getTime():r!==void 0||i!==void 0||e===``": (
        "r.getTime()!==i.getTime():r!==void 0||i!==void 0"
    ),
}
"""What stands in the program, and what is to stand there instead."""


def served(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The package as the page's folder has it. Its words are JSON there, which browsers import from
    no file, and modules here."""
    found = {}
    for path, data in files.items():
        if path.startswith("locales/"):
            words = json.dumps(json.loads(data), ensure_ascii=False)
            found[path.removesuffix("json") + "js"] = f"export default {words};\n".encode()
        else:
            found[path] = _own(data.decode()).encode() if path == "npm/index.js" else data
    return found


def _own(program: str) -> str:
    for theirs, ours in _CHANGED.items():
        assert theirs in program, theirs
        program = program.replace(theirs, ours)
    return re.sub(r"(import\(`\.\./locales/[\w-]+\.js)on`", r"\1`", program)
