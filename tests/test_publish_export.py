"""`rolecall export`, and `rolecall import` of what it wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from db.publish import formats
from tests.nights import CHECKOUT
from tests.store_house import House, posting
from tests.test_cli import rolecall

Run = Callable[..., "CompletedProcess[str]"]
NOW = "2026-03-02T06:30:00+00:00"

POSTINGS = [
    posting(
        "jobs-41", title="Lead, Research Software", location="Boston MA USA",
        url="https://jobs.lever.co/fernwood/0c9f9a5e-7a0e-4c25-9a3d-2f6f7c1b8e41",
        keys=[["lever", "fernwood", "0c9f9a5e-7a0e-4c25-9a3d-2f6f7c1b8e41"]],
        description_text="You will lead eight engineers. " * 6,
        places=[{"city": "Boston", "region": "MA", "country": "US"}],
    ),
    posting(
        "jobs-42", title="HPC [Systems] Manager (a|b)", location="London UK",
        url="https://jobs.lever.co/fernwood/5b1c8f0a-3a75-4d5e-b7e1-90f3f0d2a942?x=(1)#a%20b",
        keys=[["lever", "fernwood", "5b1c8f0a-3a75-4d5e-b7e1-90f3f0d2a942"]],
        places=[{"city": "London", "country": "GB"}],
    ),
    posting("jobs-43", title="Bursar", location="London UK"),
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three open postings, two of them kept."""
    path = tmp_path / "rolecall.db"
    house = House(path)
    house.next_day()
    house.visit(*POSTINGS)
    for number, position in ((1, 2), (2, 1)):
        house.db["marks"].insert(
            {"posting": number, "decision": "keep", "position": position, "issue": "189",
             "at": "2026-03-01T10:00:00+00:00"}
        )  # fmt: skip
    house.close()
    return path


@pytest.fixture
def export(db: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ROLECALL_NOW", NOW)
    return lambda *words: rolecall("export", *words, "--db", str(db))


def test_the_newsletter_goes_to_standard_output(export: Run) -> None:
    done = export("newsletter", "--issue", "189", "--site", "https://jobs.example.org")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if line.startswith("**[")]
    assert lines == [
        "**[HPC &#91;Systems&#93; Manager (a&#124;b)](https://jobs.lever.co/fernwood/5b1c8f0a-3a75-"
        "4d5e-b7e1-90f3f0d2a942?x=(1)#a%20b)** - Fernwood University, London UK <br/>",
        "**[Lead, Research Software](https://jobs.lever.co/fernwood/0c9f9a5e-7a0e-4c25-9a3d-"
        "2f6f7c1b8e41)** - Fernwood University, Boston MA USA <br/>",
    ]
    assert "the full listing of 3 jobs" in done.stdout
    assert "[the job board](https://jobs.example.org/)" in done.stdout


def test_files_folders_and_options(export: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert export("usrse", "--kept", "-o", str(out / "jobs.yml")).returncode == 0
    assert len(yaml.safe_load((out / "jobs.yml").read_text())) == 2
    assert export("csv", "--limit", "1", "-o", str(out)).returncode == 0
    assert len((out / "postings.csv").read_text().splitlines()) == 2
    done = export("board", "--kept", "-o", str(out))
    assert done.stderr == f"{out}: 2 files: 2 postings\n"
    assert json.loads((out / "jobs.json").read_text())["count"] == 2
    for name, declared in formats().items():
        if declared.folder:
            assert export(name, "--all", "--min-score", "0", "-o", str(out / name)).returncode == 0
            assert any((out / name).iterdir())
    kept = export("static", "--kept", "-o", str(out / "static"))
    assert kept.stderr.endswith(", 1 removed: 2 postings\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["board"], "name a folder with --output"),
        (["newsletter", "--all", "--issue", "1"], "--all is everything"),
        (["nonsense"], "'nonsense' is not one of"),
        (["csv", "--since", "yesterday"], "'yesterday' does not match"),
        (["csv", "--site", "jobs.example.org"], "expected an address like"),
        (["csv", "-o", "/dev/null/x.csv"], "/dev/null/x.csv: cannot be written"),
    ],
)
def test_mistakes_are_a_line_and_status_2(export: Run, words: list[str], said: str) -> None:
    done = export(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_no_database_is_a_mistake_too(tmp_path: Path) -> None:
    done = rolecall("export", "csv", "--db", str(tmp_path / "none.db"))
    assert done.returncode == 2
    assert not (tmp_path / "none.db").exists()


def test_what_is_left_out_is_said(export: Run, db: Path) -> None:
    house = House(db)
    house.db["postings"].update(1, {"closed_at": "2026-03-01"})
    house.close()
    done = export("newsletter")
    assert done.stderr == "left out: Lead, Research Software: it is no longer open\n"
    assert export("newsletter", "--issue", "7").stderr.startswith("no postings: nothing is kept")


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["newsletter"], None),
        (["board", "--kept"], "jobs.json"),
        (["board", "--kept"], "jobs.rss"),
        (["atom", "--kept"], None),
        (["csv", "--kept"], None),
        (["usrse", "--kept"], None),
        (["hpc-social", "--kept"], None),
    ],
)
def test_import_recognises_every_posting_again(
    export: Run, db: Path, tmp_path: Path, words: list[str], file: str | None
) -> None:
    """What was published is known as listed, by its key: it is never offered again."""
    out = tmp_path / "out"
    output = out if file else out / {"csv": "x.csv", "atom": "x.xml"}.get(words[0], "x.txt")
    assert export(*words, "-o", str(output)).returncode == 0
    path = out / file if file else output
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    (catalogue / "lever.toml").write_text(
        '[[source]]\nid = "fernwood"\nemployer = "Fernwood University"\n'
        'url = "https://jobs.lever.co/fernwood"\n'
    )
    done = rolecall(
        "import", str(path), "--json", "--db", str(db), "--only-sources", str(catalogue)
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {one["platform"] for one in said["postings"]} == {"lever"}
    assert {one["source"] for one in said["postings"]} == {"fernwood"}
    house = House(db)
    listed = house.db.conn.execute(
        "SELECT posting FROM keys JOIN listed USING (platform, tenant, key)"
    )
    assert sorted(posting for (posting,) in listed) == [1, 2]
    house.close()


# --- the manual -----------------------------------------------------------------------------------

MANUAL = (CHECKOUT / "docs" / "publishing.md").read_text(encoding="utf-8")


def examples() -> dict[str, str]:
    """Format -> the example below its heading."""
    found = re.findall(r"^## `([\w-]+)`\n(.*?)^````\w*\n(.*?)^````$", MANUAL, re.M | re.S)
    return {name: example for name, _, example in found}


def test_the_manual_shows_every_format() -> None:
    assert sorted(examples()) == list(formats())


@pytest.mark.parametrize("name", formats())
def test_the_manuals_examples_are_what_is_written(name: str) -> None:
    assert examples()[name] == manual_example(name)


def manual_example(name: str) -> str:
    """The (beginning of the) file that the manual shows of an invented posting."""
    from tests.publish_house import EDITION, entry

    files = formats()[name].write([entry()], EDITION)
    file = {"static": "postings/7.html"}.get(name) or next(iter(files))
    text = files[file]
    if name == "static":
        text = text[text.index("<article>") : text.index("</article>")] + "</article>\n"
    return text.replace("\r\n", "\n")
