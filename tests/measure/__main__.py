"""`python -m tests.measure [DIR] [NAME...]`: prints the figures as one JSON object."""

from __future__ import annotations

import json
import pkgutil
import sys
import time
from importlib import import_module
from pathlib import Path

import tests.measure

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder; say make measure DATA=DIR")
    names = [m.name for m in pkgutil.iter_modules(tests.measure.__path__) if m.name[0] != "_"]
    figures = {}
    for name in [name for name in names if name in sys.argv[2:] or not sys.argv[2:]]:
        started = time.monotonic()
        measured = import_module(f"tests.measure.{name}").measure(folder)
        if measured is not None:
            seconds = round(time.monotonic() - started, 2)
            figures[name] = {**measured, "seconds": seconds}
    print(json.dumps({"data": str(folder), **figures}, indent=2, ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
