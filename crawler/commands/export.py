"""`rolecall export`: postings in the forms that newsletters, boards, feeds and web hosts take."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from crawler import clock
from crawler.commands import options
from crawler.errors import ConfigError
from db import publish, store

FORMATS = publish.formats()
LISTED = "\b\nFormats:\n" + "\n".join(
    f"  {name:<12}{declared.says}" for name, declared in FORMATS.items()
)


@click.command(epilog=LISTED)
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@options.database
@click.option("--issue", metavar="N", help="Only what is kept for this issue, or was listed in it.")
@click.option("--kept", is_flag=True, help="Only what the editor kept or listed.")
@click.option("--all", "everything", is_flag=True, help="Every open posting of some relevance.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="With --all: the least topic score.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only what was first seen on this day or later.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="No more than N postings.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Where to write; standard output otherwise. Several files need a folder.",
)
@click.option(
    "--site",
    metavar="URL",
    envvar="ROLECALL_SITE",
    default=publish.SITE,
    show_default=True,
    show_envvar=True,
    help="Where the board is on the web.",
)
@click.option("--name", help="What the board is called, in feeds and pages.")
def command(
    format_name: str,
    db: Path,
    issue: str | None,
    kept: bool,
    everything: bool,
    min_score: float,
    since: datetime | None,
    limit: int | None,
    output: Path | None,
    site: str,
    name: str | None,
) -> None:
    """Write postings as a newsletter's section, a board's files, a feed, a sheet or web pages.

    The newsletter takes what the editor kept, in his order; all others take the board. Postings
    that are closed, or the same as another one, are left out, and said on standard error.

    \b
    rolecall export newsletter --issue 189
    rolecall export board --kept -o ../newsletter/assets/data
    rolecall export usrse --since 2026-03-01
    rolecall export static --site https://jobs.example.org/ -o public
    """
    chosen_format = FORMATS[format_name]
    if everything and (kept or issue):
        raise click.UsageError("--all is everything: it goes with neither --kept nor --issue")
    if chosen_format.folder and output is None:
        raise click.UsageError(f"{format_name} is several files: name a folder with --output")
    if not site.startswith(("http://", "https://")):
        raise ConfigError(f"--site {site}: expected an address like https://jobs.example.org/")
    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    choice = publish.Choice(
        "all" if everything else "kept" if issue else chosen_format.rows,
        today=clock.today().isoformat(),
        issue=issue,
        decided=kept,
        min_score=min_score,
        since=since.date().isoformat() if since else None,
        limit=limit,
    )
    found, total = _read(db, choice)
    entries, left_out = publish.entries_of(found.rows)
    for title in found.closed:
        click.echo(f"left out: {title}: it is no longer open", err=True)
    for one in left_out:
        click.echo(f"left out: {one.title}: {one.reason}", err=True)
    if not entries:
        decided = choice.which == "kept" or kept
        hint = "kept; --all takes every open one" if decided else "open, or of that score"
        click.echo(f"no postings: nothing is {hint}", err=True)
    said: dict[str, Any] = {"name": name} if name else {}
    edition = publish.Edition(clock.now(), total, site.rstrip("/") + "/", **said)
    files = chosen_format.write(entries, edition)
    if output is None:
        click.echo(next(iter(files.values())), nl=False)
        return
    try:
        told = _write(output, format_name, files)
    except OSError as error:
        raise ConfigError(f"{output}: cannot be written: {error.strerror}") from None
    click.echo(f"{told}: {len(entries)} posting{'' if len(entries) == 1 else 's'}", err=True)


def _read(db: Path, choice: publish.Choice) -> tuple[publish.Chosen, int]:
    try:
        database = store.open_db(db)
    except sqlite3.Error as error:
        raise ConfigError(f"{db}: cannot be opened: {error}") from None
    found = publish.chosen(database, choice)
    total = publish.board_total(database)
    database.close()
    return found, total


def _write(output: Path, name: str, files: publish.Files) -> str:
    """Write the files; what to say of it."""
    chosen_format = FORMATS[name]
    if not chosen_format.folder:
        (file, text) = next(iter(files.items()))
        path = output / file if output.is_dir() else output
        publish.write_file(path, text)
        return str(path)
    removed = publish.write_folder(output, files, name if chosen_format.swept else None)
    gone = f", {len(removed)} removed" if removed else ""
    return f"{output}: {len(files)} files{gone}"
