"""Which link is published, and that it arrives in Markdown as it is."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from crawler.harvest import harvest
from crawler.harvest.lead import TRACKING
from db.publish._links import employers_url, web_address
from db.publish.newsletter import line

OWN = "https://jobs.fernwood.example.edu/7"
COPY = "https://www.linkedin.com/jobs/view/7"
BOARD = "https://www.jobs.ac.uk/job/ABC123/x"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (OWN, OWN),
        (f"{OWN}?utm_source=x&id=3&utm_campaign=y#top", f"{OWN}?id=3#top"),
        (f"{OWN}?gclid=1", OWN),
        (f"{OWN}?fbclid=1&a=b=c&empty=&flag", f"{OWN}?a=b=c&empty=&flag"),
        (f"{OWN}?ref=7&source=2&src=3", f"{OWN}?ref=7&source=2&src=3"),  # ids on some sites
        (f"{OWN}?amp;utm_campaign=x", OWN),
        (f"{OWN}/é", f"{OWN}/é"),
        (f"{OWN}?q=(a)|b%20c#d=e", f"{OWN}?q=(a)|b%20c#d=e"),
        (f" {OWN} ", OWN),
        (f"{OWN}/a b", f"{OWN}/a%20b"),
        (f"{OWN}/a\u202eb", f"{OWN}/a%E2%80%AEb"),
        ("HTTPS://x.example/A", "https://x.example/A"),
        (None, None),
    ],
)
def test_tracking_goes_and_the_rest_stays(url: str | None, expected: str | None) -> None:
    assert web_address(url) == expected


@pytest.mark.parametrize("name", [n for n in TRACKING if not n.startswith(("lever", "iis"))])
def test_what_import_takes_for_tracking_is_not_published(name: str) -> None:
    # The others are the word of one platform, and are gone when a posting is stored.
    assert web_address(f"{OWN}?{name}=x") == OWN


@pytest.mark.parametrize(
    ("url", "apply_url", "others", "expected"),
    [
        (OWN, COPY, [BOARD], OWN),
        (OWN, "https://apply.example/1", ["https://other.example/1"], OWN),
        (COPY, None, [], COPY),  # better than nothing
        (COPY, OWN, [], OWN),
        (COPY, COPY, [BOARD], BOARD),
        (COPY, "https://apply.example/1", [OWN], OWN),
        (BOARD, "https://apply.example/1", [], BOARD),  # where to apply may be behind a sign-in
        (BOARD, None, [COPY, OWN], OWN),
        (BOARD, None, [COPY], BOARD),
        ("javascript:x", OWN, [], OWN),
        ("javascript:x", None, [COPY], COPY),
        ("javascript:x", "data:x", [], None),
        ("https://careers.google.com/jobs/1", OWN, [], "https://careers.google.com/jobs/1"),
        ("https://uk.indeed.com/viewjob?jk=1", OWN, [], OWN),
        ("https://www.glassdoor.co.uk/job/1", OWN, [], OWN),
        ("https://indeed.example.edu/1", OWN, [], "https://indeed.example.edu/1"),
    ],
)
def test_the_employers_own_page_goes_before_copies(
    url: str, apply_url: str | None, others: list[str], expected: str | None
) -> None:
    assert employers_url(url, apply_url, others) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a(b)c", "https://x.example/a(b", "https://x.example/a)b", "https://x.example/)(",
        "https://x.example/((a)", "https://x.example/?q=a|b|c", "https://x.example/?a=%28b%29#c=(d)",
        "https://x.example/?a=1&lt;=2&copy=3", "https://x.example/a*b**c", "https://x.example/a)**b",
        "https://x.example/_a_b_", "https://x.example/a[1]", "https://x.example/~a~~b",
        "https://x.example/a'b", "https://x.example/santé", "https://x.example/!a,b;c:d@e",
    ],
)  # fmt: skip
def test_a_link_survives_markdown(url: str) -> None:
    said = line("Title", url, "Org", "London UK")
    (inline,) = [token for token in MarkdownIt("commonmark").parse(said) if token.type == "inline"]
    links = [token for token in inline.children or () if token.type == "link_open"]
    assert [decoded(link.attrs["href"]) for link in links] == [decoded(url)]
    (lead,) = harvest(said, "markdown").leads
    assert decoded(lead.tidied) == decoded(url)


def decoded(url: object) -> str:
    """What the server reads: brackets and stars may be encoded or not."""
    return unquote(str(url))
