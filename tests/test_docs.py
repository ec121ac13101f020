"""Documents that must equal the code."""

from __future__ import annotations

import re

import pytest

from crawler.loader import platforms
from crawler.night.outcome import OUTCOMES
from crawler.registry import PAGES
from crawler.sources import read_catalogue
from db.schema import as_markdown
from tests.nights import CHECKOUT


def document(name: str) -> str:
    return (CHECKOUT / name).read_text(encoding="utf-8")


def test_the_database_page_is_made_from_the_schema() -> None:
    made = "python -m db.schema > docs/database.md"
    assert document("docs/database.md") == as_markdown(), f"run: {made}"


def test_every_outcome_is_explained_in_the_order_of_its_rules() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", document("docs/reading-a-run.md"), re.MULTILINE)
    assert tuple(explained) == OUTCOMES


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("name", PAGES)
def test_platforms_and_catalogue_pages_equal_the_registry(name: str) -> None:
    assert document(f"docs/{name}") == PAGES[name](), "run: python -m crawler.registry"


def test_every_platform_and_source_is_on_its_page() -> None:
    pages = document("docs/platforms.md"), document("docs/catalogue.md")
    for name in platforms():
        assert f"(../spiders/{name}.py)" in pages[0]
    for source in read_catalogue():
        assert f" | {source} | " in pages[1]
