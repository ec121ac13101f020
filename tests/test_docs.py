"""Documents that must equal the code."""

from __future__ import annotations

import re

from crawler.night.outcome import OUTCOMES
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
