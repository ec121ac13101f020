"""Sites that change their answers: mutants of every `normal` case, and what came of them.

    python -m tests.mutants [PLATFORM...]     prints a table, and every mutant that was missed

A mutant is one change that a site might make overnight: a key, class or tag renamed, a list
emptied, a page replaced by a login, challenge or error page, the listing's later pages cut. Each
must end in an outcome other than `ok`, or in a field that is counted as lost. One that changes
nothing we read is harmless and stands apart; one that goes unnoticed is missed:

    caught    another outcome, or a reason that counts what was rejected, skipped or unread
    loss      ok, with a field given less often, understood less often, or in fewer characters:
              `field_counts` and the health page show it
    harmless  ok, every posting and field as before
    missed    ok or empty, with postings gone or values changed and nothing to show for it
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from itemadapter import ItemAdapter
from lxml import html as lxml_html

from crawler.fetch.tape import Exchange, read_tape
from crawler.loader import platforms, spider_class
from crawler.posting import Posting
from pipelines.normalise import FieldCount, count_fields
from tests.cases import FIXTURES, case_source
from tests.quick import Run, run

Fate = Literal["caught", "loss", "harmless", "missed"]
LOGIN = b"""<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1>
<form action="/login" method="post"><label>User name <input name="user"></label>
<label>Password <input name="password" type="password"></label><button>Sign in</button></form>
</body></html>"""
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>Checking</body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
# Housekeeping of the crawl.
IGNORED = {"fingerprint", "content_hash", "detail_read"}


@dataclass(frozen=True)
class Mutant:
    """One change of a tape."""

    kind: str  # rename, empty, replace, cut
    says: str
    exchanges: list[Exchange]


@dataclass(frozen=True)
class Fared:
    platform: str
    mutant: Mutant
    fate: Fate
    why: str


# --- mutants -------------------------------------------------------------------------------------


def mutants(exchanges: Sequence[Exchange], whole: Run) -> Iterator[Mutant]:
    """Every mutant of a tape; `whole` is the run of the tape as it is."""
    yield from _renamed(exchanges)
    yield from _emptied(exchanges, whole)
    yield from _replaced(exchanges)
    yield from _cut(exchanges, whole)


def _changed(
    exchanges: Sequence[Exchange], change: Callable[[Exchange], bytes]
) -> list[Exchange] | None:
    """The tape with changed answers; None when nothing changed."""
    made = [replace(e, answer=change(e)) for e in exchanges]
    same = all(a.answer == b.answer for a, b in zip(made, exchanges, strict=True))
    return None if same else made


def _renamed(exchanges: Sequence[Exchange]) -> Iterator[Mutant]:
    for key in sorted({key for e in exchanges for key in _keys(_json(e))}):
        made = _changed(exchanges, lambda e, k=key: _with_json(e, lambda v: _rename(v, k)))  # type: ignore[misc]
        if made:
            yield Mutant("rename", f"key {key!r}", made)
    for name in sorted({name for e in exchanges for name in _markup_names(e)}):
        made = _changed(exchanges, lambda e, n=name: _rename_markup(e, n))  # type: ignore[misc]
        if made:
            yield Mutant("rename", f"markup {name!r}", made)


def _emptied(exchanges: Sequence[Exchange], whole: Run) -> Iterator[Mutant]:
    lists = {path for e in exchanges for path in _list_paths(_json(e))}
    for path in sorted(lists):
        made = _changed(exchanges, lambda e, p=path: _with_json(e, lambda v: _empty(v, p)))  # type: ignore[misc]
        if made:
            yield Mutant("empty", f"list {'.'.join(path) or 'of all'}", made)
    ids = [posting.native_id for posting in whole.postings]
    made = _changed(exchanges, lambda e: _without_rows(e, ids))
    if made:
        yield Mutant("empty", "rows of the page", made)


def _replaced(exchanges: Sequence[Exchange]) -> Iterator[Mutant]:
    pages = {
        "a login page": (200, LOGIN, HTML),
        "a challenge page": (403, CHALLENGE, {**HTML, "cf-mitigated": "challenge"}),
        "an error as JSON": (200, b'{"error": "session expired"}', {"Content-Type": "text/json"}),
        "nothing": (200, b"", HTML),
        "HTTP 500": (500, b"", HTML),
    }
    for number, exchange in enumerate(exchanges):
        for says, (status, answer, headers) in pages.items():
            made = list(exchanges)
            made[number] = replace(exchange, status=status, answer=answer, headers=headers)
            yield Mutant("replace", f"answer {number + 1} by {says}", made)


def _cut(exchanges: Sequence[Exchange], whole: Run) -> Iterator[Mutant]:
    for number, exchange in enumerate(exchanges):
        if len(exchange.answer) > 200:
            made = list(exchanges)
            made[number] = replace(exchange, answer=exchange.answer[: len(exchange.answer) // 2])
            yield Mutant("cut", f"answer {number + 1} to its half", made)
    for number in _later_pages(exchanges, whole):
        made = list(exchanges)
        made[number] = replace(exchanges[number], status=404, answer=b"", headers=HTML)
        yield Mutant("cut", f"answer {number + 1} is not there", made)
        made = list(exchanges)
        made[number] = replace(exchanges[number], answer=exchanges[number - 1].answer)
        yield Mutant("cut", f"answer {number + 1} repeats the one before", made)


def _later_pages(exchanges: Sequence[Exchange], whole: Run) -> list[int]:
    """Exchanges that are later pages of the listing: asked before any detail, but not the first."""
    return list(range(1, min(whole.report.pages, len(exchanges))))


# --- JSON ----------------------------------------------------------------------------------------


def _json(exchange: Exchange) -> Any:
    try:
        return json.loads(exchange.answer)
    except ValueError:
        return None


def _with_json(exchange: Exchange, change: Callable[[Any], Any]) -> bytes:
    value = _json(exchange)
    if not isinstance(value, (dict, list)):
        return exchange.answer
    changed = change(value)
    return exchange.answer if changed == value else json.dumps(changed).encode()


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _rename(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {f"{k}_2" if k == key else k: _rename(v, key) for k, v in value.items()}
    return [_rename(v, key) for v in value] if isinstance(value, list) else value


def _list_paths(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths (keys only) of the lists that hold objects."""
    if isinstance(value, list):
        if value and all(isinstance(inner, dict) for inner in value):
            yield path
        for inner in value:
            yield from _list_paths(inner, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _list_paths(inner, (*path, key))


def _empty(value: Any, path: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [] if not path else [_empty(inner, path) for inner in value]
    if isinstance(value, dict) and path and path[0] in value:
        return {**value, path[0]: _empty(value[path[0]], path[1:])}
    return value


# --- HTML and XML --------------------------------------------------------------------------------

_TAG = re.compile(r"<[^<>]*>")
_NAMED = re.compile(
    r"\b(?:class|id|name|itemprop|property|typeof|itemtype)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
_DATA = re.compile(r"\s(data-[\w-]+)\s*=")
_SCRIPT_KEY = re.compile(r"\"([A-Za-z@]\w*)\"\s*:")
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)")
_NOT_DATA = {"viewport", "charset", "generator", "robots", "author"}


def _text(exchange: Exchange) -> str:
    return exchange.answer.decode("utf-8", "replace") if _json(exchange) is None else ""


def _is_xml(text: str) -> bool:
    head = text.lstrip()[:200].lower()
    return head.startswith(("<?xml", "<rss", "<feed", "<urlset", "<sitemap"))


def _markup_names(exchange: Exchange) -> set[str]:
    """Names by which a parser may find its way: classes, ids, properties, keys in scripts; in XML
    the elements."""
    text = _text(exchange)
    names: set[str] = set(_DATA.findall(text)) | set(_SCRIPT_KEY.findall(text))
    for double, single in _NAMED.findall(text):
        names.update((double or single).split())
    if _is_xml(text):
        names.update(_ELEMENT.findall(text))
    return {name for name in names - _NOT_DATA if len(name) > 1 and "/" not in name}


def _rename_markup(exchange: Exchange, name: str) -> bytes:
    text = _text(exchange)
    if name not in text:
        return exchange.answer
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    if _is_xml(text):
        text = _TAG.sub(lambda tag: word.sub(f"{name}-2", tag[0]), text)
    else:
        attribute = re.compile(
            rf"(\b(?:class|id|name|itemprop|property|typeof|itemtype)\s*=\s*(?:\"[^\"]*\"|'[^']*'))"
            rf"|(\s{re.escape(name)}\s*=)"
        )
        text = _TAG.sub(
            lambda tag: attribute.sub(lambda part: word.sub(f"{name}-2", part[0]), tag[0]), text
        )
        text = re.sub(rf"\"{re.escape(name)}\"(\s*:)", rf'"{name}_2"\1', text)
    return text.encode()


def _without_rows(exchange: Exchange, ids: Sequence[str]) -> bytes:
    """The page without the smallest elements that hold one posting each; its frame stays."""
    text = _text(exchange)
    if not text or sum(posting_id in text for posting_id in ids) < 2:
        return exchange.answer
    if _is_xml(text):
        rows = re.compile(r"<(item|entry|url|job|position|vacancy)\b(?s:.*?)</\1>", re.IGNORECASE)
        return rows.sub("", text).encode()
    tree = lxml_html.fromstring(text)

    held = {
        element: {posting_id for posting_id in ids if posting_id in source}
        for element in tree.iter()
        if isinstance(element.tag, str)
        and (source := lxml_html.tostring(element, encoding="unicode", with_tail=False))
    }
    for element, shown in held.items():
        parent = element.getparent()
        if len(shown) == 1 and parent is not None and len(held[parent]) > 1:
            parent.remove(element)
    return lxml_html.tostring(tree, encoding="utf-8")


# --- what came of them ---------------------------------------------------------------------------


def judge(whole: Run, found: Run, kind: str) -> tuple[Fate, str]:
    """What came of a mutant, by the run of the tape as it is and its own."""
    outcome = found.verdict.outcome
    if outcome not in ("ok", "empty") or (outcome == "empty" and kind == "empty"):
        return "caught", f"{outcome}: {found.verdict.reason}"
    if found.rejected > whole.rejected:
        return "caught", "a posting was rejected"
    if len(found.report.detail_failures) > len(whole.report.detail_failures):
        return "caught", "the reason names the details that failed"
    if sum(found.report.skipped_rows.values()) > sum(whole.report.skipped_rows.values()):
        return "caught", "rows were skipped and counted"
    if found.by_id.keys() != whole.by_id.keys():
        return "missed", f"{outcome}, {len(found.by_id)} postings instead of {len(whole.by_id)}"
    counted = _less(whole, found)
    if counted:
        return "loss", f"less of {', '.join(counted)}"
    other = _changed_fields(whole, found)
    return ("missed", f"another {', '.join(other)}") if other else ("harmless", "")


def _less(whole: Run, found: Run) -> list[str]:
    """The fields whose counts fell."""
    before, after = (_counts(one.postings) for one in (whole, found))
    return sorted(
        name
        for name, count in before.items()
        if after[name].present < count.present
        or after[name].parsed < count.parsed
        or after[name].characters < count.characters
    )


def _counts(postings: Sequence[Posting]) -> dict[str, FieldCount]:
    counts: dict[str, FieldCount] = {}
    for posting in postings:
        count_fields(ItemAdapter(posting), counts)
    return counts


def _changed_fields(whole: Run, found: Run) -> list[str]:
    """The fields that have another value in any posting."""
    return sorted(
        name
        for name in Posting.model_fields
        if name not in IGNORED
        and any(getattr(whole.by_id[i], name) != getattr(found.by_id[i], name) for i in whole.by_id)
    )


def fates(platform: str) -> list[Fared]:
    """How every mutant of a platform's `normal` case fared."""
    folder = FIXTURES / platform / "normal"
    spider = spider_class(case_source(folder))
    exchanges = read_tape(folder / "tape")
    whole = run(spider, exchanges)
    assert whole.verdict.outcome == "ok", whole.verdict
    made = []
    for mutant in mutants(exchanges, whole):
        fate, why = judge(whole, run(spider, mutant.exchanges), mutant.kind)
        made.append(Fared(platform, mutant, fate, why))
    return made


def share_noticed(fared: Sequence[Fared]) -> float:
    """Of the mutants that changed anything, the share that somebody would notice."""
    counts = Counter(one.fate for one in fared)
    seen = counts["caught"] + counts["loss"]
    return seen / max(1, seen + counts["missed"])


def table(fared: Sequence[Fared]) -> str:
    """A line for each kind of mutant, and one for all."""
    lines = [f"{'':10}{'caught':>8}{'loss':>8}{'harmless':>10}{'missed':>8}{'noticed':>9}"]
    kinds = sorted({one.mutant.kind for one in fared})
    for name, some in [(k, [f for f in fared if f.mutant.kind == k]) for k in kinds] + [
        ("all", list(fared))
    ]:
        counts = Counter(one.fate for one in some)
        lines.append(
            f"{name:10}{counts['caught']:8}{counts['loss']:8}{counts['harmless']:10}"
            f"{counts['missed']:8}{share_noticed(some):9.1%}"
        )
    return "\n".join(lines)


def read_platforms() -> list[str]:
    return [
        name
        for name, cls in platforms().items()
        if not cls.unread and (FIXTURES / name / "normal").is_dir()
    ]


def main() -> None:
    everything = [one for name in sys.argv[1:] or read_platforms() for one in fates(name)]
    for one in everything:
        if one.fate == "missed":
            print(f"{one.platform}: {one.mutant.kind} {one.mutant.says}: {one.why}")  # noqa: T201
    print(table(everything))  # noqa: T201


if __name__ == "__main__":
    main()
