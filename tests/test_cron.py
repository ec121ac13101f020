"""The README's crontab line, run as cron runs it: no terminal, hardly an environment, elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nights import CHECKOUT, Nights


def crontab_command() -> str:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^ {4}(\d+ \d+ \* \* \* .+)$", readme, re.MULTILINE)
    return line.split(None, 5)[5]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a checkout in it, as the README's line expects; its .venv is this one."""
    (tmp_path / "home" / "rolecall").mkdir(parents=True)
    (tmp_path / "home" / "rolecall" / ".venv").symlink_to(sys.prefix)
    return tmp_path / "home"


def as_cron(home: Path, nights: Nights) -> subprocess.CompletedProcess[str]:
    """Run the line with cron's environment (plus where the simulated sites are), from `/`."""
    house = {k: v for k, v in nights.environment().items() if k.startswith("ROLECALL_")}
    del house["ROLECALL_DB"]
    return subprocess.run(
        ["/bin/sh", "-c", crontab_command()],
        cwd="/",
        env={
            "HOME": str(home),
            "SHELL": "/bin/sh",
            "PATH": "/usr/bin:/bin",
            "LOGNAME": "x",
            **house,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_is_silent_when_all_is_well_and_says_what_is_not(tmp_path: Path, home: Path) -> None:
    with Nights(tmp_path, "--platforms", "lever,workday", "--postings-per-source", "3") as nights:
        well = as_cron(home, nights)
        assert (well.returncode, well.stdout, well.stderr) == (0, "", "")
        assert (home / "rolecall" / "rolecall.db").exists()
        sick = nights.source
        nights.simulator.fault(kind="html", source=sick)
        unwell = as_cron(home, nights)
    assert unwell.returncode == 1
    (said,) = (unwell.stdout + unwell.stderr).splitlines()
    assert said.startswith(f"look at {sick}: parse_error: ")
