"""Holds builds after edits against clean ones: the files, and what is told.

A step is one edit or several at once, written ``title.3+remove.7``: the edits' names, and the seeds
of what they take from chance. So is the command that may be run between an edit and the build, of
``meanwhile.py``. Steps are done again from their words alone.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edits import EDITS
from meanwhile import COMMANDS
from site_edits import SPOILS
from town import OnDisk, Town, whole_tree

MEANWHILE = 0.15
"""How often some command is run between an edit and the build after it."""

DAMAGED = "The cache is damaged; building anew"

UNDO = "undo"
"""The town is what it was before the last edit."""


@dataclass(frozen=True)
class Result:
    """What a build came to. ``tree`` is None where nothing was to be built."""

    told: list[str]
    tree: dict[str, str] | None

    def difference(self, clean: Result) -> str:
        """What is not as in a clean build; empty if all is."""
        if self.told != clean.told:
            return "what is told:\n" + _between(self.told, clean.told)
        if self.tree is None or clean.tree is None or self.tree == clean.tree:
            return ""
        mine, theirs = self.tree, clean.tree
        said = {path: "is not there" for path in theirs.keys() - mine.keys()}
        said |= {path: "should not be there" for path in mine.keys() - theirs.keys()}
        said |= {p: "is another" for p in mine.keys() & theirs.keys() if mine[p] != theirs[p]}
        return "".join(f"{path} {what}\n" for path, what in sorted(said.items()))


def _between(mine: Sequence[str], theirs: Sequence[str]) -> str:
    more = [f"+ {line}\n" for line in mine if line not in theirs]
    less = [f"- {line}\n" for line in theirs if line not in mine]
    return "".join([*less, *more]) or "the same lines in another order\n"


@dataclass
class Judge:
    """``clean``: what clean builds came to, by the town that they were of."""

    folder: Path
    clean: dict[str, Result] = field(default_factory=dict)
    played: int = 0
    until: float = 0

    def __post_init__(self) -> None:
        self.anew = OnDisk(self.folder / "clean")
        self.first = self.anew.first()

    def play(self, steps: Sequence[str]) -> tuple[int, str] | None:
        """Build a town, and again after each step. The number of the first step after which the
        build is not as a clean one, and the difference."""
        self.played += 1
        disk = OnDisk(self.folder / f"played-{self.played}")
        town, before = self.first.copy(), [self.first]
        result = self.build(disk, town)
        for number, step in enumerate(steps):
            spoils = []
            for word in step.split("+"):
                name = word.partition(".")[0]
                chance = random.Random(word)
                if name == UNDO:
                    town = before.pop() if len(before) > 1 else self.first
                    continue
                before.append(town)
                town = town.copy()
                if name in SPOILS:
                    spoils.append((SPOILS[name], chance))
                else:
                    EDITS[name](town, chance)
            disk.become(town)
            if result.tree:
                for spoil, chance in spoils:
                    spoil(disk.project.output, chance)
            between = random.Random(step)
            command = between.choice([*COMMANDS]) if between.random() < MEANWHILE else ""
            if command:
                COMMANDS[command](disk.project, town, between)
            result = self.build(disk, town, jobs=1 + 2 * (number % 4 == 3))
            if command == "killed":  # perhaps between the cache and its checksum
                result.told[:] = [line for line in result.told if line != DAMAGED]
            different = result.difference(self.of_clean(town))
            if not different and number % 3 == 0:
                different = self.checks_differ(disk, town)
            if different:
                return number, different
        disk.remove()
        return None

    def of_clean(self, town: Town) -> Result:
        """What a build that remembers nothing comes to."""
        key = town.key()
        if key not in self.clean:
            self.anew.forget()
            self.anew.become(town)
            self.clean[key] = self.build(self.anew, town)
        return self.clean[key]

    def build(self, disk: OnDisk, town: Town, jobs: int = 1) -> Result:
        production = ["--production"] if town.production else []
        given = ("--today", town.day, "--jobs", str(jobs), *production)
        # What remembers something gets a process that knows nothing but that; the other need not.
        run = disk.project.saig if disk is self.anew else disk.project.apart
        done = run("build", *given)
        told = [line for line in map(_lasting, done.stderr.splitlines()) if line]
        return Result(told, None if done.returncode else whole_tree(disk.project.output))

    def checks_differ(self, disk: OnDisk, town: Town) -> str:
        """What `saig check` says, with what is remembered and without."""
        self.anew.forget()
        self.anew.become(town)
        mine, theirs = (
            run("check", "--format", "json", "--today", town.day).stdout.splitlines()
            for run in (disk.project.apart, self.anew.project.saig)
        )
        return "" if mine == theirs else "what is checked:\n" + _between(mine, theirs)

    def shortened(self, steps: Sequence[str], seconds: float = 90) -> list[str]:
        """Fewer of these steps, after which a build still differs: the last one is where it does."""
        self.until = time.monotonic() + seconds
        *earlier, last = steps
        words = [word for step in earlier for word in step.split("+")]
        if self.play(_steps(words, last)):
            return _steps(self._fewer(words, lambda few: _steps(few, last)), last)
        return [*self._fewer(earlier, lambda few: [*few, last]), last]

    def _fewer(self, words: list[str], steps_of: Callable[[list[str]], list[str]]) -> list[str]:
        """Halves are left out first, single ones last."""
        size = len(words)
        while size := size // 2 if size > 1 else 0:
            for start in range(0, len(words), size):
                fewer = words[:start] + words[start + size :]
                if time.monotonic() < self.until and self.play(steps_of(fewer)):
                    return self._fewer(fewer, steps_of)
        return words


def _steps(at_once: list[str], last: str) -> list[str]:
    return ["+".join(at_once), last] if at_once else [last]


PASSING = re.compile(
    r"(Reading notes|Making (pages|feeds)): \d+|\d+ pages? made; .*|.*Left out what is wrong: .*"
)
"""What a build says of its own work."""


def _lasting(line: str) -> str:
    """A line without what may differ between two builds of the same town."""
    return "" if PASSING.fullmatch(line) else re.sub(r" in [\d.]+ s: .*", "", line)


def steps_of(seed: int, edits: int) -> list[str]:
    """Steps of so many edits: some at once, some undone. Seeds go on where the last one ended, so
    that all kinds come in turn, in an order of chance."""
    chance = random.Random(seed)
    steps: list[str] = []
    for number in range(seed * edits, (seed + 1) * edits):
        turn, place = divmod(number, len(KINDS))
        word = f"{random.Random(turn).sample(KINDS, len(KINDS))[place]}.{number}"
        how = chance.random()
        if how < 0.15 and steps and steps[-1] != UNDO:
            steps += [UNDO, word]
        elif how < 0.5 and steps and steps[-1] != UNDO:
            steps[-1] += f"+{word}"
        else:
            steps.append(word)
    return steps


KINDS = sorted([*EDITS, *SPOILS])
