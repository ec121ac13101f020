"""iCIMS, the classic portals ({prefix}-{customer}.icims.com). The newer front ends are Jibe's.

URL forms (ats/icims.md B1, B2):
    https://{host}/jobs/{id}[/{slug}]/job        one posting; /login instead of /job is its form
    https://{host}/[jobs/search|jobs/intro]      the board
    https://social.icims.com/viewjob/{code}      a shared link that names neither host nor posting
                                                 (one listing of the community has it)

Traps:
- The slug is decoration, at times escaped twice (%252c); the canonical URL has none.
- The whole query is view state or tracking (in_iframe, mode, hub, iis, mobile, width, jan1offset).
- The prefix is a part of the tenant: one customer has several portals (careers-, faculty-, uscareers-)
  with numbers of their own.

Endpoints (no vendor documentation; facts from ats/icims.md part B):
    GET https://{host}/jobs/search?ss=1&pr={n}&in_iframe=1     20 or 50 cards as HTML, n from 0
    GET https://{host}/jobs/{id}/{slug}/job?in_iframe=1        one posting, with JSON-LD

More traps:
- Without in_iframe=1 the answer is a frame around the page.
- A list states its pages ("Page 1 of 29", in the portal's language) and links the next one; some
  portals repeat the last page beyond the end, and postings are on two pages (B2).
- Three layouts: cards (`li`), `div.row`, and a table. Labels are the customer's own: "Job
  Locations", "Campus Location", "Location : Location"; "Location : Address" is a street.
- "7/28/2026 2:40 PM" and "23/07/2026 08:17": the order of the list's dates is the customer's, so
  the one of the JSON-LD is preferred. What is shown beside is relative and never read.
- The number of the URL is the key. "ID" and "Job Number" often show it with a year (2026-73835).
- Closed, and never existed, is 410, or a redirect to the search (B4). An empty board says "Sorry,
  no jobs were found that match your search criteria" (from public tests of other crawlers, no
  recording; a portal in another language may say it otherwise and is then a parse_error).
- All hosts are one back end (B5). A user agent that is no browser's may get the firewall's page.
- robots.txt forbids /connect and /jobs/login (from the tests of one public crawler, not verified).
- Without JSON-LD (reported by public code, no recording) title and text are read from the page.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.url import add_or_replace_parameter, url_query_cleaner

from crawler import platform
from crawler.answers import one_text, visible_text
from crawler.errors import SiteGone, UnexpectedAnswer
from crawler.patterns import Page, PagedListing, Row
from crawler.schema_values import DEFAULT_VALIDITY
from crawler.structured_data import fields_of, job_postings, node_for
from spiders.labels import fields_by_label

_HOST = r"https?://(?P<host>[a-z0-9]+(?:-[a-z0-9]+)+\.icims\.com)"

ROWS = "li.iCIMS_JobCardItem, div.iCIMS_JobsTable > .row:has(a), table.iCIMS_JobsTable tr:has(a)"
LABELS = ".//*[contains(@class, 'field-label')] | .//dt | .//*[contains(@class, 'header')]/span[1]"
OWN_TEXT = ".//text()[not(ancestor::*[contains(@class, 'field-label')])]"
EMPTY = re.compile(r"no jobs were found that match your search", re.IGNORECASE)
# Labels that the customers' pages shorten (spiders/labels.py has the rest).
SHORT = {"ID": "Job ID", "Number": "Job number", "Type": "Job type"}


class ICIMSParams(platform.Params):
    host: str | None = None  # a shared link does not say it


class ICIMS(PagedListing):
    name = "icims"
    label = "iCIMS"
    Params = ICIMSParams
    tenant_params = ("host",)
    needed = ("host",)
    closed_statuses = (410,)
    closed_words = (r"job that you were looking for either does not exist or is no longer open",)
    default_validity = DEFAULT_VALIDITY
    url_rules = (
        rf"{_HOST}/jobs/(?P<posting_id>\d+)(?:/[^/?\#]*)?/(?:job|login)/?(?:[?\#]|$)",
        rf"{_HOST}(?:/(?:jobs(?:/(?:search|intro))?/?)?)?(?:[?\#]|$)",
        r"https?://social\.icims\.com/viewjob/\w+",
    )
    page_rules = (
        platform.PageRule(
            re.compile(r"//(?P<host>[a-z0-9]+(?:-[a-z0-9]+)+\.icims\.com)/(?:jobs|icims2)\b", re.I),
            "a link to an iCIMS portal",
        ),
        platform.PageRule(
            re.compile(r"icims_content_iframe|iCIMS_JobCardItem"), "the markup of an iCIMS portal"
        ),
    )
    examples: ClassVar = {
        "https://careers-fernwood.icims.com/jobs/14830/director-%252c-storage-%2528hpc%2529/job"
        "?hub=15&mode=job&iis=Indeed&mobile=false&width=1050&jan1offset=-300": {
            "host": "careers-fernwood.icims.com",
            "posting_id": "14830",
        },
        "https://uscareers-fernwood.icims.com/jobs/13834/job": {
            "host": "uscareers-fernwood.icims.com",
            "posting_id": "13834",
        },
        "https://careers-fernwood.icims.com/jobs/14831/login": {
            "host": "careers-fernwood.icims.com",
            "posting_id": "14831",
        },
        "https://careers-fernwood.icims.com/jobs/search?ss=1&searchKeyword=hpc": {
            "host": "careers-fernwood.icims.com"
        },
        "https://faculty-fernwood-north.icims.com": {"host": "faculty-fernwood-north.icims.com"},
        "https://social.icims.com/viewjob/pl17412800336940c26b": {},
    }
    not_examples = (
        "https://www.icims.com/company/careers/",
        "https://careers-fernwood.icims.com.example.org/jobs/14830/job",
        "https://careers-fernwood.icims.com/jobs/14830/director/share",
    )
    shared_back_ends = ("icims.com",)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if "host" not in match.groups:
            return super().canonical_url(match)
        host = match.groups["host"].lower()
        job = f"/jobs/{match.posting_id}/job" if match.posting_id else "/jobs/search"
        return f"https://{host}{job}"

    # --- listing ------------------------------------------------------------------------------

    def page_request(self, number: int, response: Response | None) -> Request:
        host = self.params.host.lower()
        return Request(f"https://{host}/jobs/search?ss=1&pr={number}&in_iframe=1")

    def read_listing(self, response: TextResponse) -> Page:
        host = (urlsplit(response.url).hostname or "").lower()
        if host != self.tenant_of(self.params):
            raise SiteGone(f"the portal leads to {response.url} now")
        rows = [self._row(row, response) for row in response.css(ROWS)]
        if not rows and not EMPTY.search(visible_text(response)):
            raise UnexpectedAnswer(f"{response.url}: neither job cards nor 'no jobs were found'")
        # "Page 2 of 29", in whatever language, and the link: either may be missing.
        heading = one_text(response.css(".iCIMS_SubHeader_Jobs, .iCIMS_Paging"))
        numbers = [int(number) for number in re.findall(r"\d+", heading)]
        goes_on = len(numbers) > 1 and numbers[-2] < numbers[-1]
        return Page(rows, goes_on=goes_on or bool(response.css("link[rel=next]")))

    def _row(self, row: Any, response: TextResponse) -> Row:
        links = [link for link in row.css("a[href]") if self._id(link.attrib["href"])]
        if not links:
            raise UnexpectedAnswer(f"{response.url}: a job card without a link to its posting")
        link = links[0]
        url = url_query_cleaner(response.urljoin(link.attrib["href"]), [])
        pairs = []
        for label in row.xpath(LABELS):
            # "Job Post Information* : Posted Date", "Location : Location", "Campus Location"
            name = re.sub(r"^\w+ (?=Locations?$)", "", one_text(label).rpartition(" : ")[2])
            value = label.xpath("following-sibling::*[1]")
            # A date's text is relative ("5 days ago"), its title is not.
            dated = "date" in name.lower() and value
            text = value.attrib.get("title", "") if dated else one_text(value)
            pairs.append((SHORT.get(name, name), text))
        said = fields_by_label(pairs)
        places = [p.strip() for text in said.get("raw_location", ()) for p in text.split("|")]
        said |= {
            "title": " ".join(" ".join(link.xpath(OWN_TEXT).getall()).split()),
            "url": url,
            "raw_location": [place for place in places if place],
        }
        return Row(self._id(url), said)

    @classmethod
    def _id(cls, url: str) -> str:
        found = re.search(r"/jobs/(\d+)/(?:[^/?#]*/)?job(?:[?#]|$)", url)
        return found[1] if found else ""

    # --- detail -------------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request:
        return Request(add_or_replace_parameter(url, "in_iframe", "1"))

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        node = node_for(job_postings(response.text, response.url), url=response.url)
        if node is None:
            text = response.css(".iCIMS_InfoMsg_Job .iCIMS_Expandable_Text, .iCIMS_JobContent")
            if not text or not response.css("h1"):
                raise UnexpectedAnswer(f"{response.url}: neither JSON-LD nor a heading with a text")
            return {
                "title": one_text(response.css("h1")),
                "description_html": "\n".join(text.getall()),
            }
        said = fields_of(node, response.url)
        # The listing's URL is the posting's, and its number the employer's; hiringOrganization is
        # the customer's name for itself.
        left = ("url", "organization", "requisition_id")
        return {name: value for name, value in said.items() if name not in left}

    def closed(self, response: Response) -> str | None:
        path = urlsplit(response.url).path.rstrip("/")
        if response.status == 200 and path in ("/jobs/search", "/jobs/intro"):
            return f"redirected to {path}"
        return super().closed(response)
