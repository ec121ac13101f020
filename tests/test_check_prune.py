"""A document without its closed postings: what stays is what was there, to the byte."""

from __future__ import annotations

import json

import pytest

from crawler.errors import ConfigError
from crawler.harvest import KINDS, harvest
from crawler.night.check_prune import prune

NOW = "2026-08-21T03:00:00+00:00"

BOARD = """{
  "generated": "2026-02-09T14:00:00.000Z",
  "count": 3,
  "jobs": [
    {
      "id": 3520, "title": "Lead, Data\\u2019s Home", "company": "Fernwood", "score": 1.0,
      "location": "Ulm DE",
      "url": "https://jobs.lever.co/fernwood/1"
    },
    {
      "id": 3519, "title": "HPC Engineer", "company": "Fernwood",
      "url": "https://jobs.lever.co/fernwood/2?utm_source=x"
    },
    {"id": 3518, "title": "Steward [1], {x}", "company": "Quantenhof", "url": "https://q.example/3"}
  ]
}
"""

LETTER = """---
title: "#190 - 3 Aug 2026"
---
Hello.

## Jobs Leading Research Computing Teams

New listings are below; [the full listing](https://board.example/) has 12 jobs.

**[Director, Research Computing](https://fernwood.example/7)** - Fernwood, Inc, Boston MA USA <br/>
Lead the group.  Two blanks stay.

A second paragraph.

**[Data Steward](https://quantenhof.example/8)** - Quantenhof, Ulm DE <br/>
Keep the data.

**[HPC Lead](https://alvern.example/9)** - Alvern, London UK <br/>
Keep the cluster.

That is all for this week.
"""


def gone(*urls: str, text: str, kind: str) -> set[tuple[str | None, str]]:
    leads = KINDS[kind](text, None).leads
    found = {(lead.tidied, (lead.title or "").casefold()) for lead in leads if lead.url in urls}
    assert len(found) == len(urls)
    return found


@pytest.mark.parametrize("out", [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]])
def test_a_board_keeps_the_other_entries_as_they_were(out: list[int]) -> None:
    jobs = json.loads(BOARD)["jobs"]
    pruned = prune(
        BOARD, "json", gone(*(jobs[n]["url"] for n in out), text=BOARD, kind="json"), NOW
    )
    said = json.loads(pruned)
    assert said["jobs"] == [job for n, job in enumerate(jobs) if n not in out]
    assert (said["count"], said["generated"]) == (3 - len(out), "2026-08-21T03:00:00.000Z")
    assert list(said) == ["generated", "count", "jobs"]
    for n, start in enumerate(('"id": 3520, "title": "Lead, Data\\u2019s Home"', '"id": 3519, "ti',
                               '{"id": 3518, "title": "Steward [1], {x}"')):  # fmt: skip
        assert (start in pruned) == (n not in out)
    assert "1.0" in pruned or 0 in out


def test_nothing_closed_changes_nothing() -> None:
    assert prune(BOARD, "json", set(), NOW) == BOARD
    assert prune(BOARD, "json", {("https://nowhere.example/", "x")}, NOW) == BOARD


def test_a_list_without_a_count() -> None:
    other = '{"title": "B", "url": "b.example/2"}'
    text = f'[\n {{"title": "A", "url": "https://a.example/1"}},\n {other}\n]'
    assert prune(text, None, {("https://a.example/1", "a")}, NOW) == f"[\n {other}\n]"


def test_a_newsletter_loses_entries_with_their_paragraphs() -> None:
    pruned = prune(
        LETTER, "markdown", gone("https://fernwood.example/7", text=LETTER, kind="markdown"), NOW
    )
    start = LETTER.index("**[Director")
    assert pruned == LETTER[:start] + LETTER[LETTER.index("**[Data Steward") :]


def test_the_end_of_a_newsletter_is_no_part_of_its_last_entry() -> None:
    pruned = prune(
        LETTER, None,
        gone("https://quantenhof.example/8", "https://alvern.example/9", text=LETTER,
             kind="markdown"), NOW,
    )  # fmt: skip
    assert pruned == LETTER[: LETTER.index("**[Data")] + LETTER[LETTER.index("That is all") :]


def test_a_list_of_links_loses_lines() -> None:
    text = "https://a.example/1\r\n# remark\r\nhttps://b.example/2 and https://c.example/3\r\n"
    first = {("https://a.example/1", ""), ("https://b.example/2", "")}
    kept = "# remark\r\nhttps://b.example/2 and https://c.example/3\r\n"
    assert prune(text, "text", first, NOW) == kept
    assert prune(text, "text", {*first, ("https://c.example/3", "")}, NOW) == "# remark\r\n"


def test_a_yaml_list_loses_items_and_keeps_remarks_of_others() -> None:
    text = (
        "# jobs\n- name: A\n  url: https://a.example/1\n  posted: 2026-08-01\n\n"
        "- name: B  # ours\n  url: https://b.example/2\n- name: C\n  url: https://c.example/3\n"
    )
    one = prune(text, "yaml", {("https://a.example/1", "a")}, NOW)
    assert one == "# jobs\n" + text[text.index("- name: B") :]
    last = prune(text, "yaml", {("https://c.example/3", "c")}, NOW)
    assert last == text[: text.index("- name: C")]


def test_a_sheet_loses_rows() -> None:
    text = (
        "title,company,url\nA,Fern,https://a.example/1\n"
        '"B\nin two lines","Fern, Inc",https://b.example/2\nC,Q,https://c.example/3\n'
    )
    assert [lead.organization for lead in harvest(text).leads] == ["Fern", "Fern, Inc", "Q"]
    found = gone("https://b.example/2", text=text, kind="csv")
    start, end = text.index('"B'), text.index("C,Q")
    assert prune(text, None, found, NOW) == text[:start] + text[end:]


def test_what_cannot_be_pruned_is_refused() -> None:
    with pytest.raises(ConfigError, match="html"):
        prune("<p><a href='https://a.example/1'>A</a></p>", "html", {("x", "y")}, NOW)
