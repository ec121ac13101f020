"""Documents named on the command line, read and harvested; shared by `import` and `coverage`."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from crawler.errors import RolecallError
from crawler.harvest import LARGEST, Harvest, HarvestError, decoded, harvest, kind_of_name


class Unreadable(RolecallError):
    """Documents that cannot be read, a line each."""


@dataclass(frozen=True)
class Document:
    """A document and what it yielded; `name` is as given on the command line."""

    name: str
    harvest: Harvest
    issue: str | None

    @property
    def called(self) -> str:
        """What a person would call it: the issue's number, else the file's name."""
        if self.issue:
            return f"newsletter issue {self.issue}"
        return self.name if "://" in self.name else Path(self.name).name

    @property
    def evidence(self) -> str:
        """For entries of the catalogue: where and when a posting was seen."""
        return f"posting in {self.called}" + (f", {self.harvest.date}" if self.harvest.date else "")


def read_documents(
    names: Iterable[str], kind: str | None, issue: str | None, options: Mapping[str, Any]
) -> list[Document]:
    """Read files, `-` (standard input) and http(s) URLs, and harvest them.

    What was skipped in them is told on standard error. Raises Unreadable when one cannot be read:
    then nothing is done with the others either.
    """
    names = list(dict.fromkeys(names))
    web = [name for name in names if _is_web(name)]
    fetched: Mapping[str, Any] = {}
    if web:
        from crawler.fetch.document import fetch_documents

        fetched = fetch_documents(web, options)
    documents, faults = [], []
    for name in names:
        try:
            base = name if _is_web(name) else None
            if name in fetched:
                if fetched[name].failure:
                    raise HarvestError(fetched[name].failure)
                base = fetched[name].url
            text = _text(fetched[name].body if name in fetched else _bytes(name))
            found = harvest(text, kind or kind_of_name(name), base)
        except (HarvestError, OSError) as error:
            said = error.strerror if isinstance(error, OSError) else str(error)
            faults.append(f"{name}: {said}")
            continue
        documents.append(Document(name, found, issue or found.issue))
        for skipped in found.skipped:
            click.echo(
                f"{name}: {skipped.where}: skipped: {skipped.reason}: {skipped.what}", err=True
            )
    if faults:
        raise Unreadable("\nrolecall: ".join(faults))
    return documents


def read_apart(
    names: Iterable[str], kind: str | None, issue: str | None, options: Mapping[str, Any]
) -> list[Document]:
    """`read_documents` in a process of its own, for commands that crawl afterwards.

    Twisted's reactor runs once per process, and fetching a document is a run of it.
    """
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawned) as process:
        return process.submit(read_documents, list(names), kind, issue, options).result()


def _bytes(name: str) -> bytes:
    """The content of a file, no more than may be harvested and one byte."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as handle:
        return handle.read(LARGEST + 1)


def _text(body: str | bytes) -> str:
    return body if isinstance(body, str) else decoded(body)


def _is_web(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))
