"""What every platform declares, checked by walking the registry: nothing is listed by hand."""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.loader import ALIASES, our_names, platforms, spider_class
from crawler.platform import Match, PageRule
from crawler.recognise import Recogniser, tidy
from tests.cases import FIXTURES, case_source

SPIDERS = Path(__file__).resolve().parent.parent / "spiders"
FILES = sorted(path for path in SPIDERS.rglob("*.py") if path.name != "__init__.py")
# A platform file is 60-150 lines of extraction; code beyond this is doing something else.
MOST_CODE_LINES = 250
# Requests go through Scrapy, where the limiter, robots.txt and the gateway are.
FORBIDDEN = {
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "socket",
    "sqlite3",
    "sqlite_utils",
    "subprocess",
    "tests",
    "db",
    "pipelines",
}

EXAMPLES = [
    (name, url, said) for name, cls in platforms().items() for url, said in cls.examples.items()
]
NOT_EXAMPLES = [(name, url) for name, cls in platforms().items() for url in cls.not_examples]


def said_by(match: Match) -> dict[str, str]:
    """The parameters that the URL itself sets, and the posting id where there is one."""
    said = {key: str(value) for key, value in match.params.model_dump(exclude_unset=True).items()}
    return said | ({"posting_id": match.posting_id} if match.posting_id else {})


@pytest.mark.parametrize(("name", "url", "said"), EXAMPLES)
def test_an_example_is_claimed_by_its_platform_alone(name: str, url: str, said: Any) -> None:
    claims = {p.platform: match for p in platforms().values() if (match := p.match(tidy(url)))}
    assert list(claims) == [name]
    assert said_by(claims[name]) == dict(said)


@pytest.mark.parametrize(("name", "url"), NOT_EXAMPLES)
def test_a_counter_example_is_not_claimed(name: str, url: str) -> None:
    """Best counter-examples are a neighbour's URLs: theirs alone, then."""
    claims = [p.platform for p in platforms().values() if p.match(tidy(url))]
    assert name not in claims
    assert len(claims) <= 1


@pytest.mark.parametrize(("name", "url", "said"), EXAMPLES)
def test_a_canonical_url_stands_for_the_same_posting(name: str, url: str, said: Any) -> None:
    first = Recogniser().recognise(url)
    assert first is not None
    again = Recogniser().recognise(first.canonical_url)
    assert again is not None
    assert again.key == first.key
    assert again.tenant == first.tenant
    assert again.canonical_url == first.canonical_url


@pytest.mark.parametrize("name", platforms())
def test_a_platform_says_who_it_is(name: str) -> None:
    cls = platforms()[name]
    module = sys.modules[cls.__module__]
    assert module.__name__.rpartition(".")[2] == cls.name == cls.platform == name
    assert len((module.__doc__ or "").splitlines()) > 3, "say what it is, its endpoints, its traps"
    postings = [said for said in cls.examples.values() if "posting_id" in said]
    assert cls.generic or postings, "show the URL of at least one posting"
    for rule in cls.page_rules:
        assert isinstance(rule, PageRule)
        unknown = set(rule.pattern.groupindex) - set(cls.Params.model_fields)
        assert not unknown, f"groups of a page rule that are no parameters: {unknown}"


@pytest.mark.parametrize("name", platforms())
def test_a_parameter_is_stable_and_closed(name: str) -> None:
    params = platforms()[name].Params
    assert params.model_config.get("extra") == "forbid"
    assert params.model_config.get("frozen")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_platform_asks_through_scrapy_only(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    offending = {
        name
        for name in imported
        if any(name == banned or name.startswith(f"{banned}.") for banned in FORBIDDEN)
    }
    assert not offending


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_run_state_on_a_class(path: Path) -> None:
    """Several sources of one platform run in one process: what a class holds, all of them share."""
    assert not changed_class_attributes(path.read_text(encoding="utf-8"))


def test_changed_class_attributes_are_found() -> None:
    source = """class Board:
        seen = []
        pages = {}
        label: str = "Board"
        def read(self, row):
            self.seen.append(row)
            self.pages[row] = 1
            self.rows.append(self.label)
    """
    assert changed_class_attributes(source) == {"Board.seen", "Board.pages"}


def changed_class_attributes(source: str) -> set[str]:
    """Attributes assigned in a class body that its methods change in place."""
    found = set()
    for cls in [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]:
        shared = {
            target.id
            for node in cls.body
            if isinstance(node, (ast.Assign, ast.AnnAssign))
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        found |= {f"{cls.name}.{name}" for name in shared & _changed_attributes(cls)}
    return found


MUTATORS = {
    "append", "add", "update", "extend", "insert", "pop", "popitem", "clear", "remove", "discard",
    "setdefault", "sort", "reverse", "__setitem__",
}  # fmt: skip


def _changed_attributes(tree: ast.AST) -> set[str]:
    """Attributes of self or cls changed in place: x.add(..), x[..] = .., del x[..], x += .."""
    changed = set()
    for node in ast.walk(tree):
        touched: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            touched = [node.func.value] if node.func.attr in MUTATORS else []
        elif isinstance(node, (ast.Assign, ast.Delete)):
            touched = [t.value for t in node.targets if isinstance(t, ast.Subscript)]
        elif isinstance(node, ast.AugAssign):
            touched = [node.target.value if isinstance(node.target, ast.Subscript) else node.target]
        changed |= {
            one.attr
            for one in touched
            if isinstance(one, ast.Attribute)
            and isinstance(one.value, ast.Name)
            and one.value.id in ("self", "cls")
        }
    return changed


@pytest.mark.parametrize("name", [name for name, cls in platforms().items() if not cls.unread])
def test_two_spiders_share_no_state(name: str) -> None:
    source = case_source(FIXTURES / name / "normal")
    one, other = (vars(spider_class(source)()) for _ in range(2))
    changeable = {key for key, value in one.items() if isinstance(value, (list, dict, set))}
    assert changeable, "a spider keeps its run's state on itself"
    shared = {key for key in {*changeable, "memory", "report"} if one[key] is other[key]}
    assert not shared


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_platform_file_stays_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    lines = code_lines(source)
    assert lines <= MOST_CODE_LINES, f"{path.name} has {lines} lines of code"


def code_lines(source: str) -> int:
    """Lines that hold code: no blank ones, no comments, no docstrings."""
    skipped: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            text = node.body[0]
            skipped |= set(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    numbered = enumerate(source.splitlines(), start=1)
    return sum(
        1
        for number, line in numbered
        if number not in skipped and line.strip() and not line.strip().startswith("#")
    )


def test_code_lines_counts_code_alone() -> None:
    source = '"""Doc.\n\nMore.\n"""\n\n# why\nX = 1\n\n\ndef f():\n    """Doc."""\n    return X\n'
    assert code_lines(source) == 3


def test_what_others_call_a_platform_leads_to_ours() -> None:
    assert our_names("oracle-hcm") == {"oracle_recruiting"}
    assert our_names("peopleadmin") == {"peopleadmin"}
    assert our_names("nobody's name") == frozenset()
    document = tomllib.loads(ALIASES.read_text(encoding="utf-8"))
    theirs = [alias["theirs"] for alias in document["alias"]]
    assert len(theirs) == len(set(theirs))
    for alias in document["alias"]:
        assert set(alias["ours"]) <= platforms().keys(), alias
