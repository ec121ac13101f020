"""`rolecall reparse`: kept answers, read again by the parsers of today."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.sources import read_catalogue

if TYPE_CHECKING:
    from crawler.night.reparse import Result

SHOWN = 60  # characters of a value


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@options.database
@options.catalogue
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per source.")
def command(
    names: tuple[str, ...],
    db: Path,
    sources: Path | None,
    only_sources: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read the sites' answers of the last weeks again, and store what differs.

    For a platform that was mended: what it extracts from the answers that a crawl kept (the newest
    detail of each posting, the listing of each last complete run, up to 60 days) replaces what is
    stored. No site is asked, and nothing opens, closes or counts as seen. Answers are not kept
    where ROLECALL_KEEP_ANSWERS is 0.

    \b
    rolecall reparse --dry-run umiami
    rolecall reparse
    """
    from crawler.night.reparse import reparse

    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    catalogue = read_catalogue(options.folders(sources, only_sources))

    def told(result: Result) -> None:
        if not as_json:
            _show(result, dry_run)

    results = reparse(db, catalogue, names, dry_run=dry_run, told=told)
    if as_json:
        click.echo(json.dumps([asdict(r) for r in results], indent=2, ensure_ascii=False))
        return
    read, changed = (sum(getattr(r, name) for r in results) for name in ("read", "changed"))
    would = "would say" if dry_run else "say"
    click.echo(f"{len(results)} sources, {read} postings read, {changed} {would} something else")


def _show(result: Result, dry_run: bool) -> None:
    reason = f" ({result.lost} lost: {result.reason})" if result.reason else ""
    click.echo(
        f"{result.source}: answers={result.answers} read={result.read} "
        f"changed={result.changed}{reason}"
    )
    if dry_run:
        for url, field, old, new in result.changes:
            click.echo(f"  {url}\n    {field}: {_short(old)} -> {_short(new)}")


def _short(value: object) -> str:
    text = " ".join(str(value).split()) if value is not None else "-"
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
