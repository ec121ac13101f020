"""`rolecall add`: a link becomes an entry of the catalogue, after a look at its listing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from crawler import clock
from crawler.catalogue_file import add_entry, entry_text
from crawler.commands import options
from crawler.commands.detect import describe, look_at_pages
from crawler.errors import ConfigError
from crawler.harvest.lead import Lead
from crawler.placing import Placed, Placer
from crawler.sources import SHIPPED, Source, read_catalogue


@click.command()
@click.argument("url")
@options.catalogue
@options.fetching
@click.option("--employer", help="The employer's name, as it should be shown.")
@click.option("--id", "source_id", help="The source's id; made from the employer's name otherwise.")
@click.option("--country", help="ISO 3166-1 alpha-2.")
@click.option("--kind", help="academia, lab, industry, nonprofit or public.")
@click.option("--yes", "-y", is_flag=True, help="Write the entry without asking.")
def command(
    url: str,
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    employer: str | None,
    source_id: str | None,
    country: str | None,
    kind: str | None,
    yes: bool,
) -> None:
    """Propose an entry for the career site behind URL, and write it.

    The listing is looked at once: how many postings, and three titles. Those must be the
    employer's own; nothing is guessed from a name. Where no platform is behind a page, a feed, a
    sitemap or a page of links to postings is proposed as what it is. The entry goes to
    --sources DIR when given, else into the shipped catalogue, sorted by id.

    \b
    rolecall add https://jobs.lever.co/benchsci --employer BenchSci --country CA --kind industry
    rolecall add --sources my-sources https://fernwood.wd5.myworkdayjobs.com/Careers/job/X_R-1
    """
    folders = options.folders(sources, only_sources)
    settings = options.fetch_settings(gateway, delay, strict_robots)
    placer = Placer(read_catalogue(folders))
    placed = _place(placer, url, employer, settings)
    if placed.source:
        state = "watched" if placed.source.enabled else f"not crawled: {placed.source.reason}"
        click.echo(f"{url} is the source {placed.source.id} already ({state})")
        return
    proposal = placed.proposal
    if proposal is None:
        raise ConfigError(f"{url}: {placed.reason or 'it does not say enough for an entry'}")
    said = {"id": source_id, "country": country, "kind": kind}
    stated = {name: value for name, value in said.items() if value}
    entry = Source.model_validate({**proposal.source.model_dump(), **stated})
    if entry.enabled:
        entry = _after_a_look(entry, gateway, delay, strict_robots)
    click.echo("\n" + entry_text(entry))
    if proposal.note:
        click.echo(f"Note: {proposal.note}")
    if yes or click.confirm("Write this entry?"):
        path = add_entry(entry, sources or only_sources or SHIPPED, folders)
        click.echo(f"{path}: added {entry.id}")


def _place(placer: Placer, url: str, employer: str | None, settings: dict[str, Any]) -> Placed:
    """The link on its platform, by the URL alone or by the page behind it."""
    (placed,) = placer.place([Lead(url, organization=employer)])
    if placed.match is None:
        answers = [describe(placer.recogniser, url)]
        matches = look_at_pages(placer.recogniser, answers, settings, generic=True)
        if url not in matches:
            raise ConfigError(f"{url}: {answers[0]['reason']}")
        placed = placer.place_match(Lead(url, organization=employer), matches[url])
    return placed


def _after_a_look(
    entry: Source, gateway: str | None, delay: float | None, strict_robots: bool
) -> Source:
    """The entry with what a look at its listing showed. Raises ConfigError when it showed nothing.

    The look is a crawl of its own, in a process of its own, into a database that is thrown away.
    """
    with tempfile.TemporaryDirectory(prefix="rolecall-add-") as folder:
        (Path(folder) / f"{entry.platform}.toml").write_text(entry_text(entry), encoding="utf-8")
        db = Path(folder) / "look.db"
        asked = ["crawl", "--sample", "3", "--db", str(db), "--only-sources", folder, "--quiet"]
        asked += ["--gateway", gateway] if gateway else []
        asked += ["--delay", str(delay)] if delay is not None else []
        asked += ["--strict-robots"] if strict_robots else []
        subprocess.run([sys.executable, "-m", "crawler.cli", *asked], capture_output=True)
        if not db.exists():
            raise ConfigError(f"{entry.url}: the listing could not be looked at")
        with closing(sqlite3.connect(db)) as connection:
            outcome, reason, listed, total = connection.execute(
                "SELECT outcome, reason, listed, declared_total FROM source_runs"
            ).fetchone()
            titles = connection.execute("SELECT title FROM postings ORDER BY id LIMIT 3").fetchall()
    if not listed and outcome != "empty":
        raise ConfigError(f"{entry.url}: {outcome}: {reason}")
    click.echo(f"{entry.employer}: {max(total or 0, listed)} postings")
    for (title,) in titles:
        click.echo(f"  {title}")
    seen = f"{max(total or 0, listed)} postings on {clock.today().isoformat()}"
    return entry.model_copy(update={"evidence": seen})
