"""Files written so that a reader never sees half of one."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from db.publish._format import Files


def write_file(path: Path, text: str) -> None:
    """Write a file in one step: the old one is there until the new one is whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(name, mode)  # mkstemp's own lets no web server read it
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_folder(folder: Path, files: Files, sweep: str | None = None) -> list[str]:
    """Write these files below the folder; files that are the same already are left alone.

    With `sweep` (the format's name) the folder remembers what was written: a file of the export
    before that is not among these is removed, unless somebody changed it. Others are not touched.
    Returns what was removed. Raises OSError.
    """
    written = {}
    for name, text in files.items():
        path = folder / name
        if not (path.is_file() and path.read_bytes() == text.encode()):
            write_file(path, text)
        written[name] = hashlib.sha256(text.encode()).hexdigest()
    if sweep is None:
        return []
    manifest = folder / f".rolecall-{sweep}.json"
    removed = [name for name in _remembered(manifest, folder) if name not in written]
    for name in removed:
        (folder / name).unlink()
    write_file(manifest, json.dumps(written, indent=0, sort_keys=True) + "\n")
    return removed


def _remembered(manifest: Path, folder: Path) -> list[str]:
    """The files of the export before that are as it wrote them."""
    try:
        said = json.loads(manifest.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    if not isinstance(said, dict):
        return []
    root = folder.resolve()
    found = []
    for name, digest in said.items():
        path = (folder / name).resolve()
        if root in path.parents and path.is_file():
            same = hashlib.sha256(path.read_bytes()).hexdigest() == digest
            found += [name] if same else []
    return sorted(found)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
