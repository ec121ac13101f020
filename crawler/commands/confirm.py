"""`rolecall confirm`: a person says that a mass drop is real."""

from __future__ import annotations

from pathlib import Path

import click

from crawler import clock
from crawler.commands import options
from crawler.errors import ConfigError
from db import store


@click.command()
@click.argument("source")
@options.database
def command(source: str, db: Path) -> None:
    """Close the postings of SOURCE that a mass drop is holding open.

    When more than half of a board vanishes at once it is usually the site's fault, so nothing is
    closed until twelve complete runs agree, or you do.

    \b
    rolecall confirm umiami
    """
    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    database = store.open_db(db)
    closed = store.confirm(database, source, clock.today().isoformat())
    database.close()
    click.echo(f"{source}: {closed} postings closed" if closed else f"{source}: nothing was held")
