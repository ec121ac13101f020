"""`rolecall dedupe`: which postings are one vacancy, for a database that exists."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.sources import read_catalogue
from db import store


@click.command()
@options.database
@options.catalogue
@click.option("--all", "everything", is_flag=True, help="Compare all postings anew.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def command(
    db: Path, sources: Path | None, only_sources: Path | None, everything: bool, as_json: bool
) -> None:
    """Find postings that repeat another one, as every night does.

    Compares what is new or changed since the last time. What an editor took apart (the mark
    not_duplicate) stays apart, also with --all.

    \b
    rolecall dedupe
    rolecall dedupe --all --db old.db
    """
    from crawler.night.duplicates import find_duplicates, link_reader
    from crawler.night.run import lock
    from crawler.recognise import Recogniser

    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    catalogue = read_catalogue(options.folders(sources, only_sources))
    started = time.monotonic()
    with lock(db):
        database = store.open_db(db)
        found = find_duplicates(
            database,
            link_reader(Recogniser(catalogue.values())),
            everything=everything,
            told=_progress if sys.stderr.isatty() and not as_json else _silent,
        )
        database.close()
    if as_json:
        seconds = round(time.monotonic() - started, 1)
        click.echo(json.dumps({**vars(found), "seconds": seconds}, indent=2))
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.kinds.items()))
    click.echo(f"{found.compared} postings compared, {found.comparisons} comparisons")
    click.echo(f"pairs: {kinds or 'none'}; {found.pointed} postings point elsewhere than before")


def _progress(step: str, done: int, total: int) -> None:
    click.echo(f"\r{step} {done}/{total}   ", nl=False, err=True)


def _silent(step: str, done: int, total: int) -> None:
    pass
