"""Where an employer went: a source goes dark while its postings turn up on another platform.

Nothing is asked of any site. What tells is in the database: other sources of the same employer that
list postings, and links that were imported from newsletters and boards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.placing import employer_key

# A source that ends so may have been left by its employer; a broken parser is our own affair.
DARK = ("not_found", "unreachable", "blocked", "empty", "suspect_drop")


@dataclass(frozen=True)
class Move:
    """A source that went dark, and where its employer's postings are seen now."""

    source: str
    platform: str
    url: str
    seen: str  # what was seen there, for a person

    @property
    def edit(self) -> str:
        """The proposed edit of the old entry."""
        reason = f"the employer's postings are on {self.platform} now"
        return f'enabled = false\nreason = "{reason}"\nmoved_to = "{self.url}"'


def moves(
    dark: Iterable[Mapping[str, Any]],
    others: Iterable[Mapping[str, Any]],
    listed: Iterable[Mapping[str, Any]],
) -> dict[str, Move]:
    """Moves by the id of the source that went dark.

    `dark`: source, employer, platform of sources that went dark. `others`: source, employer,
    platform, url, open_postings of sources that are well. `listed`: organization, platform, url,
    listed_on of imported links. The employer's name must be the same, the platform another one.
    """
    at_home: dict[str, list[Mapping[str, Any]]] = {}
    for row in others:
        if row["open_postings"]:
            at_home.setdefault(employer_key(row["employer"]), []).append(row)
    linked: dict[str, list[Mapping[str, Any]]] = {}
    for row in listed:
        if row["organization"] and row["platform"]:
            linked.setdefault(employer_key(row["organization"]), []).append(row)
    found = {}
    for source in dark:
        name, platform = employer_key(source["employer"]), source["platform"]
        homes = [row for row in at_home.get(name, ()) if row["platform"] != platform]
        links = [row for row in linked.get(name, ()) if row["platform"] != platform]
        if homes:
            best = max(homes, key=lambda row: row["open_postings"])
            said = f"source {best['source']} lists {best['open_postings']} postings"
        elif links:
            best = max(links, key=lambda row: row["listed_on"] or "")
            said = f"a posting of {best['listed_on'] or 'an unknown day'} was imported"
        else:
            continue
        found[source["source"]] = Move(source["source"], best["platform"], best["url"], said)
    return found
