"""What pieces of work came to, and what they asked, so that none is done again to the same end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from zlib import crc32

from .trace import Question, traced

T = TypeVar("T")

Answer = Callable[[Question], bytes]
Answers = Mapping[Question, bytes]
Holds = Callable[[Question, bytes], bool]

SHARDS = 256
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
    """``kept``: a shard as it was kept, by its number; ``answer``: what a question is answered now;
    ``holds``: whether it is still answered so."""

    def __init__(
        self, salt: str, kept: Callable[[int], Shard[T] | None], answer: Answer, holds: Holds
    ) -> None:
        self.salt = salt
        self.answer = answer
        self.done: dict[str, Work[T]] = {}
        self._same: dict[Any, Any] = {}
        self._kept = kept
        self._holds = holds
        self._shards: dict[int, Shard[T] | None] = {}
        self._changes: dict[int, set[int]] = {}

    def _shard(self, n: int) -> Shard[T] | None:
        if n not in self._shards:
            shard = self._kept(n)
            self._shards[n] = shard if shard and shard.salt == self.salt else None
        return self._shards[n]

    def _work(self, name: str) -> tuple[Shard[T], T, tuple[int, ...]] | None:
        shard = self._shard(shard_of(name))
        return (shard, *shard.works[name]) if shard and name in shard.works else None

    def _changed(self, name: str, shard: Shard[T]) -> set[int]:
        """The positions of the questions of a name's shard that are answered otherwise now."""
        if (n := shard_of(name)) not in self._changes:
            asked = zip(shard.questions, shard.answers, strict=True)
            self._changes[n] = {i for i, (q, a) in enumerate(asked) if not self._holds(q, a)}
        return self._changes[n]

    def last(self, name: str) -> T | None:
        """What a piece of work came to the last time, whatever is answered now."""
        found = self._work(name)
        return found[1] if found else None

    def recall(self, name: str) -> T | None:
        """What a piece of work came to; None where it was never done, or would come to another end."""
        if (found := self._work(name)) is None:
            return None
        shard, result, asked = found
        return result if self._changed(name, shard).isdisjoint(asked) else None

    def reasons(self, name: str) -> list[Question] | None:
        """The questions that are answered otherwise since; None where the work is new."""
        if (found := self._work(name)) is None:
            return None
        shard, _, asked = found
        changed = self._changed(name, shard)
        return [shard.questions[i] for i in asked if i in changed]

    def asked(self, name: str) -> list[Question]:
        """All that a piece of work asked."""
        if name in self.done:
            return list(self.done[name].asked)
        found = self._work(name)
        return [found[0].questions[i] for i in found[2]] if found else []

    def remember(self, name: str, work: Work[T]) -> None:
        same = self._same.setdefault  # what many ask is held once, whichever process asked it
        asked = {
            same(question, question): same(said, said) for question, said in work.asked.items()
        }
        self.done[name] = Work(work.result, asked)

    def do(self, name: str, work: Callable[[], T]) -> T:
        """Recall, or do it and remember."""
        found = self.recall(name)
        if found is None:
            done = traced_work(work, self.answer)
            self.remember(name, done)
            return done.result
        return found

    def to_keep(self, names: Set[str] | None = None) -> Iterator[tuple[int, Shard[T]]]:
        """The shards that are no longer as they were kept. ``names``: of all the work that there
        is; what else was kept is left out. None where only what was done is known to be there."""
        done: dict[int, list[str]] = {n: [] for n in range(SHARDS)} if names is not None else {}
        for name in self.done:
            done.setdefault(shard_of(name), []).append(name)
        for n, fresh in done.items():
            shard = self._shard(n)
            works = shard.works if shard else {}
            stays = [name for name in works if names is None or name in names]
            if shard is None or fresh or len(stays) < len(works):
                yield n, self._renewed(stays, fresh, shard)

    def _renewed(
        self, stays: Iterable[str], fresh: Iterable[str], old: Shard[T] | None
    ) -> Shard[T]:
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
