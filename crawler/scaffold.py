"""The files of a platform in the making: what `rolecall new-platform` writes.

A platform file that is claimed, tested and linted from the start and lacks extraction only, the
fixture cases every platform shows (two of them done, two that fail until a person has written
them), and the first entry of its catalogue.
"""

from __future__ import annotations

import json
import keyword
import re
from dataclasses import dataclass
from string import Template
from urllib.parse import urlsplit

from tldextract import TLDExtract

from crawler.catalogue_file import entry_text
from crawler.errors import ConfigError
from crawler.sources import Source

_OFFLINE = TLDExtract(suffix_list_urls=())  # the list that comes with the library
OWN_HOSTS = ("", "www", "jobs", "careers", "career")  # an employer's, not a vendor's customer
_REASON = "its platform is being written"

PLATFORM = Template('''"""$label: say in a line what the software is, and who uses it.

URL forms (say where each is from: a recorded answer, the vendor's documentation, or inferred):
    $listing_form        the listing
    $posting_form        one posting

Endpoints: which request brings the listing, which a posting; the largest page; documented by whom.
Robots: what robots.txt allows.

Traps: what looks like an empty board and is none, dates without a year, ids that are not unique,
totals that lie, what a closed posting's page says.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import TextResponse

from crawler import platform
from crawler.errors import UnexpectedAnswer
from crawler.patterns import Listing, Page


class $cls(Listing):  # WholeBoard: one request brings all; PagedListing: page after page
    name = "$name"
    label = "$label"
    # The parameters that tell one site from another; a host is one, a token in the path another.
    Params = platform.HostParams
    # Verbose regular expressions. Named groups are parameters, and `posting_id`.
    url_rules = (
        r"$posting_rule",
        r"$listing_rule",
    )
    # What an employer's own page shows when this software is behind it (a script, a frame):
    # platform.PageRule(re.compile(r"//(?P<host>[\\w-]+\\.vendor\\.com)/widget\\.js"), "the widget")
    page_rules = ()
    # Held against all other platforms: these URLs are this one's alone.
    examples: ClassVar = {
        "$posting_url": {
            "host": "$host",
            "posting_id": "$posting_id",
        },
        "$listing_url": {"host": "$host"},
    }
    not_examples = ("https://www.$domain.example.org/jobs/1",)
    # A posting's page with one of these is closed; or write `closed`. Never 401, 403, 429, 5xx.
    closed_statuses = (404, 410)

    def listing(self) -> Iterable[Request]:
        """The request for the listing."""
        yield Request(self.source.url)

    def read_listing(self, response: TextResponse) -> Page:
        """Rows of the listing. An answer in a form never seen raises, naming what is missing;
        an empty board is one that says so.
        """
        # answer = json_of(response)                       crawler/answers.py
        # jobs = need(answer, "jobs", list, response.url)  raises with the key named
        # rows = [Row(str(job["id"]), {"title": ..., "url": ..., "raw_location": [...]}) ...]
        # return Page(rows, total=need(answer, "total", int, response.url))
        raise UnexpectedAnswer(f"{response.url}: listings of {self.label} are not read yet")

    def detail_request(self, native_id: str, url: str) -> Request | None:
        """The page of one posting; leave it out when the listing says all."""
        return Request(url)

    def read_detail(self, response: TextResponse) -> dict[str, Any]:
        """Fields of Posting: raw text untouched, the pipelines parse it."""
        # return detail_fields(response)                   crawler/structured_data.py, JSON-LD
        raise UnexpectedAnswer(f"{response.url}: postings of {self.label} are not read yet")
''')

TAPE = """# {says}

[[exchange]]
request = "GET {url}"
{answer}
"""


@dataclass(frozen=True)
class Draft:
    """What is known of a platform in the making. Raises ConfigError when that is too little."""

    name: str
    source: Source  # its first entry
    posting: str  # the URL of one posting

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name) or keyword.iskeyword(self.name):
            raise ConfigError(f"{self.name!r} is no name for a platform: small letters, digits, _")

    def files(self) -> dict[str, str]:
        """The files by their path from the checkout's root."""
        cases = {
            case: f"tests/fixtures/{self.name}/{case}"
            for case in ("normal", "empty", "gone", "broken")
        }
        made = {
            f"spiders/{self.name}.py": self._platform(),
            f"spiders/sources/{self.name}.toml": entry_text(self.source),
        }
        for case, folder in cases.items():
            tape, expected = self._case(case)
            made[f"{folder}/source.toml"] = self._entry()
            made[f"{folder}/tape/tape.toml"] = tape
            made[f"{folder}/expected.json"] = json.dumps(expected, indent=2) + "\n"
        return made

    def _platform(self) -> str:
        url, posting = self.source.url, urlsplit(self.posting)
        host = (urlsplit(url).hostname or "").lower()
        path, posting_id = _with_id(posting.path)
        return PLATFORM.substitute(
            name=self.name,
            label=self.name.replace("_", " ").title(),
            cls="".join(part.title() for part in self.name.split("_")),
            host=host,
            domain=_parts(host)[1],
            listing_form=url,
            posting_form=self.posting,
            listing_url=url,
            posting_url=self.posting,
            posting_id=posting_id,
            listing_rule=rf"{_host_rule(host)}{re.escape(urlsplit(url).path.rstrip('/'))}/?(?:[?\#]|$)",
            posting_rule=f"{_host_rule(host)}{path}",
        )

    def _entry(self) -> str:
        said = {"id": self.source.id, "employer": self.source.employer, "url": self.source.url}
        return (
            "\n".join(["[[source]]", *(f"{k} = {json.dumps(v)}" for k, v in said.items())]) + "\n"
        )

    def _case(self, case: str) -> tuple[str, dict[str, object]]:
        """The tape of a case and what is expected of it; the open ones fail until reviewed."""
        if case == "gone":
            tape = TAPE.format(
                says="There is no such site.", url=self.source.url, answer="status = 404"
            )
            return tape, {"outcome": "not_found", "postings": []}
        if case == "broken":
            page = 'text = "<!doctype html><html><body><h1>Sign in</h1></body></html>"'
            tape = TAPE.format(says="Another page instead.", url=self.source.url, answer=page)
            return tape, {"outcome": "parse_error", "listed": 0, "postings": []}
        says = (
            "A board without postings, as the site shows it."
            if case == "empty"
            else "Two to four postings in the site's form, with invented employers and texts."
        )
        tape = TAPE.format(says=f"{says} To be written.", url=self.source.url, answer='text = ""')
        outcome = "empty" if case == "empty" else "ok"
        return tape, {"reviewed": False, "outcome": outcome, "listed": 0, "postings": []}


def draft(name: str, url: str, *, posting: str | None, employer: str | None) -> Draft:
    """The draft of a platform from the address of one of its sites. Raises ConfigError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"{url!r} is no http(s) address of a career site")
    if posting and urlsplit(posting).hostname != parts.hostname:
        raise ConfigError(f"{posting}: give a posting of the same host as {url}")
    subdomain, domain, _ = _parts(parts.hostname)
    own = subdomain.removeprefix("www.").partition(".")[0]
    word = domain if own in OWN_HOSTS or own == name else own
    source_id = re.sub(r"[^a-z0-9]+", "-", (employer or word).lower()).strip("-")
    source = Source(
        # An id never holds the platform's name: the employer may move.
        id=source_id if source_id and name not in source_id.replace("-", "_") else "first",
        platform=name,
        employer=employer or word.title(),
        url=url,
        enabled=False,
        reason=_REASON,
    )
    root = f"{parts.scheme}://{parts.netloc}"
    return Draft(name, source, posting or f"{root}/jobs/12345")


def _parts(host: str) -> tuple[str, str, str]:
    """Subdomain, domain, suffix: `a.b.co.uk` is `a`, `b`, `co.uk`."""
    known = _OFFLINE(host)
    if known.suffix:
        return known.subdomain, known.domain, known.suffix
    *rest, suffix = host.split(".")
    return ".".join(rest[:-1]), rest[-1] if rest else host, suffix


def _host_rule(host: str) -> str:
    """Any customer's host of a vendor, or this host alone."""
    subdomain, domain, suffix = _parts(host)
    if subdomain not in OWN_HOSTS:
        return rf"https?://(?P<host>[\w-]+{re.escape(f'.{domain}.{suffix}')})"
    return rf"https?://(?P<host>{re.escape(host)})"


def _with_id(path: str) -> tuple[str, str]:
    """A posting's path as a rule, and the id in it: the last step that holds a digit."""
    steps = path.strip("/").split("/")
    place = max((i for i, step in enumerate(steps) if re.search(r"\d", step)), default=-1)
    if place < 0:
        raise ConfigError(f"{path!r}: no number in a posting's address; edit the rules by hand")
    digits = re.search(r"\d+", steps[place])
    assert digits is not None
    before, after = steps[place][: digits.start()], steps[place][digits.end() :]
    rule = "".join(f"/{re.escape(step)}" for step in steps[:place])
    rule += f"/{re.escape(before)}(?P<posting_id>\\d+)"
    return rule + (r"(?:[^/?\#]*)" if after else "") + r"(?:[/?\#]|$)", digits[0]
