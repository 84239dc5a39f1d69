"""What a build depends on beside the notes, as digests: code, libraries, settings, theme.

Nothing of a machine is in them: no path, no time of a file.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

from ..themes import Theme

if TYPE_CHECKING:
    from jinja2 import Environment

LIBRARIES = (
    "babel",
    "jinja2",
    "markupsafe",
    "nh3",
    "pelican",
    "phonenumberslite",
    "pydantic",
    "pydantic_core",
    "pyromark",
    "python-dateutil",
    "pyyaml",
    "rjsmin",
    "segno",
    "tzdata",
    "unidecode",
)
"""Those that have a say in what a site looks like."""

JINJA = ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")

PACKAGE = Path(__file__).parents[1]

_REFERS = re.compile(r"""\{%-?\+?\s*(?:extends|include|import|from)\s+(?:["']([^"']+)["'])?""")


def digest(*values: object) -> str:
    """Of values that are written the same way where they are equal."""
    return sha256(repr(values).encode()).hexdigest()


def code() -> str:
    """Of this program with its packs, its libraries and its Python."""
    return digest(sys.version_info[:3], _versions(), list(_files(PACKAGE, (".py", ".yaml"))))


def _versions() -> list[str]:
    """The libraries as the folders are called that say what is installed ("jinja2-3.1.6.dist-info",
    https://packaging.python.org/en/latest/specifications/recording-installed-packages/): to ask
    ``importlib.metadata`` takes a tenth of a build that has nothing to do."""
    found = (
        name.lower()
        for folder in sys.path
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(".dist-info")
    )
    wanted = {name.replace("-", "_") for name in LIBRARIES}
    return sorted({name for name in found if name.partition("-")[0] in wanted})


def of_settings(settings: Mapping[str, Any], project: Path) -> str:
    """Of the settings that reach templates. What functions call stands in the same file, or in those
    of the project. Those that Pelican read are the same as without it: it adds an empty list of
    Jinja's extensions."""
    given = [settings.get(f"JINJA_{name}") or {} for name in JINJA]
    jinja = [plain({key: value for key, value in one.items() if value != []}) for one in given]
    folders = [project / str(folder) for folder in settings.get("PLUGIN_PATHS", ())]
    plugins = [file for folder in folders for file in _files(folder, ".py", without=PACKAGE.name)]
    own = [(path.name, path.read_bytes()) for path in sorted(project.glob("*.py"))]
    return digest(jinja, settings.get("PLUGINS"), plugins, own)


def plain(value: Any) -> Any:
    """A setting without what is written otherwise in each process: functions by their name, and what
    the file holds that they are in."""
    if isinstance(value, Mapping):
        return [(str(key), plain(item)) for key, item in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(map(str, map(plain, value)))
    if isinstance(value, FunctionType):
        with suppress(OSError):
            return value.__qualname__, digest(read(value.__code__.co_filename))
    return getattr(value, "__qualname__", value)


def _files(
    folder: Path, ending: str | tuple[str, ...], without: str = ""
) -> Iterator[tuple[str, str]]:
    """The files below a folder with such an ending: their paths from there, and the digests of what
    they hold. ``without``: a folder in it."""
    root = str(folder)
    for path, names, files in os.walk(root):
        names[:] = sorted(name for name in names if path != root or name != without)
        for name in sorted(files):
            file = f"{path}/{name}"
            if name.endswith(ending) and os.path.isfile(file):
                yield file[len(root) + 1 :], sha256(read(file)).hexdigest()


def read(path: str) -> bytes:
    """What a file holds. There may be many: to read them as ``Path`` does takes twice as long.
    Raises ``OSError``."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def published(theme: Theme, folder: str) -> str:
    """Of the theme's files that browsers ask for: their digests stand in every page's addresses."""
    files = ((path, theme.file(f"{folder}/{path}")) for path in theme.files(folder))
    return digest([(path, sha256(read(str(file))).hexdigest()) for path, file in files])


def templates(environment: Environment, names: Iterable[str]) -> dict[str, str]:
    """Of each template with all that it refers to, as far as it says so by name; one that says it
    otherwise depends on every template there is."""
    digests: dict[str, str] = {}
    referring: dict[str, list[str]] = {}

    def with_referred(name: str) -> set[str]:
        found = {name}
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in digests:
                source = _source(environment, current)
                digests[current] = digest(source)
                other = referred(source)
                referring[current] = environment.list_templates() if "" in other else other
            waiting += set(referring[current]) - found
            found |= set(referring[current])
        return found

    return {
        name: digest([(one, digests[one]) for one in sorted(with_referred(name))]) for name in names
    }


def referred(source: str) -> list[str]:
    """The templates that one refers to; '' for one whose name it works out."""
    return _REFERS.findall(source)


def _source(environment: Environment, name: str) -> str:
    from jinja2 import TemplateNotFound  # which takes long to import

    assert environment.loader
    try:
        return environment.loader.get_source(environment, name)[0]
    except TemplateNotFound:
        return ""
