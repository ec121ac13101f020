"""Raw answers of one source-run, compressed as they come, for the store to keep."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Collection
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawler import clock
from crawler.fetch.robots import ROBOTS

LEVEL = 6  # zlib's own default: HTML shrinks to a sixth
# Headers that tell how a body is to be read, or how many rows there are; none names a session.
_TELLING = re.compile(rb"content-type|content-language|link|x-(?:wp-)?total.*", re.IGNORECASE)


class Answers:
    """Listens to one crawler's answers."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    def response_received(self, response: Response, request: Request) -> None:
        """Keep what a callback will read: no robots.txt, no errors, no second looks."""
        if request.meta.get(ROBOTS) or response.status >= 400 or "known" in request.cb_kwargs:
            return
        row = request.cb_kwargs.get("row")
        body = zlib.compress(response.body, LEVEL)
        asked = request.meta.get("redirect_urls", [request.url])[0]
        headers = {
            name.decode("latin-1"): [value.decode("latin-1") for value in values]
            for name, values in response.headers.items()
            if _TELLING.fullmatch(name)
        }
        self._rows.append(
            {
                "native_id": row.native_id if row else None,
                "fetched_at": clock.now().isoformat(timespec="seconds"),
                "method": request.method,
                "url": asked,
                "body_hash": body_hash(request.body),
                "status": response.status,
                "answered_by": response.url if response.url != asked else None,
                "headers": json.dumps(headers),
                "bytes": len(body),
                "body": body,
            }
        )

    def rows(self, closed: Collection[str] = ()) -> list[dict[str, Any]]:
        """What to keep; a page that only says that a posting is closed holds nothing to read."""
        return [row for row in self._rows if row["native_id"] not in closed]


def body_hash(body: bytes) -> str:
    """Of a request's body; "" when it has none."""
    return hashlib.blake2b(body, digest_size=10).hexdigest() if body else ""
