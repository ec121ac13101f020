"""The words that tell the paragraphs of an advertisement apart: excerpt_words.txt, compiled."""

from __future__ import annotations

import re
from pathlib import Path


def _read(path: Path) -> dict[str, list[str]]:
    """The patterns of each section, in the order of the file."""
    sections: dict[str, list[str]] = {}
    patterns: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[[a-z ]+\]", line):
            patterns = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            patterns.append(line)
    return sections


def _any(patterns: list[str]) -> re.Pattern[str]:
    """One pattern for lower-case text.

    What begins at a word is tried at the beginnings of words only, by its first letter; a search
    without regard to case would cost ten times as much.
    """
    words = [pattern.removeprefix(r"\b") for pattern in patterns if pattern.startswith(r"\b")]
    others = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    return re.compile("|".join([rf"\b(?:{'|'.join(words)})", *others] if words else others))


_SECTIONS = {
    name: _any(patterns) for name, patterns in _read(Path(__file__).with_suffix(".txt")).items()
}

# What a heading says of the paragraphs below it: the first kind that matches counts.
HEADINGS = tuple(
    (name.removeprefix("heading "), pattern)
    for name, pattern in _SECTIONS.items()
    if name.startswith("heading ")
)
# Sentences that no editor quotes.
STANDING = tuple(_SECTIONS[name] for name in ("terms", "closing", "qualifications", "equal"))
COMPANY = _SECTIONS["company"]
# Sentences that he looks for.
ROLE = _SECTIONS["role"]
TEAM = _SECTIONS["team"]
