"""Writing the catalogue: an entry as text, and adding it to its platform's file.

A file of the catalogue is edited by people, so everything else in it stays as it is, comments
included. The new text is written beside the file, read back and compared before it takes the file's
place in one step: the catalogue is never half-written and never says anything but what was asked.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawler.errors import ConfigError
from crawler.sources import Source, read_catalogue, read_file

# The order in which entries are written; the platform is the file's name.
ORDER = (
    "id", "employer", "aliases", "url", "params", "hosts", "country", "kind", "ror", "evidence",
    "note", "enabled", "reason", "moved_to",
)  # fmt: skip
START = re.compile(r"\[\[\s*source\s*\]\]\s*(?:#.*)?$")


def entry_text(source: Source) -> str:
    """The entry as TOML, with what it states and nothing else, ending in a line feed."""
    said = source.model_dump(mode="json", exclude_defaults=True)
    lines = [f"{name} = {_toml(said[name])}" for name in ORDER if name in said]
    return "\n".join(["[[source]]", *lines]) + "\n"


def add_entry(source: Source, folder: Path, folders: Iterable[Path] = ()) -> Path:
    """Write an entry into `<folder>/<platform>.toml`, sorted by id. Returns the file.

    `folders` are those of the whole catalogue, within which id and URL must be new; `folder` is one
    of them or stands alone. Raises ConfigError and leaves everything as it was when the entry does
    not fit, or when the file is in a form that cannot be edited safely.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of sources")
    path = (folder / f"{source.platform}.toml").resolve()  # a link stays one
    with _only_writer(path.parent):
        _refuse_known(source, [*folders, folder])
        before = read_file(path) if path.exists() else []
        old = _read(path) if path.exists() else ""
        eol = "\r\n" if "\r\n" in old else "\n"
        new = _inserted(old.replace("\r\n", "\n"), source)
        # A folder of its own on the same disk: the file keeps its name, which is the platform's.
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=path.parent) as beside:
            written = Path(beside) / path.name
            with written.open("w", encoding="utf-8", newline="") as handle:
                handle.write(new.replace("\n", eol))
                handle.flush()
                os.fsync(handle.fileno())
            _compare(written, [*before, source])
            if path.exists():
                shutil.copymode(path, written)
            os.replace(written, path)
    return path


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """One writer at a time; the kernel drops the lock when its process ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _refuse_known(source: Source, folders: list[Path]) -> None:
    catalogue = read_catalogue(dict.fromkeys(path.resolve() for path in folders))
    if source.id in catalogue:
        raise ConfigError(f"the id {source.id!r} is taken already; ids are unique")
    for known in catalogue.values():
        if known.url == source.url:
            raise ConfigError(f"{source.url} is the source {known.id!r} already")


def _compare(written: Path, expected: list[Source]) -> None:
    """Does the file say what it said before, plus the entry? Raises ConfigError."""
    try:
        found = read_file(written)
    except ConfigError as error:
        raise ConfigError(f"the entry cannot be written: {error}") from None
    if {source.id: source for source in found} != {source.id: source for source in expected}:
        raise ConfigError(
            f"{written.name} cannot be edited safely (is [[source]] inside a text?); add it by hand"
        )


def _inserted(text: str, source: Source) -> str:
    """The text with the entry before the first one whose id is greater."""
    entry = entry_text(source)
    if not text.strip():
        return entry
    head, blocks = _blocks(text)
    place = next((i for i, b in enumerate(blocks) if _id(b) > source.id), len(blocks))
    if place == len(blocks):
        return f"{text.rstrip()}\n\n{entry}"
    return "".join([head, *blocks[:place], f"{entry}\n", *blocks[place:]])


def _blocks(text: str) -> tuple[str, list[str]]:
    """What stands before the first entry, and each entry with the comment right above it."""
    lines = text.splitlines(keepends=True)
    starts = []
    for number, line in enumerate(lines):
        if START.match(line.strip()):
            while number and lines[number - 1].lstrip().startswith("#"):
                number -= 1
            starts.append(number)
    if not starts:
        return text, []
    ends = [*starts[1:], len(lines)]
    blocks = ["".join(lines[a:b]) for a, b in zip(starts, ends, strict=True)]
    return "".join(lines[: starts[0]]), blocks


def _id(block: str) -> str:
    try:
        return str(tomllib.loads(block)["source"][0]["id"])
    except (tomllib.TOMLDecodeError, KeyError, IndexError):
        return ""  # in no known form: the comparison afterwards decides


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as handle:
        return handle.read()


def _toml(value: Any) -> str:
    """A value as TOML. JSON's strings, numbers, truth and lists are TOML; mappings are not."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(name)} = {_toml(said)}" for name, said in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(said) for said in value)}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)
