"""`rolecall learn`: the scores follow the editor's marks; and how the shipped model is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from crawler import clock
from crawler.commands import options
from crawler.errors import ConfigError
from crawler.sources import read_catalogue
from db import scores, store
from pipelines.relevance import Model, marks, scored, shipped, words_of
from pipelines.relevance.examples import plain
from pipelines.relevance.model import SHIPPED
from pipelines.relevance.shipping import build


@click.command()
@options.database
@click.option("--forget", is_flag=True, help="Back to the shipped model.")
@click.option("--cv", is_flag=True, help="Print cross-validated figures of training on --data.")
@click.option("--ship", is_flag=True, help="Write the shipped model, trained on --data.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with listings.csv, negatives.csv and duplicate_pairs.csv.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=SHIPPED,
    help="Where --ship writes.  [default: the project's own file]",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def command(
    db: Path,
    forget: bool,
    cv: bool,
    ship: bool,
    data: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """Learn from the marks in the database, and score every stored posting again.

    A kept or listed posting speaks for both scores, a rejected one against the lower. The marks are
    added to the shipped model, which is described in docs/model-card.md; from then on a crawl
    uses the result, and `score_model` says so.

    \b
    rolecall learn                        after some dozens of marks, and again after more
    rolecall learn --forget               back to the shipped model
    rolecall learn --cv --data DIR        how good the shipped model's recipe is, by employer
    rolecall learn --ship --data DIR      train the shipped model anew
    """
    if cv or ship:
        if data is None:
            raise click.UsageError("--cv and --ship need --data DIR")
        click.echo(json.dumps(_recipe(data, out if ship else None), indent=2))
        return
    if data is not None:
        raise click.UsageError("--data belongs to --cv or --ship")
    if not db.exists():
        raise ConfigError(f"{db}: no such database; `rolecall crawl` makes it")
    database = store.open_db(db)
    try:
        done = _forget(database) if forget else _learn(database)
    finally:
        database.close()
    click.echo(json.dumps(done) if as_json else _sentence(done))


def _recipe(data: Path, out: Path | None) -> dict[str, Any]:
    kinds = {plain(s.employer): s.kind for s in read_catalogue().values() if s.kind}
    try:
        model, figures = build(data, kinds)
    except FileNotFoundError as missing:
        raise ConfigError(f"{missing}: no such file") from None
    if out is not None:
        out.write_bytes(model.as_bytes())
        return {"model": model.name, "file": str(out), "bytes": out.stat().st_size, **figures}
    return {"model": model.name, **figures}


def _learn(database: Database) -> dict[str, Any]:
    base = shipped()
    marked = [
        marks.Marked(words_of(row), row["decision"] != "reject") for row in scores.marked(database)
    ]
    kept = sum(mark.kept for mark in marked)
    done: dict[str, Any] = {"kept": kept, "rejected": len(marked) - kept}
    if min(done.values()) < marks.FEWEST:
        model = base
        scores.forget_models(database)
    else:
        changes = marks.changes_of(base, marked)
        model = base.with_weights(marks.name_of(base, marked, changes), changes)
        scores.add_model(
            database, name=model.name, base=base.name, marks=len(marked), changes=changes,
            at=clock.now().isoformat(timespec="seconds"),
        )  # fmt: skip
        before, after = marks.agreement(base, marked)
        done |= {"agreement_before": before, "agreement_after": after}
    return {**done, "model": model.name, "scored": _score_all(database, model)}


def _forget(database: Database) -> dict[str, Any]:
    scores.forget_models(database)
    return {"model": shipped().name, "scored": _score_all(database, shipped())}


def _score_all(database: Database, model: Model) -> int:
    """Score every stored posting; the write lock is held for milliseconds at a time."""
    count = 0
    for rows in scores.batches(database):
        scores.store_scores(database, [(row["id"], scored(row, model)) for row in rows])
        count += len(rows)
    return count


def _sentence(done: dict[str, Any]) -> str:
    end = f"{done['scored']} postings scored by {done['model']}"
    if "kept" not in done:
        return end
    said = f"{done['kept']} kept and {done['rejected']} rejected"
    if "agreement_after" not in done:
        few = marks.FEWEST
        return f"{said}: too few to learn from (at least {few} of each); {end}"
    before, after = done["agreement_before"], done["agreement_after"]
    return f"{said}: a kept one ranks above a rejected one {before:.0%} -> {after:.0%}; {end}"
