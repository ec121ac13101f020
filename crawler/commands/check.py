"""`rolecall check`: is each posting of a document still open?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from crawler import clock
from crawler.commands import options
from crawler.commands._documents import Document, read_apart, read_documents
from crawler.errors import ConfigError, RolecallError
from crawler.harvest import KINDS, Harvest, Lead, decoded, kind_of_name
from crawler.sources import read_catalogue

if TYPE_CHECKING:
    from crawler.night.check import Checked


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE|URL...")
@options.database
@options.catalogue
@options.fetching
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a Markdown report."
)
@click.option(
    "--prune",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the document without its closed postings; the document itself is not touched.",
)
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="What the documents are, when it is not seen."
)
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per posting.")
def command(
    names: tuple[str, ...],
    db: Path,
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    report: Path | None,
    prune: Path | None,
    kind: str | None,
    as_json: bool,
) -> None:
    """Say of each posting whether it is still open: open, closed, moved or unknown.

    FILE is a board (jobs.json), a newsletter, a YAML or CSV list, or a list of links. A URL is a
    posting, unless it ends like a document (.json, .md, .yml, .csv, .rss) or --kind is given.

    What the database saw in a listing today or the night before is not asked again. Everything
    else is asked as politely as in a crawl, by the platform of its link. A posting is closed only
    by its site's own word, by its absence from a complete listing, or by its deadline; refusals,
    time-outs and challenges are unknown. LinkedIn, Indeed and Glassdoor are never asked.

    Exits with 1 when a posting is closed. --prune works on one JSON, Markdown, YAML, CSV or text
    document.

    \b
    rolecall check jobs.json --report report.md --prune jobs-open.json
    rolecall check newsletter/190.md
    rolecall check --json https://jobs.lever.co/benchsci/b7db6660-...
    """
    from crawler.night import check_report, progress
    from crawler.night.check import Check, as_rows

    settings = options.fetch_settings(gateway, delay, strict_robots)
    catalogue = read_catalogue(options.folders(sources, only_sources))
    if prune:
        _may_prune(names, prune)
    documents = _documents(names, kind, settings)
    leads = [lead for document in documents for lead in document.harvest.leads]
    terminal = sys.stderr.isatty() and not as_json
    live = progress.Live(Console(stderr=True), total=None, what="Checking")
    view: progress.Live | progress.Plain = live if terminal else progress.Plain(quiet=True)
    with view:
        checked = Check(leads, catalogue, db, settings, view).run()
    if report:
        _write(report, check_report.as_markdown(checked, [d.called for d in documents]))
    if prune:
        _write(prune, _pruned(Path(names[0]), kind, checked))
    if as_json:
        click.echo(json.dumps(list(as_rows(checked)), indent=2, ensure_ascii=False))
    elif sys.stdout.isatty():
        Console().print(check_report.table(checked))
    else:
        for one in checked:
            click.echo(check_report.line(one))
        click.echo(check_report.last_line(checked))
    if any(one.state == "closed" for one in checked):
        raise click.exceptions.Exit(1)


def _documents(
    names: tuple[str, ...], kind: str | None, settings: dict[str, Any]
) -> list[Document]:
    """What is to be checked, in the order given; a URL that is a posting is a document of one."""
    found: list[Document] = []
    for name in dict.fromkeys(names):
        web = name.lower().startswith(("http://", "https://"))
        if web and not kind and kind_of_name(name) in (None, "html"):
            found.append(Document(name, Harvest("text", [Lead(name, where="command line")]), None))
        else:
            read = read_apart if web else read_documents
            found += read([name], kind, None, settings)
    return found


def _may_prune(names: tuple[str, ...], prune: Path) -> None:
    if len(names) != 1 or not Path(names[0]).is_file():
        raise ConfigError("--prune needs exactly one document, and that a file")
    if prune.resolve() == Path(names[0]).resolve():
        raise ConfigError(f"--prune {prune}: this is the document itself; name another file")


def _pruned(path: Path, kind: str | None, checked: list[Checked]) -> str:
    from crawler.night.check_prune import prune

    gone = {
        (one.lead.tidied, (one.lead.title or "").casefold())
        for one in checked
        if one.state == "closed"
    }
    data = path.read_bytes()
    text = decoded(data)
    if data.startswith(b"\xef\xbb\xbf"):
        text = f"\ufeff{text}"
    now = clock.now().isoformat(timespec="seconds")
    return prune(text, kind or kind_of_name(str(path)), gone, now)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise RolecallError(f"{path}: {error.strerror}") from None
