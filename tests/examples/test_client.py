"""The example for those who use the data: a client that knows of a site what its schemas say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from project import REPOSITORY, Project
from serving import in_background
from towns import speaking

CLIENT = REPOSITORY / "examples/client/client.py"
LANGUAGES = ("pt-BR", "ar-MA", "es")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(town: Project) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(town.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def here(built_town: Project) -> Iterator[str]:
    with served(built_town) as address:
        yield address


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A town of other languages, and under another address than the one it was built for."""
    town = speaking(tmp_path_factory.mktemp("elsewhere") / "town", LANGUAGES, ["norms/decret-1"])
    town.change("site.yaml", "holidays: [", "holidays_known: [2020]\nholidays: [")
    town.build("--production")
    with served(town) as address:
        yield address


def told(*arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-I", CLIENT, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_it_is_short_and_needs_nothing() -> None:
    text = CLIENT.read_text("utf-8")
    assert len(text.splitlines()) < 150 and "saig" not in text.replace("made with Saig", "")


def test_a_department_and_the_norms_in_force(here: str, built_town: Project) -> None:
    lines = told(here, "--department", "obres", "--at", "2020-12-10T10:00")
    assert "Secció d'Obres (2020-12-10 10:00)" in lines and "971 00 00 01" in lines
    assert any(line.endswith("09:00–14:00") for line in lines if line.startswith("* "))
    norms = built_town.document("normativa")["section"]["items"]
    shown = [line[2:].rpartition(" (")[0] for line in lines if line.startswith("- ")]
    in_force = ("in-force", "partly-in-force")
    assert shown == [norm["title"] for norm in norms if norm["state"] in in_force] != []
    assert lines[-1] in unescape(built_town.page("/"))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2020-12-10T13:59", "Horari habitual d'avui: 09:00–14:00"),
        ("2020-12-10T08:00", "Horari habitual d'avui: 09:00–14:00"),
        # From the 11th on there are other hours, and from Christmas on it is closed.
        ("2020-12-10T14:00", "Ara tancat; segons l'horari habitual, obre dilluns, a les 10:30"),
        ("2020-12-23T13:00", "dilluns 2021-01-04, a les 10:30"),
    ],
)
def test_usual_hours_are_said_to_be_that(here: str, at: str, words: str) -> None:
    [line] = [one for one in told(here, "--department", "obres", "--at", at) if one[0:1] == "*"]
    assert line.endswith(words)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2020-12-10T08:59", "Ahora cerrado; hoy abre a las 09:00"),
        ("2020-12-10T13:59", "Ahora abierto, cierra a las 14:00"),
        ("2020-12-23T14:00", "Ahora cerrado; abrirá el lunes, a las 09:00"),
        (
            "2020-12-31T14:00",
            "Ahora cerrado; según el horario habitual, abre el viernes, a las 09:00",
        ),
    ],
)
def test_open_now_is_right_where_holidays_are_known(elsewhere: str, at: str, words: str) -> None:
    lines = told(elsewhere, "--lang", "es", "--department", "obres", "--at", at)
    [line] = [one for one in lines if one[0:1] == "*"]
    assert line[2:] == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_town_in_its_languages(elsewhere: str, lang: str) -> None:
    lines = told(elsewhere, "--lang", lang, "--department", "obres", "--at", "2020-12-10T10:00")
    assert lines[0].startswith("Name of the site")
    assert any("14:00" in line for line in lines if line.startswith("*"))
    titles = [line for line in lines if line.startswith("- ")]
    assert len(titles) == 2 and any(f"[{lang}]" in title for title in titles)


def test_what_there_is_not_is_told_in_a_line(here: str) -> None:
    for wrong in (["--lang", "fr"], ["--department", "no"]):
        done = subprocess.run(
            [sys.executable, CLIENT, here, *wrong], capture_output=True, text=True
        )
        assert done.returncode == 1 and done.stderr.count("\n") == 1
