"""An editor's hour in a real browser: triage by keyboard, excerpt, issue, copy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Served


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(".find .title").all_inner_texts()]


def selected(page: Any) -> str:
    return str(page.locator(".find.on .title").inner_text())


def wait_for_sheet(page: Any, title: str) -> None:
    page.locator("#pane .sheet h2", has_text=title).wait_for()


def decisions(served: Served) -> list[tuple[Any, ...]]:
    return served.house.read("SELECT posting, decision, excerpt, note FROM marks ORDER BY id")


def test_triage_with_single_keys(page: Any, served: Served) -> None:
    assert titles(page) == ["Director of Tides", "Head of Currents", "Lead of Waves"]
    assert selected(page) == "Director of Tides"
    page.keyboard.press("j")
    assert selected(page) == "Head of Currents"
    page.keyboard.press("k")
    wait_for_sheet(page, "Director of Tides")
    page.keyboard.press("x")
    page.locator("#status", has_text="Rejected: Director of Tides").wait_for()
    assert selected(page) == "Head of Currents"
    assert page.locator("#count").inner_text() == "2"
    page.keyboard.press("u")
    page.locator("#status", has_text="Taken back").wait_for()
    assert titles(page) == ["Director of Tides", "Head of Currents", "Lead of Waves"]
    page.keyboard.press("s")
    page.locator("#status", has_text="Snoozed").wait_for()
    page.keyboard.press("l")
    page.locator("#status", has_text="Marked as listed").wait_for()
    assert titles(page) == ["Lead of Waves"]
    assert [mark[:2] for mark in decisions(served)] == [
        (1, "reject"), (1, "undo"), (1, "snooze"), (2, "listed"),
    ]  # fmt: skip


def test_the_keys_are_explained(page: Any) -> None:
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("x")  # decides nothing while the list of keys is open
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    assert len(titles(page)) == 3


def test_an_excerpt_is_clicked_together_and_edited(page: Any, served: Served) -> None:
    wait_for_sheet(page, "Director of Tides")
    page.get_by_text("You will shape the service.").click()
    page.keyboard.press("2")
    field = page.locator("[data-excerpt]")
    assert field.input_value() == "You will lead nine engineers.\n\nYou will shape the service."
    assert page.locator("[data-words]").inner_text() == "10 words"
    page.keyboard.press("3")
    assert field.input_value() == "You will lead nine engineers."
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type(" Exactly nine, just so.")  # letters here are text, not decisions
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("jolly")
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    page.locator("#status", has_text="Kept").wait_for()
    assert decisions(served) == [
        (1, "keep", "You will lead nine engineers. Exactly nine, just so.", "jolly")
    ]


def test_the_issue_is_ordered_checked_and_copied(page: Any, served: Served) -> None:
    for title in ("Director of Tides", "Head of Currents"):
        wait_for_sheet(page, title)
        page.keyboard.press("2")
        page.keyboard.press("y")
        page.locator("#status", has_text=f"Kept: {title}").wait_for()
    page.goto(f"{served.url}/desk/issue")
    shown = page.locator(".kept-one h3").all_inner_texts
    assert shown() == ["Director of Tides", "Head of Currents"]
    page.get_by_role("button", name="Move Director of Tides down").click()
    page.locator("#copy-status", has_text="The order is saved.").wait_for()
    assert shown() == ["Head of Currents", "Director of Tides"]
    grips = page.locator(".grip")
    grips.nth(1).drag_to(page.locator(".kept-one").nth(0), target_position={"x": 40, "y": 4})
    page.wait_for_function(
        "document.querySelector('.kept-one h3').innerText.startsWith('Director')"
    )
    page.locator("#section").wait_for()
    page.get_by_role("button", name="Check every link").click()
    page.locator("#check-status", has_text="2 open").wait_for(timeout=60_000)
    page.get_by_role("button", name="Copy").click()
    page.locator("#copy-status", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    address = "https://jobs.lever.co/fernwood/0a1b2c3d-0000-4a5b-8c6d-0e1f2a3b4c5d"
    first = f"**[Director of Tides]({address})** - Fernwood University, Boston MA USA <br/>"
    assert f"{first}\nYou will lead nine engineers.\n" in copied
    page.reload()
    assert shown() == ["Director of Tides", "Head of Currents"], "the order is kept"
    page.get_by_label("It is out, as issue").fill("191")
    page.get_by_role("button", name="Mark all as listed").click()
    page.get_by_text("Nothing kept yet").wait_for()
    page.goto(f"{served.url}/desk")
    assert titles(page) == ["Lead of Waves"]


def test_somebody_who_is_not_signed_in_reads_and_cannot_mark(browser: Any, served: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.url}/board")
    assert page.locator(".card").count() == 4
    assert page.get_by_role("link", name="New finds").count() == 0
    assert page.goto(f"{served.url}/desk").status == 403
    page.goto(f"{served.url}/board")
    status = page.evaluate(
        "fetch('/desk/mark', {method: 'POST',"
        " body: new URLSearchParams({posting: 1, decision: 'keep'})})"
        ".then((answer) => answer.status)"
    )
    assert status == 403
    assert decisions(served) == []
    context.close()


def test_everything_is_readable_and_decidable_without_script(browser: Any, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.link)
    assert titles(page) == ["Director of Tides", "Head of Currents", "Lead of Waves"]
    assert not page.locator("#pane").is_visible()
    page.get_by_role("link", name="Director of Tides").click()
    page.get_by_text("You will lead nine engineers.").click()
    page.get_by_role("button", name="Keep").click()
    assert titles(page) == ["Head of Currents", "Lead of Waves"]
    page.goto(f"{served.url}/desk/issue")
    assert "You will lead nine engineers." in page.locator("#section").input_value()
    page.goto(f"{served.url}/board")
    page.get_by_role("link", name="HPC", exact=True).first.click()
    assert page.locator(".card").count() == 3
    page.get_by_role("link", name="Head of Currents").click()
    assert page.get_by_role("heading", name="Head of Currents").is_visible()
    context.close()


@pytest.mark.parametrize("path", ["/", "/board", "/board/1", "/sources", "/trends", "/desk",
                                  "/desk/posting/1", "/desk/issue", "/desk/sample", "/desk/log",
                                  "/desk/add"])  # fmt: skip
def test_no_page_is_wider_than_a_phone(page: Any, served: Served, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{served.url}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_posting_reached_by_keyboard_shows_its_focus(page: Any, served: Served) -> None:
    page.goto(f"{served.url}/board")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    for _ in range(3):
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
