"""A browser, and a site that `rolecall serve` serves."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from crawler.recognise import Recogniser
from tests.simulator.client import CHECKOUT
from tests.site_house import House, day

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """The system's own Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser is installed: none of {', '.join(BROWSERS)}")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@dataclass
class Served:
    """A running site: its address, its database, and the link that signs in."""

    url: str
    house: House
    link: str


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Three finds and one hidden posting, served by the real command."""
    house = House(tmp_path)
    house.close()
    house.write(
        "INSERT INTO source_runs (run, source, outcome, listed, started) "
        "VALUES (1, 'fernwood', 'ok', 4, ?)",
        f"{day(1)}T02:00:00+00:00",
    )
    text = "We are a busy place.\n\nYou will lead nine engineers.\n\nYou will shape the service."
    for number, title in enumerate(("Director of Tides", "Head of Currents", "Lead of Waves")):
        url = f"https://jobs.lever.co/fernwood/0a1b2c3d-000{number}-4a5b-8c6d-0e1f2a3b4c5d"
        posting = house.add(
            title, url=url, text=text, topic_score=0.9 - number / 10, last_seen=day(1),
            categories=(("technical", "HPC"), ("sector", "Academia")),
        )  # fmt: skip
        match = Recogniser().recognise(url)
        assert match
        assert match.key
        # The check of the links then finds it in yesterday's listing, and asks nobody.
        house.write("INSERT INTO keys VALUES (?, ?, ?, ?)", posting, *match.key)
    house.add("Lecturer in Law", topic_score=0.05)
    port = _free_port()
    child = subprocess.Popen(
        [sys.executable, "-m", "crawler.cli", "serve", "--db", str(house.db), "--port", str(port)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert child.stdout is not None
        link = None
        for line in child.stdout:
            link = re.search(r"http\S+/desk/sign-in\S+", line)
            if link:
                break
        assert link
        _wait(f"http://127.0.0.1:{port}/-/versions.json")
        yield Served(f"http://127.0.0.1:{port}", house, link[0])
    finally:
        child.terminate()
        child.communicate(timeout=10)


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


@pytest.fixture
def page(browser: Any, served: Served) -> Iterator[Any]:
    """A page of the signed-in editor; an error of a script, or a refused one, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.url)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.goto(served.link)
    yield opened
    context.close()
    assert wrong == []
