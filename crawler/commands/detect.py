"""`rolecall detect`: which platform is behind a link, and which posting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from crawler.commands import options
from crawler.errors import ConfigError
from crawler.recognise import Recogniser
from crawler.sources import read_catalogue


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@options.catalogue
@click.option("--json", "as_json", is_flag=True, help="Print an array, one object per URL.")
def command(
    urls: tuple[str, ...], sources: Path | None, only_sources: Path | None, as_json: bool
) -> None:
    """Say which platform is behind each URL, and which posting it is.

    No request is made: the URL itself and the catalogue decide. Exits with 1 when one of the URLs
    is unknown.

    \b
    rolecall detect https://jobs.lever.co/benchsci
    rolecall detect --json "$(pbpaste)"
    """
    folders = options.folders(sources, only_sources)
    recogniser = Recogniser(read_catalogue(folders).values())
    found = [describe(recogniser, url) for url in urls]
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for answer in found:
            click.echo(_as_text(answer))
    if any(answer["platform"] is None for answer in found):
        raise click.exceptions.Exit(1)


def describe(recogniser: Recogniser, url: str) -> dict[str, Any]:
    """One URL as `detect --json` prints it."""
    answer: dict[str, Any] = dict.fromkeys(
        ("platform", "tenant", "params", "posting_id", "key", "canonical_url", "evidence")
    )
    answer = {"url": url, **answer}
    try:
        match = recogniser.recognise(url)
    except ConfigError as error:
        return {**answer, "reason": str(error)}
    if match is None:
        return {**answer, "reason": "unknown"}
    answer |= {
        "platform": match.platform.platform,
        "tenant": match.tenant,
        "params": match.params.model_dump(exclude_none=True, mode="json"),
        "posting_id": match.posting_id,
        "key": match.key.key if match.key else None,
        "canonical_url": match.canonical_url,
        "evidence": match.evidence,
    }
    return answer if match.posting_id else {**answer, "reason": "not a posting"}


def _as_text(answer: dict[str, Any]) -> str:
    lines = [answer["url"]]
    if answer["platform"] is None:
        return f"{lines[0]}\n  {answer['reason']}: no platform or source claims this URL"
    params = " ".join(f"{key}={value}" for key, value in answer["params"].items())
    lines.append(f"  platform   {answer['platform']}  ({params})")
    lines.append(f"  tenant     {answer['tenant']}")
    lines.append(f"  posting    {answer['posting_id'] or 'none: this is a listing'}")
    lines.append(f"  canonical  {answer['canonical_url']}")
    lines.append(f"  evidence   {answer['evidence']}")
    return "\n".join(lines)
