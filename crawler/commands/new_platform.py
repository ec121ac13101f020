"""`rolecall new-platform`: the files of a platform in the making."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from crawler.errors import ConfigError
from crawler.recognise import Recogniser
from crawler.scaffold import draft
from crawler.sources import read_catalogue

NEXT = """
Next: read what the site answers and write spiders/{name}.py. Put answers in the site's form,
with your own texts, into tests/fixtures/{name}/normal/tape; `rolecall record {source} first`
makes a case from the live site to start from. Until all is there,

    .venv/bin/python -m pytest -k {name}

says what is missing. Then enable the source and run `python -m crawler.registry`."""
CHECKOUT = Path(__file__).resolve().parents[2]


@click.command()
@click.argument("name")
@click.argument("url")
@click.option("--posting", metavar="URL", help="The address of one of its postings, for the rules.")
@click.option("--employer", help="The employer whose site it is, as it should be shown.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=CHECKOUT,
    help="The checkout to write to (this one).",
)
def command(name: str, url: str, posting: str | None, employer: str | None, into: Path) -> None:
    """Start the platform NAME from URL, the address of a career site that runs on it.

    Writes spiders/NAME.py with comments where extraction is missing, the fixture cases that every
    platform shows, and an entry of the catalogue. The tests of the platform fail until it is
    written; they say what is missing. Nothing else needs an edit.

    \b
    rolecall new-platform fernhire https://quantenhof.fernhire.example/openings
    rolecall new-platform fernhire https://quantenhof.fernhire.example/openings \\
        --posting https://quantenhof.fernhire.example/openings/4711-data-steward
    """
    made = draft(name, url, posting=posting, employer=employer)
    for link in filter(None, (url, posting)):
        claimed = Recogniser().recognise(link)
        if claimed:
            label = claimed.platform.label
            raise ConfigError(f"{link} is of {label} already; try `rolecall add {link}`")
    if made.source.id in read_catalogue():
        raise ConfigError(f"the source id {made.source.id!r} is taken; say --employer and edit it")
    files = made.files()
    there = [path for path in files if (into / path).exists()]
    if there:
        raise ConfigError(f"{into / there[0]}: exists already; choose another name")
    for path, text in files.items():
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_text(text, encoding="utf-8")
        click.echo(f"wrote {path}")
    if into == CHECKOUT:
        subprocess.run([sys.executable, "-m", "crawler.registry"], check=True)
    click.echo(NEXT.format(name=name, source=made.source.id))
