"""Making an earlier release public again."""

from __future__ import annotations

from collections.abc import Callable

from ..progress import Progress
from ..words import N_
from .authority import Authority
from .layout import Layout
from .lock import locked
from .record import Chain, Publication
from .record_io import append_line, next_publication
from .recovery import recover
from .refusal import Refused
from .releases import rollback_targets
from .signing import Signer
from .stamping import stamp_lines
from .tree import altered_files


def roll_back(
    layout: Layout,
    wanted: str | None,
    open_signer: Callable[[], Signer | None],
    progress: Progress,
    authority: Authority | None = None,
) -> Publication | None:
    """Make an earlier release public again: the one before the current, or the one wanted. None if
    it is public already. ``authority``: who is asked for time stamps.

    Raises ``Refused`` if there is no such release, or its files are not as they were published."""
    if not layout.record.is_file():
        raise Refused(N_("nothing was ever published in %(folder)s"), folder=layout.root)
    layout.make()
    with locked(
        layout.lock, lambda: progress.step(N_("Another publication is at work; waiting for it"))
    ):
        signer = open_signer()
        chain = recover(layout, signer, progress)
        name = wanted or _earlier(layout, chain)
        maker = chain.publication_of(name)
        if maker is None or name not in layout.kept():
            raise Refused(
                N_("there is no release %(release)s; run: saig releases DIR"), release=name
            )
        if name == layout.current_release():
            return None
        after = chain.state_at(maker.number)
        if wrong := altered_files(layout.release(name), after.digests):
            raise Refused(
                N_("the release %(release)s is not as it was published: %(addresses)s"),
                release=name,
                addresses=", ".join([*wrong][:5]),
            )
        publication = next_publication(
            chain,
            "rollback",
            after,
            release=name,
            origin=maker.origin,
            signer=signer,
        )
        chain = append_line(layout, chain, publication, signer)
        layout.switch(name)
        if authority:
            stamp_lines(layout, chain, authority, progress)
        return publication


def _earlier(layout: Layout, chain: Chain) -> str:
    current = layout.current_release()
    before = [name for name in rollback_targets(layout, chain, 2) if name != current]
    if not before:
        raise Refused(N_("there is no release before the current one"))
    return before[0]
