"""CoreHR (now The Access Group), Oracle PL/SQL pages of British and Irish universities.

URL forms (ats/us_universities.md section 5; docs/platforms/corehr.md for the rest):
    GET  https://{host}/pls/{database}/erq_search_package.search_form?p_company=&p_internal_external=E
    POST https://{host}/pls/{database}/erq_search_version_4.start_search_with_params    the listing
    GET  https://{host}/pls/{database}/erq_jobspec_version_4.display_form?p_company=&p_recruitment_id={id}
    GET  https://{host}/pls/{database}/erq_jobspec_version_4.jobspec?p_id={id}          older links
{host} is my.corehr.com or a host of the employer's own; {database} is the tenant (uoxrecruit).

Traps:
- The query is the identity: p_recruitment_id or p_id, one series (inferred: Oxford's 114751 and
  116517, a few months apart). Zeros at the start belong to it. The order of parameters varies.
- p_company is needed to open a page and constant for a tenant.
- The search must be sent with every field of its form, the blank ones too, or the answer is 403:
  the form is read first and sent as it stands, and so is the form of each "Next".
- A page's size is the tenant's (8, 10, 100), its total in one of two sentences; links to a posting
  are `javascript:viewTheJobSpec('{id}')`. Facts are cells "Label :" and value, under the tenant's
  labels; the place, where there is one, follows the department in one heading (inferred).
- A banner about maintenance to come stands above a full list: it says nothing.
- display_form without a query, and core_document_api_2.view_erecruit_document?p_key_1= (a session's
  document), identify no posting.
- A database's name is unique on its host alone: corehrrecruit, hrisliverecruit.

Not verified against a recorded answer: the words of an empty list and of a closed posting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from parsel import Selector
from scrapy import FormRequest, Request
from scrapy.http import Response, TextResponse

from crawler import platform
from crawler.answers import one_text, text_of, visible_text
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Output, Page, PagedListing, Row
from spiders.labels import fields_by_label

SEARCH, NEXT = "callErecruitDoSearch", "searchv4navigateresultsforward"  # names of forms
ID = re.compile(r"viewTheJobSpec\(\s*['\"](\w+)['\"]")
# "Displaying 1 to 100 of 102" or "Your search returned 28 results".
TOTAL = re.compile(
    r"Displaying\s+\d+\s+to\s+\d+\s+of\s+([\d,]+)|returned\s+([\d,]+)\s+results?", re.I
)
NONE = re.compile(
    r"\bno (?:vacancies|results|jobs|records|matching)\b|did not (?:return|find)", re.I
)
CLOSED = re.compile(r"(?:vacancy|job|post|position) (?:is|has) (?:now |been )*"
                    r"(?:no longer available|closed|expired|withdrawn|filled)", re.I)  # fmt: skip
KNOWN = {"Contract Type :": "Employment type"}  # labels of this software alone
# The text of a posting's page; in older ones the last heading of the size that pay has.
BODY, HEADING3 = "td.erq_searchv4_jobspec_row", "td.erq_searchv4_heading3"
# Parameters of a posting's page, as its own links have them.
PAGE = {"p_internal_external": "E", "p_display_in_irish": "N", "p_process_type": "",
        "p_applicant_no": "", "p_form_profile_detail": "", "p_display_apply_ind": "Y",
        "p_refresh_search": "Y"}  # fmt: skip

_PLS = r"https?://(?P<host>[\w.-]+)/pls/(?P<database>[\w-]+)/"


class CoreHrParams(platform.Params):
    host: str = "my.corehr.com"
    database: str
    company: str | None = None


class CoreHr(PagedListing):
    name = "corehr"
    label = "CoreHR"
    Params = CoreHrParams
    tenant_params = (
        "host",
        "database",
    )
    day_first = True
    time_zone = "Europe/London"
    closed_statuses = (404, 410)
    url_rules = (
        _PLS
        + r"""(?P<page>erq_jobspec\w*\.\w+)(?:(?=\?(?:[^\#]*&)?p_company=(?P<company>\d+)))?
            \?(?:[^\#]*&)?(?P<key>p_recruitment_id|p_id)=(?P<posting_id>\w+)(?:[&\#]|$)""",
        _PLS + r"(?:erq_\w+|core_document_api\w*)\.\w+"
        r"(?:(?=\?(?:[^\#]*&)?p_company=(?P<company>\d+)))?(?:[?\#]|$)",
    )
    page_rules = (
        platform.PageRule(
            re.compile(
                r"//(?P<host>[\w.-]+)/pls/(?P<database>\w+)/erq_(?:search|jobspec)\w*\.",
                re.IGNORECASE,
            ),
            "a link to a CoreHR search",
        ),
    )
    examples: ClassVar = {
        "https://my.corehr.com/pls/fwrecruit/erq_jobspec_version_4.display_form?p_company=10"
        "&p_internal_external=E&p_process_type=&p_recruitment_id=990001&p_refresh_search=Y": {
            "host": "my.corehr.com",
            "database": "fwrecruit",
            "company": "10",
            "posting_id": "990001",
        },
        "https://recruit.fernwood.example/pls/corehrrecruit/erq_jobspec_details_form.jobspec"
        "?p_id=009002": {
            "host": "recruit.fernwood.example",
            "database": "corehrrecruit",
            "posting_id": "009002",
        },
        "https://my.corehr.com/pls/fwrecruit/erq_jobspec_version_4.display_form": {
            "host": "my.corehr.com",
            "database": "fwrecruit",
        },
        "https://my.corehr.com/pls/fwrecruit/erq_search_version_4.start_search_with_params"
        "?p_company=10&p_start_from=100": {
            "host": "my.corehr.com",
            "database": "fwrecruit",
            "company": "10",
        },
        "https://my.corehr.com/pls/fwrecruit/core_document_api_2.view_erecruit_document"
        "?p_key_1=E4F57A93": {"host": "my.corehr.com", "database": "fwrecruit"},
    }
    not_examples = (
        "https://lfuonline.fernwood.example/public/karriereportal.details?asg_id_in=12846",
        "https://my.corehr.com/pls/fwrecruit/login_page",
    )

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        if match.posting_id is None:
            return super().canonical_url(match)
        said = match.groups
        company = f"p_company={said['company']}&" if "company" in said else ""
        return (
            f"https://{said['host'].lower()}/pls/{said['database']}/{said['page']}"
            f"?{company}{said['key'].lower()}={match.posting_id}"
        )

    def _address(self, page: str, **query: str | None) -> str:
        asked = urlencode({name: value for name, value in query.items() if value is not None})
        start = f"https://{self.params.host.lower()}/pls/{self.params.database}/erq_{page}"
        return f"{start}?{asked}"

    # --- the listing --------------------------------------------------------------------------

    def listing(self) -> Iterable[Request]:
        form = self._address(
            "search_package.search_form", p_company=self.params.company, p_internal_external="E"
        )
        return [Request(form, self._on_form)]

    def _on_form(self, response: Response) -> Output:
        search = _sent(text_of(response), SEARCH)
        if search is None:
            raise UnexpectedAnswer(f"{response.url}: no form {SEARCH!r}")
        yield self.listing_request(search)

    def page_request(self, number: int, response: Response | None) -> Request | None:
        assert response is not None  # the first page is the search form's
        return _sent(text_of(response), NEXT)

    def read_listing(self, response: TextResponse) -> Page:
        rows = response.css("td.erq_searchv4_result_row")
        words = visible_text(response)
        found = TOTAL.search(words)
        if found is None and (rows or not NONE.search(words)):
            raise UnexpectedAnswer(f"{response.url}: a list of results without their number")
        total = int((found[1] or found[2]).replace(",", "")) if found else 0
        company = response.xpath("//input[@name='p_company']/@value").get()
        return Page([self._row(row, company, response.url) for row in rows], total)

    def _row(self, row: Selector, company: str | None, where: str) -> Row:
        link = row.css("a.erq_searchv4_big_anchor")
        found = ID.search(link.attrib.get("href", ""))
        if found is None:
            raise UnexpectedAnswer(f"{where}: a result without viewTheJobSpec('...')")
        address = {"p_company": self.params.company or company, **PAGE}
        pay = one_text(row.css(HEADING3))
        fields = {
            **({"raw_salary": pay} if pay else {}),
            **_facts(row),
            "title": one_text(link),
            "url": self._address(
                "jobspec_version_4.display_form", **address, p_recruitment_id=found[1]
            ),
        }
        return Row(found[1], fields)

    # --- the detail ---------------------------------------------------------------------------

    def detail_request(self, native_id: str, url: str) -> Request | None:
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        headings = list(response.css(HEADING3))
        body = response.css(BODY)[:1] or headings[-1:]
        if not body:
            raise UnexpectedAnswer(f"{response.url}: a page without a job specification")
        pay = next(
            (text for cell in headings if cell is not body[0] and (text := one_text(cell))), ""
        )
        title = one_text(response.css("td.erq_searchv4_heading1")) if self.only else ""
        said = {"title": title, "raw_salary": pay, "description_html": body[0].get()}
        return {**said, **_facts(response.selector)}

    def closed(self, response: Response) -> str | None:
        if response.status == 200 and isinstance(response, TextResponse):
            open_ = response.css(f"{BODY}, {HEADING3}")
            found = None if open_ else CLOSED.search(visible_text(response))
            return f"the page says {found[0]!r}" if found else None
        return super().closed(response)


def _facts(part: Selector) -> dict[str, Any]:
    """The labelled cells of a result or page, and its heading "Department, Building, Town"."""
    labels = part.xpath(
        ".//td[substring(normalize-space(), string-length(normalize-space())) = ':']"
    )
    pairs = [(one_text(cell), one_text(cell.xpath("following-sibling::td[1]"))) for cell in labels]
    fields = fields_by_label((KNOWN.get(label, label), value) for label, value in pairs)
    if not re.search(r"\d", fields.get("raw_valid_through", "")):
        fields.pop("raw_valid_through", None)  # a script writes the date: only "GMT" is there
    heading = one_text(part.css("td.erq_searchv4_heading2"))
    unit, comma, _ = heading.partition(",")
    if unit:
        fields.setdefault("unit", unit)
    if comma:
        fields.setdefault("raw_location", [heading])
    return fields


def _sent(page: TextResponse, name: str) -> Request | None:
    """A form of the page as it stands, sent; None when the page has no form of this name."""
    form = next(iter(page.xpath("//form[@name=$name]", name=name)), None)
    if form is None:
        return None
    action = page.urljoin(form.attrib.get("action", ""))
    return FormRequest(action, formdata=list(_values(form)), method="POST")


def _values(form: Selector) -> Iterator[tuple[str, str]]:
    """What a browser would send: blank fields too, of a choice what is chosen, no buttons."""
    for field in form.xpath(".//*[self::input or self::select][@name]"):
        said = field.attrib
        if field.root.tag == "select":
            options = [*field.xpath(".//option[@selected]"), *field.xpath(".//option")][:1]
            yield from ((said["name"], option.attrib.get("value", "")) for option in options)
            continue
        kind = said.get("type", "text").lower()
        chosen = kind not in ("checkbox", "radio") or "checked" in said
        if chosen and kind not in ("submit", "button", "image", "reset"):
            yield said["name"], said.get("value", "")
