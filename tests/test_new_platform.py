"""`rolecall new-platform`: what it writes is claimed, linted and half tested from the start."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.commands.new_platform import command
from crawler.errors import ConfigError
from crawler.fetch.tape import read_tape
from crawler.loader import platforms, spider_class
from crawler.sources import read_file
from tests.cases import case_source, expectation
from tests.quick import run

CHECKOUT = Path(__file__).resolve().parent.parent
BOARD = "https://quantenhof.fernhire.example/openings"
POSTING = "https://quantenhof.fernhire.example/openings/view/4711-data-steward?ref=x"


def written(folder: Path, *args: str) -> str:
    result = CliRunner().invoke(command, [*args, "--into", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with the platform `fernhire` in it, and the platform in the registry."""
    written(tmp_path, "fernhire", BOARD, "--posting", POSTING)
    file = tmp_path / "spiders" / "fernhire.py"
    spec = importlib.util.spec_from_file_location("spiders.fernhire", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(platforms(), "fernhire", module.Fernhire)
    return tmp_path


def test_the_rules_claim_the_links_they_were_made_from(made: Path) -> None:
    cls = platforms()["fernhire"]
    for url, said in cls.examples.items():
        match = cls.match(url)
        assert match is not None
        assert match.params.host == said["host"] == "quantenhof.fernhire.example"
        assert match.posting_id == said.get("posting_id")
        assert [p.platform for p in platforms().values() if p.match(url)] == ["fernhire"]
    other = cls.match("https://otherlab.fernhire.example/openings/view/12")
    assert other is not None
    assert (other.tenant, other.posting_id) == ("otherlab.fernhire.example", "12")
    assert not any(cls.match(url) for url in cls.not_examples)


def test_the_entry_waits_for_its_platform(made: Path) -> None:
    (source,) = read_file(made / "spiders" / "sources" / "fernhire.toml")
    assert (source.id, source.employer, source.url) == ("quantenhof", "Quantenhof", BOARD)
    assert (source.enabled, source.reason) == (False, "its platform is being written")


@pytest.mark.parametrize("case", ["gone", "broken"])
def test_what_is_the_same_for_all_platforms_is_done(made: Path, case: str) -> None:
    folder = made / "tests" / "fixtures" / "fernhire" / case
    ended = run(spider_class(case_source(folder)), read_tape(folder / "tape"))
    assert ended.verdict.outcome == expectation(folder)["outcome"]


@pytest.mark.parametrize("case", ["normal", "empty"])
def test_what_a_person_must_write_fails_until_then(made: Path, case: str) -> None:
    folder = made / "tests" / "fixtures" / "fernhire" / case
    assert expectation(folder)["reviewed"] is False
    ended = run(spider_class(case_source(folder)), read_tape(folder / "tape"))
    assert ended.verdict.outcome == "parse_error"
    assert "not read yet" in ended.verdict.reason


def test_the_file_is_in_the_houses_style(made: Path) -> None:
    file = made / "spiders" / "fernhire.py"
    config = ["--config", str(CHECKOUT / "pyproject.toml")]
    ruff = [sys.executable, "-m", "ruff"]
    for asked in (["check", "--ignore", "E501"], ["format", "--check"]):
        done = subprocess.run([*ruff, *asked, *config, str(file)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_without_a_posting_its_form_is_guessed(tmp_path: Path) -> None:
    said = written(tmp_path, "terngate", "https://jobs.terngate.co.uk/all/")
    assert "wrote spiders/terngate.py" in said
    text = (tmp_path / "spiders" / "terngate.py").read_text(encoding="utf-8")
    assert r"https?://(?P<host>jobs\.terngate\.co\.uk)/jobs/(?P<posting_id>\d+)" in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["Fern-Hire", BOARD], "no name for a platform"),
        (["class", BOARD], "no name for a platform"),
        (["fernhire", "quantenhof"], "no http"),
        (["fernhire", "https://jobs.lever.co/fernlabs"], "is of Lever already"),
        (["fernhire", BOARD, "--posting", "https://elsewhere.example/1"], "of the same host"),
        (["fernhire", BOARD, "--posting", f"{BOARD}/data-steward"], "no number"),
        (["lever", BOARD], "exists already"),
    ],
)
def test_what_cannot_be_started_is_said_in_a_line(
    tmp_path: Path, args: list[str], said: str
) -> None:
    (tmp_path / "spiders").mkdir()
    (tmp_path / "spiders" / "lever.py").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ConfigError, match=said):
        written(tmp_path, *args)
    assert sorted(tmp_path.rglob("*")) == before
