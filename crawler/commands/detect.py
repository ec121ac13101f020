"""`rolecall detect`: which platform is behind a link, and which posting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.platform import Match
from crawler.recognise import Recogniser, host_of
from crawler.sources import read_catalogue

FEW = 20  # URLs


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@options.catalogue
@options.fetching
@click.option("--fetch", is_flag=True, help="Look at the page of a URL that says too little.")
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per URL.")
def command(
    urls: tuple[str, ...],
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    fetch: bool,
    as_json: bool,
) -> None:
    """Say which platform is behind each URL, and which posting it is.

    The URL itself and the catalogue decide; with --fetch also the page of a URL that they leave
    open, asked for as politely as in a crawl. Exits with 1 when one of the URLs is unknown.

    \b
    rolecall detect https://jobs.lever.co/benchsci
    rolecall detect --fetch --json https://careers.example.org/
    """
    folders = options.folders(sources, only_sources)
    # A link of one host does not need the whole catalogue; a page may lead to any host.
    hosts = None if fetch or len(urls) > FEW else {host_of(url) for url in urls} - {""}
    recogniser = Recogniser(read_catalogue(folders, mentioning=hosts).values())
    found = [describe(recogniser, url) for url in urls]
    if fetch:
        look_at_pages(recogniser, found, options.fetch_settings(gateway, delay, strict_robots))
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for answer in found:
            click.echo(_as_text(answer))
    if any(answer["platform"] is None for answer in found):
        raise click.exceptions.Exit(1)


def describe(recogniser: Recogniser, url: str) -> dict[str, Any]:
    """One URL as `detect --json` prints it."""
    answer: dict[str, Any] = dict.fromkeys(
        ("platform", "tenant", "params", "posting_id", "key", "canonical_url", "evidence")
    )
    answer = {"url": url, **answer}
    try:
        match = recogniser.recognise(url)
    except ConfigError as error:
        return {**answer, "reason": str(error)}
    return _said(answer, match)


def look_at_pages(
    recogniser: Recogniser,
    found: list[dict[str, Any]],
    settings: dict[str, Any],
    *,
    generic: bool = False,
) -> dict[str, Match]:
    """Fetch the pages of the URLs that are unknown, and replace those answers in place.

    Returns the matches by URL; with `generic` also those of a generic engine that could read the
    page as a listing.
    """
    from crawler.fetch.document import fetch_documents

    open_ = [answer for answer in found if answer["platform"] is None]
    pages = fetch_documents((answer["url"] for answer in open_), settings) if open_ else {}
    matches: dict[str, Match] = {}
    for answer in open_:
        page = pages[answer["url"]]
        if page.failure or not isinstance(page.body, str):
            answer["reason"] = f"unknown, and its page: {page.failure or 'is no text'}"
            continue
        try:
            match = recogniser.recognise(page.url) or recogniser.recognise_page(page.url, page.body)
            if match is None and generic:
                match = recogniser.recognise_listing(page.url, page.body)
        except ConfigError as error:
            answer["reason"] = str(error)
            continue
        answer.pop("reason")
        answer |= _said(answer, match)
        if match:
            matches[answer["url"]] = match
    return matches


def _said(answer: dict[str, Any], match: Match | None) -> dict[str, Any]:
    if match is None:
        return {**answer, "reason": "unknown"}
    answer = answer | {
        "platform": match.platform.platform,
        "tenant": match.tenant,
        "params": match.params.model_dump(exclude_none=True, mode="json"),
        "posting_id": match.posting_id,
        "key": match.key.key if match.key else None,
        "canonical_url": match.canonical_url,
        "evidence": match.evidence,
    }
    return answer if match.posting_id else {**answer, "reason": "not a posting"}


def _as_text(answer: dict[str, Any]) -> str:
    lines = [answer["url"]]
    if answer["platform"] is None:
        return f"{lines[0]}\n  {answer['reason']}: no platform or source claims this URL"
    params = " ".join(f"{key}={value}" for key, value in answer["params"].items())
    lines.append(f"  platform   {answer['platform']}  ({params})")
    lines.append(f"  tenant     {answer['tenant']}")
    lines.append(f"  posting    {answer['posting_id'] or 'none: this is a listing'}")
    lines.append(f"  canonical  {answer['canonical_url']}")
    lines.append(f"  evidence   {answer['evidence']}")
    return "\n".join(lines)
