"""Where Pelican meets Saig: one generator, which Pelican runs on each build."""

from __future__ import annotations

import sys
import time
from typing import Any

from pelican import signals
from pelican.generators import Generator
from pelican.log import console
from pelican.settings import DEFAULT_CONFIG

from .builder.checking import CheckResult
from .site_build import SiteBuild


class NotesGenerator(Generator):  # type: ignore[misc]
    """All notes at once. Settings: ``docs/operators.md``."""

    checked: CheckResult | None

    def generate_context(self) -> None:
        self.settings["PELICANS_OWN"] = DEFAULT_CONFIG
        self.build = SiteBuild(self.settings, self.env)
        self.checked = self.build.check()

    def generate_output(self, writer: Any) -> None:
        for path in self.build.write(self.checked) if self.checked else ():
            signals.content_written.send(f"{self.output_path}/{path}", context=self.context)


def tell(pelican: Any) -> None:
    """For Pelican's signal ``finalized``: say what was built, instead of how many articles there
    are. Saig's own commands say it themselves; and so it is, while Pelican watches for changes,
    after the first time."""
    settings = pelican.settings
    is_quiet = console.quiet and not settings.get("PELICAN_SAYS_NOTHING")
    if is_quiet or not (built := settings.pop("BUILT", "")):
        return
    values = {"seconds": time.monotonic() - settings["STARTED"], "folder": pelican.output_path}
    sys.stderr.write(f"{built % values}\n")
    console.quiet = settings["PELICAN_SAYS_NOTHING"] = True


def generators(pelican: Any) -> type[Generator]:
    """For Pelican's signal ``get_generators``."""
    return NotesGenerator
