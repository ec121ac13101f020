"""Boards embedded in employers' own pages, with the posting's id in the query (`gh_jid`, `ashby_jid`).

Such a URL is the vendor's on any host (ats/greenhouse.md section 1, ats/ashby.md), unless it also has
another platform's own form: the same parameters travel along as tracking. Not a platform: a part
of the rules of spiders/greenhouse.py and spiders/ashby.py.
"""

from __future__ import annotations

from crawler.loader import platforms
from crawler.platform import Match

# An employer's page, not one of these vendors' own. To be followed by "?" and the parameter.
EMPLOYERS_PAGE = r"""(?!(?:[\w-]+\.)*(?:greenhouse\.io|grnh\.se|ashbyhq\.com)[:/?\#])
    (?P<page>[\w.-]+(?::\d+)?(?:/[^?\#]*)?)"""
EMBEDDING = ("ashby", "greenhouse")


def left_to_others(match: Match | None) -> Match | None:
    """The match, unless it stands on the parameter alone and another platform claims the URL."""
    if match is None or "page" not in match.groups:
        return match
    others = [cls for name, cls in platforms().items() if name not in EMBEDDING]
    return None if any(cls.match(match.url) for cls in others) else match
