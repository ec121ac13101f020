"""`rolecall report`: how the sources are, from the database alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlite_utils import Database

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.moves import DARK, Move, moves
from crawler.night.outcome import is_alarming
from db import store


@click.command()
@options.database
@click.option("--all", "everything", is_flag=True, help="Also the sources that are well.")
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per source.")
def command(db: Path, everything: bool, as_json: bool) -> None:
    """Say which sources need a person, and why.

    Exits with 1 when there is one.

    \b
    rolecall report
    rolecall report --all --json
    """
    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    database = store.open_db(db)
    sources = []
    for row in store.source_health(database):
        row["alarming"] = is_alarming(store.history(database, row["source"])["outcomes"])
        sources.append(row)
    told = _moves(database, sources)
    database.close()
    for row in sources:
        move = told.get(row["source"])
        row["moved_to"] = move.url if move else None
    alarming = [row for row in sources if row["alarming"]]
    shown = sources if everything else alarming
    if as_json:
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    else:
        if shown:
            Console().print(_table(shown))
        for move in told.values():
            click.echo(f"{move.source} may have moved to {move.platform}: {move.seen}, {move.url}")
            click.echo("\n".join(f"    {line}" for line in move.edit.splitlines()))
        well = len(sources) - len(alarming)
        click.echo(f"{len(sources)} sources visited, {well} well, {len(alarming)} to look at")
    if alarming:
        raise click.exceptions.Exit(1)


def _moves(database: Database, sources: list[dict[str, Any]]) -> dict[str, Move]:
    """Sources that went dark while their employer is seen elsewhere."""
    dark = [row for row in sources if row["outcome"] in DARK and row["alarming"]]
    well = [row for row in sources if row["outcome"] not in DARK]
    listed = database.query("SELECT organization, platform, url, listed_on FROM listed")
    return moves(dark, well, listed) if dark else {}


COLUMNS = {  # heading -> column of the view source_health
    "source": "source",
    "outcome": "outcome",
    "listed": "listed",
    "usual": "median_listed",
    "open": "open_postings",
    "last ok": "last_ok",
    "reason": "reason",
}


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(header_style="bold")
    for heading in COLUMNS:
        numeric = heading in ("listed", "usual", "open")
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        cells = (row[column] for column in COLUMNS.values())
        table.add_row(*("" if cell is None else escape(str(cell)) for cell in cells))
    return table
