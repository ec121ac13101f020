"""A document without some of its postings, everything else as it was, byte for byte.

Entries are cut out of the text itself; nothing is parsed and written anew. Of a board in JSON
`count` and `generated` are brought up to date, as nothing else speaks of how many there are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterator

import yaml

from crawler.errors import ConfigError
from crawler.harvest import KINDS, kind_of
from crawler.harvest.lead import Lead
from crawler.harvest.markdown import HEADING, LONGEST_LINE, link_line

Gone = Callable[[Lead], bool]
Span = tuple[int, int]  # of characters: from, to

_BLANKS = re.compile(r"[ \t\r\n]*")
_RULE = re.compile(r" {0,3}(?:-\s*){3,}$|.*<!--")


def prune(
    text: str, kind: str | None, gone: Collection[tuple[str | None, str]], generated: str
) -> str:
    """The document without the postings of `gone`: tidied link and title in lower case.

    `generated` is the moment to be named in a board. Raises ConfigError for a kind of document that
    cannot be pruned (HTML, feeds).
    """
    kind = kind or kind_of(text)
    if kind != "json" and kind not in _WAYS:
        can = ", ".join(["json", *_WAYS])
        raise ConfigError(f"a document of the kind {kind} cannot be pruned, only {can}")
    if not gone:
        return text

    def is_gone(lead: Lead) -> bool:
        return (lead.tidied, (lead.title or "").casefold()) in gone

    return _json(text, is_gone, generated) if kind == "json" else _WAYS[kind](text, is_gone)


def _without(text: str, spans: list[Span]) -> str:
    kept, position = [], 0
    for start, end in sorted(spans):
        kept.append(text[position : max(position, start)])
        position = max(position, end)
    return "".join([*kept, text[position:]])


def _places(text: str, kind: str, gone: Gone) -> list[int]:
    """The numbers that `where` gives to the leads that are gone ("line 12", "entry 3")."""
    leads = KINDS[kind](text, None).leads
    return [int(lead.where.split()[-1]) for lead in leads if gone(lead)]


# --- JSON -----------------------------------------------------------------------------------------


def _json(text: str, gone: Gone, generated: str) -> str:
    """A list of jobs, or an object that holds one: the entries are cut, with their commas."""
    start = _after_blanks(text, text.startswith("\ufeff"))
    members = dict(_members(text, start)) if text[start] == "{" else {}
    spans: list[Span] = []
    left = None
    for array in [start] if text[start] == "[" else [at for at, _ in members.values()]:
        if text[array] != "[":
            continue
        entries = list(_items(text, array))
        out = [_is_gone_entry(text[slice(*entry)], gone) for entry in entries]
        spans += _cuts(entries, out)
        left = len(out) - sum(out) if any(out) else left
    if left is None:
        return text
    pieces = {members[name]: value for name, value in (
        ("count", str(left)), ("generated", json.dumps(_in_the_same_form(
            generated, text[slice(*members["generated"])] if "generated" in members else ""))),
    ) if name in members}  # fmt: skip
    kept, position = [], 0
    for begin, end in sorted([*spans, *pieces]):
        kept += [text[position:begin], pieces.get((begin, end), "")]
        position = end
    return "".join([*kept, text[position:]])


def _is_gone_entry(entry: str, gone: Gone) -> bool:
    leads = KINDS["json"](f"[{entry}]", None).leads
    return bool(leads) and all(gone(lead) for lead in leads)


def _cuts(entries: list[Span], out: list[bool]) -> list[Span]:
    """What to cut so that the commas and blanks between those that stay are as they were.

    An entry goes with the comma before it; those before the first that stays with the one after.
    """
    first = next((i for i, gone in enumerate(out) if not gone), None)
    if first is None:
        return [(entries[0][0], entries[-1][1])] if entries else []
    spans = [(entries[0][0], entries[first][0])] if first else []
    return spans + [
        (entries[i - 1][1], entries[i][1]) for i in range(first + 1, len(out)) if out[i]
    ]


def _members(text: str, start: int) -> Iterator[tuple[str, Span]]:
    """Name and place of each value of the object that begins here."""
    decoder = json.JSONDecoder()
    position = _after_blanks(text, start + 1)
    while text[position] != "}":
        name, position = decoder.raw_decode(text, position)
        value = _after_blanks(text, _after_blanks(text, position) + 1)
        _, position = decoder.raw_decode(text, value)
        yield name, (value, position)
        position = _after_comma(text, position)


def _items(text: str, start: int) -> Iterator[Span]:
    """Place of each value of the array that begins here."""
    decoder = json.JSONDecoder()
    position = _after_blanks(text, start + 1)
    while text[position] != "]":
        _, end = decoder.raw_decode(text, position)
        yield position, end
        position = _after_comma(text, end)


def _after_comma(text: str, position: int) -> int:
    position = _after_blanks(text, position)
    return _after_blanks(text, position + 1) if text[position] == "," else position


def _after_blanks(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    assert found is not None
    return found.end()


def _in_the_same_form(moment: str, before: str) -> str:
    """A moment in UTC as the document wrote the last one: `Z` or an offset, with milliseconds."""
    if re.search(r"\.\d{3}", before):
        moment = re.sub(r"(:\d\d)(?=[+Z])", r"\1.000", moment)
    return moment.replace("+00:00", "Z") if before.endswith('Z"') else moment


# --- texts of lines -------------------------------------------------------------------------------


def _lines(text: str) -> list[Span]:
    """The places of the lines, as `str.splitlines` sees them, with their ends."""
    spans, position = [], 0
    for line in text.splitlines(keepends=True):
        spans.append((position, position + len(line)))
        position += len(line)
    return spans


def _markdown(text: str, gone: Gone) -> str:
    """A newsletter: an entry is its line and the paragraphs below it, up to the next entry.

    The last entry of a section owns one paragraph: what follows may be the end of the letter.
    """
    lines = _lines(text)
    starts = [number - 1 for number in _places(text, "markdown", gone)]
    return _without(text, [_entry(text, lines, start) for start in sorted(set(starts))])


def _entry(text: str, lines: list[Span], start: int) -> Span:
    shown = [text[slice(*line)].strip() for line in lines]
    blank = False  # has the first paragraph ended?
    end, ends = start + 1, start + 1
    while end < len(shown):
        line = shown[end]
        if HEADING.match(line) or _RULE.match(line):
            break
        if link_line(line[:LONGEST_LINE]) is not None:
            ends = end  # an entry follows: all up to here belongs to this one
            break
        if not blank:
            ends = end + 1  # its paragraph, and the blank line behind it
            blank = not line
        end += 1
    return lines[start][0], lines[ends - 1][1]


def _text(text: str, gone: Gone) -> str:
    """A list of links: a line goes when all its links do."""
    lines = _lines(text)
    leads = KINDS["text"](text, None).leads
    stay = {int(lead.where.split()[-1]) for lead in leads if not gone(lead)}
    out = {int(lead.where.split()[-1]) for lead in leads} - stay
    return _without(text, [lines[number - 1] for number in out])


def _csv(text: str, gone: Gone) -> str:
    """A sheet: a row goes whole, also one whose quoted fields have several lines."""
    lines = _lines(text)
    out = set(_places(text, "csv", gone))
    reader = csv.reader(io.StringIO(text, newline=""))
    spans, before = [], 0
    for _ in reader:
        after = reader.line_num
        if before + 1 in out:
            spans.append((lines[before][0], lines[after - 1][1]))
        before = after
    return _without(text, spans)


def _yaml(text: str, gone: Gone) -> str:
    """A list of mappings: an item goes with its dash, up to the next one."""
    lines = _lines(text)
    spans: list[Span] = []
    for node in _sequences(yaml.compose(text, Loader=yaml.SafeLoader)):
        items = node.value
        for number, item in enumerate(items):
            first = item.start_mark.line
            last = items[number + 1].start_mark.line if number + 1 < len(items) else None
            until = lines[last][0] if last is not None else _end_of(item, lines)
            piece = text[lines[first][0] : until]
            leads = KINDS["yaml"](piece, None).leads
            if leads and all(map(gone, leads)) and isinstance(item, yaml.MappingNode):
                spans.append((lines[first][0], until))
    return _without(text, spans)


def _end_of(item: yaml.Node, lines: list[Span]) -> int:
    """The end of the last item: its end mark stands at the start of what comes next."""
    last: int = item.end_mark.line - (item.end_mark.column == 0)
    return lines[min(last, len(lines) - 1)][1]


def _sequences(node: yaml.Node | None) -> Iterator[yaml.SequenceNode]:
    """The lists of mappings in a document, the outermost ones."""
    if isinstance(node, yaml.SequenceNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _sequences(value)


_WAYS: dict[str, Callable[[str, Gone], str]] = {
    "markdown": _markdown,
    "yaml": _yaml,
    "csv": _csv,
    "text": _text,
}
