"""Writing the catalogue: sorted, everything else as it was, and never half-written."""

from __future__ import annotations

import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from crawler import catalogue_file
from crawler.catalogue_file import add_entry, entry_text
from crawler.errors import ConfigError
from crawler.sources import SHIPPED, Source, read_catalogue, read_file

HAND_WRITTEN = """# Boards on Lever, sorted by id.
# Kept by hand.

# found by Otter
[[source]]
id = "fern-labs"      # a note in the line
employer = "Fern Labs"
url = "https://jobs.lever.co/fernlabs"

[[source]]   # oddly spaced
  id = "quantenhof"
  employer = 'Quantenhof "Q" Institut'
  url = "https://jobs.eu.lever.co/quantenhof"
  [source.params]
  region = "eu"
# the end
"""


def source(id: str, platform: str = "lever", **more: object) -> Source:
    said = {"employer": id.title(), "url": f"https://jobs.lever.co/{id}", **more}
    return Source.model_validate({"id": id, "platform": platform, **said})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lever.toml").write_text(HAND_WRITTEN, encoding="utf-8")
    return tmp_path


def test_an_entry_as_text() -> None:
    full = source(
        "marl", "workday", employer='Marl "M" \\ Søn\x7f', params={"a b": 1, "x": ["y", True]},
        hosts=("m.example",), country="GB", kind="lab", evidence="posting, 2026",
        enabled=False, reason="no spider yet",
    )  # fmt: skip
    assert entry_text(full) == (
        "[[source]]\n"
        'id = "marl"\n'
        'employer = "Marl \\"M\\" \\\\ Søn\\u007f"\n'
        'url = "https://jobs.lever.co/marl"\n'
        'params = { "a b" = 1, x = ["y", true] }\n'
        'hosts = ["m.example"]\n'
        'country = "GB"\n'
        'kind = "lab"\n'
        'evidence = "posting, 2026"\n'
        "enabled = false\n"
        'reason = "no spider yet"\n'
    )


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    shipped = read_catalogue([SHIPPED])
    some = list(shipped)[:: max(1, len(shipped) // 100)]
    for name in reversed(some):
        path = add_entry(shipped[name], tmp_path)
        assert path == tmp_path / f"{shipped[name].platform}.toml"
    assert read_catalogue([tmp_path]) == {name: shipped[name] for name in some}


@pytest.mark.parametrize(
    ("id", "before"),
    [
        ("alder", "# found by Otter\n[[source]]\nid = \"fern-labs\""),
        ("heron", "[[source]]   # oddly spaced"),
        ("zander", None),
    ],
)  # fmt: skip
def test_an_entry_is_put_in_its_place_and_the_rest_kept(
    folder: Path, id: str, before: str | None
) -> None:
    path = add_entry(source(id), folder)
    text = path.read_text(encoding="utf-8")
    entry = entry_text(source(id))
    assert [s.id for s in read_file(path)] == sorted(["fern-labs", "quantenhof", id])
    if before:
        assert f"{entry}\n{before}" in text
        assert text.replace(f"{entry}\n", "") == HAND_WRITTEN
    else:
        assert text == f"{HAND_WRITTEN}\n{entry}"


def test_a_new_file_an_empty_one_and_one_of_comments(tmp_path: Path) -> None:
    assert add_entry(source("a"), tmp_path).read_text() == entry_text(source("a"))
    (tmp_path / "workday.toml").write_text("\n")
    made = add_entry(source("b", "workday", url="https://b.example/"), tmp_path).read_text()
    assert made.startswith("[[source]]\n")
    (tmp_path / "taleo.toml").write_text("# nothing yet")
    made = add_entry(source("c", "taleo", url="https://c.example/"), tmp_path).read_text()
    assert made.startswith("# nothing yet\n\n[[source]]\n")


def test_line_ends_mode_and_links_stay(folder: Path) -> None:
    path = folder / "lever.toml"
    path.write_bytes(HAND_WRITTEN.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    there = folder / "linked"
    there.mkdir()
    (there / "lever.toml").symlink_to(path)
    assert add_entry(source("heron"), there) == path
    assert path.read_bytes().replace(b"\r\n", b"").count(b"\n") == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (there / "lever.toml").is_symlink()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (source("fern-labs"), "the id 'fern-labs' is taken already"),
        (source("other", url="https://jobs.lever.co/fernlabs"), "the source 'fern-labs'"),
        (source("marl", "workday", url="https://jobs.lever.co/otter"), "'otter' already"),
    ],
    ids=["id", "url", "another folder"],
)  # fmt: skip
def test_what_is_known_is_refused(folder: Path, tmp_path: Path, entry: Source, said: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    add_entry(source("otter", "taleo"), other)
    with pytest.raises(ConfigError, match=said):
        add_entry(entry, folder, [other])
    assert (folder / "lever.toml").read_text(encoding="utf-8") == HAND_WRITTEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]\n", "cannot be read"),
        ('[[source]]\nid = "x"\n', "the key 'employer' is missing"),
        (
            '[[source]]\nid="a"\nemployer="A"\nurl="https://a.example"\n'
            'note="""\n[[source]]\nid="z" #"""\n',
            "cannot be edited safely",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_edited_stays_as_it_is(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "lever.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=said):
        add_entry(source("heron"), tmp_path)
    assert path.read_text() == text
    assert os.listdir(tmp_path) == ["lever.toml"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(catalogue_file.os, step, fail)
    with pytest.raises(OSError, match="No space"):
        add_entry(source("heron"), folder)
    monkeypatch.undo()
    assert (folder / "lever.toml").read_text(encoding="utf-8") == HAND_WRITTEN
    assert os.listdir(folder) == ["lever.toml"]


def _add(folder: Path, number: int) -> None:
    add_entry(source(f"site-{number:02}"), folder)


def test_two_at_once_lose_nothing(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_add, args=(folder, n)) for n in range(12)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    ids = [s.id for s in read_file(folder / "lever.toml")]
    assert ids == sorted(["fern-labs", "quantenhof", *(f"site-{n:02}" for n in range(12))])
