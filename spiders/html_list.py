"""Any career site that is a page of links to postings, where nothing better is known.

A generic engine: an entry of the catalogue says where the listing is and, where that is not plain,
what a posting's address looks like. Small institutes, project pages and portals of systems that no
platform here knows. Sites that could be read by sitemap or feed are entered here until they are.

    listing          address of the page that lists the postings
    posting_pattern  regular expression, searched in `/path?query`, that finds a posting
    id_pattern       the same with the group `id`, where the path is not what identifies a posting

Without a pattern every page below the listing is a posting, and so is the listing's own page with a
fragment that names an opening. A query tells postings apart below the listing; on its own page it
does only where a pattern says so.

Traps (data/platform_distribution.md section 6, ats/generic_small_sites.md):
- One page may hold several openings: with `#research-engineer` its address is one posting's,
  without it is the listing's. On any other page a fragment is a place in the text, or a share mark
  (`#.Xbn7VL1Tw0Y.twitter`), and means nothing.
- `id=` and `position=` identify, `source=` and `referrer=` do not; `ref=` does either: here it
  counts when it has a digit (`ref=homepage` and `ref=CSU1834` were both met).
- An address with a search in its query is a view of the listing.
- Institutes share a host: the tenant is the host, so that a posting has one key whichever entry
  speaks for it, and an entry claims only what its listing or pattern covers.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from pydantic import field_validator

from crawler import platform

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
_ANCHOR = re.compile(
    r"(?!(?:top|main|content|main-content|page|jobs|careers|apply|about|contact|vacancies"
    r"|(?:current-|job-|open-)?(?:openings|positions|opportunities))$)[a-z][\w-]*",
    re.IGNORECASE,
)
_NO_POSTING = re.compile(
    r"/(?:page/\d+|feed|rss|search)/*$|\.(?:css|js|png|jpe?g|gif|svg|ico|xml)$", re.IGNORECASE
)


class HtmlListParams(platform.PatternParams):
    listing: str

    @field_validator("listing")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not re.match(r"https?://[^/\s]+", value):
            raise ValueError(f"{value!r} is not an http(s) URL")
        return value


class HtmlList(platform.Platform):
    name = "html_list"
    label = "a plain page of links"
    generic = True
    unread = "no engine for plain pages yet"
    Params = HtmlListParams

    @classmethod
    def tenant_of(cls, params: Any) -> str:
        return _bare(urlsplit(str(params.listing)))

    @classmethod
    def match_on_known_host(cls, url: str, params: Any, evidence: str) -> platform.Match | None:
        page, listing = _told(url, params), _told(params.listing, params)
        if _address(page) == _address(listing):
            return platform.Match(cls, url, params, None, {}, evidence)
        posting_id = _posting_id(page, listing.path, params)
        if posting_id is None:
            return None
        return platform.Match(cls, url, params, posting_id, {}, evidence)

    @classmethod
    def canonical_url(cls, match: platform.Match) -> str:
        page, home = _told(match.url, match.params), urlsplit(str(match.params.listing))
        if _bare(page) == _bare(home):
            page = page._replace(scheme=home.scheme, netloc=home.netloc.lower())
        return page.geturl()


def _told(url: str, params: HtmlListParams) -> SplitResult:
    """The address without what tells no two postings apart."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in pairs
        if not _NOISE.fullmatch(name) and (name.lower() != "ref" or re.search(r"\d", value))
    ]
    on_listing = path == urlsplit(params.listing).path.rstrip("/") and not params.id_pattern
    anchor = parts.fragment if on_listing and _ANCHOR.fullmatch(parts.fragment) else ""
    query = parts.query if len(kept) == len(pairs) else urlencode(kept, safe="/:,")
    return parts._replace(path=path, query=query, fragment=anchor)


def _posting_id(page: SplitResult, listing: str, params: HtmlListParams) -> str | None:
    """What identifies a posting; None when the address is no posting's. `listing` is a path."""
    address = _address(page)
    if params.posting_pattern and not re.search(params.posting_pattern, address):
        return None
    if params.id_pattern:
        found = re.search(params.id_pattern, address)
        return found["id"] if found else None
    below = page.path.startswith(f"{listing}/") and not _NO_POSTING.search(page.path)
    opening = page.path == listing and page.fragment
    return address.strip("/") if params.posting_pattern or below or opening else None


def _address(page: SplitResult) -> str:
    return page._replace(scheme="", netloc="").geturl()


def _bare(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().removeprefix("www.")
