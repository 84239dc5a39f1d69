"""Digests of what a build depends on beside the notes: code, libraries, settings, theme.

They are the same on every machine: no paths, no file times.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import FunctionType, ModuleType
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
"""Those that affect what is published."""

JINJA = ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")

PACKAGE = Path(__file__).parents[1]

_REFERS = re.compile(r"""\{%-?\+?\s*(?:extends|include|import|from)\s+(?:["']([^"']+)["'])?""")


def digest(*values: object) -> str:
    """A digest of values, by their ``repr``, which must be the same for equal values."""
    return sha256(repr(values).encode()).hexdigest()


def code() -> str:
    """A digest of Saig's code and packs, of its libraries, and of Python's version."""
    return digest(sys.version_info[:3], _versions(), list(_files(PACKAGE, (".py", ".yaml"))))


def _versions() -> list[str]:
    """The versions of libraries, from the names of their folders ("jinja2-3.1.6.dist-info",
    https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
    ``importlib.metadata`` would take a tenth of a build that has nothing to do."""
    found = (
        name.lower()
        for folder in sys.path
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(".dist-info")
    )
    wanted = {name.replace("-", "_") for name in LIBRARIES}
    return sorted({name for name in found if name.partition("-")[0] in wanted})


def of_settings(settings: Mapping[str, Any], project: Path, folders: Iterable[Path]) -> str:
    """A digest of the settings that templates see, with the Python files that functions among them
    may call: those directly in the project, and in ``folders``. It does not depend on whether
    Pelican read the settings: Pelican adds an empty list of Jinja's extensions."""
    given = [settings.get(f"JINJA_{name}") or {} for name in JINJA]
    jinja = [plain({key: value for key, value in one.items() if value != []}) for one in given]
    modules = [list(_files(folder, ".py", without=PACKAGE.name)) for folder in folders]
    own = [(path.name, path.read_bytes()) for path in sorted(project.glob("*.py"))]
    return digest(jinja, settings.get("PLUGINS"), modules, own)


def code_folders(settings: Mapping[str, Any], project: Path) -> list[Path]:
    """The project's folders with code that a build may use: those of plugins, those from which
    settings imported a module, and those of Jinja's extensions, which nobody has imported yet."""
    found = {str(folder) for folder in settings.get("PLUGIN_PATHS", ())}
    found |= {path.split("/")[0] for path in own_modules(project).values() if "/" in path}
    extensions = (settings.get("JINJA_ENVIRONMENT") or {}).get("extensions") or ()
    found |= {name.split(".")[0] for name in extensions if isinstance(name, str)}
    return sorted({project / folder for folder in found})


def own_modules(project: Path) -> dict[str, str]:
    """The modules that settings imported from the project, with the path of each file from there.
    Saig and libraries are excluded, which may be installed below it."""
    root = f"{project}/"
    installed = [f"{path}/" for path in (PACKAGE.parent, sys.prefix, sys.base_prefix)]
    apart = tuple(path for path in installed if path.startswith(root))
    modules = [(name, it) for name, it in sys.modules.items() if isinstance(it, ModuleType)]
    files = [(name, vars(it).get("__file__") or "") for name, it in modules]
    return {
        name: file[len(root) :]
        for name, file in files
        if file.startswith(root) and not file.startswith(apart)
    }


def plain(value: Any) -> Any:
    """A setting as plain data that is the same in each process: a function becomes its name and a
    digest of its file."""
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
    """The files below a folder with one of these extensions: paths from there, and digests.
    ``without``: a folder to be left out."""
    root = str(folder)
    for path, names, files in os.walk(root):
        names[:] = sorted(name for name in names if path != root or name != without)
        for name in sorted(files):
            file = f"{path}/{name}"
            if name.endswith(ending) and os.path.isfile(file):
                yield file[len(root) + 1 :], sha256(read(file)).hexdigest()


def read(path: str) -> bytes:
    """The contents of a file. Raises ``OSError``. Twice as fast as ``Path.read_bytes``, which
    matters for thousands of files."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def published(theme: Theme, folder: str) -> str:
    """A digest of a published folder of the theme: pages contain the digests of its files."""
    files = ((path, theme.file(f"{folder}/{path}")) for path in theme.files(folder))
    return digest([(path, sha256(read(str(file))).hexdigest()) for path, file in files])


def templates(environment: Environment, names: Iterable[str]) -> dict[str, str]:
    """Digests of templates with everything that they include or extend. One that computes the name
    of another depends on all templates."""
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
    """The templates that one includes, extends or imports; '' for a computed name."""
    return _REFERS.findall(source)


def _source(environment: Environment, name: str) -> str:
    from jinja2 import TemplateNotFound  # slow to import

    assert environment.loader
    try:
        return environment.loader.get_source(environment, name)[0]
    except TemplateNotFound:
        return ""
