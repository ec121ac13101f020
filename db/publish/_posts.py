"""What the two boards share whose postings are Markdown files with front matter. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from db.publish._entry import Entry
from db.publish._text import BULLETS, lines, markdown, markdown_line, markdown_url


def body(entry: Entry) -> str:
    """The advertisement in Markdown: its paragraphs and lists."""
    blocks = [_block(block) for block in lines(entry.description_text)]
    if not blocks:
        blocks = [markdown_line(paragraph) for paragraph in entry.excerpt]
    return "\n\n".join(blocks)


def _block(block: list[str]) -> str:
    """A paragraph; its lines that begin with a bullet are a list."""
    written: list[str] = []
    for at, line in enumerate(block):
        bullet = next((sign for sign in BULLETS if line.startswith(sign)), None)
        text = f"- {markdown_line(line.removeprefix(bullet).strip())}" if bullet else None
        if text and at and not written[-1].startswith("- "):
            written.append("")  # a list needs an empty line before it
        # Two blanks keep the line break.
        written.append(text or f"{markdown_line(line)}{'  ' if at < len(block) - 1 else ''}")
    return "\n".join(written)


def apply_line(entry: Entry) -> str:
    return f"Apply at [{markdown(entry.organization)}]({markdown_url(entry.url)})."


def named(entries: Iterable[Entry], name: Callable[[Entry], str]) -> dict[str, Entry]:
    """A file name for each entry: two that would have the same one carry their number."""
    files: dict[str, Entry] = {}
    for entry in entries:
        stem = name(entry)
        files[f"{stem}_{entry.id}" if stem in files else stem] = entry
    return files
