"""A town as data: its files and its day, to be edited and compared; and how it gets onto a disk."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from project import DAY, new_project

DAYS = (
    "2020-05-15",
    "2020-06-03",
    "2020-11-30",
    "2020-12-09",
    DAY,
    "2020-12-11",
    "2020-12-12",
    "2021-01-01",
    "2021-06-02",
    "2021-07-13",
    "2021-07-14",
    "2021-07-15",
)
"""Those on which things begin and end: the town's own, and their neighbours; and some of which only
edits tell."""

MORE = {
    "norms/llei-12-2017.md": """---
title: Llei 12/2017, de 29 de desembre, d'urbanisme
short_title: Llei 12/2017
summary: La llei d'urbanisme.
date: 2020-01-02
eli: https://www.boe.es/eli/es-ib/l/2017/12/29/12
aliases: [LUIB]
published_in: [{gazette: BOIB, number: 160, date: 2017-12-29}]
first_date_entry_in_force: 2018-01-01
topics: [llicencies]
---
## Article 3. Principis

El que diu.
""",
    "norms/ordenanca-1.md": """---
title: Ordenança d'obres
summary: Modifica la llei.
date: 2020-06-01
type: o
number: "1"
jurisdiction: es-ib
date_document: 2020-05-20
first_date_entry_in_force: 2020-06-03
relations:
  - {type: amends, norm: llei-12-2017, provisions: ["article 3"], until: 2020-12-11}
done_by_others: [{type: corrects, by: {ca: "Una correcció", es: "Una corrección"}, date: 2020-06-10}]
departments: [obres]
---
Segons l'article 3 de la Llei 12/2017 i la LUIB.
""",
    "notices/2020/obertura.md": """---
title: Obertura dels dimarts
summary: S'obre els dimarts.
date: 2020-12-10
services: [llicencia, consulta-arxiu]
norms: [ordenanca-1]
old_addresses: [/obertura/]
---
## Com

Vegeu la [llei](../../norms/llei-12-2017.md#article-3-principis) i [com](#com).

## Quan

El dimarts 15 de desembre de 2020.
""",
}
"""What the small town lacks, below ``content/``: a law with articles, who amends it, who cites it."""


@dataclass
class Town:
    """``files``: paths from the project's folder, and what they hold. ``day``: of the build.
    ``production``: whether it is the public site."""

    files: dict[str, bytes]
    day: str = DAY
    production: bool = False

    def copy(self) -> Town:
        return Town(dict(self.files), self.day, self.production)

    def key(self) -> str:
        """Equal for towns that build the same."""
        digest = sha256(f"{self.day} {self.production}".encode())
        for path, held in sorted(self.files.items()):
            digest.update(b"%d %d " % (len(path), len(held)) + path.encode() + held)
        return digest.hexdigest()

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def put(self, path: str, text: str) -> None:
        self.files[path] = text.encode()

    def sub(self, path: str, pattern: str, new: str, count: int = 1) -> None:
        """Replace in a file; nothing where it is not, or has nothing like that."""
        if path in self.files:
            self.put(path, re.sub(pattern, new, self.text(path), count=count, flags=re.M))

    def notes(self, folder: str = "", *, translations: bool = True) -> list[str]:
        """The paths of the notes in a folder of ``content/``."""
        return [
            path
            for path in sorted(self.files)
            if path.startswith(f"content/{folder}")
            and path.endswith(".md")
            and (translations or path.count(".") == 1)
        ]

    def ids(self, folder: str) -> list[str]:
        return [name_of(path) for path in self.notes(f"{folder}/", translations=False)]

    def below(self, folder: str, end: str = "") -> list[str]:
        return [
            path for path in sorted(self.files) if path.startswith(folder) and path.endswith(end)
        ]


def name_of(path: str) -> str:
    """The id of a note."""
    return path.rpartition("/")[2].partition(".")[0]


def any_of(found: list[str], chance: random.Random) -> list[str]:
    """One of these, or none where there is none."""
    return [chance.choice(found)] if found else []


def parts(note: str) -> tuple[str, str]:
    """A note's front matter and its text."""
    found = re.fullmatch(r"---\n(.*?\n?)---\n(.*)", note, re.DOTALL)
    return (found[1], found[2]) if found else ("", note)


def with_field(note: str, name: str, value: str | None) -> str:
    """A note whose field says something else, or is not there."""
    head, body = parts(note)
    kept, inside = [], False
    for line in head.splitlines():
        inside = line.startswith(f"{name}:") or (inside and line[:1] in (" ", "-", ""))
        if not inside:
            kept.append(line)
    kept += [] if value is None else [f"{name}: {value}"]
    return "".join(["---\n", *(f"{line}\n" for line in kept), "---\n", body])


class OnDisk:
    """A project in a folder, brought to what a town is by writing only what differs."""

    def __init__(self, root: Path) -> None:
        self.project = new_project(root)
        for path, text in MORE.items():
            self.project.write(path, text)
        self.held = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for part in ("content", "theme")
            for path in root.joinpath(part).rglob("*")
            if path.is_file()
        } | {name: (root / name).read_bytes() for name in ("pelicanconf.py", "publishconf.py")}

    def first(self) -> Town:
        """The town as it is on the disk now."""
        return Town(dict(self.held))

    def become(self, town: Town) -> None:
        root = self.project.root
        for path in self.held.keys() - town.files.keys():
            file = root / path
            file.unlink()
            while not any(file.parent.iterdir()):
                file = file.parent
                file.rmdir()
        for path, held in town.files.items():
            if self.held.get(path) != held:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(held)
        self.held = dict(town.files)

    def remove(self) -> None:
        shutil.rmtree(self.project.root)

    def forget(self) -> None:
        """What builds left."""
        for name in (".saig", "output"):
            shutil.rmtree(self.project.root / name, ignore_errors=True)


def whole_tree(folder: Path) -> dict[str, str]:
    """Path and digest of every file, and the folders that hold nothing."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = sha256(path.read_bytes()).hexdigest()
        elif not any(path.iterdir()):
            found[name] = "an empty folder"
    return found
