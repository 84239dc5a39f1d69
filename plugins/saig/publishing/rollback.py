"""Makes an earlier release public again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..outputs.changes import page
from ..progress import Progress
from ..refusal import Refused
from ..words import N_
from .authority import Authority
from .changes import About, carry_over, listing_of
from .compress import write_twins
from .hardlinks import link_equal, set_times
from .layout import Layout
from .lock import locked_to_publish
from .portal import is_of_publication
from .publication_files import Published, write_publication_files
from .record import Chain, Publication, State
from .record_io import append_line, next_moment, next_publication
from .recovery import recover
from .releases import rollback_targets
from .signing import Signer
from .stamping import stamp_lines
from .tree import altered_files, digest, path_of


def roll_back(
    layout: Layout,
    wanted: str | None,
    open_signer: Callable[[], Signer | None],
    progress: Progress,
    authority: Authority | None = None,
) -> Publication | None:
    """Make an earlier release public again: ``wanted``, or the one before the current. Returns its
    line; None if it is public already. ``open_signer``: returns who signs, called while the lock is
    held; ``authority``: who is asked for time stamps.

    Raises ``Refused`` if there is no such release, if its files are not as they were published, and
    as ``recover`` does; ``OSError`` if something cannot be read or written."""
    if not layout.record.is_file():
        raise Refused(N_("nothing was ever published in %(folder)s"), folder=layout.root)
    layout.make()
    with locked_to_publish(layout, progress):
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
        release = layout.release(name)
        after = _without_changes(chain.state_of(name))
        found = altered_files(release, after.digests)
        if wrong := [address for address in found if not is_of_publication(address)]:
            raise Refused(
                N_("the release %(release)s is not as it was published: %(addresses)s"),
                release=name,
                addresses=", ".join(wrong[:5]),
            )
        moment = next_moment(chain)
        after = _write_change_pages(layout, chain, release, after, maker, moment, progress)
        publication = next_publication(
            chain,
            "rollback",
            after,
            release=name,
            origin=maker.origin,
            signer=signer,
            moment=moment,
        )
        chain = append_line(layout, chain, publication, signer)
        layout.switch(name)
        if authority:
            stamp_lines(layout, chain, authority, progress)
        return publication


def _without_changes(state: State) -> State:
    """A state without the files that are made on publication."""
    digests = {a: value for a, value in state.digests.items() if not is_of_publication(a)}
    return replace(state, digests=digests)


def _write_change_pages(
    layout: Layout,
    chain: Chain,
    release: Path,
    after: State,
    maker: Publication,
    moment: str,
    progress: Progress,
) -> State:
    """Write into a release, which is not public yet, the pages that say what each publication
    changed, up to this one, and the description for portals. Returns the state that is public then.
    ``after``: the state without these files; ``maker``: the publication that made the release."""
    before = Published.in_folder(layout, chain, without=release)
    listed = listing_of(release)
    there = carry_over(release, before.releases, chain.state, maker.site, len(listed.documents))
    names = [page(number) for number in there]
    shared = link_equal(release, before.current, names, set(map(path_of, before.altered)))
    twins = write_twins(release, names, shared, progress)
    set_times(release, [*(name for name in names if name not in shared), *twins], before.kept)
    about = About("rollback", moment, maker.day, maker.commit)
    state = write_publication_files(release, before, listed, there, after, about, maker.site)
    os.sync()
    pages = {f"/{name}": digest((release / name).read_bytes()) for name in names}
    return replace(state, digests={**state.digests, **pages})


def _earlier(layout: Layout, chain: Chain) -> str:
    """The release before the current one. Raises ``Refused`` if there is none."""
    current = layout.current_release()
    before = [name for name in rollback_targets(layout, chain) if name != current]
    if not before:
        raise Refused(N_("there is no release before the current one"))
    return before[0]
