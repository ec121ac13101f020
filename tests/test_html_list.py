"""Plain pages of links: which addresses are postings, what identifies them, who claims them, and
what a listing yields."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from scrapy.http import HtmlResponse, TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import spider_class
from crawler.memory import Memory, Remembered
from crawler.patterns import Row
from crawler.platform import Match
from crawler.recognise import Recogniser
from crawler.sources import SHIPPED, Source, read_file
from spiders.html_list import HtmlList, HtmlListParams

SITE = "https://www.fernwood.example"
JOBS = f"{SITE}/jobs/"
LISTING = "the listing"


def read(url: str, listing: str = JOBS, **params: str) -> Match | None:
    known = HtmlListParams.model_validate({"listing": listing, **params})
    return HtmlList.match_on_known_host(url, known, "test")


def said(url: str, listing: str = JOBS, **params: str) -> str | None:
    """The posting's id, LISTING, or None when the address is neither."""
    match = read(url, listing, **params)
    return (match.posting_id or LISTING) if match else None


def entry(id: str, listing: str, **more: Any) -> Source:
    params = {"listing": listing, **more.pop("params", {})}
    return Source(
        id=id, platform="html_list", employer="Fernwood", url=listing, params=params, **more
    )


# --- what is a posting ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/jobs/hpc-engineer/", "jobs/hpc-engineer"),
        (f"{SITE}/jobs/2026/hpc-engineer", "jobs/2026/hpc-engineer"),
        (f"{SITE}/jobs/view?id=7", "jobs/view?id=7"),
        (JOBS, LISTING),
        (f"{SITE}/jobs", LISTING),
        ("http://fernwood.example/jobs?utm_source=x#main", LISTING),
        (f"{SITE}/jobs/?q=storage&page=2", LISTING),
        (f"{SITE}/jobs/page/2/", None),
        (f"{SITE}/jobs/feed/", None),
        (f"{SITE}/jobs/logo.svg", None),
        (f"{SITE}/jobsite/hpc-engineer", None),
        (f"{SITE}/news/hpc-engineer", None),
        (SITE, None),
    ],
)
def test_without_a_pattern_a_page_below_the_listing_is_a_posting(
    url: str, expected: str | None
) -> None:
    assert said(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/", LISTING),
        (SITE, LISTING),
        (f"{SITE}/hpc-engineer", "hpc-engineer"),
    ],
)
def test_a_listing_may_be_the_front_page(url: str, expected: str) -> None:
    assert said(url, f"{SITE}/") == expected


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("research-engineer", "jobs#research-engineer"),
        ("data_steward-2-openings", "jobs#data_steward-2-openings"),
        ("", LISTING),
        ("main", LISTING),
        ("open-positions", LISTING),
        (".Xbn7VL1Tw0Y.twitter", LISTING),
        (":~:text=research%20engineer", LISTING),
        ("/detail/9001", LISTING),
    ],
)
def test_a_fragment_of_the_listing_names_an_opening(fragment: str, expected: str) -> None:
    assert said(f"{JOBS}#{fragment}") == expected


def test_a_fragment_of_any_other_page_is_a_place_in_its_text() -> None:
    with_fragment = read(f"{SITE}/jobs/hpc-engineer/#how-to-apply")
    assert with_fragment is not None
    assert with_fragment.posting_id == "jobs/hpc-engineer"
    assert with_fragment.canonical_url == f"{SITE}/jobs/hpc-engineer"


def test_nothing_is_below_a_listing_that_is_a_file() -> None:
    listing = f"{SITE}/team/jobs.html"
    assert said(f"{listing}#hpc-engineer", listing) == "team/jobs.html#hpc-engineer"
    assert said(f"{SITE}/team/people.html", listing) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/position-director/", "position-director"),
        (f"{SITE}/archive/position-director", None),
        (f"{SITE}/jobs/director", None),
        (JOBS, LISTING),
    ],
)
def test_a_posting_pattern_decides_alone(url: str, expected: str | None) -> None:
    assert said(url, posting_pattern=r"^/position-[\w-]+$") == expected


def test_the_listing_is_no_posting_even_where_the_pattern_finds_it() -> None:
    assert said(JOBS, posting_pattern="^/jobs") == LISTING
    assert said(f"{SITE}/jobs/?jobs=1", posting_pattern="^/jobs") == "jobs?jobs=1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{SITE}/details/?jobId=9001&jobTitle=HPC+Engineer", "9001"),
        (f"{SITE}/details?source=x&jobId=9001", "9001"),
        (f"{SITE}/details/9001/hpc-engineer.html", "9001"),
        (f"{SITE}/details?jobTitle=HPC+Engineer", None),
        (f"{SITE}/search?jobId=9001", None),
    ],
)
def test_an_id_pattern_finds_the_id_in_query_or_path(url: str, expected: str | None) -> None:
    pattern = r"^/details(?:\?(?:.*&)?jobId=|/)(?P<id>\d+)"
    assert said(url, id_pattern=pattern) == expected


def test_both_patterns_must_find_something() -> None:
    patterns = {"posting_pattern": "^/jobs/", "id_pattern": r"-(?P<id>\d+)$"}
    assert said(f"{SITE}/jobs/hpc-engineer-9001", **patterns) == "9001"
    assert said(f"{SITE}/news/hpc-engineer-9001", **patterns) is None
    assert said(f"{SITE}/jobs/hpc-engineer", **patterns) is None


# --- identity -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        f"{SITE}/jobs/view/?id=7",
        "http://fernwood.example/jobs/view?id=7",
        f"{SITE}/jobs/view?id=7&utm_source=newsletter&gclid=1",
        f"{SITE}/jobs/view?source=LinkedIn&id=7&lang=en",
        f"{SITE}/jobs/view?referrer=board&redirect=%2Fjobs&id=7&jsessionid=0A1B",
        f"{SITE}/jobs/view?id=7&ref=homepage",
        f"{SITE}/jobs/view?id=7#apply",
    ],
)
def test_two_forms_of_one_address_are_one_posting(other: str) -> None:
    one, same = read(f"{SITE}/jobs/view?id=7"), read(other)
    assert one is not None
    assert same is not None
    assert same.key == one.key == ("html_list", "fernwood.example", "jobs/view?id=7")
    assert same.canonical_url == one.canonical_url == f"{SITE}/jobs/view?id=7"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("view?id=7", "view?id=8"),
        ("view?ref=CSU1834", "view?ref=CSU1835"),
        ("view?position=hpc-engineer", "view?position=data-steward"),
        ("view?p=7", "view?p=8"),
        ("hpc-engineer", "hpc-engineer-2"),
        ("HPC7", "hpc7"),
    ],
)
def test_two_postings_do_not_share_a_key(one: str, other: str) -> None:
    first, second = read(JOBS + one), read(JOBS + other)
    assert first is not None
    assert second is not None
    assert None not in (first.key, second.key)
    assert first.key != second.key
    assert first.canonical_url != second.canonical_url


@pytest.mark.parametrize(
    ("url", "params"),
    [
        (f"{SITE}/jobs/hpc-engineer/?utm_source=x", {}),
        (f"{JOBS}?utm_source=x#hpc-engineer", {}),
        (f"{SITE}/careers/?p=job/o0A1B2C3&src=x", {"id_pattern": r"[?&]p=job/(?P<id>\w+)"}),
        (f"{SITE}/d?title=a%20b&id=7&lang=en", {"id_pattern": r"[?&]id=(?P<id>\d+)"}),
        (JOBS, {}),
    ],
)
def test_a_canonical_url_stands_for_the_same_posting(url: str, params: dict[str, str]) -> None:
    first = read(url, **params)
    assert first is not None
    again = read(first.canonical_url, **params)
    assert again is not None
    assert (again.key, again.canonical_url) == (first.key, first.canonical_url)


# --- with a catalogue -----------------------------------------------------------------------------


def test_only_a_host_of_the_catalogue_is_claimed() -> None:
    url = f"{SITE}/jobs/hpc-engineer/"
    assert Recogniser().recognise(url) is None
    match = Recogniser([entry("fernwood", JOBS)]).recognise(url)
    assert match is not None
    assert match.platform is HtmlList
    assert "source fernwood" in match.evidence


def test_a_further_host_of_an_entry_is_the_same_tenant() -> None:
    known = entry("fernwood", JOBS, hosts=("careers.fernwood.example",))
    urls = (f"{SITE}/jobs/hpc", "https://careers.fernwood.example/jobs/hpc")
    keys = {m.key for url in urls if (m := Recogniser([known]).recognise(url))}
    assert keys == {("html_list", "fernwood.example", "jobs/hpc")}


def test_institutes_that_share_a_host_keep_to_their_own() -> None:
    known = [
        entry("moss-institute", f"{SITE}/moss/jobs/"),
        entry("lichen-institute", f"{SITE}/lichen/careers/"),
    ]
    recogniser = Recogniser(known)
    for path, owner in (("moss/jobs/7", "moss"), ("lichen/careers/7", "lichen")):
        match = recogniser.recognise(f"{SITE}/{path}")
        assert match is not None
        assert (match.posting_id, match.params.listing) == (path, known[owner == "lichen"].url)
        assert f"source {owner}-institute" in match.evidence
    assert recogniser.recognise(f"{SITE}/jobs/7") is None


def test_one_listing_below_another_changes_no_key() -> None:
    known = [entry("fernwood", f"{SITE}/"), entry("moss-institute", f"{SITE}/moss/jobs/")]
    url = f"{SITE}/moss/jobs/hpc-engineer"
    keys = [m.key for order in (known, known[::-1]) if (m := Recogniser(order).recognise(url))]
    assert keys == [("html_list", "fernwood.example", "moss/jobs/hpc-engineer")] * 2


def test_a_platforms_own_address_on_such_a_host_stays_the_platforms() -> None:
    known = entry("fernwood", f"{SITE}/")
    match = Recogniser([known]).recognise(f"{SITE}/careers/?gh_jid=4000000007")
    assert match is not None
    assert match.platform.platform == "greenhouse"


def test_a_url_of_ten_kilobytes_costs_no_time() -> None:
    sources = read_file(SHIPPED / "html_list.toml")
    began = time.perf_counter()
    for source in sources:
        params = HtmlListParams.model_validate(source.params)
        for filler in ("a", "/", "-1", "&a=b", "?id=", "%20"):
            HtmlList.match_on_known_host(source.url + filler * 5000, params, "test")
    assert (time.perf_counter() - began) / len(sources) < 0.3


# --- parameters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({}, "Field required"),
        ({"listing": "www.fernwood.example/jobs"}, "is not an http"),
        ({"listing": JOBS, "posting_pattern": "jobs/("}, "is no regular expression"),
        ({"listing": JOBS, "id_pattern": r"id=(\d+)"}, "has no group `"),
        ({"listing": JOBS, "colour": "green"}, "Extra inputs"),
        ({"listing": JOBS, "next": "a["}, "is no CSS selector"),
        ({"listing": JOBS, "next": "a:nonsense"}, "is no CSS selector"),
        ({"listing": JOBS, "total": r"(\d+) jobs"}, "has no group `"),
        ({"listing": JOBS, "total": r"(?P<total>\d+"}, "is no regular expression"),
    ],
)
def test_a_bad_parameter_is_refused(params: dict[str, str], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        HtmlListParams.model_validate(params)


# --- reading a listing ----------------------------------------------------------------------------


def spider(listing: str = JOBS, **params: Any) -> Any:
    return spider_class(entry("fernwood", listing, params=params))()


def html(body: str, where: str = JOBS) -> HtmlResponse:
    text = f"<html><body><main>{body}</main></body></html>"
    return HtmlResponse(where, body=text.encode(), encoding="utf-8")


def ids(rows: list[Row]) -> list[str]:
    return [row.native_id for row in rows]


def test_a_listing_is_its_links_to_postings_each_once() -> None:
    page = spider().read_listing(
        html(
            '<a href="hpc/?utm_source=x"><img></a> <a href="/jobs/hpc">HPC Lead</a>'
            '<a href="/jobs/">All jobs</a> <a href="/jobs/page/2/">2</a> <a href="/news/x">News</a>'
            '<a href="/jobs/view?id=7&source=list">View job</a> <a href="/jobs/advert.pdf">Cook</a>'
            f'<a href="https://social.example/?u={SITE}/jobs/hpc">Share</a>'
        )
    )
    assert [(row.native_id, row.fields) for row in page.rows] == [
        ("jobs/hpc", {"url": f"{SITE}/jobs/hpc/"}),
        ("jobs/view?id=7", {"url": f"{SITE}/jobs/view?id=7&source=list"}),
        ("jobs/advert.pdf", {"url": f"{SITE}/jobs/advert.pdf", "title": "Cook"}),
    ]
    assert page.goes_on is False


def test_nothing_open_must_be_said() -> None:
    silent, told = spider(), spider(empty="no open  positions")
    words = "<p>There are <b>No open</b>\npositions today</p>"
    assert told.read_listing(html(words)).rows == []
    for crawl, text in ((silent, words), (told, "<div id='app'></div>"), (told, "")):
        with pytest.raises(UnexpectedAnswer, match="no link and no part of the page is a posting"):
            crawl.read_listing(html(text))
    with pytest.raises(UnexpectedAnswer, match="neither a sitemap nor an HTML page"):
        told.read_listing(TextResponse(JOBS, body=b"{}"))
    # a sentence left in the template is not believed against a link
    page = told.read_listing(html(f'<a href="/jobs/hpc">HPC</a>{words}'))
    assert ids(page.rows) == ["jobs/hpc"]


def test_a_page_in_a_new_frame_is_no_shorter_list() -> None:
    """Its menu still leads below the listing; nothing may close by that."""
    frame = HtmlResponse(
        JOBS,
        body=b'<html><body><nav><a href="/jobs/students">Students</a></nav><div id="root"></div>'
        b'<footer><a href="/jobs/privacy">Privacy</a></footer></body></html>',
    )
    crawl = spider(empty="nothing open")
    known = [Remembered(f"jobs/{n}", f"{SITE}/jobs/{n}", "m", date(2026, 8, 1), True) for n in "ab"]
    crawl.memory = Memory(date(2026, 8, 20), {one.native_id: one for one in known})
    with pytest.raises(UnexpectedAnswer):
        list(crawl._on_listing(frame))
    assert not crawl.listing_complete()


def test_the_next_page_is_where_the_entry_or_the_page_says() -> None:
    links = '<a href="/jobs/hpc">HPC</a><a class="older" href="?page=2">Older</a>'
    assert spider()._next(html(links)) is None
    assert spider(next="a.older")._next(html(links)) == f"{JOBS}?page=2"
    assert spider(next="a.older").read_listing(html(links)).goes_on is True
    rel = '<a rel="nofollow next" href="/jobs/page/2/">2</a>'
    assert spider()._next(html(rel)) == f"{JOBS}page/2/"
    for elsewhere in (
        '<link rel="next" href="/jobs/hpc-engineer/">',  # a blog's next article
        '<a rel="next" href="https://elsewhere.example/jobs/page/2/">2</a>',
        '<a rel="next" href="#main">2</a>',
    ):
        assert spider()._next(html(elsewhere)) is None


def test_a_stated_total_is_read_and_its_absence_is_a_fault() -> None:
    crawl = spider(total=r"(?P<total>[\d,.]+) vacanc", empty="no vacancies")
    link = '<a href="/jobs/hpc">HPC</a>'
    assert crawl.read_listing(html(f"<p>1,204\n vacancies</p>{link}")).total == 1204
    assert crawl.read_listing(html("<p>There are no vacancies</p>")).total == 0
    with pytest.raises(UnexpectedAnswer, match="does not say"):
        crawl.read_listing(html(link))


# --- openings on the listing itself ---------------------------------------------------------------

CONTENTS = '<nav><a href="#hpc">1</a><a href="#steward">2</a><a href="#duties">3</a></nav>'


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ('<h2 id="hpc">HPC Lead</h2><p>Lead.</p><h2 id="steward">Steward</h2><p>Keep.</p>',
         {"jobs#hpc": ("HPC Lead", "Lead."), "jobs#steward": ("Steward", "Keep.")}),
        ('<section id="hpc"><div><h3>HPC Lead</h3></div><p>Lead.</p></section><h4>Other</h4>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<details id="hpc"><summary>HPC Lead</summary><p>Lead.</p></details>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<li id="hpc"><strong>HPC Lead</strong><p>Lead.</p></li>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<dl><dt id="hpc">HPC Lead</dt><dd>Lead.</dd><dt>Other</dt></dl>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<a name="hpc"></a><h2>HPC Lead</h2><p>Lead.</p>', {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<h2><a id="hpc"></a>HPC Lead <a href="#hpc">¶</a></h2><p>Lead.</p>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<section id="hpc"><!-- new --><h3>HPC Lead</h3><!-- x --><p>Lead.</p></section>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        ('<h2 id="hpc">HPC Lead</h2><!-- new --><?php x ?><p>Lead.</p>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
        # inner headings are parts of the opening, and the page's own is above it
        ('<h1 id="steward">Working here</h1><h2 id="hpc">HPC Lead</h2><h3 id="duties">Duties</h3>'
         '<p>Lead.</p><h2>End</h2><p>x</p>', {"jobs#hpc": ("HPC Lead", "Duties Lead.")}),
        # an id that nothing links to, that stands nowhere, or that no heading names
        ('<h2 id="hpc">HPC Lead</h2><p>Lead.</p><h2 id="map">Map</h2><p id="steward">Text</p>',
         {"jobs#hpc": ("HPC Lead", "Lead.")}),
    ],
)  # fmt: skip
def test_each_opening_of_a_page_is_a_posting(
    sections: str, expected: dict[str, tuple[str, str]]
) -> None:
    crawl = spider()
    rows = crawl.read_listing(html(CONTENTS + sections)).rows
    found = {}
    for row in rows:
        text = HtmlResponse(SITE, body=row.fields["description_html"].encode(), encoding="utf-8")
        words = " ".join(" ".join(text.xpath("//text()").getall()).split())
        found[row.native_id] = (row.fields["title"], words)
        assert row.fields["url"] == f"{JOBS}#{row.native_id.partition('#')[2]}"
        assert crawl.detail_request(row.native_id, row.fields["url"]) is None
    assert found == expected


def test_with_a_pattern_no_link_to_an_opening_is_needed() -> None:
    page = html('<h2 id="job-hpc">HPC Lead</h2><p>Lead.</p><h2 id="map">Map</h2>')
    assert ids(spider(posting_pattern="#job-").read_listing(page).rows) == ["jobs#job-hpc"]
    with pytest.raises(UnexpectedAnswer):
        spider().read_listing(page)
    with pytest.raises(UnexpectedAnswer):
        spider(posting_pattern="^/jobs").read_listing(page)


def test_a_fragment_names_nothing_on_another_page_of_the_listing() -> None:
    page = html(
        '<a href="#hpc">1</a><h2 id="hpc">HPC</h2><a href="/jobs/a">A</a>', f"{JOBS}page/2/"
    )
    assert ids(spider().read_listing(page).rows) == ["jobs/a"]


# --- proposals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        (JOBS, '<a href="/jobs/hpc">HPC</a>', {"listing": JOBS}),
        (f"{SITE}/work", '<a href="/en/vacancies/hpc">HPC</a>',
         {"listing": f"{SITE}/work", "posting_pattern": "^/en/vacancies/[^/?]+"}),
        (SITE, '<a href="/about">x</a> <a href="/jobs/hpc">HPC</a>',
         {"listing": SITE, "posting_pattern": "^/jobs/[^/?]+"}),
        (f"{SITE}/work", '<a href="/about">x</a><a href="https://else.example/jobs/1">y</a>', None),
        (JOBS, "", None),
    ],
)  # fmt: skip
def test_a_page_of_links_may_be_a_listing(
    url: str, body: str, expected: dict[str, str] | None
) -> None:
    assert HtmlList.params_for(url, f"<html><body>{body}</body></html>") == expected
