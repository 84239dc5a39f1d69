"""The editor's page of a site: what its setting says, and the files to be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..notes.site import Site
from ..refusal import Refused
from ..words import EDITORS, N_, SOURCE_LANGUAGE, po_file
from .configuration import configuration
from .forge import Forge
from .package import ARCHIVE, FOLDER, NAME, VERSION, NotThePackage, files_in, served
from .page import ADMIN, files


@dataclass(frozen=True)
class Editor:
    """``package``: the folder of the program."""

    forge: Forge
    package: Path

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Editor | None:
        """The editor that the setting ``CMS`` asks for; none in previews, and none where the notes'
        own files are at hand. Raises ``Refused``."""
        given = settings.get("CMS")
        if not given or settings.get("PREVIEW") or settings.get("DESK"):
            return None
        found = cls(Forge.of(given), Path(settings["PATH"]).parent / FOLDER)
        try:
            files_in(found.package)
        except (NotThePackage, OSError):
            raise Refused(NOT_THERE, **HOW) from None
        return found

    def program(self) -> dict[str, bytes]:
        """The program's files, by their paths from the site's root. They differ only with ``DIGEST``
        and with Saig's code."""
        found = served(files_in(self.package))
        return {f"{ADMIN}/{FOLDER}/{path}": data for path, data in found.items()}

    def files(self, site: Site, content: Path, url: str) -> dict[str, bytes]:
        """The page and the other files that it asks for, likewise."""
        found = files(
            {lang: configuration(site, self.forge, content, lang, url) for lang in languages(site)},
            site.name.text(site.default_language),
        )
        return {f"{ADMIN}/{path}": data for path, data in found.items()}


NOT_THERE = N_(
    "%(folder)s does not hold Sveltia CMS %(version)s: get it with npm pack %(name)s@%(version)s,"
    " and run saig cms --unpack %(archive)s"
)
HOW = {"folder": FOLDER, "version": VERSION, "name": NAME, "archive": ARCHIVE}


def languages(site: Site) -> list[str]:
    """The languages in which editors of a site are spoken to: its own as far as there are messages,
    then the others."""
    there = sorted(path.name for path in EDITORS.iterdir() if po_file(EDITORS, path.name))
    own = [lang for lang in site.languages if lang in (*there, SOURCE_LANGUAGE)]
    return list(dict.fromkeys((*own, *there, SOURCE_LANGUAGE)))
