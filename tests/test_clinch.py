"""Clinch: URL forms, what a slug says, sitemaps; and the simulated site with its challenge."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse

from crawler.errors import UnexpectedAnswer
from crawler.fetch.challenge import challenge_of
from crawler.loader import spider_class
from crawler.patterns import Row
from crawler.recognise import Recogniser
from crawler.sources import Source
from spiders.clinch import read_slug
from tests.simulator.base import Job, SimRequest, Site
from tests.simulator.clinch import Clinch as SimulatedClinch

HOST = "https://careers.fernwood.example"
SLUG = "data-steward-516309-astoria-oregon-united-states"
UUID = "0f1e2d3c-4b5a-4968-8776-655443322110"


def source(**params: Any) -> Source:
    return Source(
        id="fernwood",
        platform="clinch",
        employer="Fernwood University",
        url=f"{HOST}/jobs/search",
        params={"host": "careers.fernwood.example", **params},
    )


def spider(**params: Any) -> Any:
    return spider_class(source(**params))()


def rows(*entries: str, **params: Any) -> list[Row]:
    body = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + "".join(
        f"<url>{entry}</url>" for entry in entries
    )
    response = XmlResponse(f"{HOST}/sitemap.xml", body=f"{body}</urlset>".encode())
    return list(spider(**params).read_listing(response).rows)


@pytest.mark.parametrize(
    ("url", "posting_id"),
    [
        (f"{HOST}/jobs/{SLUG}", SLUG),
        (f"{HOST}/jobs/{SLUG}/?utm_source=newsletter#apply", SLUG),
        (f"{HOST}/jobs/{SLUG}-{UUID}", f"{SLUG}-{UUID}"),
        (f"{HOST.upper()}/jobs/a-b-c-d-united-kingdom", "a-b-c-d-united-kingdom"),
    ],
)
def test_a_slug_that_ends_with_place_and_country_is_recognised(url: str, posting_id: str) -> None:
    match = Recogniser().recognise(url)
    assert match is not None
    assert match.key == ("clinch", "careers.fernwood.example", posting_id)
    assert match.canonical_url == f"{HOST}/jobs/{posting_id}"


@pytest.mark.parametrize(
    ("path", "posting_id"),
    [
        ("/jobs/data-steward", "data-steward"),
        ("/jobs/jr10013359", "jr10013359"),
        ("/jobs/search", None),
        ("/jobs/search?query=hpc&page=2", None),
        ("/", None),
    ],
)
def test_other_urls_are_its_own_only_on_a_host_of_the_catalogue(
    path: str, posting_id: str | None
) -> None:
    assert Recogniser().recognise(HOST + path) is None
    match = Recogniser([source()]).recognise(HOST + path)
    assert match is not None
    assert (match.tenant, match.posting_id) == ("careers.fernwood.example", posting_id)


@pytest.mark.parametrize(
    ("slug", "cities", "title", "place"),
    [
        ("ospo-manager-ulm-germany", (), "Ospo Manager Ulm", "Germany"),
        ("ospo-manager-ulm-germany", ("ulm",), "Ospo Manager", "Ulm, Germany"),
        (
            "lead-salt-lake-city-utah-united-states",
            ("city", "salt-lake-city"),
            "Lead",
            "Salt Lake City, Utah, United States",
        ),
        # The state and the city of New York, and a city that is not the last one known.
        (
            "data-lead-new-york-new-york-united-states",
            ("new-york",),
            "Data Lead",
            "New York, New York, United States",
        ),
        (
            "data-lead-albany-new-york-united-states",
            ("new-york",),
            "Data Lead Albany",
            "New York, United States",
        ),
        (
            f"engineer-oxford-england-united-kingdom-{UUID}",
            (),
            "Engineer Oxford",
            "England, United Kingdom",
        ),
        ("engineer-hanoi-vietnam", (), "Engineer Hanoi", "Vietnam"),
        ("engineer-remote", ("remote",), "Engineer Remote", ""),
        ("germany", (), "Germany", ""),
    ],
)
def test_what_a_slug_says(slug: str, cities: tuple[str, ...], title: str, place: str) -> None:
    assert read_slug(slug, cities) == (title, place)


def test_a_sitemap_holds_other_pages_too() -> None:
    found = rows(
        f"<loc>{HOST}/</loc>",
        f"<loc>{HOST}/jobs/search</loc>",
        f"<loc>{HOST}/jobs</loc>",
        f"<loc>{HOST}/jobs/saved</loc>",
        f"<loc>{HOST}/blog/jobs/of-the-week</loc>",
        f"<loc>{HOST}/jobs/searching-for-dark-matter</loc>",
        "<lastmod>2026-08-01</lastmod>",
    )
    assert [row.native_id for row in found] == ["searching-for-dark-matter"]


def test_an_edit_is_a_change_that_the_posting_does_not_show() -> None:
    before, after = (
        rows(f"<loc>{HOST}/jobs/{SLUG}</loc><lastmod>{day}</lastmod>")[0]
        for day in ("2026-08-01", "2026-08-02")
    )
    assert (before.stamp, after.stamp) == ("2026-08-01", "2026-08-02")
    assert before.fields == after.fields


@pytest.mark.parametrize(
    ("slug", "instance", "aliases"),
    [
        (SLUG, "7013", [("pageup", "7013", "516309")]),
        (SLUG, None, []),
        ("data-steward-51630-astoria-oregon-united-states", "7013", []),
        (f"data-steward-{UUID}", "7013", [("clinch", "careers.fernwood.example", UUID)]),
    ],
)
def test_older_numbers_of_a_posting_are_keys_too(
    slug: str, instance: str | None, aliases: list[tuple[str, str, str]]
) -> None:
    (row,) = rows(f"<loc>{HOST}/jobs/{slug}</loc>", previous_instance=instance)
    assert list(row.aliases) == aliases


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Careers</body></html>",
        "{}",
        "not found",
        f"<urlset><url><loc>{HOST}/jobs/a</loc></url><url><loc>{HOST}/jo",
        "<sitemapindex><sitemap><loc>x</loc></sitemap></urlset>",
    ],
)
def test_another_answer_is_no_empty_sitemap(body: str) -> None:
    response = TextResponse(f"{HOST}/sitemap.xml", body=body.encode(), encoding="utf-8")
    with pytest.raises(UnexpectedAnswer, match="is no whole sitemap"):
        spider().read_listing(response)


@pytest.mark.parametrize(
    "body", ["<urlset></urlset>\n", "<?xml version='1.0'?>\n<urlset xmlns='x'/> <!-- 3 ms -->"]
)
def test_a_sitemap_without_postings_is_empty(body: str) -> None:
    response = TextResponse(f"{HOST}/sitemap.xml", body=body.encode(), encoding="utf-8")
    assert spider().read_listing(response).rows == []


def detail(body: str) -> dict[str, Any]:
    return dict(spider().read_detail(HtmlResponse(f"{HOST}/jobs/{SLUG}", body=body.encode())))


LD = """<script type="application/ld+json">{"@type": "JobPosting", "title": "Data Steward",
"url": "https://careers.fernwood.example/jobs/other", "description": "<p>Long.</p>",
"hiringOrganization": {"name": "Library"}}</script>"""


def test_a_detail_is_read_with_or_without_json_ld() -> None:
    text = '<h1>Steward of  <i>Data</i></h1><div class="job-description rich"><p>Short.</p></div>'
    plain = detail(text)
    assert plain["title"] == "Steward of Data"
    assert "<p>Short.</p>" in plain["description_html"]
    both = detail(LD + text)
    assert (both["title"], both["description_html"]) == ("Data Steward", "<p>Long.</p>")
    assert not {"url", "organization"} & both.keys()
    with pytest.raises(UnexpectedAnswer, match=r"neither div\.job-description nor JSON-LD"):
        detail("<h1>Data Steward</h1><main>Text</main>")


@pytest.mark.parametrize(
    ("status", "closed"), [(404, True), (410, True), (403, False), (202, False)]
)
def test_what_closes_a_posting(status: int, closed: bool) -> None:
    assert bool(spider().closed(Response(f"{HOST}/jobs/{SLUG}", status=status))) is closed


# --- the simulated site ---------------------------------------------------------------------------


def made(number: int, **said: Any) -> Job:
    given: dict[str, Any] = {
        "title": "Data Steward, HPC",
        "unit": "Library",
        "city": "Ann Arbor",
        "region": "MI",
        "country": "US",
        "country_name": "United States",
        "employment_type": "PART_TIME",
        "workplace": "onsite",
        "description_html": "<p>Describe the data.</p>",
        "posted_on": date(2026, 8, 1),
    }
    return Job(number=number, **{**given, **said})


def simulated(jobs: list[Job], **quirks: Any) -> tuple[Any, SimulatedClinch]:
    site = SimulatedClinch(Site("fernwood", "Fernwood", jobs, date(2026, 8, 20), quirks))
    block = site.entry()
    entry = Source(id="fernwood", platform="clinch", employer="Fernwood", **_part(block))
    return spider_class(entry)(), site


def _part(block: dict[str, Any]) -> dict[str, Any]:
    return {key: block[key] for key in ("url", "params")}


def ask(site: SimulatedClinch, url: str) -> TextResponse:
    sent = SimRequest("GET", url, {})
    assert site.answers_for(sent.parts)
    answer = site.answer(sent)
    if answer is None:
        return HtmlResponse(url, status=404)
    kind = XmlResponse if "xml" in answer.headers["Content-Type"] else HtmlResponse
    return kind(
        url, status=answer.status, headers=dict(answer.headers), body=str(answer.body).encode()
    )


def listed(one: Any, site: SimulatedClinch) -> list[Row]:
    queue, found = [request.url for request in one.listing()], []
    while queue:
        page = one.read_listing(ask(site, queue.pop(0)))
        found += page.rows
        queue += [request.url for request in page.more]
    return found


@pytest.mark.parametrize("index", [False, True])
def test_the_simulated_site_lists_its_jobs(index: bool) -> None:
    jobs = [made(1), made(2), made(3, city="Ypsilanti"), made(4, removed=True)]
    one, site = simulated(jobs, index=index)
    found = listed(one, site)
    assert [row.fields["title"] for row in found] == ["Data Steward Hpc"] * 3
    assert [row.fields["raw_location"] for row in found] == [
        ["Ann Arbor, Michigan, United States"],
        ["Ann Arbor, Michigan, United States"],
        ["Ypsilanti, Michigan, United States"],
    ]
    assert len({row.native_id for row in found}) == 3


@pytest.mark.parametrize("json_ld", [False, True])
def test_a_detail_of_the_simulated_site(json_ld: bool) -> None:
    one, site = simulated([made(1), made(2, removed=True, closed_said=True)], json_ld=json_ld)
    (row,) = listed(one, site)
    said = one.read_detail(ask(site, one.detail_request(row.native_id, row.fields["url"]).url))
    assert said["title"] == "Data Steward, HPC"
    assert "<p>Describe the data.</p>" in said["description_html"]
    assert said.get("raw_employment_type") == ("PART_TIME" if json_ld else None)
    closed = ask(site, f"https://{site.host}/jobs/{site._slug(site.site.jobs[1])}")
    assert one.closed(closed)


def test_the_simulated_site_challenges_after_some_details_until_tomorrow() -> None:
    one, site = simulated([made(number) for number in range(1, 5)], waf=2)
    urls = [row.fields["url"] for row in listed(one, site)]
    answers = [ask(site, url) for url in urls]
    assert [challenge_of(answer) for answer in answers] == [None, None, "AWS WAF", "AWS WAF"]
    assert len(listed(one, site)) == 4  # the sitemap stays open
    site.site.today = date(2026, 8, 21)
    assert challenge_of(ask(site, urls[3])) is None


def test_a_slug_of_the_simulated_site_outlives_an_edit_and_shows_it() -> None:
    one, site = simulated([made(1)])
    (before,) = listed(one, site)
    site.site.jobs[0].title = "Data Steward, Storage"
    site.site.today = date(2026, 8, 25)
    (after,) = listed(one, site)
    assert after.native_id == before.native_id
    assert (before.stamp, after.stamp) == ("2026-08-01", "2026-08-25")
