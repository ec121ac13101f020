"""What earlier nights know of a source's postings, as far as a spider needs it.

The engine knows no database: whoever stores postings hands the spider a `Memory` before it starts.
Without one a spider remembers nothing and reads everything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zlib import crc32

RECHECK_DAYS = 14  # a known, unchanged posting is read again about every two weeks
RECHECK_SPREAD = 7  # ... spread over a week, so that a board is not re-read in one night


@dataclass(frozen=True, slots=True)
class Remembered:
    """One stored posting: its native id and URL, what its listing row said, when it was read."""

    native_id: str
    url: str
    fingerprint: str
    detail_read_on: date | None
    is_open: bool


@dataclass
class Memory:
    """The stored postings of one source, by native id, and the day of this crawl."""

    today: date
    postings: dict[str, Remembered] = field(default_factory=dict)

    def is_current(self, native_id: str, fingerprint: str) -> bool:
        """True when there is nothing new to read: open, listed as before, and not due."""
        known = self.postings.get(native_id)
        if known is None or not known.is_open or known.detail_read_on is None:
            return False
        spread = timedelta(days=RECHECK_DAYS + crc32(native_id.encode()) % RECHECK_SPREAD)
        return known.fingerprint == fingerprint and self.today < known.detail_read_on + spread

    def missing(self, seen: Iterable[str]) -> list[Remembered]:
        """The open postings that are not among the seen ones, in a stable order."""
        there = set(seen)
        gone = [p for p in self.postings.values() if p.is_open and p.native_id not in there]
        return sorted(gone, key=lambda posting: posting.native_id)


def fingerprint(version: int, fields: dict[str, Any], stamp: str = "") -> str:
    """A short hash of what a listing row says; relative dates ("Posted Today") stay out of it."""
    said = {name: value for name, value in fields.items() if name != "raw_date_posted"}
    seen = [version, said, stamp] if stamp else [version, said]
    text = json.dumps(seen, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
