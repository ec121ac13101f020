"""Charts as inline SVG, made on the server: no script, no style attribute, readable when printed.

Every chart has a title that says what it shows; colours come from the style sheet by class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape


def _svg(width: int, height: int, title: str, body: str, kind: str) -> Markup:
    return Markup(
        f'<svg class="chart {kind}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f"{body}</svg>"
    )


def strip(outcomes: Sequence[tuple[str, str]], title: str) -> Markup:
    """Outcomes of visits, oldest first, as (outcome, tooltip): a bar each, high when complete."""
    high = {"ok": 16, "empty": 7, "suspect_drop": 11, "partial": 11}
    body = ""
    for at, (outcome, told) in enumerate(outcomes):
        tall = high.get(outcome, 16)
        body += (
            f'<rect class="o-{escape(outcome)}" x="{at * 7}" y="{16 - tall}" width="5" '
            f'height="{tall}"><title>{escape(told)}</title></rect>'
        )
    return _svg(max(1, len(outcomes)) * 7, 16, title, body, "strip")


def bars(rows: Sequence[tuple[str, float]], title: str, unit: str = "") -> Markup:
    """Horizontal bars with their names and values, in the order given."""
    most = max((value for _, value in rows), default=0) or 1
    body, line = "", 24
    for at, (name, value) in enumerate(rows):
        y = at * line
        width = max(1, round(300 * value / most))
        shown = name if len(name) <= 30 else f"{name[:29]}…"
        body += (
            f'<text class="name" x="216" y="{y + 16}" text-anchor="end">{escape(shown)}'
            f"<title>{escape(name)}</title></text>"
            f'<rect class="bar" x="226" y="{y + 4}" width="{width}" height="16" rx="2"/>'
            f'<text class="value" x="{232 + width}" y="{y + 16}">{value:,.0f}{escape(unit)}</text>'
        )
    return _svg(600, max(1, len(rows)) * line, title, body, "bars")


def stacked(
    names: Sequence[str], series: Mapping[str, Sequence[int]], title: str, unit: str = "week"
) -> Markup:
    """Columns over time; `names` label them, each series is one colour (at most eight)."""
    width, height, left, bottom = 860, 250, 40, 28
    totals = [sum(values[at] for values in series.values()) for at in range(len(names))]
    most = _round_up(max(totals, default=0))
    step = (width - left) / max(1, len(names))
    body = ""
    for quarter in range(5):
        value = most * quarter / 4
        y = height - bottom - (height - bottom - 10) * quarter / 4
        body += (
            f'<line class="grid" x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="axis" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">'
            f"{value:,.0f}</text>"
        )
    every = max(1, -(-len(names) // 10))
    for at, name in enumerate(names):
        y = float(height - bottom)
        x = left + at * step + step * 0.12
        for number, (label, values) in enumerate(series.items()):
            tall = (height - bottom - 10) * values[at] / most
            y -= tall
            if tall > 0:
                body += (
                    f'<rect class="s{number % 8}" x="{x:.1f}" y="{y:.1f}" '
                    f'width="{step * 0.76:.1f}" '
                    f'height="{tall:.1f}"><title>{escape(label)}, {unit} {escape(name)}: '
                    f"{values[at]:,}</title></rect>"
                )
        if at % every == 0:
            body += (
                f'<text class="axis" x="{x + step * 0.38:.1f}" y="{height - 8}" '
                f'text-anchor="middle">{escape(name)}</text>'
            )
    return _svg(width, height, title, body, "stacked")


def _round_up(value: float) -> int:
    """The next number whose quarters are round."""
    for base in (4, 8, 20, 40, 80, 200, 400, 800, 2000, 4000, 8000, 20_000, 40_000, 80_000):
        if value <= base:
            return base
    return int(-(-value // 100_000) * 100_000)
