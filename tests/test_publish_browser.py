"""The static board in a real browser: the filter over several lists, and the lists without it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from db.publish import formats, static, write_folder
from tests.publish_house import EDITION, HOSTILE, entry, hostile

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSER = os.environ.get("ROLECALL_BROWSER") or shutil.which("chromium")

pytestmark = pytest.mark.skipif(not BROWSER, reason="no chromium; name one in ROLECALL_BROWSER")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Five postings in three lists, and every hostile one."""
    monkeypatch.setattr(static, "PER_PAGE", 2)
    there = {"places": [{"city": "Zürich", "country": "CH"}], "workplace": "onsite"}
    entries = [entry(id=n, title=f"Engineer {n}") for n in (1000, 1002, 1003, 1004)]
    entries += [entry(id=1001, title="Data Steward", **there)]
    entries += [hostile(text, number) for number, text in enumerate(HOSTILE, 1)]
    write_folder(tmp_path, formats()["static"].write(entries, EDITION))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_the_filter_finds_postings_of_every_list(site: str, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto(f"{site}index.html")
    page.fill("#words", "zurich steward")
    shown = page.locator("ol.postings > li:visible h2")
    sync_api.expect(shown).to_have_text(["Data Steward"])
    total = len(HOSTILE) + 5
    sync_api.expect(page.locator(".count")).to_have_text(f"1 of {total} postings")
    page.fill("#words", "engineer 100")
    sync_api.expect(shown).to_have_count(4)
    page.fill("#words", "")
    page.select_option("#country", "Switzerland")
    sync_api.expect(shown).to_have_text(["Data Steward"])
    page.select_option("#country", "")
    sync_api.expect(shown).to_have_count(total)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
    page.goto(f"{site}postings/1001.html")
    assert page.locator("h1").inner_text() == "Data Steward"


def test_nothing_hostile_happens_on_any_page(site: str, browser: Any) -> None:
    page = browser.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: happened.append(dialog.message))
    page.on("request", lambda asked: asked.url.startswith(site) or happened.append(asked.url))
    for number in range(1, len(HOSTILE) + 1):
        page.goto(f"{site}postings/{number}.html")
        page.hover("h1")
    assert happened == []


def test_without_javascript_the_lists_are_complete(site: str, browser: Any) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}index.html")
    titles = []
    while True:
        titles += page.locator("ol.postings > li h2").all_inner_texts()
        assert not page.locator("form.filter").is_visible()
        following = page.locator("nav.pages [aria-current] + a")
        if not following.count():
            break
        following.click()
    assert len(titles) == len(HOSTILE) + 5
    assert titles.count("Data Steward") == 1
