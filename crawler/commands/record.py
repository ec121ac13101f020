"""`rolecall record`: a crawl of one source, kept as a fixture case."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crawler.commands import options
from crawler.errors import ConfigError

CHECKOUT = Path(__file__).resolve().parents[2]


@click.command()
@click.argument("source")
@click.argument("case", metavar="CASE")
@options.catalogue
@options.fetching
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder of fixtures (the checkout's tests/fixtures).",
)
def command(
    source: str,
    case: str,
    sources: Path | None,
    only_sources: Path | None,
    gateway: str | None,
    delay: float | None,
    strict_robots: bool,
    into: Path | None,
) -> None:
    """Crawl SOURCE once and keep every exchange as the fixture case CASE.

    Writes <platform>/<CASE>/: the source, the tape, and an expected.json whose test fails until a
    person has read it. Before a recording is published, replace its texts and names by your own.

    \b
    rolecall record umiami closed_posting
    """
    chosen = options.choose(options.folders(sources, only_sources), (source,))
    if len(chosen) != 1:
        raise ConfigError(f"{source!r} is a platform; name one of its sources")
    entry = chosen[0]
    folder = (into or CHECKOUT / "tests" / "fixtures") / entry.platform / case
    if folder.exists():
        raise ConfigError(f"{folder}: this case exists; choose another name")

    from crawler.night.one import record

    result = record(entry, folder / "tape", options.fetch_settings(gateway, delay, strict_robots))
    said = {"id": entry.id, "employer": entry.employer, "url": entry.url}
    lines = ["[[source]]", *(f"{name} = {json.dumps(value)}" for name, value in said.items())]
    lines += [f"params.{name} = {json.dumps(value)}" for name, value in entry.params.items()]
    (folder / "source.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = {"reviewed": False, **result}
    (folder / "expected.json").write_text(
        json.dumps(expected, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    click.echo(f"{folder}: {result['outcome']}, {len(result['postings'])} postings")
    click.echo('Its test fails until you have read expected.json and removed "reviewed": false.')
