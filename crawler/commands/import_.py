"""`rolecall import`: posting links of documents become sources and "already listed"."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from crawler import clock
from crawler.commands import options
from crawler.commands._documents import Document, read_documents
from crawler.errors import ConfigError
from crawler.harvest import KINDS
from crawler.placing import Placed, Placer, Proposal
from crawler.sources import SHIPPED, read_catalogue


@click.command("import")
@click.argument("names", nargs=-1, required=True, metavar="FILE|URL...")
@options.database
@options.catalogue
@options.fetching
@click.option(
    "--mark-listed/--no-mark",
    default=True,
    show_default=True,
    help="Remember the postings as already listed, so that they are not offered again.",
)
@click.option("--issue", metavar="N", help="The newsletter's issue, where it does not say it.")
@click.option("--add", is_flag=True, help="Write the proposed sources into the catalogue.")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="What the documents are, when it is not seen."
)
@click.option("--json", "as_json", is_flag=True, help="Print postings and proposed sources.")
def command(
    names: tuple[str, ...],
    db: Path,
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    mark_listed: bool,
    issue: str | None,
    add: bool,
    kind: str | None,
    as_json: bool,
) -> None:
    """Harvest the posting links of newsletters, boards, pages and feeds.

    Reads Markdown, HTML, YAML, JSON, RSS, Atom and plain text. Each posting is placed: its
    platform, and the source that watches it. What no source watches is proposed as an entry of the
    catalogue, and what cannot be placed is printed with the reason. The postings themselves are
    remembered as already listed; use --no-mark for a board that is not your own. Nothing is asked
    of the career sites.

    \b
    rolecall import newsletter/*.md
    rolecall import --no-mark https://raw.githubusercontent.com/USRSE/usrse.github.io/main/_data/jobs.yml
    rolecall import --add --sources my-sources board.html
    pbpaste | rolecall import -
    """
    folders = options.folders(sources, only_sources)
    settings = options.fetch_settings(gateway, delay, strict_robots)
    placer = Placer(read_catalogue(folders))
    documents = read_documents(names, kind, issue, settings)
    placed = {d.name: placer.place(d.harvest.leads, d.evidence) for d in documents}
    postings = distinct(p for found in placed.values() for p in found)
    told = _remember(db, documents, placed, placer) if mark_listed else None
    added = _add(placer.proposals, sources or only_sources or SHIPPED, folders) if add else []
    if as_json:
        said = {
            "postings": [as_row(one) for one in postings],
            "sources": [proposed_row(proposal) for proposal in placer.proposals],
        }
        click.echo(json.dumps(said, indent=2, ensure_ascii=False))
        return
    _show(postings, documents, placer.proposals)
    for line in [*([told] if told else []), *added]:
        click.echo(line)


def distinct(placed: Iterable[Placed]) -> list[Placed]:
    """Each posting once, though several documents name it."""
    seen: dict[tuple[str | None, str], Placed] = {}
    for one in placed:
        seen.setdefault((one.lead.tidied, (one.lead.title or "").casefold()), one)
    return list(seen.values())


def as_row(one: Placed) -> dict[str, Any]:
    """A posting as `import --json` prints it."""
    return {
        "url": one.lead.url,
        "title": one.lead.title,
        "organization": one.lead.organization,
        "location": one.lead.location,
        "platform": one.platform,
        "source": one.source_id,
        "reason": one.reason,
    }


def proposed_row(proposal: Proposal) -> dict[str, Any]:
    """A proposed source as `import --json` prints it."""
    source = proposal.source
    return {
        "id": source.id,
        "platform": source.platform,
        "employer": source.employer,
        "url": source.url,
        "enabled": source.enabled,
        "entry": proposal.text,
        "note": proposal.note,
        "postings": len(proposal.leads),
    }


def _remember(
    db: Path, documents: list[Document], placed: dict[str, list[Placed]], placer: Placer
) -> str:
    """Tell the database what is listed; the line that says so."""
    from db import listed, store

    rows = [
        _listed_row(one, document)
        for document in documents
        for one in placed[document.name]
        if one.lead.tidied
    ]
    try:
        database = store.open_db(db)
    except sqlite3.Error as error:
        raise ConfigError(f"{db}: cannot be opened: {error}") from None
    at = clock.now().isoformat(timespec="seconds")
    counts = listed.mark_listed(database, rows, at, editor="import")
    again = ((number, _key(url, placer)) for number, url in listed.unplaced(database))
    later = listed.place(database, [(number, *key) for number, key in again if key])
    database.close()
    said = f"{db}: {counts.new} postings remembered as already listed"
    said += f" ({counts.marked} of them are stored)" if counts.marked else ""
    said += f", {counts.known} were known" if counts.known else ""
    return said + (f"; {later} of earlier imports can be placed now" if later else "")


def _listed_row(one: Placed, document: Document) -> dict[str, Any]:
    row: dict[str, Any] = {
        "url": one.lead.tidied,
        "title": one.lead.title,
        "organization": one.lead.organization,
        "issue": document.issue,
        "listed_on": one.lead.posted or document.harvest.date,
        "document": document.called,
        "platform": one.platform,
    }
    if one.match and one.match.key:
        row |= one.match.key._asdict()
    return row


def _key(url: str, placer: Placer) -> tuple[str, str, str] | None:
    try:
        match = placer.recogniser.recognise(url)
    except ConfigError:
        return None
    return match.key if match else None


def _add(proposals: list[Proposal], folder: Path, folders: list[Path]) -> list[str]:
    """Write the proposed entries; a line for each."""
    from crawler.catalogue_file import add_entry

    lines = []
    for proposal in proposals:
        path = add_entry(proposal.source, folder, folders)
        lines.append(f"{path}: added {proposal.source.id}")
    return lines


def _show(postings: list[Placed], documents: list[Document], proposals: list[Proposal]) -> None:
    """What was found, what cannot be placed or crawled and why, and the proposed entries."""
    placed = [one for one in postings if one.platform]
    of = f"{len(documents)} documents" if len(documents) != 1 else documents[0].name
    watched = sum(one.watched for one in postings)
    click.echo(
        f"{len(postings)} postings in {of}: {len(placed)} on known platforms, {watched} watched"
    )
    reasons: dict[str, list[Placed]] = {}
    for one in postings:
        if one.reason:
            reasons.setdefault(one.reason, []).append(one)
    for reason, ones in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        click.echo(f"\n{len(ones)}: {reason}")
        for one in ones:
            said = ", ".join(filter(None, (one.lead.title, one.lead.organization)))
            click.echo("  " + "  ".join(filter(None, (said, one.lead.url))))
    if proposals:
        click.echo(f"\n{len(proposals)} sources the catalogue lacks (--add writes them):")
    for proposal in proposals:
        note = f"# {proposal.note}\n" if proposal.note else ""
        click.echo(f"\n# {proposal.source.platform}.toml\n{note}{proposal.text}", nl=False)
    click.echo("")
