"""``saig build --preview``: a branch shown to who has its address, and to nobody else."""

from __future__ import annotations

import json
from pathlib import Path

from project import Project, tree
from published_site import Published
from saig.receiving.preview_names import preview_name


def test_a_preview_says_that_it_is_one(town: Project, tmp_path: Path) -> None:
    """On every page, in its language, in no index; its links stay below its address; and what
    stops the public site stops no preview."""
    public = Published(town, tmp_path / "site")
    public.publish()
    before = tree(public.folder)

    wrong = "---\ntitle: Malament\nsummary: S.\ndate: 2020-12-01\ndepartments: [ningú]\n---\n"
    town.write("notices/malament.md", wrong)
    placeholder = (
        "---\ntitle: Enllaç\nsummary: S.\ndate: 2020-12-01\n---\n[x](https://example.org/x)\n"
    )
    town.write("notices/enllac.md", placeholder)
    (town.content / "notices/2020/platja-1.md").unlink()
    (town.content / "notices/2020/platja-1.es.md").unlink()
    preview = tmp_path / "preview"
    done = town.build(
        *("--preview", "Estiu <1>", "--output", str(preview)),
        *("--previous", str(public.current / "api/v1/index.json")),
    )
    assert "content/notices/malament.md:" in done.stderr
    assert "error[vanished-address] /avisos/" in done.stderr
    assert "error[placeholder]" not in done.stderr

    pages = {path: path.read_text("utf-8") for path in preview.rglob("*.html")}
    assert len(pages) > 20
    for path, html in pages.items():
        spanish = "es" in path.relative_to(preview).parts
        words = "Vista previa de la rama" if spanish else "Previsualització de la branca"
        assert '<meta name="robots" content="noindex, nofollow">' in html, path
        assert f"{words} Estiu &lt;1&gt;" in html, path
        assert 'href="/contactes/' not in html, path
    assert not (preview / "avisos/malament").exists()
    assert not list(preview.rglob("*esborrany*"))
    document = json.loads((preview / "index.json").read_bytes())
    assert document["url"] == f"https://example.org/_preview/{preview_name('Estiu <1>')}/"
    assert tree(public.folder) == before
    home = (public.current / "index.html").read_text("utf-8")
    assert "noindex" not in home and "Estiu" not in home
