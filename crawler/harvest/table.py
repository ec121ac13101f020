"""CSV: a sheet of postings with a line of column names."""

from __future__ import annotations

import csv
import io
import re

from crawler.harvest.lead import Harvest, HarvestError, iso_day
from crawler.harvest.records import CLOSES, EMPLOYERS, LINKS, POSTED, TITLES, first_text

_HEADER = re.compile(rf"(?:^|[,;\t])\s*\"?(?:{'|'.join(LINKS)})\"?\s*(?:[,;\t]|$)", re.IGNORECASE)


def looks_like_csv(text: str) -> bool:
    """Does its first line name a column of links?"""
    first = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    return bool(re.search(r"[,;\t]", first) and _HEADER.search(first) and "://" not in first)


def read_csv(text: str, base_url: str | None = None) -> Harvest:
    """The leads of a sheet; `where` is the line a row begins at. Raises HarvestError."""
    found = Harvest("csv")
    text = text.lstrip("\ufeff")
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        if not any(name and name.strip().lower() in LINKS for name in rows.fieldnames or ()):
            raise HarvestError(f"no column of links; one of {', '.join(LINKS)} is needed")
        line = rows.line_num + 1
        for row in rows:
            said = {str(name).strip(): value for name, value in row.items()}
            title = first_text(said, TITLES)
            found.add(
                first_text(said, LINKS) or "",
                base_url,
                f"line {line}",
                title or "",
                title=title,
                organization=first_text(said, EMPLOYERS),
                location=first_text(said, ("location", "place")),
                posted=iso_day(first_text(said, POSTED)),
                closes=iso_day(first_text(said, CLOSES)),
            )
            line = rows.line_num + 1
    except csv.Error as error:
        raise HarvestError(f"not CSV: line {rows.line_num}: {error}") from None
    return found
