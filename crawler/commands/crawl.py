"""`rolecall crawl`: one night."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from crawler.commands import options


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE|platform]...")
@options.database
@options.catalogue
@options.fetching
@click.option("--quiet", "-q", is_flag=True, help="Print only what a person should look at (cron).")
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only look: the first page of each listing and N details at most.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show Scrapy's log, with tracebacks.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(
    names: tuple[str, ...],
    db: Path,
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    quiet: bool,
    sample: int | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Visit the sources of the catalogue and store what they show.

    Every source-run ends in one named outcome; only a listing read to its end may close postings.
    Exits with 1 when a source needs a person, 3 when another crawl is running.

    \b
    rolecall crawl                      every enabled source
    rolecall crawl lever umiami         one platform and one source
    rolecall crawl --quiet              from cron: silent when all is well
    """
    from crawler.night import progress
    from crawler.night.run import Night

    chosen = options.choose(options.folders(sources, only_sources), names)
    settings = options.fetch_settings(gateway, delay, strict_robots)
    if sample:
        settings["ROLECALL_SAMPLE"] = sample
    if verbose:
        settings["LOG_LEVEL"] = "INFO"
    terminal = sys.stderr.isatty() and not (quiet or verbose or as_json)
    console = Console(stderr=True)
    view: progress.Live | progress.Plain = progress.Plain(quiet or as_json)
    if terminal:
        view = progress.Live(console, total=len(chosen))
    with view:
        summary = Night(chosen, db, settings, view).run()
    if as_json:
        click.echo(progress.as_json(summary))
    else:
        progress.show_summary(summary, terminal=terminal, quiet=quiet)
    if summary.alarming:
        raise click.exceptions.Exit(1)
