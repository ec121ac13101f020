"""Harvesting: what documents say of postings, and what they cannot do to us."""

from __future__ import annotations

import json
import time

import pytest

from crawler.harvest import LARGEST, HarvestError, Lead, decoded, harvest, kind_of, kind_of_name
from crawler.harvest.employer import free_form

NEWSLETTER = """---
title: "#901 - 7 Feb 2026"
date: 2026-02-07
layout: email
---

## Managing Teams

[How to run a meeting](https://blog.example.org/meetings) - Ada Fern, Fern Blog<br/>
**[Bold article](https://blog.example.org/bold)** - Ada Fern, Fern Blog

#[12](https://letters.example.org/12) said it all.

## Jobs Running Research Computing

This week's highlights; the full list is on [the job board](https://letters.example.org/jobs).

**[Head, HPC (Permanent)](https://x.example/7?a=1&amp;b=2#x)** - Fern, Otter & Sons, Oban UK <br/>
You will lead the tide group.

**[Group Lead](https://x.example/x_(y)|w/%20q)** - Quantenhof Institut, Ulm DE or Remote  DE <br/>
A paragraph that links to [the lab](https://lab.example.org).

### Elsewhere

[**Older Form**](https://x.example/9) - Marl Laboratory, Leeds UK\u0020\u0020

[Oldest Form](https://x.example/10) - Marl Laboratory, Tulsa, OK
[Comma Form](https://x.example/11), Marl Laboratory, Leeds
[No Comma](https://x.example/12) - Quantenhof (US Remote)
* [List Form](https://x.example/13), Marl University, Leeds, England - closes 3 March 2026
<!-- **[Withdrawn](https://x.example/14)** - Marl, Leeds UK <br/>
-->
[the job board](https://letters.example.org/jobs)

## That is all

[Not a job](https://blog.example.org/z) - Ada Fern, Fern Blog
"""


def fields(lead: Lead) -> tuple[str | None, str | None, str | None]:
    return lead.title, lead.organization, lead.location


def test_a_newsletters_jobs_section_and_nothing_else() -> None:
    found = harvest(NEWSLETTER)
    assert (found.kind, found.issue, found.date) == ("markdown", "901", "2026-02-07")
    assert [(lead.url, *fields(lead)) for lead in found.leads] == [
        (
            "https://x.example/7?a=1&amp;b=2#x",
            "Head, HPC (Permanent)", "Fern, Otter & Sons", "Oban UK",
        ),
        (
            "https://x.example/x_(y)|w/%20q",
            "Group Lead", "Quantenhof Institut", "Ulm DE or Remote  DE",
        ),
        ("https://x.example/9", "Older Form", "Marl Laboratory", "Leeds UK"),
        ("https://x.example/10", "Oldest Form", "Marl Laboratory", "Tulsa, OK"),
        ("https://x.example/11", "Comma Form", "Marl Laboratory", "Leeds"),
        ("https://x.example/12", "No Comma", "Quantenhof", "US Remote"),
        ("https://x.example/13", "List Form", "Marl University", "Leeds, England"),
    ]  # fmt: skip
    assert found.leads[0].tidied == "https://x.example/7?a=1&b=2#x"
    assert [lead.closes for lead in found.leads if lead.closes] == ["2026-03-03"]
    assert found.leads[0].where == "line 18"
    assert NEWSLETTER.splitlines()[17].startswith("**[Head, HPC")
    assert found.skipped == []


def test_the_editors_line_counts_anywhere_and_looser_ones_below_a_jobs_heading() -> None:
    line = "**[Lead](https://x.example/1)** - Marl, Leeds UK <br/>\n"
    loose = "[Lead](https://x.example/2) - Marl, Leeds UK\n"
    assert len(harvest(f"# Notes\n{line}{loose}").leads) == 1
    assert len(harvest(f"Vacancies\n=========\n{line}{loose}").leads) == 2
    assert len(harvest(f"##Jobs this week\n{line}{loose}# Rest\n{loose}").leads) == 2
    assert len(harvest(f"{line}{loose}").leads) == 2, "no headings: a bare list"
    assert len(harvest(f"---\ntitle: Open positions\n---\n# Notes\n{loose}").leads) == 1


@pytest.mark.parametrize(
    ("line", "url", "said"),
    [
        ("**[Lead](https://x.example/1** - Marl, Leeds UK <br/>", "https://x.example/1", 3),
        ("**[Lead](https://x.example/1)* - Marl, Leeds UK <br/>", "https://x.example/1", 3),
        ("**[Lead] (https://x.example/1)** - Marl, Leeds UK <br/>", "https://x.example/1", 3),
        ("**[Lead(https://x.example/1)** - Marl, Leeds UK <br/>", "https://x.example/1", 3),
        ("**[Lead](<https://x.example/1>)** - Marl, Leeds UK <br/>", "https://x.example/1", 3),
        ("**[Lead](https://x.example/1 'go')** - Marl, Leeds UK<br>", "https://x.example/1", 3),
        ("**[Lead](https://x.example/1)**- Marl, Leeds UK <br/>", "https://x.example/1", 3),
        ("**[Lead](https://x.example/1)** – Marl, Leeds UK", "https://x.example/1", 3),
        ("**[Lead](https://x.example/1)** - Marl <br/>", "https://x.example/1", 2),
        ("**[Lead](https://x.example/1)**", "https://x.example/1", 1),
        ("- [Lead](x.example/1)", "x.example/1", 1),
    ],
)
def test_broken_markdown_costs_a_line_at_most(line: str, url: str, said: int) -> None:
    after = "**[Next](https://x.example/2)** - Quantenhof, Ulm DE <br/>"
    found = harvest(f"## Jobs\n\n{line}\n\n{after}\n")
    assert [lead.url for lead in found.leads] == [url, "https://x.example/2"]
    assert fields(found.leads[0]) == ("Lead", "Marl", "Leeds UK")[:said] + (None,) * (3 - said)
    assert fields(found.leads[1]) == ("Next", "Quantenhof", "Ulm DE")


def test_a_listing_without_a_link_is_told() -> None:
    found = harvest(
        "## Jobs\n**[Lead] - Marl, Leeds UK <br/>\n**[Next](https://x.example/2)** - A, B"
    )
    assert [lead.title for lead in found.leads] == ["Next"]
    assert [(s.where, s.reason) for s in found.skipped] == [
        ("line 2", "broken Markdown: no link can be told")
    ]


def test_posts_with_front_matter() -> None:
    yaml = """---
layout: jobs
title: "Engineer: Tides"
organization: Fernwood University
location: Tulsa, OK, USA
application_deadline: 2026-05-31
apply_link: https://jobs.fernwood.example/job/12
---
## About
[Our lab](https://lab.example.org)
"""
    (lead,) = harvest(yaml).leads
    assert fields(lead) == ("Engineer: Tides", "Fernwood University", "Tulsa, OK, USA")
    assert (lead.url, lead.closes) == ("https://jobs.fernwood.example/job/12", "2026-05-31")

    toml = '+++\ntitle = "Lead"\ndate = "2026-01-09"\nurl_apply = "https://x.example/1"\n+++\nText'
    (lead,) = harvest(toml).leads
    assert (lead.title, lead.posted, lead.url) == ("Lead", "2026-01-09", "https://x.example/1")


def test_a_post_without_a_link_is_the_posting_itself() -> None:
    post = '+++\ntitle = "Lead"\nlocation = "anywhere"\ncompany = "Marl"\nopen = "true"\n+++\nText'
    (lead,) = harvest(post).leads
    assert (lead.url, lead.tidied, *fields(lead)) == (None, None, "Lead", "Marl", "anywhere")
    (lead,) = harvest(post, base_url="https://marl.example/jobs/lead").leads
    assert lead.url == "https://marl.example/jobs/lead"


def test_front_matter_that_does_not_parse_is_read_line_by_line() -> None:
    post = "---\ntitle: Engineer: Tides\norganization: Marl\nlocation: [Leeds\n" \
        "apply_link: https://x.example/1\n---\nText"  # fmt: skip
    (lead,) = harvest(post).leads
    assert (lead.title, lead.organization, lead.url) == (
        "Engineer: Tides", "Marl", "https://x.example/1"
    )  # fmt: skip


def test_the_same_link_five_times_is_one_lead_but_two_titles_are_two() -> None:
    line = "**[Lead](https://x.example/1?utm_source={})** - Marl, Leeds UK <br/>\n"
    text = "## Jobs\n" + "".join(line.format(n) for n in "abcde")
    found = harvest(text)
    assert [lead.url for lead in found.leads] == ["https://x.example/1?utm_source=a"]
    assert found.leads[0].tidied == "https://x.example/1"
    assert len(harvest(text + line.replace("Lead", "Deputy")).leads) == 2
    assert len(harvest("https://x.example/1 " * 5).leads) == 1


@pytest.mark.parametrize(
    ("url", "tidied"),
    [
        ("https://x.example/1?utm_source=a&b=2&utm_medium=c", "https://x.example/1?b=2"),
        ("https://x.example/1?gh_src=a&amp;gh_jid=7", "https://x.example/1?gh_jid=7"),
        ("https://x.example/1?lever-source%5B%5D=a", "https://x.example/1"),
        # They may be the posting's number, and mangled queries are not mended by guessing.
        ("https://x.example/1?ref=77&source=9", "https://x.example/1?ref=77&source=9"),
        ("https://x.example/1?a=1&a=2&c=%zz#f?utm_source=a", "https://x.example/1?a=1&a=2&c=%zz#f?utm_source=a"),
    ],
)  # fmt: skip
def test_tracking_goes_and_what_may_identify_stays(url: str, tidied: str) -> None:
    assert Lead(url).tidied == tidied


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("javascript:alert(1)", "javascript: is no web address"),
        ("JavaScript&#58;alert(1)", "javascript: is no web address"),
        ("java\tscript:alert(1)", "javascript: is no web address"),
        ("mailto:jobs@marl.example", "mailto: is no web address"),
        ("file:///etc/passwd", "file: is no web address"),
        ("data:text/html,x", "data: is no web address"),
        ("/careers/7", "a relative link, and the document's address is not known"),
        ("apply.html", "a relative link, and the document's address is not known"),
        ("https://[x/1", "not a URL"),
        ("https://localhost/1", "not a URL"),
        ("https:///1", "not a URL"),
        ("https://x.example/" + "a" * 20_000, "a link of 20018 characters"),
    ],
)
def test_what_is_no_web_address_is_skipped_with_a_line(url: str, reason: str) -> None:
    data = [{"title": "Lead", "url": url}, {"title": "Next", "url": "https://x.example/2"}]
    found = harvest(json.dumps(data))
    assert [lead.title for lead in found.leads] == ["Next"]
    (skipped,) = found.skipped
    assert (skipped.where, skipped.reason) == ("entry 1", reason)
    assert len(skipped.what) <= 200


def test_a_link_of_ten_kilobytes_is_a_link() -> None:
    url = "https://x.example/1?q=" + "a" * 10_000
    assert [lead.tidied for lead in harvest(f"see {url}.").leads] == [url]


# --- boards' own data -----------------------------------------------------------------------------

USRSE = """- expires: 2026-09-18
  location: Marl National Lab, Otter Bay, CA (hybrid)
  name: Scientific Data Engineer
  posted: 2026-08-22
  url: https://jobs.marl.example/7
- expires: 2026-13-45
  location: Fernwood University, Remote
  name: Engineer
  posted: &day 2026-08-20
  url: "https://jobs.fernwood.example/1?utm_source=usrse"
- name: No link yet
  location: Marl, Leeds, UK
  posted: *day
"""


def test_lists_of_us_rse_have_institution_and_place_in_one() -> None:
    found = harvest(USRSE)
    assert found.kind == "yaml"
    first, second = found.leads
    assert fields(first) == (
        "Scientific Data Engineer", "Marl National Lab", "Otter Bay, CA (hybrid)"
    )  # fmt: skip
    assert (first.posted, first.closes) == ("2026-08-22", "2026-09-18")
    assert fields(second) == ("Engineer", "Fernwood University", "Remote")
    assert (second.posted, second.closes) == ("2026-08-20", None)
    assert [(s.where, s.what, s.reason) for s in found.skipped] == [
        ("entry 3", "No link yet", "no link")
    ]


def test_lists_of_hpc_social_name_the_employer() -> None:
    found = harvest(
        "jobs:\n- title: Admin\n  employer: Quantenhof, Institut für Tiden\n  location: Ulm, DE\n"
        "  url: https://q.example/1\n  remote: Hybrid\n"
    )
    assert [fields(lead) for lead in found.leads] == [
        ("Admin", "Quantenhof, Institut für Tiden", "Ulm, DE")
    ]


def test_the_editors_board() -> None:
    board = {
        "generated": "2026-02-09T05:00:00Z",
        "count": 1,
        "jobs": [
            {
                "id": 7, "title": "Head of Tides", "company": "Marl, Inc", "location": "Oban UK",
                "city": "Oban", "description": "a\r\n\r\nb", "url": "https://m.example/7",
                "posted": "2026-02-01", "categories": ["HPC"], "categoryTypes": {"role": ["HPC"]},
            }
        ],
    }  # fmt: skip
    found = harvest(json.dumps(board))
    assert (found.kind, found.date) == ("json", "2026-02-09")
    (lead,) = found.leads
    assert (*fields(lead), lead.posted) == ("Head of Tides", "Marl, Inc", "Oban UK", "2026-02-01")


@pytest.mark.parametrize(
    ("text", "organization", "location"),
    [
        ("Fernwood University, Tulsa, OK", "Fernwood University", "Tulsa, OK"),
        ("Tidal Centre, Fernwood University, UK", "Tidal Centre, Fernwood University", "UK"),
        ("Fernwood University, College Park, MD", "Fernwood University", "College Park, MD"),
        ("Marl, Otter Bay, CA, USA", "Marl", "Otter Bay, CA, USA"),
        ("Marl, Otter Bay, California/flexible", "Marl", "Otter Bay, California/flexible"),
        ("Marl, Otter Bay, CA or remote", "Marl", "Otter Bay, CA or remote"),
        ("Marl, Otter Bay, CA, Remote/Hybrid", "Marl", "Otter Bay, CA, Remote/Hybrid"),
        ("Marl, Remote (CT, MA, NY)", "Marl", "Remote (CT, MA, NY)"),
        ("Marl, Leeds", "Marl", "Leeds"),
        ("Marl", "Marl", None),
        ("Remote USA", None, "Remote USA"),
        ("", None, None),
    ],
)
def test_employer_and_place_in_one(text: str, organization: str | None, location: str) -> None:
    assert free_form(text) == (organization, location)


# --- feeds, pages, text ---------------------------------------------------------------------------


def test_the_editors_feed() -> None:
    feed = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Jobs</title>
    <link>https://letters.example.org/</link>
    <item><title>Lead - Tides - Marl</title><link>https://m.example/7</link>
    <guid isPermaLink="false">job-7</guid><pubDate>Sun, 01 Feb 2026 05:00:00 GMT</pubDate>
    <description>&lt;p&gt;Text&lt;/p&gt;&lt;p&gt;&lt;strong&gt;Location:&lt;/strong&gt; Oban UK
    &lt;/p&gt;&lt;p&gt;&lt;a href="https://m.example/7"&gt;View Job Posting&lt;/a&gt;&lt;/p&gt;
    </description></item>
    <item><title>Engineer - Part Time</title><guid>https://m.example/8</guid></item>
    </channel></rss>"""
    found = harvest(feed)
    assert found.kind == "feed"
    first, second = found.leads
    assert (*fields(first), first.posted) == ("Lead - Tides", "Marl", "Oban UK", "2026-02-01")
    assert (second.url, *fields(second)) == (
        "https://m.example/8", "Engineer - Part Time", None, None
    )  # fmt: skip


def test_atom() -> None:
    found = harvest(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>Lead</title>'
        '<link rel="self" href="https://a.example/api/7"/><link href="https://a.example/7"/>'
        "<updated>2026-02-01T05:00:00Z</updated></entry></feed>"
    )
    assert [(lead.url, lead.title, lead.posted) for lead in found.leads] == [
        ("https://a.example/7", "Lead", "2026-02-01")
    ]


def test_a_page_with_a_jobs_section() -> None:
    page = """<!doctype html><html><body><nav><a href="/jobs">Jobs</a></nav>
    <h2>Reading</h2><p><a href="https://blog.example.org/a">Article</a> - Ada, Fern Blog</p>
    <h2>Jobs leading teams</h2>
    <p>The full list is on <a href="https://letters.example.org/jobs">the board</a>.</p>
    <p><strong><a href="https://m.example/7?a=1&amp;b=2">Head of <em>Tides</em></a></strong>
    - Marl, Otter &amp; Sons, Oban UK <br/> You will see <a href="https://m.example/lab">us</a>.</p>
    <ul><li><a href="jobs/8">Engineer</a><!-- x -->, Fernwood University, Tulsa, OK</li>
    <li><a href="jobs/8">Apply now</a></li><li><a href="javascript:go()">More</a></li></ul>
    <h3><a href="https://m.example/9">Research position in tides</a></h3>
    <h2>Bye</h2><a href="https://blog.example.org/b">b</a><footer><a href="/x">x</a></footer>
    </body></html>"""
    found = harvest(page, base_url="https://letters.example.org/901/")
    assert [(lead.url, *fields(lead)) for lead in found.leads] == [
        ("https://m.example/7?a=1&b=2", "Head of Tides", "Marl, Otter & Sons", "Oban UK"),
        (
            "https://letters.example.org/901/jobs/8",
            "Engineer", "Fernwood University", "Tulsa, OK",
        ),
        ("https://m.example/9", "Research position in tides", None, None),
    ]  # fmt: skip
    assert [s.reason for s in found.skipped] == ["javascript: is no web address"]


def test_a_page_without_such_a_heading_yields_its_links_but_not_its_furniture() -> None:
    page = (
        "<html><body><header><a href='/'>Home</a></header><h1>Fern News</h1><div>"
        "<a href='https://m.example/1'>One</a><a href='#top'>up</a></div></body></html>"
    )
    assert [lead.title for lead in harvest(page).leads] == ["One"]


def test_plain_text() -> None:
    found = harvest(
        "Seen (https://x.example/a_(b)): good.\n<https://x.example/2>, and mailto:a@b.example\n"
    )
    assert found.kind == "text"
    assert [(lead.url, lead.where) for lead in found.leads] == [
        ("https://x.example/a_(b)", "line 1"),
        ("https://x.example/2", "line 2"),
    ]
    assert [s.reason for s in found.skipped] == ["mailto: is no web address"]


# --- what a document is, and what it must not do --------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NEWSLETTER, "markdown"),
        ("[a](https://x.example/1)", "markdown"),
        ("[1] see https://x.example/1", "text"),
        (USRSE, "yaml"),
        ('\ufeff{"jobs": []}', "json"),
        ('[{"title": "cut o', "json"),
        ("<?xml version='1.0'?><rss/>", "feed"),
        ("<?xml version='1.0'?><!DOCTYPE html><html></html>", "html"),
        ("text <a href='https://x.example'>x</a>", "html"),
        ("", "text"),
    ],
)
def test_the_kind_is_seen(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_the_kind_in_a_name() -> None:
    assert kind_of_name("a/jobs.YML") == "yaml"
    assert kind_of_name("https://x.example/jobs.json?raw=1") == "json"
    assert kind_of_name("issue.txt") is None


BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {u: 1}\n" + "".join(
    f"{b}: &{b}\n  <<: [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (BOMB, "yaml", "line 2: a YAML alias of a whole list or mapping is not expanded"),
        (MERGES, "yaml", "line 3: a YAML alias of a whole list or mapping is not expanded"),
        ("[" * 100_000, "yaml", "nested more than 50 deep"),
        ("- name: x\n url: y: z\n", "yaml", "not YAML: line 2: "),
        ("!!python/object/apply:os.system [x]\n", "yaml", None),
        ("[" * 100_000, "json", "not JSON"),
        ('[{"title": "cut o', "json", "not JSON: Unterminated string"),
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x">]><rss>&a;</rss>', "feed", "entities"),
        ("<?xml version='1.0'?><urlset/>", "feed", "no RSS or Atom feed"),
        ("x" * (LARGEST + 1), None, "larger than 20 MB"),
    ],
)
def test_a_bomb_is_refused_in_a_line(text: str, kind: str | None, said: str | None) -> None:
    started = time.monotonic()
    if said is None:  # a tag is a name, nothing is made of it
        assert harvest(text, kind).leads == []
    else:
        with pytest.raises(HarvestError) as error:
            harvest(text, kind)
        assert said in str(error.value)
        assert "\n" not in str(error.value)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "**[" + "](" * 200_000,
        "## Jobs\n" + "**[" * 200_000,
        "<!--" * 300_000,
        "## Jobs\n**[x](" + "(" * 400_000,
        "https://" * 100_000,
        "- a:\n" * 100_000,
        "<p>" + "<a href='https://x.example/1'></a>" * 20_000,
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    started = time.monotonic()
    for kind in ("markdown", "html", "text"):
        harvest(text, kind)
    assert time.monotonic() - started < 10


def test_bytes_become_text() -> None:
    assert decoded("\ufeffé".encode()) == "é"
    assert decoded("é".encode("utf-16")) == "\ufeffé".lstrip("\ufeff")
    assert decoded(b"caf\xe9") == "caf\ufffd"
    for data in (b"%PDF-1.7 ...", b"a\0b"):
        with pytest.raises(HarvestError, match="no text"):
            decoded(data)
    with pytest.raises(HarvestError, match="larger than 20 MB"):
        decoded(b"x" * (LARGEST + 1))
