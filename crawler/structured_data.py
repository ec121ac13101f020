"""schema.org JobPosting in a page (JSON-LD, microdata, RDFa) -> fields of a posting.

The vocabulary is https://schema.org/JobPosting, the rules for sites are Google's "job posting
structured data"; what sites really write, counted over some 90 recorded nodes, is in
ats/schemaorg_jobposting.md sections 2 to 4, which the rules here follow. Dates, places and contract
words stay raw: the pipelines parse them.

    structured_data(text, url)  every JobPosting node of a page, and how many blocks were unreadable
    job_postings(text, url)     the nodes alone
    node_for(nodes, ...)        the node that a page is about
    fields_of(node, url)        fields of `crawler.posting.Posting`
    stated_fields(response)     the fields of a detail page, as far as it states a posting
    detail_fields(response)     the same of a page that must state one
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.json_ld import read_json_ld
from crawler.microdata import read_microdata
from crawler.schema_values import (
    Node,
    as_list,
    identifier,
    joined,
    markup,
    pay,
    places_of,
    plain,
    unit,
)

__all__ = [
    "Node",
    "StructuredData",
    "detail_fields",
    "fields_of",
    "job_postings",
    "node_for",
    "own_url",
    "read_json_ld",
    "stated_fields",
    "structured_data",
]

logger = logging.getLogger(__name__)

_SCRIPTS = "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]"
_SCHEMA = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
# Properties this house reads, in their proper spelling: sites write `Title` and `joblocation`.
_PROPERTIES = (
    "address", "addressCountry", "addressLocality", "addressRegion",
    "applicantLocationRequirements", "baseSalary", "currency", "datePosted", "department",
    "description", "employmentType", "employmentUnit", "hiringOrganization", "identifier",
    "jobLocation", "jobLocationType", "maxValue", "minValue", "name", "postalCode",
    "salaryCurrency", "streetAddress", "title", "unitCode", "unitText", "url",
    "validThrough", "value",
)  # fmt: skip
_SPELLING = {name.lower(): name for name in _PROPERTIES}
_DEEPEST = 12  # a posting's own properties nest four deep; what is deeper is somebody's whole site
_REFERENCES = 3  # resolved one inside the other: posting, employer, department


@dataclass(frozen=True)
class StructuredData:
    """What a page says of its postings. `unreadable` counts JSON-LD blocks no repair could read."""

    postings: list[Node]
    unreadable: int = 0


def structured_data(text: str, url: str) -> StructuredData:
    """Every JobPosting node of an HTML page, in the page's order.

    Keys are lower-camel, references by `@id` are resolved within the page, and whatever nests a
    node (`@graph`, lists, mainEntity, ItemList) is walked. Microdata and RDFa are read only where
    JSON-LD has no posting: a page that has both says the same twice. Never raises for what a page
    holds; an unreadable block is counted and logged.
    """
    page = Selector(text=text or " ", type="html")
    values: list[Any] = []
    unreadable = 0
    for script in page.xpath(_SCRIPTS):
        try:
            values.extend(read_json_ld("".join(script.xpath("text()").getall())))
        except ValueError as error:
            unreadable += 1
            logger.info("%s: JSON-LD block left out: %s", url, error)
    targets = {v["@id"]: v for v in _dicts(values) if isinstance(v.get("@id"), str) and len(v) > 2}
    nodes = [_tidy(v, targets) for v in _dicts(values) if _is_posting(v)]
    if not nodes:
        nodes = [_tidy(node, {}) for node in read_microdata(page, "JobPosting")]
    return StructuredData(nodes, unreadable)


def job_postings(text: str, url: str) -> list[Node]:
    """The JobPosting nodes of an HTML page; see `structured_data`."""
    return structured_data(text, url).postings


def node_for(nodes: list[Node], *, native_id: str = "", url: str = "") -> Node | None:
    """The node that the page of one posting is about (ats/schemaorg_jobposting.md section 4).

    The one whose url or identifier is the posting's; else the only one; else the first with title
    and description; else the first.
    """
    if len(nodes) > 1:
        for node in nodes:
            if native_id and identifier(node) == native_id:
                return node
            if url and (own := own_url(node, url)) and _same_page(own, url):
                return node
    whole = [node for node in nodes if plain(node.get("title")) and plain(node.get("description"))]
    return next(iter(whole or nodes), None)


def stated_fields(response: TextResponse, only: Iterable[str] = ()) -> dict[str, Any]:
    """Fields of `Posting` from the node that a page is about; none where the page states none.

    `only` are the fields to take: a listing often knows URL, employer and number better.
    """
    node = node_for(job_postings(response.text, response.url), url=response.url)
    fields = fields_of(node, response.url) if node else {}
    return {name: fields[name] for name in only or fields if name in fields}


def detail_fields(response: TextResponse, native_id: str = "") -> dict[str, Any]:
    """Fields of `Posting` from the one posting that a detail page is about.

    Raises UnexpectedAnswer when the page states no JobPosting.
    """
    nodes = job_postings(response.text, response.url)
    node = node_for(nodes, native_id=native_id, url=response.url)
    if node is None:
        raise UnexpectedAnswer(f"{response.url}: the page states no schema.org JobPosting")
    return fields_of(node, response.url)


def own_url(node: Node, page_url: str) -> str | None:
    """The node's own URL, if it is a page of this site: some give the employer's home page."""
    said = plain(node.get("url"))
    try:
        url = urljoin(page_url, said)
        parts, page = urlsplit(url), urlsplit(page_url)
    except ValueError:  # "Invalid IPv6 URL"
        return None
    host, own = (site.hostname or "" for site in (parts, page))
    same = host.removeprefix("www.") == own.removeprefix("www.") != ""
    return url if said and same and parts.path.strip("/") else None


def fields_of(node: Node, url: str) -> dict[str, Any]:
    """Fields of `Posting` that a node states; `url` is the page's, used where the node has none."""
    organization = plain(node.get("hiringOrganization"))
    places, country = places_of(node, organization)
    raw_salary, salary = pay(node)
    fields = {
        "title": plain(node.get("title")) or plain(node.get("name")),
        "url": own_url(node, url) or url,
        "organization": organization,
        "unit": unit(node),
        "description_html": markup(node.get("description")),
        "raw_location": places,
        "raw_country": country,
        "raw_workplace": joined(node.get("jobLocationType")),
        "raw_employment_type": joined(node.get("employmentType")),
        "raw_date_posted": plain(node.get("datePosted")),
        "raw_valid_through": plain(node.get("validThrough")),
        "raw_salary": raw_salary,
        "salary": salary,
        "requisition_id": identifier(node),
    }
    return {name: value for name, value in fields.items() if value}


# --- nodes ---------------------------------------------------------------------------------------


def _dicts(value: Any) -> Iterator[Node]:
    """Every dict inside a value, itself included, in document order; depth is no matter."""
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            yield value
            pending.extend(reversed(value.values()))
        elif isinstance(value, list):
            pending.extend(reversed(value))


def _is_posting(node: Node) -> bool:
    types = as_list(node.get("@type"))
    names = [_SCHEMA.sub("", name) for name in types if isinstance(name, str)]
    named = "jobposting" in map(str.lower, names)
    return named and not set(node) <= {"@type", "@id", "@context"}  # else only a reference to one


def _tidy(value: Any, targets: dict[str, Node], seen: tuple[str, ...] = (), depth: int = 0) -> Any:
    """The value with lower-camel keys and resolved references."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [_tidy(item, targets, seen, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    reference = value.get("@id")
    if isinstance(reference, str) and reference not in seen and len(seen) < _REFERENCES:
        if set(value) <= {"@id", "@type"} and reference in targets:
            value = targets[reference]
        seen = (*seen, reference)
    return {_key(key): _tidy(item, targets, seen, depth + 1) for key, item in value.items()}


def _key(name: str) -> str:
    name = _SCHEMA.sub("", name)
    return _SPELLING.get(name.lower()) or name[:1].lower() + name[1:]


def _same_page(one: str, other: str) -> bool:
    a, b = urlsplit(one), urlsplit(other)
    return (a.path.rstrip("/"), a.query, a.fragment) == (b.path.rstrip("/"), b.query, b.fragment)
