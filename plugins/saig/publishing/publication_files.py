"""The files that are made on publication: the page that says what it changed, and the description
for portals of open data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .changes import About, SiteIndex, add_page, changes, listing_before
from .layout import Layout
from .portal import describe
from .record import Chain, State
from .tree import altered_files


@dataclass(frozen=True)
class Published:
    """What is public before a publication. ``current``: the folder of the current release, if any;
    ``kept``: those of all releases; ``releases``: the current one, then the others, the latest
    first; ``altered``: the files of the current one that are not as published, as in
    ``altered_files``."""

    chain: Chain
    current: Path | None
    kept: Sequence[Path]
    releases: Sequence[Path]
    altered: Mapping[str, str | None]

    @classmethod
    def in_folder(cls, layout: Layout, chain: Chain, without: Path | None = None) -> Published:
        """What is public in a folder. ``without``: a release that is left out of ``releases``."""
        name = layout.current_release()
        current = layout.release(name) if name else None
        kept = [layout.release(one) for one in layout.kept()]
        others = [one for one in reversed(kept) if one not in (current, without)]
        releases = [*([current] if current else []), *others]
        altered = altered_files(current, chain.state.digests) if current else {}
        return cls(chain, current, kept, releases, altered)


def write_publication_files(
    site: Path,
    before: Published,
    listed: SiteIndex,
    there: Sequence[int],
    after: State,
    about: About,
    url: str,
) -> State:
    """Write the files of a publication into its site, and return the state with them. ``listed``:
    the site's index; ``there``: the numbers of the pages of earlier publications in it; ``after``:
    the state without these files. Raises ``OSError``."""
    chain, was = before.chain, before.chain.state.digests
    known = listing_before(before.releases, was, before.altered, url)
    found = changes(known, listed, was, after.digests, before.altered.keys())
    number = len(chain.publications) + 1
    made = {
        **add_page(site, number, there, about, found, url, len(listed.documents), before.kept),
        **describe(site, chain.begun or about.time, about.time, number, before.kept),
    }
    return replace(after, digests={**after.digests, **made})
