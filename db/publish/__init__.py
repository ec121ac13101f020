"""Publishing: postings in the forms that newsletters, boards, feeds and web hosts take.

A module here is a format, found by its name; one whose name begins with an underscore helps. It
declares FORMAT, whose `write` is a pure function from entries to files. Names are the modules', an
underscore is a hyphen, a trailing one avoids Python's own words.

    db = store.open_db("rolecall.db")
    rows = chosen(db, Choice("kept", today="2026-03-02")).rows
    entries, left_out = entries_of(rows)
    files = formats()["newsletter"].write(entries, Edition(at=now, total=board_total(db)))
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from db.publish._entry import Entry, LeftOut, Place, entries_of, entry_of
from db.publish._format import SITE, Edition, Files, Format
from db.publish._rows import Choice, Chosen, board_total, chosen
from db.publish._write import write_file, write_folder

__all__ = [
    "SITE", "Choice", "Chosen", "Edition", "Entry", "Files", "Format", "LeftOut", "Place",
    "board_total", "chosen", "entries_of", "entry_of", "formats", "write_file", "write_folder",
]  # fmt: skip


def formats() -> dict[str, Format]:
    """Every format by its name."""
    found = {}
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            declared: Format = import_module(f"{__name__}.{module.name}").FORMAT
            found[declared.name or module.name.rstrip("_").replace("_", "-")] = declared
    return dict(sorted(found.items()))
