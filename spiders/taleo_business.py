"""Taleo Business Edition (Oracle): {pod}.tbe.taleo.net, pods such as phf, phh, tre, lde.

A product of its own: nothing is shared with Taleo Enterprise but the domain.

Endpoints of the site's own pages (no vendor documentation; facts from ats/taleo-tbe.md):
    GET https://{pod}.tbe.taleo.net/{instance}/ats/careers/v2/searchResults?org=&cws=[&rowFrom=10]
                                                                ten rows as HTML
    GET .../v2/viewRequisition?org=&cws=&rid=                   one posting, most with JSON-LD
`org` is the employer (in any letter case), `cws` one of its career sites, `rid` the posting.

Traps:
- The list is bound to a session: without its cookie a further page has one byte. That is a lost
  session, not the end and not an empty board.
- Theme 1 states a total; theme 2 has only a link to the next page (`jscroll-next`).
- What stands below a title is the tenant's choice (place, department, its id, a blank). The options
  of "Sort by" name these columns (headstart: of 30 tenants in September 2026); without them only
  the detail tells them apart.
- `datePosted` of the JSON-LD is not ISO: "Thu Jul 02 00:00:00 GMT 2026", "2025-07-28 00:00:00.0".
  Without JSON-LD there is mostly no date at all.
- Two layouts of a detail: with `div[name=cwsJobDescription]`, or the text in the main column
  (headstart). Labels are the tenant's own.
- Tenants move between pods: the old address redirects, by way of a dispatcher, so neither pod nor
  cws is part of the key. An inactive tenant is redirected to INACTIVEcareers/...
- Closed is 200 with the title "Job Not Available", without JSON-LD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from parsel import SelectorList
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import job_postings, stated_fields

PAGE_SIZE = 10
# The tenants' labels, of columns and of the facts on a detail page, that say what a value is.
LABELS = {
    "raw_location": r"(?:primary |job |work )?locations?|city|campus",
    "unit": r"department|dept\b.*|faculty|school",
    "raw_employment_type": r"employment (?:type|status)|job type|position type",
    "raw_workplace": r"workplace arrangement|location type",
    "raw_date_posted": r"(?:date )?post(?:ed|ing)?(?: date)?",
    "raw_valid_through": r"clos(?:ing|e) date|(?:application )?deadline",
    "raw_salary": r".*(?:salary|pay range|pay rate|compensation).*",
}
# Of the JSON-LD; the employer is the catalogue's, for hiringOrganization may be a department.
STRUCTURED = ("title", "description_html", "raw_location", "raw_country", "raw_employment_type",
              "raw_date_posted", "raw_valid_through", "raw_salary", "salary")  # fmt: skip


class TaleoBusinessParams(platform.Params):
    pod: str
    instance: str
    org: str
    cws: str | None = None


class TaleoBusiness(PagedListing):
    name = "taleo_business"
    label = "Taleo Business Edition"
    tenant_params = ("org",)
    default_validity = DEFAULT_VALIDITY
    Params = TaleoBusinessParams
    url_rules = (
        r"""https?://(?P<pod>[a-z]+)\.tbe\.taleo\.net/(?P<instance>[a-z]+\d+)/ats/careers/
            (?:v2/)?[\w.]+(?:;[^?\#]*)?\?
            (?=(?:[^\#]*&)?org=(?P<org>[^&\#]+))
            (?:(?=(?:[^\#]*&)?cws=(?P<cws>\d+)))?
            (?:(?=(?:[^\#]*&)?rid=(?P<posting_id>\d+)))?""",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"https?://(?P<pod>[a-z]+)\.tbe\.taleo\.net/(?P<instance>[a-z]+\d+)/ats/careers/"
                r"(?=[^\"'\s]*(?:[?&;]|u0026)org=(?P<org>\w+))"
                r"(?=[^\"'\s]*(?:[?&;]|u0026)cws=(?P<cws>\d+))"
            ),
            "a link to a Taleo Business Edition career site",
        ),
    )
    shared_back_ends = ("taleo.net",)
    examples: ClassVar = {
        "https://phf.tbe.taleo.net/phf03/ats/careers/v2/viewRequisition?org=FERNWOOD&cws=37&rid=71": {
            "pod": "phf",
            "instance": "phf03",
            "org": "FERNWOOD",
            "cws": "37",
            "posting_id": "71",
        },
        "http://lde.tbe.taleo.net/lde02/ats/careers/requisition.jsp;jsessionid=4F?cws=1&rid=9&org=qh": {
            "pod": "lde",
            "instance": "lde02",
            "org": "qh",
            "cws": "1",
            "posting_id": "9",
        },
        "https://tre.tbe.taleo.net/tre01/ats/careers/v2/jobSearch?act=redirectCwsV2&org=QH&cws=1": {
            "pod": "tre",
            "instance": "tre01",
            "org": "QH",
            "cws": "1",
        },
    }
    not_examples = (
        "https://fernwood.taleo.net/careersection/2/jobdetail.ftl?job=71",
        "https://phf.tbe.taleo.net/phf03/ats/careers/v2/searchResults",
        "https://phf.tbe.taleo.net.example.org/phf03/ats/careers/v2/searchResults?org=QH&cws=1",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._here: Any = self.params  # where the tenant lives tonight

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        return _url(match.params, "viewRequisition" if match.posting_id else "searchResults",
                    rid=match.posting_id)  # fmt: skip

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        offset = str(number * PAGE_SIZE) if number else None
        return self._request(_url(self._here, "searchResults", rowFrom=offset))

    def _request(self, url: str) -> Request:
        return Request(url, meta={"cookiejar": self.source.id})

    def _on_listing(self, response: Response, **kwargs: Any) -> Output:
        here = type(self).match(response.url)
        if here is None:
            raise SiteGone("the site is inactive or elsewhere: the list redirects to another page")
        self._here = here.params
        yield from super()._on_listing(response, **kwargs)

    def read_listing(self, response: TextResponse) -> Page:
        if "oracletaleocwsv2" not in response.text:
            size = len(response.body)
            raise UnexpectedAnswer(f"{response.url}: {size} bytes and no list; a lost session?")
        labels = {
            int(number): label
            for option in response.css("option[value*=sortColumn]")
            for number in option.xpath("@value").re(r"sortColumn=(\d+)")
            if (label := option.xpath("normalize-space()").get(""))
        }
        totals = set(response.css("span.oracletaleocwsv2-panel-number").xpath("string()").getall())
        digits = re.sub(r"\D", "", totals.pop()) if len(totals) == 1 else ""
        links = response.css("h4 a[href*=viewRequisition]")
        rows = [self._row(link, labels, response) for link in links]
        # A theme that states the total has no such link.
        goes_on = None if digits else bool(response.css("a.jscroll-next"))
        return Page(rows, int(digits) if digits else None, goes_on=goes_on)

    def _row(self, link: Any, labels: dict[int, str], response: TextResponse) -> Row:
        match = type(self).match(response.urljoin(link.attrib["href"]))
        if match is None or match.posting_id is None:
            raise UnexpectedAnswer(f"{response.url}: no rid in the link {link.attrib['href']}")
        cells = link.xpath("ancestor::h4[1]/following-sibling::div")
        texts = cells.xpath("normalize-space()").getall()
        return Row(
            match.posting_id,
            {
                "title": link.xpath("normalize-space()").get(""),
                "url": match.canonical_url,
                "apply_url": _url(match.params, "applyRequisition", rid=match.posting_id),
                **_labelled((labels.get(n, ""), text) for n, text in enumerate(texts, start=1)),
            },
        )

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return self._request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        said = stated_fields(response, STRUCTURED)
        shown = {"description_html": _inner(_description(response)), **_facts(response)}
        if not (said.get("description_html") or shown["description_html"]):
            raise UnexpectedAnswer(f"{response.url}: neither JSON-LD nor a job description")
        return {**shown, **said}

    def closed(self, response: Response) -> str | None:
        if not isinstance(response, TextResponse) or _description(response):
            return None
        if job_postings(response.text, response.url):
            return None
        title = response.css("title::text").get("").strip()
        notice = response.css("span.text-danger").xpath("normalize-space()").get("")
        if title == "Job Not Available" or "no longer available" in notice:
            return f"the page says {title or notice[:60]!r}"
        return None


def _url(params: TaleoBusinessParams, page: str, **more: str | None) -> str:
    query = {"org": params.org.upper(), "cws": params.cws, **more}
    said = "&".join(f"{name}={value}" for name, value in query.items() if value is not None)
    return f"https://{params.pod}.tbe.taleo.net/{params.instance}/ats/careers/v2/{page}?{said}"


def _labelled(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Fields of `Posting` from labels and values, as far as the label says what the value is."""
    found: dict[str, list[str]] = {}
    for label, value in pairs:
        for name, pattern in LABELS.items():
            if value and re.fullmatch(pattern, label.strip(" :"), re.IGNORECASE):
                found.setdefault(name, []).append(value)
                break
    places = found.pop("raw_location", [])
    fields: dict[str, Any] = {name: " - ".join(values) for name, values in found.items()}
    return {**fields, "raw_location": places} if places else fields


def _facts(response: TextResponse) -> dict[str, Any]:
    """The title and the labelled facts that a detail page shows beside its text."""
    well = response.css("div.well.oracletaleocwsv2-job-description")
    title = well.xpath("(.//strong[not(preceding-sibling::span)])[1]").xpath("normalize-space()")
    pairs = [
        (label.xpath("normalize-space()").get(""), label.xpath(value).get(""))
        for labels, value in (
            (well.xpath(".//span"), "normalize-space(following-sibling::strong[1])"),
            (
                response.css("div.cws-V2-reqfieldcell-right"),
                "normalize-space(following-sibling::div[1])",
            ),
        )
        for label in labels
    ]
    return {"title": title.get(""), **_labelled(pairs)}


def _description(response: TextResponse) -> SelectorList:
    """The element with a posting's text, in either layout."""
    named = response.css("div[name=cwsJobDescription]")
    second = response.css("div.well.oracletaleocwsv2-job-description")
    return named[:1] or (response.css("div.col-md-8")[:1] if second else named)


def _inner(element: SelectorList) -> str:
    furniture = "self::style or self::script or contains(@class, 'oracletaleocwsv2-button')"
    return "".join(element.xpath(f"node()[not({furniture})]").getall()).strip()
