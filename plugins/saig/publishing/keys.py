"""Who may sign which line.

- If a key was ever used, every line must be signed.
- One key signs at a time. Another key may follow only after a line, signed with the key before it,
  that names it (``key``).
- A signed line may pin an earlier one (``pinned``): that line and all before it need no signature.
  So the operator of a record that was begun without a key can vouch for its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..words import N_
from .finding import Finding
from .record import Chain, Publication
from .signing import fingerprint
from .tree import digest


def pinned_until(chain: Chain, also: str | None) -> int:
    """The number of the last line for which a later, signed line vouches; 0 if there is none.
    ``also``: the digest of a line for which the next line will vouch."""
    signed = [item for item in chain.publications if item.signer]
    wanted = {item.pinned: item.number for item in signed if item.pinned}
    if also:
        wanted[also] = len(chain.lines) + 1
    if not wanted:
        return 0
    numbered = enumerate(chain.lines, 1)
    named = (number for number, line in numbered if wanted.get(digest(line), 0) > number)
    return max(named, default=0)


def next_signer(last: Publication) -> str | None:
    """The fingerprint of the key that must sign the next line; None if it needs no signature."""
    return fingerprint(last.key) if last.key else last.signer


def key_findings(chain: Chain, *, was_used: bool, also: str | None = None) -> Iterator[Finding]:
    """Findings for lines that are not signed, or not with the key that must sign them. ``was_used``:
    whether something beside the lines shows that a key was ever used; ``also``: as in
    ``pinned_until``."""
    if not was_used and not any(item.signer for item in chain.publications):
        return
    start = pinned_until(chain, also)
    unsigned = [item.number for item in chain.publications if not item.signer]
    yield from _unsigned([number for number in unsigned if number > start])
    voucher = next((item for item in chain.publications[start:] if item.pinned), None)
    if voucher and unsigned and unsigned[0] <= start:
        message = N_(
            "lines up to %(last)d are not signed; line %(number)d, signed with the key %(key)s, "
            "vouches for them"
        )
        values = {"last": start, "number": voucher.number, "key": voucher.signer}
        yield Finding(message, values, is_fault=False)
    expected: str | None = None
    for item in chain.publications:
        if item.signer is None:
            continue
        if expected and item.signer != expected:
            values = {"number": item.number, "key": item.signer, "other": expected}
            message = N_(
                "line %(number)d is signed with the key %(key)s, and no line that %(other)s signed "
                "names that key"
            )
            yield Finding(message, values)
        expected = next_signer(item)


def _unsigned(numbers: Sequence[int]) -> Iterator[Finding]:
    """One finding for each run of consecutive unsigned lines."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        values = {"number": run[0], "last": run[-1]}
        if len(run) == 1:
            yield Finding(N_("line %(number)d is not signed"), values)
        else:
            yield Finding(N_("lines %(number)d to %(last)d are not signed"), values)
