"""Where the fields of a posting came from, in one short JSON text.

    at         when it was read (ISO 8601)
    by         whose rules read it: the platform and the version of its extraction
    listing    the address that answered with the posting's row
    detail     the address that answered with its detail, where one was read; relative to `listing`
               (urllib.parse.urljoin) where both begin alike
    of_detail  the fields that the detail gave; the other ones are the listing's, and an employer
               that neither names is the catalogue's

A parsed value is read from the `raw_` value beside it, the language and the excerpt from the
description. The answers themselves are kept for a while (table `answers`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urljoin

from crawler import clock

LONGEST = 120  # characters of an address; a longer one is given without its query


def provenance(by: str, listing: str, detail: str, of_detail: Iterable[str]) -> str:
    """The JSON text; what is empty is left out."""
    said = {
        "at": clock.now().isoformat(timespec="seconds"),
        "by": by,
        "listing": _short(listing),
        "detail": _relative(_short(detail), _short(listing)),
        "of_detail": " ".join(sorted(of_detail)),
    }
    kept = {name: value for name, value in said.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _short(url: str) -> str:
    return url if len(url) <= LONGEST else url.partition("?")[0][:LONGEST]


def _relative(url: str, base: str) -> str:
    """The shortest text that `urljoin` makes this URL of."""
    folder = base.partition("?")[0].rpartition("/")[0] + "/"
    host = "/".join(base.split("/")[:3])
    for text in (url.removeprefix(folder), url.removeprefix(host)):
        if text not in ("", url) and urljoin(base, text) == url:
            return text
    return url
