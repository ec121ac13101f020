"""Files are written whole or not at all, and an export removes only what exports wrote."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from db.publish import write_file, write_folder


def names(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.startswith(".rolecall-"))


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jobs.json"
    write_file(path, "old")
    path.chmod(0o600)
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_file(path, "new")
    monkeypatch.undo()
    assert (path.read_text(), names(tmp_path)) == ("old", ["jobs.json"])
    write_file(path, "new\r\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new\r\n", 0o600)


def test_a_new_file_is_readable_for_a_web_server(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_file(tmp_path / "sub" / "index.html", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "sub" / "index.html").stat().st_mode & 0o777 == 0o644


def test_what_is_no_longer_published_goes_and_all_else_stays(tmp_path: Path) -> None:
    write_folder(tmp_path, {"index.html": "1", "postings/1.html": "a", "postings/2.html": "b",
                            "postings/3.html": "c"}, "static")  # fmt: skip
    (tmp_path / "CNAME").write_text("jobs.example.org")
    (tmp_path / "postings" / "2.html").write_text("edited by hand")
    removed = write_folder(tmp_path, {"index.html": "2"}, "static")
    assert removed == ["postings/1.html", "postings/3.html"]
    assert names(tmp_path) == ["CNAME", "index.html", "postings/2.html"]
    assert (tmp_path / "index.html").read_text() == "2"
    assert write_folder(tmp_path, {}, "other") == []
    assert "index.html" in names(tmp_path)


def test_a_file_that_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a": "x"})
    os.utime(tmp_path / "a", (1, 1))
    write_folder(tmp_path, {"a": "x"})
    assert (tmp_path / "a").stat().st_mtime == 1
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("manifest", ["not JSON", "[]", '{"../outside.txt": "DIGEST"}'])
def test_a_manifest_that_lies_removes_nothing(tmp_path: Path, manifest: str) -> None:
    import hashlib

    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    digest = hashlib.sha256(b"mine").hexdigest()
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / ".rolecall-static.json").write_text(manifest.replace("DIGEST", digest))
    assert write_folder(folder, {"index.html": "1"}, "static") == []
    assert outside.exists()
    assert list(json.loads((folder / ".rolecall-static.json").read_text())) == ["index.html"]
