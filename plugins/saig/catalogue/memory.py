"""What pieces of work came to, and what they asked, so that none is done again to the same end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from zlib import crc32

from .trace import Question, traced

T = TypeVar("T")

Answer = Callable[[Question], bytes]
Answers = Mapping[Question, bytes]

SHARDS = 64
"""Parts that a memory is kept in, so that a small change rewrites a small part."""


def shard_of(name: str) -> int:
    return crc32(name.encode()) % SHARDS


@dataclass
class Shard(Generic[T]):
    """Some pieces of work: what each came to, and the positions in ``questions`` of what it asked.

    ``salt``: what all of them depend on beside the questions.
    """

    salt: str
    questions: list[Question] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    works: dict[str, tuple[T, tuple[int, ...]]] = field(default_factory=dict)


@dataclass
class Work(Generic[T]):
    """One piece of work: what it came to, and what it asked, with the answers."""

    result: T
    asked: Answers


class Memory(Generic[T]):
    """``shards``: those that were kept, by their number; ``answer``: what a question is answered now."""

    def __init__(self, salt: str, shards: Mapping[int, Shard[T]], answer: Answer) -> None:
        self.salt = salt
        self.answer = answer
        self.kept = {n: shard for n, shard in shards.items() if shard.salt == salt}
        self.changed = {
            n: {
                position
                for position, asked in enumerate(zip(shard.questions, shard.answers, strict=True))
                if answer(asked[0]) != asked[1]
            }
            for n, shard in self.kept.items()
        }
        self.done: dict[str, Work[T]] = {}
        self.used: set[str] = set()

    def recall(self, name: str) -> T | None:
        """What a piece of work came to; None where it was never done, or would come to another end."""
        self.used.add(name)
        shard = self.kept.get(n := shard_of(name))
        if shard is None or name not in shard.works:
            return None
        result, asked = shard.works[name]
        return result if self.changed[n].isdisjoint(asked) else None

    def reasons(self, name: str) -> list[Question] | None:
        """The questions that are answered otherwise since; None where the work is new."""
        shard = self.kept.get(n := shard_of(name))
        if shard is None or name not in shard.works:
            return None
        return [shard.questions[i] for i in shard.works[name][1] if i in self.changed[n]]

    def asked(self, name: str) -> list[Question]:
        """All that a piece of work asked."""
        if name in self.done:
            return list(self.done[name].asked)
        shard = self.kept[shard_of(name)]
        return [shard.questions[i] for i in shard.works[name][1]]

    def remember(self, name: str, work: Work[T]) -> None:
        self.used.add(name)
        self.done[name] = work

    def do(self, name: str, work: Callable[[], T]) -> T:
        """Recall, or do it and remember."""
        found = self.recall(name)
        if found is None:
            done = traced_work(work, self.answer)
            self.remember(name, done)
            return done.result
        return found

    def to_keep(self) -> Iterator[tuple[int, Shard[T]]]:
        """The shards that are no longer as they were kept; what was not used is left out."""
        fresh: dict[int, list[str]] = {n: [] for n in range(SHARDS)}
        for name in self.done:
            fresh[shard_of(name)].append(name)
        for n, names in fresh.items():
            shard = self.kept.get(n)
            stays = [name for name in shard.works if name in self.used] if shard else []
            if shard is None or names or len(stays) < len(shard.works):
                yield n, self._shard(stays, names, shard)

    def _shard(self, stays: Iterable[str], fresh: Iterable[str], old: Shard[T] | None) -> Shard[T]:
        new: Shard[T] = Shard(self.salt)
        positions: dict[Question, int] = {}

        def add(name: str, result: T, asked: Iterable[tuple[Question, bytes]]) -> None:
            for question, answer in asked:
                if question not in positions:
                    positions[question] = len(new.questions)
                    new.questions.append(question)
                    new.answers.append(answer)
            new.works[name] = result, tuple(positions[question] for question, _ in asked)

        for name in fresh:
            add(name, self.done[name].result, list(self.done[name].asked.items()))
        for name in stays:
            if name not in self.done and old:
                result, asked = old.works[name]
                add(name, result, [(old.questions[i], old.answers[i]) for i in asked])
        return new


def traced_work(work: Callable[[], T], answer: Answer) -> Work[T]:
    """Do a piece of work, and note what it asks."""
    with traced() as asked:
        result = work()
    return Work(result, {question: answer(question) for question in asked})
