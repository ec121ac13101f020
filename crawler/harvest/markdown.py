"""Markdown: the jobs section of a newsletter, lists of jobs, and a board's posts with front matter.

The newsletter's line is `**[Title](URL)** - Organisation, Place <br/>`, below it a paragraph. Older
issues have the bold inside the link, commas for the dash, or plain lists. Articles are linked in
much the same way (`[Title](URL) - Author, Blog<br/>`), so the looser forms count only below a
heading that speaks of jobs, or in a document without headings.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from crawler.harvest.employer import editors_notation, free_form
from crawler.harvest.lead import Harvest, iso_day, one_line

JOBS = re.compile(
    r"\b(?:jobs?|positions?|openings?|vacanc(?:y|ies)|(?:career|employment) opportunities)\b", re.I
)
HEADING = re.compile(r" {0,3}(?:(#{1,6})\s+|(#{2,6}))(\S.*)")
UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*")
BULLET = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+")
OPENING = re.compile(r"(\*\*|__)?\[(\*\*|__)?")
BREAK = re.compile(r"<br\s*/?>", re.I)
DASH = re.compile(r"\s*[-–—]{1,3}\s+")
OTHER_SEPARATOR = re.compile(r"\s*(?:[,:|]\s*|(?=\())")
CLOSES = re.compile(r"\s+[-–—]\s+(?:closes|closing|deadline|apply by):?\s+(.+)$", re.I)
ISSUE = re.compile(r"#\s*(\d+)\b")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|&<>-])")
FENCE = {"---": "yaml", "+++": "toml"}
LONGEST_LINE = 50_000  # characters; a listing has some hundred

# What boards call the same thing in the front matter of a post.
LINKS = ("apply_link", "url_apply", "apply_url", "application_link", "link")
EMPLOYERS = ("organization", "organisation", "employer", "company", "institution")
DEADLINES = ("application_deadline", "deadline", "closes", "expires")
# A site of one employer does not name it in its own posts; the key that only its posts have does
# (2i2c-org/2i2c-org.github.io, content/jobs).
OWN_SITES = {"work_description": "2i2c"}


@dataclass(frozen=True)
class Line:
    """A line that starts with a link: its parts as written."""

    title: str
    url: str
    rest: str  # what follows the link, without the line break
    bold: bool
    bullet: bool
    broken_off: bool  # `<br/>` at its end


def read_markdown(text: str, base_url: str | None = None) -> Harvest:
    """The leads of a newsletter, a list of jobs, or one post of a board."""
    matter, body, offset = front_matter(text)
    found = Harvest("markdown", date=iso_day(matter.get("date")))
    if _is_post(matter):
        _read_post(matter, base_url, found)
        return found
    issue = ISSUE.match(matter.get("title", ""))
    found.issue = issue[1] if issue else None
    lines = _without_comments(body).splitlines()
    headings = list(_headings(lines))
    # 7 is below every heading, 0 above: the level of the jobs section, as far as we are in one.
    everywhere = not headings or bool(JOBS.search(matter.get("title", "")))
    section = 0 if everywhere else None
    levels = dict(headings)
    for number, line in enumerate(lines):
        level, heading = levels.get(number, (0, ""))
        if level:
            if JOBS.search(heading) and (section is None or level <= section):
                section = level
            elif section is not None and section > 0 and level <= section:
                section = None
            continue
        _read_line(line, f"line {number + 1 + offset}", section is not None, base_url, found)
    return found


def _read_line(line: str, where: str, jobs: bool, base_url: str | None, found: Harvest) -> None:
    parts = link_line(line[:LONGEST_LINE])
    if parts is None:
        return
    dash = DASH.match(parts.rest)
    separator = dash or OTHER_SEPARATOR.match(parts.rest)
    said = parts.rest[separator.end() :].strip() if separator else ""
    if not jobs and not (parts.bold and dash and parts.broken_off):
        return
    if not (said or parts.bold or parts.bullet):
        return  # a link on a line of its own: a button, the address of the board
    if not parts.url:
        found.skip(where, line, "broken Markdown: no link can be told")
        return
    closes = CLOSES.search(said)
    said = said[: closes.start()] if closes else said
    organization, location = (editors_notation if parts.bold and dash else free_form)(said)
    found.add(
        parts.url,
        base_url,
        where,
        line,
        title=plain(parts.title),
        organization=plain(organization),
        location=plain(location),
        closes=iso_day(closes[1].rstrip(" .)")) if closes else None,
    )


def link_line(line: str) -> Line | None:
    """The parts of a line that starts with a link; None for any other. Tolerates slips of markup:
    then the link is the first web address, and an empty one when there is none."""
    bullet = BULLET.match(line)
    text = line[bullet.end() if bullet else 0 :].strip()
    opening = OPENING.match(text)
    if opening is None:
        return None
    start, middle = opening.end(), text.find("](")
    if middle > 0:
        title = text[start:middle]
        url, end = _destination(text, middle + 2, f"){opening[1]}" if opening[1] else "")
    else:
        address = re.search(r"https?://[^\s)\]>*]+", text)
        title = re.split(r"\]|\(?https?://", text[start:], maxsplit=1)[0].rstrip("( ")
        url, end = (address[0], address.end()) if address else ("", len(text))
    rest = re.sub(r"^[)\]*_>]+", "", text[end:])
    broken = BREAK.search(rest)
    rest = rest[: broken.start()] if broken else rest.rstrip("\\")
    bold = bool(opening[1] or opening[2])
    return Line(title.strip("*_ "), url, rest, bold, bool(bullet), broken is not None)


def _destination(text: str, start: int, closing: str) -> tuple[str, int]:
    """The link destination from `start`, and where it ends.

    The closing `)**` of a bold link is surer than counting: URLs hold brackets that are not paired.
    """
    end = text.find(closing, start) if closing else -1
    if end < 0:
        depth, end = 0, start
        while end < len(text) and not text[end].isspace():
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if depth < 0:
                break
            end += 1
    url = text[start:end].strip()
    titled = re.fullmatch(r"(\S+)\s+(?:\"[^\"]*\"|'[^']*')", url)
    return (titled[1] if titled else url).rstrip("*"), end


def plain(text: str | None) -> str | None:
    """A field without Markdown's escapes and HTML's entities."""
    return ESCAPED.sub(r"\1", html.unescape(text)) if text else None


def _headings(lines: list[str]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Line index -> level and text, of both forms of headings."""
    for number, line in enumerate(lines):
        marked = HEADING.match(line)
        if marked:
            yield number, (len(marked[1] or marked[2]), marked[3])
        elif number and UNDERLINE.fullmatch(line) and 0 < len(lines[number - 1].strip()) <= 80:
            above = lines[number - 1]
            if len(line.strip()) > 2 and not link_line(above) and not HEADING.match(above):
                yield number, (1 if "=" in line else 2, above)


def _without_comments(text: str) -> str:
    """The text without HTML comments that are closed, its lines where they were."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        kept += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join([*kept, text[position:]])


# --- front matter ---------------------------------------------------------------------------------


def has_front_matter(text: str) -> bool:
    return bool(front_matter(text)[0])


def front_matter(text: str) -> tuple[dict[str, str], str, int]:
    """The front matter (YAML or TOML; lists become empty texts), the body, and its first line.

    Front matter that does not parse is read line by line.
    """
    lines = text.lstrip("\ufeff").splitlines()
    fence = lines[0].rstrip() if lines else ""
    if fence not in FENCE or fence not in (rest := [line.rstrip() for line in lines[1:200]]):
        return {}, text, 0
    end = rest.index(fence) + 1
    block = "\n".join(lines[1:end])
    try:
        if FENCE[fence] == "yaml":
            said: Any = yaml.load(block, Loader=yaml.BaseLoader)
        else:
            said = tomllib.loads(block)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError):
        said = None
    if not isinstance(said, dict):
        pairs = (re.match(r"([\w-]+)\s*[:=]\s*(.*)", line) for line in lines[1:end])
        said = {pair[1]: pair[2].strip().strip("\"'") for pair in pairs if pair}
    flat = {str(k): "" if isinstance(v, dict | list) else str(v) for k, v in said.items()}
    return flat, "\n".join(lines[end + 1 :]), end + 1


def _is_post(matter: dict[str, str]) -> bool:
    """One job, by the keys that boards use (Workflows Community: eight keys, 2i2c: six)."""
    about_a_job = _first(matter, LINKS[:-1]) or (matter.get("location") and _employer(matter))
    return bool(matter.get("title") and about_a_job)


def _employer(matter: dict[str, str]) -> str | None:
    own = next((employer for key, employer in OWN_SITES.items() if key in matter), None)
    return _first(matter, EMPLOYERS) or own


def _read_post(matter: dict[str, str], base_url: str | None, found: Harvest) -> None:
    said = {
        "title": matter["title"],
        "organization": _employer(matter),
        "location": matter.get("location"),
        "posted": found.date,
        "closes": iso_day(_first(matter, DEADLINES)),
    }
    # A post without a link is the posting itself, at the address of the document.
    url = _first(matter, LINKS) or (base_url if _is_web(base_url) else None)
    if url is None:
        found.add_without_link("front matter", matter["title"], **said)
    else:
        found.add(url, base_url, "front matter", matter["title"], **said)


def _is_web(url: str | None) -> bool:
    return bool(url and url.startswith(("http://", "https://")))


def _first(matter: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((one_line(matter[name]) for name in names if matter.get(name)), None)
