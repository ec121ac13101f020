"""Addresses of a site's own postings: what in them tells two postings apart, and what is noise.

Pure functions over URLs, for the generic engines (ats/generic_small_sites.md, "Seeds of this kind";
data/platform_distribution.md section 6). An address here is `/path?query#fragment`, without what
says where a visitor came from or how a page is shown.

Without a pattern every page below a listing is a posting, and so is a listing's own page with a
fragment that names an opening. A query tells postings apart below the listing; on its own page it
does only where a pattern says so. With patterns those decide alone; the listing itself is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

# Where a visitor came from, how the page is shown, which search led to it.
_NOISE = re.compile(
    r"""(?:utm|hsa|pk|mtm|rx|mc|lever)[_-].*|(?:_hs|__jv).*|_scpsug|hss_channel|gclid|fbclid|msclkid
    |gh_src|iisn?|trk|track(?:ing)?_?id|adhoc_referer|referr?er|referral|refid|link_?source|feedid
    |from|via|src|source(?:_?type)?|s_?type|campaign|medium|channel|share|mode|redirect|return_?(?:url|to)?
    |back|(?:\w*sess(?:ion)?|\w*session)(?:_?id)?|l|lg|lang|language\w*|locale|mask|mobile|width
    |q|query|s|search\w*|keywords?|location|category|department|team|sort\w*|order\w*|filter\w*|facet\w*
    |page|page_?(?:no|num|number|size)|offset|start|startrow|limit|view""",
    re.VERBOSE | re.IGNORECASE,
)
# The part of the noise that a page can be asked without, whatever the site: it changes every night
# (sessions) or says who sent a visitor.
_VISITOR = re.compile(r"utm_.*|gclid|fbclid|msclkid|\w*session_?id", re.IGNORECASE)
# Fragments that name an opening are words; these words name a part of any page.
_ANCHOR = re.compile(
    r"(?!(?:top|main|content|main-content|page|jobs|careers|apply|about|contact|vacancies"
    r"|(?:about|contact)-us|how-to-apply|apply-now|application|benefits|faqs?|responsibilities"
    r"|requirements|qualifications"
    r"|(?:current-|job-|open-)?(?:openings|positions|opportunities))$)[a-z][\w-]*",
    re.IGNORECASE,
)
_NO_POSTING = re.compile(
    r"/(?:page/\d+|feed|rss|search)/*$|\.(?:css|js|png|jpe?g|gif|svg|ico|xml)$", re.IGNORECASE
)
_FRONT = re.compile(r"(?:/(?:[a-z]{2}(?:[-_][a-z]{2})?|index\.\w+|home)?/?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Addresses:
    """One site's addresses: its listings, and what an entry of the catalogue says of postings."""

    listings: tuple[str, ...]
    posting_pattern: str | None = None
    id_pattern: str | None = None

    @cached_property
    def paths(self) -> tuple[str, ...]:
        return tuple(urlsplit(url).path.rstrip("/") for url in self.listings)

    @cached_property
    def own(self) -> frozenset[str]:
        """The listings' addresses."""
        return frozenset(address_of(self.told(url)) for url in self.listings)

    def told(self, url: str) -> SplitResult:
        """The URL without what tells no two postings apart."""
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        kept = [
            (name, value)
            for name, value in pairs
            # `ref=homepage` and `ref=CSU1834` were both met
            if not _NOISE.fullmatch(name) and (name.lower() != "ref" or re.search(r"\d", value))
        ]
        on_listing = path in self.paths and not self.id_pattern
        anchor = parts.fragment if on_listing and _ANCHOR.fullmatch(parts.fragment) else ""
        query = parts.query if len(kept) == len(pairs) else urlencode(kept, safe="/:,")
        return parts._replace(path=path, query=query, fragment=anchor)

    def is_listing(self, url: str) -> bool:
        return address_of(self.told(url)) in self.own

    def posting_id(self, url: str) -> str | None:
        """What identifies a posting; None when the URL is no posting's."""
        page = self.told(url)
        address = address_of(page)
        if address in self.own:
            return None
        if self.posting_pattern and not re.search(self.posting_pattern, address):
            return None
        if self.id_pattern:
            found = re.search(self.id_pattern, address)
            return found["id"] if found else None
        below = any(page.path.startswith(f"{path}/") for path in self.paths)
        opening = page.path in self.paths and page.fragment
        if self.posting_pattern or opening or (below and not _NO_POSTING.search(page.path)):
            return address.strip("/")
        return None

    def canonical(self, url: str) -> str:
        page, home = self.told(url), urlsplit(self.listings[0])
        if bare_host(page.geturl()) == bare_host(home.geturl()):
            page = page._replace(scheme=home.scheme, netloc=home.netloc.lower())
        return page.geturl()


@lru_cache(maxsize=4096)
def addresses(params: Any) -> Addresses:
    """The addresses that an engine's parameters speak of; `listing` is one or several."""
    return Addresses(listings_of(params), params.posting_pattern, params.id_pattern)


def listings_of(params: Any) -> tuple[str, ...]:
    return (params.listing,) if isinstance(params.listing, str) else tuple(params.listing)


def address_of(page: SplitResult) -> str:
    return page._replace(scheme="", netloc="").geturl()


def bare_host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")


def is_front(url: str) -> bool:
    """Is this a site's front page, or that of one of its languages?"""
    parts = urlsplit(url)
    return bool(_FRONT.fullmatch(parts.path)) and not parts.query


def without_visitor(url: str) -> str:
    """The URL without the parameters that only say who asks."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _VISITOR.fullmatch(name)]
    return parts._replace(query=urlencode(kept)).geturl() if len(kept) < len(pairs) else url


def common_pattern(urls: Iterable[str]) -> str | None:
    """A pattern for postings below the first path step that speaks of jobs; None without one.

    >>> common_pattern(["https://x.example/about", "https://x.example/en/jobs/hpc-engineer"])
    '^/en/jobs/[^/?]+'
    """
    for url in urls:
        found = _JOBS_STEP.match(urlsplit(url).path)
        if found:
            return f"^{re.escape(found[1])}[^/?]+".replace("\\-", "-")
    return None


_JOBS_STEP = re.compile(
    r"((?:/[\w-]+){0,3}?/[\w-]*(?:jobs?|careers?|vacanc(?:y|ies)|positions?|openings?|opportunit(?:y|ies)"
    r"|stellen\w*|emplois?)/)[^/]+",
    re.IGNORECASE,
)
