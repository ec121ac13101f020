"""docs/platforms.md and docs/catalogue.md, made from the platforms and the shipped catalogue.

`python -m crawler.registry` writes both; a test keeps them equal to the code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from crawler.loader import platforms
from crawler.patterns import Listing
from crawler.platform import Platform
from crawler.sources import read_catalogue

DOCS = Path(__file__).resolve().parent.parent / "docs"
# Measured on the maintainers' data by `python -m tests.measure.coverage`, which writes it.
COVERAGE = DOCS / "parts" / "coverage.md"


def platforms_markdown() -> str:
    """Every platform: its sources, and how it is read and closed."""
    sources = read_catalogue().values()
    every = Counter(source.platform for source in sources)
    enabled = Counter(source.platform for source in sources if source.enabled)
    read = {name: p for name, p in platforms().items() if not p.unread}
    unread = {name: p for name, p in platforms().items() if p.unread}
    lines = [
        "# Platforms",
        "",
        f"{len(read)} platforms are read and {len(unread)} more are recognised. Each is one file",
        "in `spiders/`, whose docstring has the endpoints, the traps and where each fact is from.",
        "This page is made by `python -m crawler.registry`.",
        "",
        "## Read",
        "",
        "| platform | enabled / all sources | listing | what closes a posting | politeness |",
        "|---|---:|---|---|---|",
    ]
    for name, platform in read.items():
        cells = (
            f"[{platform.label}](../spiders/{name}.py)", f"{enabled[name]} / {every[name]}",
            _listing(platform), _closing(platform), _politeness(platform),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", COVERAGE.read_text(encoding="utf-8").rstrip()]
    lines += [
        "",
        "## Recognised",
        "",
        "Their links are told apart, and their sources stand in the catalogue, not enabled.",
        "",
        "| platform | sources | why it is not read |",
        "|---|---:|---|",
    ]
    for name, platform in unread.items():
        label = f"[{platform.label}](../spiders/{name}.py)"
        lines.append(f"| {label} | {every[name]} | {platform.unread} |")
    return "\n".join(lines) + "\n"


def _listing(platform: type[Platform]) -> str:
    if not platform.listing_is_authoritative:
        return "may leave postings out"
    slack = platform.total_slack
    return f"complete, up to {slack:.0%} of its total" if slack else "complete"


def _closing(platform: type[Platform]) -> str:
    ways = []
    if issubclass(platform, Listing) and (
        platform.closed is not Listing.closed or platform.closed_statuses or platform.closed_words
    ):
        ways.append("its page's own word")
    if platform.listing_is_authoritative:
        ways.append("absence from three complete runs")
    return ", ".join([*ways, "its deadline"])


def _politeness(platform: type[Platform]) -> str:
    said = [f"all of {domain} is one host" for domain in platform.shared_back_ends]
    said += [f"[documented API]({link}) at {host}" for host, link in platform.public_api.items()]
    return "; ".join(said) or "per host"


def catalogue_markdown() -> str:
    """Every source by employer, and the figures."""
    sources = sorted(read_catalogue().values(), key=lambda s: (s.employer.casefold(), s.id))
    enabled = [source for source in sources if source.enabled]
    lines = [
        "# Catalogue",
        "",
        f"{len(sources)} career sites, {len(enabled)} of them crawled. Each is an entry in",
        "`spiders/sources/`. This page is made by `python -m crawler.registry`.",
        "",
        f"By kind: {_counts(source.kind for source in sources)}.",
        "",
        f"By country: {_counts(source.country for source in sources)}.",
        "",
        "| employer | country | kind | platform | source | crawled |",
        "|---|---|---|---|---|---|",
    ]
    for source in sources:
        crawled = "yes" if source.enabled else _cell(f"no: {source.reason}")
        cells = (
            f"[{_cell(source.employer)}]({source.url})", source.country or "", source.kind or "",
            source.platform, source.id, crawled,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _counts(values: Iterable[str | None]) -> str:
    counts = Counter(value or "not stated" for value in values)
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES = {"platforms.md": platforms_markdown, "catalogue.md": catalogue_markdown}


def main() -> None:
    """Write the pages."""
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
