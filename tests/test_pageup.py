"""PageUp: URL forms, one key for all hosts, zones and dates, layouts; and the simulated site."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from crawler.errors import ConfigError, UnexpectedAnswer
from crawler.loader import spider_class
from crawler.recognise import Recogniser
from crawler.sources import Source
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.pageup import PageUp as SimulatedPageUp

VENDOR = "https://careers.pageuppeople.com/7013/cw/en"
OWN = "https://jobs.fernwood.example/en"


def source(url: str = f"{VENDOR}/listing/", hosts: tuple[str, ...] = (), **params: Any) -> Source:
    return Source(
        id="fernwood",
        platform="pageup",
        employer="Fernwood University",
        url=url,
        hosts=hosts,
        params=params,
    )


def spider(url: str = f"{VENDOR}/listing/", hosts: tuple[str, ...] = (), **params: Any) -> Any:
    return spider_class(source(url, hosts, **params))()


def page(body: str, url: str = f"{VENDOR}/listing/", **more: Any) -> HtmlResponse:
    return HtmlResponse(url, body=body.encode(), encoding="utf-8", **more)


# --- identity -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "tenant", "canonical"),
    [
        (f"{VENDOR}/job/507017/hpc-engineer", "7013", f"{VENDOR}/job/507017"),
        (f"{VENDOR}/job/507017?lApplicationSubSourceID=11198#top", "7013", f"{VENDOR}/job/507017"),
        (
            "https://careers.pageuppeople.com/mob/7013/amherst/zh-c/job/507017/x",
            "7013",
            "https://careers.pageuppeople.com/7013/amherst/zh-c/job/507017",
        ),
        (
            "https://careersmanager.pageuppeople.com/7013/cw/en/job/507017",
            "7013",
            f"{VENDOR}/job/507017",
        ),
        (
            "http://Jobs.Fernwood.example/cw/en-us/job/507017/phd-c%C3%A9cile",
            "jobs.fernwood.example",
            "https://jobs.fernwood.example/cw/en-us/job/507017",
        ),
        (
            "https://jobs.fernwood.example/7013/cw/en/job/507017/",
            "7013",
            "https://jobs.fernwood.example/7013/cw/en/job/507017",
        ),
        (
            "https://jobs.fernwood.example/en-us/job/507017",
            "jobs.fernwood.example",
            "https://jobs.fernwood.example/en-us/job/507017",
        ),
    ],
)
def test_urls_that_speak_for_themselves(url: str, tenant: str, canonical: str) -> None:
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.key == ("pageup", tenant, "507017")
    assert match.canonical_url == canonical


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/lb/en/",  # the country page of a company
        "https://jobs.example.com/lb/en/job/507017/Research-Engineer",  # Phenom
        "https://jobs.example.com/en-us/job/507017/Research-Engineer",
        "https://jobs.example.com/amherst/en-us/job/507017/research-engineer",
        "https://jobs.example.com/en/listing/",
        "https://secure.dc2.pageuppeople.com/cw/en/job/507017",
    ],
)
def test_urls_that_may_be_anybodys(url: str) -> None:
    assert Recogniser().recognise(url) is None


@pytest.mark.parametrize(
    ("url", "posting_id"),
    [
        (f"{OWN}/job/507017/research-engineer", "507017"),
        ("https://jobs.fernwood.example/amherst/en-us/job/507017", "507017"),
        ("https://jobs.fernwood.example/cw/en/job/507017", "507017"),
        ("https://old.fernwood.example/mob/en/job/507017", "507017"),
        (f"{OWN}/listing/", None),
    ],
)
def test_on_a_host_of_the_catalogue_the_instance_is_the_tenant(
    url: str, posting_id: str | None
) -> None:
    entry = source(
        f"{OWN}/listing/",
        ("old.fernwood.example",),
        host="jobs.fernwood.example",
        instance="7013",
        language="en",
    )
    match = Recogniser([entry]).recognise(url)
    assert match is not None
    assert (match.tenant, match.posting_id) == ("7013", posting_id)


def test_the_entry_of_one_instance_does_not_speak_for_another() -> None:
    match = Recogniser([source()]).recognise(f"{VENDOR.replace('7013', '8014')}/job/507017")
    assert match is not None
    assert match.key == ("pageup", "8014", "507017")


def test_a_posting_has_a_key_for_every_host_its_urls_may_have() -> None:
    one = spider(f"{OWN}/listing/", ("Old.fernwood.example",), host="jobs.fernwood.example")
    unknown = one.posting("507017", title="x", url=f"{OWN}/job/507017")
    one._on_front(page("<script>PU.Jobs.source = {instId: 7013};</script>")).__next__()
    known = one.posting("507017", title="x", url=f"{OWN}/job/507017")
    by_host = [("pageup", f"{name}.fernwood.example", "507017") for name in ("jobs", "old")]
    assert sorted(unknown.keys) == sorted(by_host)
    assert known.keys[0] == ("pageup", "7013", "507017")
    assert sorted(known.keys[1:]) == sorted(by_host)
    assert (unknown.tenant, known.tenant) == ("jobs.fernwood.example", "7013")


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({}, "instance"),
        ({"host": "jobs.fernwood.example", "time_zone": "AUS Eastern"}, "is not a time zone"),
        ({"instance": "cw"}, "instance"),
    ],
)
def test_an_entry_that_cannot_be_crawled_is_refused(params: dict[str, str], complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        spider_class(source(f"{OWN}/listing/", **params))


@pytest.mark.parametrize(
    ("script", "instance", "section", "language"),
    [
        (
            'PU.Jobs.source = {"instId":860,"sourcePointer":"caw","language":"en-us","x":"y"}',
            "860",
            "caw",
            "en-us",
        ),
        ("PU.Jobs.source={language: 'en', instId: '7013', action: 'Listing'};", "7013", None, "en"),
    ],
)
def test_a_page_names_its_instance(
    script: str, instance: str, section: str | None, language: str
) -> None:
    rules = type(spider()).page_rules
    found = [rule.pattern.search(f"<script>{script}</script>") for rule in rules]
    assert [match and match.groupdict() for match in found] == [
        {"instance": instance, "section": section, "language": language},
        None,
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://careers.pageuppeople.com/7013/cw/en/job/507017/x",
        "http://secure.dc4.pageuppeople.com/apply/7013/gateway/default.aspx?c=apply",
    ],
)
def test_a_link_gives_the_instance_away(link: str) -> None:
    found = type(spider()).page_rules[1].pattern.search(f'<a href="{link}">')
    assert found is not None
    assert found["instance"] == "7013"


# --- what is asked --------------------------------------------------------------------------------


def test_the_vendors_host_is_asked_as_soon_as_the_instance_is_known() -> None:
    (feed,) = spider().listing()
    assert feed.url == f"{VENDOR}/jobs.json"
    one = spider(f"{OWN}/listing/", host="jobs.fernwood.example", language="en")
    (front,) = one.listing()
    assert front.url == f"{OWN}/listing/?page=1&page-items=500"
    assert one.detail_request("507017", f"{OWN}/job/507017").url == f"{OWN}/job/507017"
    said = '<script>PU.Jobs.source = {"instId":7013,"sourcePointer":"caw","language":"en-au"};'
    (feed,) = one._on_front(page(said))
    caw = "https://careers.pageuppeople.com/7013/caw/en"  # what the entry says stands
    assert feed.url == f"{caw}/jobs.json"
    assert one.detail_request("507017", f"{OWN}/job/507017").url == f"{caw}/job/507017"


@pytest.mark.parametrize(
    ("more", "url"),
    [
        (
            '<a class="more-link button" href="?page=2&amp;page-items=20">',
            "listing/?page=2&page-items=20",
        ),
        (
            '<a class="more-link" data-page="3" data-page-items="50">',
            "listing/?page=3&page-items=50",
        ),
        ('<a class="more-link" data-page="3">', "listing/?page=3&page-items=500"),
        ("", None),
    ],
)
def test_the_next_page_is_the_one_that_the_page_links(more: str, url: str | None) -> None:
    request = spider().page_request(1, page(f"<p>{more}"))
    assert (request and request.url) == (url and f"{VENDOR}/{url}")


def test_a_feed_says_all_of_what_it_lists_and_nothing_of_what_it_does_not() -> None:
    one = spider()
    (request,) = one.listing()
    body = b'[{"Id": 507017, "Title": "HPC Engineer"}]'
    (posting,) = one._on_feed(TextResponse(request.url, body=body, request=request))
    assert (posting.title, posting.detail_read) == ("HPC Engineer", True)
    assert one.detail_request("507017", "") is None
    assert one.detail_request("507018", "").url == f"{VENDOR}/job/507018"


# --- dates and zones ------------------------------------------------------------------------------

CLOSES = 1787579700000  # 2026-08-24T13:55:00Z


@pytest.mark.parametrize(
    ("item", "params", "closes"),
    [
        ({"ClosingDateUtcOffset": 10}, {}, "2026-08-24T23:55:00+10:00"),
        ({"ClosingDateUtcOffset": "9.5"}, {}, "2026-08-24T23:25:00+09:30"),
        # A name of Windows is a zone with its own summer time, whatever half of the year it says.
        ({"ClosingDateTimeZone": "Eastern Daylight Time"}, {}, "2026-08-24T09:55:00-04:00"),
        ({"ClosingDateTimeZone": "GMT Standard Time"}, {}, "2026-08-24T14:55:00+01:00"),
        ({}, {"time_zone": "Pacific/Auckland"}, "2026-08-25T01:55:00+12:00"),
        (
            {"ClosingDateUtcOffset": 10, "ClosingDateTimeZone": "Ruritania Standard Time"},
            {},
            "2026-08-24T23:55:00+10:00",
        ),
        ({}, {}, "2026-08-24T13:55:00+00:00"),
    ],
)
def test_a_moment_of_the_feed_becomes_local(
    item: dict[str, Any], params: dict[str, str], closes: str
) -> None:
    said = {"Id": 507017, "Title": "x", "ClosingDateUtc": f"/Date({CLOSES})/", **item}
    row = spider(**params)._feed_row(said, "x")
    assert row.fields["raw_valid_through"] == closes


@pytest.mark.parametrize("raw", [None, "", "open until filled", "2026-08-24"])
def test_another_form_of_date_stays_as_it_is(raw: str | None) -> None:
    row = spider()._feed_row({"Id": 507017, "Title": "x", "ClosingDateUtc": raw}, "x")
    assert row.fields["raw_valid_through"] == raw


UTC = '<time datetime="2026-09-30T03:55:00Z">{}</time>'


@pytest.mark.parametrize(
    ("time", "params", "closes"),
    [
        (UTC.format("Sep 29 2026 11:55 PM") + "</span> Eastern Daylight Time", {}, "-04:00"),
        (UTC.format("29 Sep 2026 Eastern Daylight Time"), {}, "-04:00"),
        (UTC.format("29 Sep 2026"), {"time_zone": "America/New_York"}, "-04:00"),
        # Without a zone the text is the local day; the attribute would be a day late here.
        (UTC.format("29 Sep 2026"), {}, "29 Sep 2026"),
        (UTC.format(""), {}, "2026-09-30T03:55:00Z"),
        ("<time>29 Sep 2026</time> Eastern Daylight Time", {}, "29 Sep 2026"),
        ("", {}, ""),
    ],
)
def test_a_moment_of_a_page_becomes_local(time: str, params: dict[str, str], closes: str) -> None:
    html = f"""<div id="job-content"><h2>HPC Engineer</h2><div id="job-details">Run it.</div>
    <b>Applications close:</b> <span class="close-date">{time}</div>"""
    said = spider(**params).read_detail(page(html))["raw_valid_through"] or ""
    assert said == ("2026-09-29T23:55:00-04:00" if closes == "-04:00" else closes)


# --- listing and detail ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "empty"),
    [
        ("<p>There are no jobs available at this time.</p>", True),
        ("<p>No jobs matched your search.</p>", True),
        ("<p>Sorry, no current opportunities</p>", True),
        ("<p>No jobs are available</p>", True),
        ("<script>var text = 'There are no jobs available';</script>", False),
        ("<p>Find your next job</p>", False),
    ],
)
def test_an_empty_first_page_must_say_so(words: str, empty: bool) -> None:
    one = spider()
    if empty:
        assert one.read_listing(page(words)).rows == []
    else:
        with pytest.raises(UnexpectedAnswer, match="no job links"):
            one.read_listing(page(words))
        one.report.pages = 1
        assert one.read_listing(page(words)).rows == []  # behind the last page


@pytest.mark.parametrize("path", ["/jobs/search", "/jobs", "/jobs/"])
def test_a_site_that_moved_is_not_empty(path: str) -> None:
    body = "<p>There are no jobs available</p>"
    with pytest.raises(UnexpectedAnswer, match=f"moved to https://jobs.fernwood.example{path}"):
        spider().read_listing(page(body, f"https://jobs.fernwood.example{path}"))


def link(text: str, number: int = 507017) -> str:
    return f'<a class="button job-link" href="/en/job/{number}/x?y=1">{text}</a>'


def test_a_posting_is_one_row_however_often_it_is_linked() -> None:
    html = f"""<div class="card">{link("Apply")} {link("HPC  Engineer")}
    <b class="location">Perth</b></div><div class="card">{link("Data Steward", 507018)}</div>
    <div id="recent-jobs">{link("Old one", 507019)}</div>
    <a class="job-link" href="/en/jobalerts">Alerts</a><a href="/en/job/507020">Elsewhere</a>"""
    rows = spider().read_listing(page(html)).rows
    assert [(row.native_id, row.fields["title"]) for row in rows] == [
        ("507017", "HPC Engineer"),
        ("507018", "Data Steward"),
    ]
    assert rows[0].fields["raw_location"] == ["Perth"]
    assert rows[1].fields["raw_location"] == []


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ('<a class="more-link">More <span class="count">1,020</span></a>', 1021),
        ('<span class="result-count">1,021</span>', 1021),
        ("", 1),
    ],
)
def test_what_remains_counts_toward_the_total(said: str, total: int) -> None:
    assert spider().read_listing(page(link("HPC Engineer") + said)).total == total


@pytest.mark.parametrize(
    ("work_type", "workplace"),
    [
        ("Full time, Hybrid", "Hybrid"),
        ("Remote", "Remote"),
        ("Part time, On-site, Remote", "On-site, Remote"),
        ("Fixed Term Contract", None),
        (None, None),
    ],
)
def test_a_work_type_may_say_where_one_works(work_type: str | None, workplace: str | None) -> None:
    fields = spider()._feed_row({"Id": 1, "Title": "x", "WorkType": work_type}, "x").fields
    assert fields["raw_employment_type"] == work_type
    assert fields["raw_workplace"] == workplace


def test_bold_words_of_a_text_are_no_labels() -> None:
    html = """<div id="job-content"><h3>HPC Engineer</h3><strong>Salary:</strong> $1 - $2<br>
    <div id="job-details"><h2>Us</h2><b>Department:</b> of wonders <b>Remuneration:</b> joy</div>
    </div>"""
    said = spider().read_detail(page(html))
    assert (said["title"], said["raw_salary"], said["unit"]) == ("HPC Engineer", "$1 - $2", None)
    assert said["description_html"].startswith('<div id="job-details">')


@pytest.mark.parametrize("html", ["<h1>Welcome</h1>", '<div id="job-content"><p>Hello</p></div>'])
def test_a_detail_of_unknown_form_is_named(html: str) -> None:
    with pytest.raises(UnexpectedAnswer, match="no #job-content with a heading"):
        spider().read_detail(page(html))


SORRY = "<p>Sorry, we can&#39;t provide additional information about this job right now.</p>"


@pytest.mark.parametrize(
    ("response", "closed"),
    [
        (Response(VENDOR, status=404), True),
        (Response(VENDOR, status=410), True),
        (Response(VENDOR, status=403), False),
        (page("", f"{VENDOR}/listing/?JobNotFound=true"), True),
        (page(f"<div id='job-content'></div>{SORRY}"), True),
        (page(f"<div id='job-details'>{SORRY}</div>"), False),
        (page(f"<script>text = {SORRY!r}</script>"), False),
        (page("<h1>Welcome</h1>", "https://jobs.fernwood.example/"), False),
        (page("", "https://jobs.fernwood.example/jobs/search"), False),
    ],
)
def test_what_closes_a_posting(response: Response, closed: bool) -> None:
    assert bool(spider().closed(response)) is closed


# --- the simulated site ---------------------------------------------------------------------------


def made(number: int, **said: Any) -> Job:
    given: dict[str, Any] = {
        "title": f"Engineer {number} & Co",
        "unit": "Computing",
        "city": "Perth",
        "region": "WA",
        "country": "US",
        "country_name": "United States",
        "employment_type": "FULL_TIME",
        "workplace": "hybrid",
        "description_html": "<p>Run the cluster.</p>",
        "posted_on": date(2026, 8, 1),
    }
    return Job(number=number, **{**given, **said})


def visit(jobs: list[Job], **quirks: Any) -> tuple[Any, list[Any], list[str]]:
    """A whole crawl of a simulated site: the spider, what it yielded, and the URLs it asked for."""
    site = SimulatedPageUp(Site("fernwood", "Fernwood", jobs, date(2026, 8, 20), quirks))
    block = site.entry()
    one = spider(block["url"], **block.get("params", {}))
    queue: list[Any] = [one.listing_request(request) for request in one.listing()]
    postings, asked = [], []
    while queue:
        request = queue.pop(0)
        if not isinstance(request, Request):
            postings.append(request)
            continue
        response = ask(site, request, asked)
        queue += request.callback(response, **request.cb_kwargs)
    return one, postings, asked


def ask(site: SimulatedPageUp, request: Request, asked: list[str]) -> TextResponse:
    asked.append(request.url)
    sent = SimRequest("GET", request.url, {})
    assert site.answers_for(sent.parts)
    answer = site.answer(sent)
    if answer is None:
        return HtmlResponse(request.url, status=404, request=request)
    if "Location" in answer.headers:
        return ask(site, request.replace(url=answer.headers["Location"]), asked)
    kind = HtmlResponse if isinstance(answer.body, str) else TextResponse
    body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
    return kind(request.url, body=body.encode(), encoding="utf-8", request=request)


@pytest.mark.parametrize(
    ("quirks", "requests"),
    [
        ({}, 1),
        ({"own_host": True}, 2),
        ({"no_feed": True}, 1 + 7),
        ({"no_feed": True, "page_cap": 3}, 3 + 7),
        ({"no_feed": True, "page_cap": 4, "layout": "list"}, 2 + 7),
        ({"no_feed": True, "layout": "cards"}, 1 + 7),
    ],
)
def test_every_way_to_read_a_site_brings_the_same_postings(
    quirks: dict[str, Any], requests: int
) -> None:
    jobs = [made(number, closes_on=date(2026, 9, 29)) for number in range(1, 8)]
    one, postings, asked = visit(jobs, **quirks)
    assert len(asked) == requests
    assert sorted(posting.native_id for posting in postings) == [
        str(500000 + n) for n in range(1, 8)
    ]
    assert one.report.declared_total == one.report.listed == 7
    first = min(postings, key=lambda posting: posting.native_id)
    assert first.title == "Engineer 1 & Co"
    assert "<p>Run the cluster.</p>" in first.description_html
    assert first.raw_location == ["Perth, WA"]
    assert first.unit == "Computing"
    assert first.raw_date_posted == "2026-08-01T09:00:00-04:00"
    assert first.raw_valid_through == "2026-09-29T23:55:00-04:00"
    assert (first.raw_employment_type, first.raw_workplace) == ("Full time, Hybrid", "Hybrid")


@pytest.mark.parametrize("quirks", [{}, {"no_feed": True}])
def test_an_empty_simulated_site_is_empty(quirks: dict[str, Any]) -> None:
    one, postings, _ = visit([made(1, removed=True)], **quirks)
    assert postings == []
    assert one.report.pages == 1


def test_a_moved_simulated_site_is_not_empty() -> None:
    with pytest.raises(UnexpectedAnswer, match="moved"):
        visit([made(1)], moved=True)


@pytest.mark.parametrize("closed", ["redirect", "text", "gone"])
def test_a_closed_job_of_the_simulated_site(closed: str) -> None:
    jobs = [made(1, removed=True, closed_said=True), made(2, removed=True)]
    site = SimulatedPageUp(
        Site("fernwood", "Fernwood", jobs, date(2026, 8, 20), {"closed": closed})
    )
    one = spider(site.entry()["url"])
    said, kept = (ask(site, one.detail_request(str(500000 + n), ""), []) for n in (1, 2))
    assert one.closed(said)
    assert one.closed(kept) is None
