"""`rolecall coverage`: which employers of a list of postings nobody watches."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from crawler.commands import options
from crawler.commands._documents import read_documents
from crawler.harvest import KINDS
from crawler.placing import UNKNOWN, Placed, Placer, employer_key
from crawler.sources import read_catalogue


@dataclass
class Employer:
    """An employer that no source watches, and its postings in the documents."""

    postings: list[Placed] = field(default_factory=list)

    @property
    def name(self) -> str:
        said = Counter(p.lead.organization for p in self.postings if p.lead.organization)
        return said.most_common(1)[0][0] if said else _host(self.postings[0])

    @property
    def proposal(self) -> Any:
        return next((p.proposal for p in self.postings if p.proposal), None)

    @property
    def reason(self) -> str | None:
        """Why it is not watched: the reason of most of its postings, an entry's before others."""
        reasons = Counter(p.reason for p in self.postings if p.reason)
        told = [p.reason for p in self.postings if p.source and p.reason]
        return told[0] if told else (reasons.most_common(1)[0][0] if reasons else None)

    def as_row(self) -> dict[str, Any]:
        """As `coverage --json` prints it."""
        proposal = self.proposal
        return {
            "employer": self.name,
            "postings": len(self.postings),
            "platforms": sorted({p.platform for p in self.postings if p.platform}),
            "hosts": sorted({_host(p) for p in self.postings if p.lead.url}),
            "reason": self.reason,
            "source": next((p.source_id for p in self.postings if p.source_id), None),
            "entry": proposal.text if proposal else None,
            "note": proposal.note if proposal else None,
        }


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE|URL...")
@options.catalogue
@options.fetching
@click.option(
    "--kind", type=click.Choice(list(KINDS)), help="What the documents are, when it is not seen."
)
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per employer.")
def command(
    names: tuple[str, ...],
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    kind: str | None,
    as_json: bool,
) -> None:
    """Name the employers of a list of postings that no source of the catalogue watches.

    The list is a newsletter's archive, a community board or a feed. Employers come in the order of
    how often they appear, each with the platforms its links lead to and, where a platform is known,
    the entry that would watch it. An employer counts as watched when one of its sites is.

    \b
    rolecall coverage newsletter/*.md
    rolecall coverage --json jobs.yml
    """
    settings = options.fetch_settings(gateway, delay, strict_robots)
    catalogue = read_catalogue(options.folders(sources, only_sources))
    placer = Placer(catalogue)
    placed: list[Placed] = []
    for document in read_documents(names, kind, None, settings):
        placed += placer.place(document.harvest.leads, document.evidence)
    watched = {employer_key(s.employer) for s in catalogue.values() if s.enabled}
    missing = unwatched(placed, watched)
    if as_json:
        rows = [employer.as_row() for employer in missing]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for employer in missing:
        _show(employer)
    open_postings = sum(len(employer.postings) for employer in missing)
    click.echo(
        f"{len(missing)} employers are not watched; {open_postings} of {len(placed)} postings "
        "are theirs"
    )


def unwatched(placed: Iterable[Placed], watched: Iterable[str] = ()) -> list[Employer]:
    """The employers without a source, the most frequent first, then by name.

    `watched` are the keys of employers (crawler.placing.employer_key) known to be watched; those
    whose postings are watched on a site of their own are added: lists call one employer by several
    names. Postings that a watched board shows are watched, whoever the employer is.
    """
    placed = list(placed)
    known = set(watched) | {
        employer_key(one.lead.organization)
        for one in placed
        if one.watched and one.match and not one.match.platform.many_employers
    }
    employers: dict[str, Employer] = {}
    for one in placed:
        key = employer_key(one.lead.organization)
        if not one.watched and (not key or key not in known):
            employers.setdefault(key or _site(one), Employer()).postings.append(one)
    return sorted(employers.values(), key=lambda e: (-len(e.postings), e.name.casefold()))


def _site(one: Placed) -> str:
    """Stands for the employer where the list names none: the tenant, else the host."""
    return f"{one.platform}/{one.match.tenant}" if one.match else _host(one)


def _host(one: Placed) -> str:
    try:
        return urlsplit(one.lead.tidied or "").hostname or "(no link)"
    except ValueError:
        return "(no link)"


def _show(employer: Employer) -> None:
    row = employer.as_row()
    where = ", ".join(row["platforms"]) or ", ".join(row["hosts"]) or "no link"
    click.echo(f"{row['postings']:4}  {row['employer']}  ({where})")
    if row["reason"] and row["reason"] != UNKNOWN:
        click.echo(f"      {row['reason']}")
    if row["note"]:
        click.echo(f"      {row['note']}")
    if row["entry"]:
        click.echo("".join(f"      {line}\n" for line in row["entry"].splitlines()), nl=False)
