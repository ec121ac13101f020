"""Coverage: are the community's listings on platforms that work?

`python -m tests.measure.coverage [DIR]` writes docs/parts/coverage.md, a part of docs/platforms.md.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from crawler.harvest.lead import Lead
from crawler.loader import our_names, platforms
from crawler.placing import Placed, Placer
from crawler.registry import COVERAGE
from crawler.sources import read_catalogue
from tests.measure.__main__ import DEFAULT

# What the data calls links that lead to no career site's software (platform_distribution.md, 2).
NOT_CRAWLABLE = {
    "unclassified", "linkedin", "indeed", "glassdoor", "shortener/redirect", "pdf",
    "other job board/aggregator",
}  # fmt: skip


def measure(data: Path) -> dict[str, Any] | None:
    """Rows of listings.csv on a crawlable platform, and how many are on one that is read."""
    path = data / "listings.csv"
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _is_crawlable(row["platform"])]
    placer = Placer(read_catalogue())
    rest: Counter[tuple[str, str]] = Counter()
    for row, placed in zip(rows, placer.place([Lead(row["url"]) for row in rows]), strict=True):
        why = _why_not(placed, row["platform"])
        if why:
            rest[row["platform"], why] += 1
    works = len(rows) - sum(rest.values())
    return {
        "rows": len(rows),
        "on_a_read_platform": works,
        "share": round(works / max(1, len(rows)), 4),
        "rest": [
            {"platform": name, "rows": count, "why": why}
            for (name, why), count in rest.most_common()
        ],
    }


def _is_crawlable(name: str) -> bool:
    return bool(name) and name not in NOT_CRAWLABLE and not name.startswith("document/form")


def _why_not(placed: Placed, name: str) -> str | None:
    """Why a listing is on no platform that works; None when it is on one."""
    if placed.match is None:
        read = [ours for ours in our_names(name) if not platforms()[ours].unread]
        return "the link is in no known form" if read else "no platform of ours"
    platform = placed.match.platform
    if platform.generic and not (placed.source and placed.source.enabled):
        return "a page of its own, whose entry is not crawled"
    return platform.unread


def markdown(figures: dict[str, Any]) -> str:
    """The section of docs/platforms.md."""
    lines = [
        "## Coverage of the community's listings",
        "",
        f"Of {figures['rows']:,} listings on crawlable platforms that newsletters and job boards",
        f"of the community have shown (`make measure`), {figures['on_a_read_platform']:,}"
        f" ({figures['share']:.1%}) are on a platform that is read.",
        "LinkedIn, Indeed, Glassdoor, aggregators, short links, documents and pages of no known",
        "software are not counted. The rest:",
        "",
        "| platform, as the data names it | listings | why not |",
        "|---|---:|---|",
    ]
    lines += [f"| {r['platform']} | {r['rows']} | {r['why']} |" for r in figures["rest"]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    figures = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
    if figures is None:
        sys.exit("no listings.csv there")
    COVERAGE.parent.mkdir(exist_ok=True)
    COVERAGE.write_text(markdown(figures), encoding="utf-8")
