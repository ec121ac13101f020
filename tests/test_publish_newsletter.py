"""The newsletter's section, line by line."""

from __future__ import annotations

import re

import pytest

from crawler.harvest import harvest
from db.publish.newsletter import line, listing, section
from tests.publish_house import EDITION, EXCERPT, HOSTILE, entry, hostile


def test_the_section() -> None:
    two = entry(
        id=8, title="Head of Data", organization="Instituto Vega, Lisboa", location="Lisboa PT",
        url="https://vega.example/vagas?id=8", mark={"excerpt": "First.\n\nSecond."},
    )  # fmt: skip
    assert section([entry(), two], EDITION) == (
        "## Jobs Leading Research Computing Teams\n"
        "\n"
        "This week’s new-listing highlights are below; the full listing of 1,204 jobs is, as ever, "
        "available on [the job board](https://jobs.example.org/board/).\n"
        "\n"
        "**[Manager, Research Computing](https://jobs.fernwood.example.edu/7)** - Fernwood "
        "University, Boston MA USA <br/>\n"
        f"{EXCERPT}\n"
        "\n"
        "**[Head of Data](https://vega.example/vagas?id=8)** - Instituto Vega, Lisboa, Lisboa PT "
        "<br/>\n"
        "First.\n"
        "\n"
        "Second.\n"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Director, High Performance Computing", "Mobile & Ubiquitous Computing", "C++ / C# lead",
        "Scientist (EMTEC)", "Senior Data Scientist – Impact", "Lead - IaaS - HPC", "O’Neil's lead",
        "Manager: Analytics; 50% / 2.0 FTE!", "Lead, snake_case", "R&D; AT&T", "$100k @ X = y + z",
        "Two  blanks", "Ingénieure HPC", "#1 lab",
    ],
)  # fmt: skip
def test_what_is_no_markup_is_written_as_it_is(title: str) -> None:
    said = line(title, "https://x.example/1", "A, B", "London UK")
    assert said == f"**[{title}](https://x.example/1)** - A, B, London UK <br/>"


def test_a_place_holds_no_comma_and_may_be_unknown() -> None:
    assert listing(entry(location="Boston, MA, USA", mark={"excerpt": ""})).endswith(
        "Fernwood University, Boston MA USA <br/>"
    )
    assert listing(entry(location=None, mark={"excerpt": ""})).endswith(
        "- Fernwood University <br/>"
    )


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_the_grammar_holds_and_import_reads_it_again(text: str) -> None:
    said = section([entry(id=1, url="https://x.example/1"), hostile(text)], EDITION)
    lines = [one for one in said.splitlines() if one.endswith("<br/>")]
    assert all(re.fullmatch(r"\*\*\[.*\]\(\S+\)\*\* - .*<br/>", one) for one in lines)
    found = harvest(said)
    assert found.skipped == []
    urls = [lead.url for lead in found.leads]
    assert urls == ["https://x.example/1", "https://jobs.fernwood.example.edu/7"]


def test_import_reads_the_facts_again() -> None:
    made = entry(title="Lead [HPC] | *data*", organization="Vega, Lisboa", location="Remote USA")
    (lead,) = harvest(section([made], EDITION)).leads
    assert (lead.title, lead.organization, lead.location, lead.url) == (
        "Lead [HPC] | *data*", "Vega, Lisboa", "Remote USA", made.url
    )  # fmt: skip


def test_a_list_is_quoted_as_one_paragraph() -> None:
    made = entry(mark={"excerpt": "- Lead the team.\n- Plan the cluster;\n- Mentor students."})
    assert made.excerpt == ("Lead the team; Plan the cluster; Mentor students.",)
    assert entry(mark={"excerpt": "- one\nline"}).excerpt == ("- one line",)
