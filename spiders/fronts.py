"""What front ends share: the system behind them, how a posting ends, objects in their pages.

A front end's answer often names the address where one applies, which is the posting's at the system
behind (Workday, Taleo, ...). Under its key the same requisition, seen at both, is one posting. Not a
platform: a part of the front ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from crawler.errors import UnexpectedAnswer
from crawler.loader import platforms
from crawler.posting import Key


def keys_behind(url: str | None, requisition: Any = None) -> list[Key]:
    """The keys that the system behind stores for the posting at this address.

    `requisition` is the employer's number: some systems store that where their address shows a copy
    of it (Workday's R7549 and `_R7549-1`).
    """
    claims = [claim for p in platforms().values() if (claim := p.match(url or ""))]
    if len(claims) != 1 or claims[0].key is None:
        return []
    (claim,) = claims
    assert claim.key is not None
    keys = [claim.key]
    if requisition and str(requisition) in (claim.posting_id or ""):
        stored = claim.platform.key_of(claim.posting_id or "", str(requisition))
        keys.append(Key(claim.platform.platform, claim.tenant, stored))
    return list(dict.fromkeys(keys))


def led_away(response: Response, sign: str, listed: Container[str]) -> str | None:
    """The evidence when a posting's address led to a page without `sign` in its path.

    That is how career sites let a posting go; but an address may also be wrong. What tonight's
    listing shows (`listed`, by native id) is therefore not closed by it.
    """
    request = response.request
    if request is None or response.status != 200 or "redirect_urls" not in request.meta:
        return None
    row = request.cb_kwargs.get("row")
    if sign in urlsplit(response.url).path or (row and row.native_id in listed):
        return None
    return f"redirected to {response.url}"


def assigned_object(page: TextResponse, assignment: re.Pattern[str]) -> dict[str, Any]:
    """The object that a script of the page assigns; `assignment` matches up to its brace.

    Raises UnexpectedAnswer.
    """
    found = assignment.search(page.text)
    if found is None:
        said = re.sub(r"\\b|\\s\*=.*|\\", "", assignment.pattern)
        raise UnexpectedAnswer(f"{page.url}: no script of the page assigns {said}")
    try:
        value, _ = json.JSONDecoder().raw_decode(page.text, found.end())
    except ValueError as error:
        raise UnexpectedAnswer(f"{page.url}: {found[0].strip()} no JSON: {error}") from None
    if not isinstance(value, dict):
        raise UnexpectedAnswer(f"{page.url}: {found[0].strip()} a {type(value).__name__}")
    return value
