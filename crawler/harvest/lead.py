"""What every reader of a document yields, and what they share: links, days, repetitions."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from w3lib.url import url_query_cleaner

from crawler.errors import RolecallError
from crawler.recognise import tidy

LONGEST_URL = 16_384  # characters; the longest link of a newsletter met so far has 900
LONGEST_FIELD = 500
LONGEST_CONTEXT = 200

# Parameters that only say where a reader came from, whatever the site. `ref` and `source` are not
# among them: on some hosts they are the posting's number.
TRACKING = (
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "gclid",
    "fbclid", "msclkid", "mc_cid", "mc_eid", "gh_src", "lever-source", "lever-source[]",
    "lever-source%5B%5D", "lever-origin", "iis", "iisn", "trackingId", "trk",
)  # fmt: skip
# "careers.example.org/job/7", and no file beside the document ("apply.html").
HOST_FIRST = re.compile(
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?!(?:html?|php|aspx?|md|pdf)\b)[a-z]{2,}(?=[/?#:]|$)", re.I
)
DAYS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")


class HarvestError(RolecallError):
    """A document that cannot be read."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What a document says of one posting. What it does not say is None; days are ISO 8601."""

    url: str | None  # as written, made absolute; None for a posting that names no link
    title: str | None = None
    organization: str | None = None
    location: str | None = None
    posted: str | None = None
    closes: str | None = None
    where: str = ""  # in the document: "line 12", "entry 3"
    context: str = ""  # the line itself, shortened

    @property
    def tidied(self) -> str | None:
        """The URL unescaped and without tracking parameters."""
        return without_tracking(tidy(self.url)) if self.url else None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A link or line that is no lead, and why."""

    where: str
    what: str
    reason: str


@dataclass
class Harvest:
    """What one document yielded."""

    kind: str
    leads: list[Lead] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    issue: str | None = None  # of a newsletter, as printed: "128"
    date: str | None = None  # of the document

    def add(
        self, url: str, base_url: str | None, where: str, context: str, **said: str | None
    ) -> None:
        """Add a lead; one whose link is no web address is skipped, with the reason."""
        url, reason = judged(url, base_url)
        if reason:
            self.skip(where, url or context, reason)
        else:
            self._append(url, where, context, said)

    def add_without_link(self, where: str, context: str, **said: str | None) -> None:
        """Add a posting that names no address at all."""
        self._append(None, where, context, said)

    def _append(
        self, url: str | None, where: str, context: str, said: dict[str, str | None]
    ) -> None:
        fields = {name: one_line(value) for name, value in said.items()}
        self.leads.append(Lead(url, **fields, where=where, context=shortened(context)))

    def skip(self, where: str, what: str, reason: str) -> None:
        self.skipped.append(Skipped(where, shortened(what), reason))

    def without_repetitions(self) -> Harvest:
        """The same link five times is one lead. Under two titles it is two: a group's page may hold
        several openings, so that a URL alone is no identity (46 labelled pairs)."""
        first: dict[tuple[str | None, str], Lead] = {}
        for lead in self.leads:
            first.setdefault((lead.tidied, (lead.title or "").casefold()), lead)
        titled = {url for url, title in first if title}
        kept = [lead for (url, title), lead in first.items() if title or url not in titled]
        return replace(self, leads=kept)


def judged(url: str, base_url: str | None) -> tuple[str, str | None]:
    """A link as an absolute web address, or the reason why it is none."""
    url = re.sub(r"[\t\r\n]", "", url).strip().strip("<>\"'").strip()
    if not url or len(url) > LONGEST_URL:
        return url, f"a link of {len(url)} characters" if url else "no link"
    # Browsers undo entities before they look at the scheme: `javascript&#58;` is one too.
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", html.unescape(url).strip(), re.IGNORECASE)
    named = scheme[1].lower() if scheme and not HOST_FIRST.match(url) else None
    if named and named not in ("http", "https"):
        return url, f"{named}: is no web address"
    if not named and not url.startswith("//") and not HOST_FIRST.match(url):
        if not base_url or not base_url.startswith(("http://", "https://")):
            return url, "a relative link, and the document's address is not known"
        url = urljoin(base_url, url)
    try:
        host = urlsplit(tidy(url)).hostname or ""
    except ValueError:
        return url, "not a URL"
    return url, None if "." in host.strip(".") or ":" in host else "not a URL"


def without_tracking(url: str) -> str:
    """The URL without the parameters of TRACKING; the rest of it untouched."""
    if "?" not in url:
        return url
    try:
        return str(url_query_cleaner(url, TRACKING, remove=True, unique=False, keep_fragments=True))
    except ValueError:  # "Invalid IPv6 URL"
        return url


def iso_day(text: str | None) -> str | None:
    """A day in one of the forms that documents use, as ISO 8601; None for anything else."""
    text = (text or "").strip()
    if re.match(r"\d{4}-\d\d-\d\d(?:[T ]|$)", text):
        text = text[:10]
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date().isoformat()  # RSS: Sat, 02 Jul 2022 05:00:00 GMT
    except (ValueError, IndexError, TypeError):
        return None


def one_line(text: str | None) -> str | None:
    """A field as a document may say it: no control characters, not a novel; None when empty."""
    if text is None:
        return None
    text = "".join(c if c.isprintable() else " " for c in text).strip()
    return text[:LONGEST_FIELD] or None


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_CONTEXT else f"{text[: LONGEST_CONTEXT - 1]}…"
