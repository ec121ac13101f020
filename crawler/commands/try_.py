"""`rolecall try`: one posting, read and printed, and stored if that is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.posting import Posting
from crawler.sources import read_catalogue


@click.command("try")
@click.argument("target", metavar="URL|FILE")
@options.catalogue
@options.fetching
@click.option("--url", "address", metavar="URL", help="The address of a saved page.")
@click.option("--employer", help="The employer, where a saved page does not say it.")
@click.option("--keep", is_flag=True, help="Store it in the database, as a posting added by hand.")
@options.database
@click.option("--json", "as_json", is_flag=True, help="Print every field as JSON.")
def command(
    target: str,
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    address: str | None,
    employer: str | None,
    keep: bool,
    db: Path,
    as_json: bool,
) -> None:
    """Read one posting from its URL, or from a page you saved, and print it; --keep also stores it.

    A saved page or PDF document needs no request: that is the way to read a site that must not be
    crawled. Without structured data it is read by its title, its text and what it labels.

    \b
    rolecall try https://jobs.lever.co/benchsci/b7db6660-...
    rolecall try ~/Downloads/posting.html
    rolecall try ~/Downloads/advert.pdf --employer Fernwood --url https://fernwood.example/advert.pdf
    rolecall try --keep https://jobs.lever.co/benchsci/b7db6660-...
    """
    from crawler.night import one

    catalogue = read_catalogue(options.folders(sources, only_sources))
    if Path(target).is_file():
        postings = one.read_saved_page(Path(target), address, employer)
    elif target.startswith(("http://", "https://")):
        settings = options.fetch_settings(gateway, delay, strict_robots)
        postings = [one.fetch(target, catalogue, settings)]
    else:
        raise ConfigError(f"{target}: neither a file nor an http(s) URL")
    if as_json:
        dumped = [posting.model_dump(mode="json") for posting in postings]
        click.echo(json.dumps(dumped, indent=2, ensure_ascii=False))
    else:
        click.echo("\n\n".join(_as_text(posting) for posting in postings))
    if keep:
        new = one.keep(db, postings, catalogue)
        told = f"{new} stored" if new else "known already, brought up to date"
        click.echo(f"{db}: {told}", err=True)


def _as_text(posting: Posting) -> str:
    said: dict[str, Any] = {
        "title": posting.title,
        "organization": posting.organization,
        "unit": posting.unit,
        "location": posting.location or "; ".join(posting.raw_location),
        "workplace": posting.workplace or posting.raw_workplace,
        "employment": posting.employment_type or posting.raw_employment_type,
        "posted": posting.date_posted or posting.raw_date_posted,
        "closes": posting.valid_through or posting.raw_valid_through,
        "pay": posting.raw_salary or posting.salary,
        "requisition": posting.requisition_id,
        "url": posting.url,
        "closed": posting.closed_reason,
        "keys": ", ".join("/".join(key) for key in posting.keys),
    }
    lines = [f"{name:13} {value}" for name, value in said.items() if value]
    text = (posting.description_text or "").strip()
    return "\n".join([*lines, "", text]) if text else "\n".join(lines)
