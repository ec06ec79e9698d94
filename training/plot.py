"""The logs of a run as one picture: RUN_DIR/train.jsonl and stem.jsonl -> an SVG.

    python -m training.plot RUN_DIR [--out FILE.svg]

Loss by objective (one update in 50 is logged, under the objective that was drawn for it), AR on val by language, and the stem's losses and
accuracies, over updates; pre-training is shaded. It is a light card, so that it reads on a dark page as well.
"""

import argparse
import json
import math
import sys
from html import escape
from pathlib import Path

OBJECTIVES = ("CMR", "VMLM", "MRFR", "MRC-kl")
COLOURS = ("#c2410c", "#2563eb", "#0f766e", "#a21caf", "#854d0e", "#475569")
INK, GREY, LINE, SHADE, CARD = "#1c2530", "#5b6672", "#d8dee6", "#eef2f7", "#fbfcfd"
WIDTH, HEIGHT = 440, 260  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 48, 100, 58, 44  # of its drawing
HEAD, GAP = 20, 8

Series = dict[str, list[tuple[float, float]]]  # name -> points (x, y), x ascending


def read(path: Path) -> list[dict]:
    """A log's lines; none if there is no log. A line that was cut off is left out and counted."""
    lines, broken = [], 0
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            lines.append(json.loads(text))
        except json.JSONDecodeError:
            broken += 1
    if broken:
        print(f"{path}: {broken} lines left out that are no JSON", file=sys.stderr)
    return lines


def gathered(points: list[tuple[str, float, float]]) -> Series:
    """(name, x, y) -> by name. A run that was stopped logs some updates again when it goes on: the last value counts."""
    series: dict[str, dict[float, float]] = {}
    for name, x, y in points:
        if math.isfinite(y):
            series.setdefault(name, {})[x] = y
    return {name: sorted(values.items()) for name, values in series.items()}


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten apart) from the last below `low` to the first above `high`."""
    rough = max(high - low, 1e-9) / most
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    return [round(step * i, 10) for i in range(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9) + 1)]


def text(x: float, y: float, content: str, attributes: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(content)}</text>'


def apart(places: list[float], gap: float, lowest: float) -> list[float]:
    """The same heights, moved down where two names would cover each other, and up where the last would be below `lowest`."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for above, i in zip(order, order[1:], strict=False):
        moved[i] = max(moved[i], moved[above] + gap)
    for place, i in enumerate(reversed(order)):
        moved[i] = min(moved[i], lowest - place * gap)
    return moved


def panel(title: str, unit: str, series: Series, top: float | None = None, dots: bool = False, phase: tuple[int, str, str] | None = None) -> str:
    """One panel, its origin at its upper left corner.

    Lines with their names at their ends (`dots`: points too, with a moving mean). The vertical axis ends at the highest value or at `top`.
    `phase` is the x at which the second phase begins, and both phases' names.
    """
    points = [point for line in series.values() for point in line]
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    out = [text(LEFT - 28, 22, title, f'font-weight="600" fill="{INK}"')]
    if not points:
        return "\n".join([*out, text(LEFT - 28, 44, "nothing is logged yet", f'fill="{GREY}"')])
    across = ticks(0, max(x for x, _ in points))
    up = ticks(0, top if top is not None else max(y for _, y in points))
    last, high = max(max(x for x, _ in points), 1), up[-1]
    at_x = lambda x: LEFT + (right - LEFT) * x / last  # noqa: E731
    at_y = lambda y: bottom - (bottom - TOP) * min(y, high) / high  # noqa: E731
    if phase:
        border, *names = phase
        edge = at_x(min(border, last))
        out.append(f'<rect x="{LEFT}" y="{TOP}" width="{edge - LEFT:.1f}" height="{bottom - TOP}" fill="{SHADE}"/>')
        small = f'font-size="11" fill="{GREY}"'
        narrow = edge - LEFT < 76
        if not narrow:
            out.append(text(LEFT, TOP - 6, names[0], small))
        if right - edge > 66:
            out.append(text(edge, TOP - 6, f"{names[1]} (shaded: {names[0]})" if narrow and edge > LEFT else names[1], small))
    for value in up:
        out.append(f'<line x1="{LEFT}" y1="{at_y(value):.1f}" x2="{right}" y2="{at_y(value):.1f}" stroke="{LINE}"/>')
        out.append(text(LEFT - 7, at_y(value) + 4, f"{value:g}", f'text-anchor="end" fill="{GREY}"'))
    for value in across:
        if value <= last:
            out.append(text(at_x(value), bottom + 17, f"{value:,g}", f'text-anchor="middle" fill="{GREY}"'))
    out.append(text(right, bottom + 33, unit, f'text-anchor="end" font-size="11" fill="{GREY}"'))
    drawn = {name: smooth(line) if dots else line for name, line in series.items()}
    names = apart([at_y(line[-1][1]) + 4 for line in drawn.values()], 14, bottom + 4)
    for colour, (name, line), height in zip(COLOURS * 4, drawn.items(), names, strict=False):
        if dots:
            out += [f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="1.6" fill="{colour}" fill-opacity="0.3"/>' for x, y in series[name]]
        path = " ".join(f"{at_x(x):.1f},{at_y(y):.1f}" for x, y in line)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round"/>')
        x, y = line[-1]
        out.append(f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="2.6" fill="{colour}"/>')
        out.append(text(right + 8, height, f"{name} {shown(y)}", f'font-weight="600" font-size="11.5" fill="{colour}"'))
    return "\n".join(out)


def shown(value: float) -> str:
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}"


def smooth(line: list[tuple[float, float]], window: int = 9) -> list[tuple[float, float]]:
    """The mean of each point and its neighbours, fewer towards the ends: what one batch adds is noise."""
    means = []
    for i, (x, _) in enumerate(line):
        reach = min(window // 2, i, len(line) - 1 - i)
        near = [y for _, y in line[i - reach : i + reach + 1]]
        means.append((x, sum(near) / len(near)))
    return means


def plot(train: list[dict], stem: list[dict], pretrain_updates: int | None = None) -> str:
    """The picture of both logs; `pretrain_updates` marks the phases."""
    drawn = sorted((line for line in train if "task" in line), key=lambda line: line["task"])  # each objective keeps its colour
    losses = [(OBJECTIVES[line["task"]], line["update"], line["loss"]) for line in drawn]
    ars = [(name, line["update"], ar) for line in train if "ar" in line for name, ar in line.get("ars", {"AR": line["ar"]}).items()]
    stem_losses = [(name, line["step"], line[name]) for line in stem for name in ("cover", "middles", "setting") if name in line]
    right = [(name, line["step"], 100 * line[name]) for line in stem for name in ("kind", "colour", "material", "size") if name in line]
    phase = None if pretrain_updates is None else (pretrain_updates, "pre-training", "fine-tuning")
    panels = [
        panel("Loss by objective", "update", gathered(losses), dots=True, phase=phase),
        panel("AR on val by language, %", "update", gathered(ars), top=100, phase=phase),
        panel("The stem's losses on val", "step", gathered(stem_losses)),
        panel("Regions whose look the stem tells, %", "step", gathered(right), top=100),
    ]
    return card(panels, "A training run: losses and accuracy over updates")


def card(panels: list[str], label: str) -> str:
    """Panels, two in a line, as one picture that `label` describes."""
    lines = math.ceil(len(panels) / 2)
    width, height = 2 * WIDTH + GAP, lines * HEIGHT + (lines - 1) * GAP + HEAD
    placed = "\n".join(
        f'<g transform="translate({(i % 2) * (WIDTH + GAP)} {(i // 2) * (HEIGHT + GAP) + HEAD // 2})">\n{each}\n</g>'
        for i, each in enumerate(panels)
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">
<rect width="{width}" height="{height}" rx="8" fill="{CARD}" stroke="{LINE}"/>
<g font-family="system-ui, sans-serif" font-size="12" fill="{INK}">
{placed}
</g>
</svg>
"""


def plot_run(run: Path) -> str:
    """The picture of a run's folder. Raises FileNotFoundError where nothing was logged."""
    train, stem = read(run / "train.jsonl"), read(run / "stem.jsonl")
    if not train and not stem:
        raise FileNotFoundError(f"{run} has neither train.jsonl nor stem.jsonl: train first (python -m training.train_stem).")
    config = run / "train.json"
    return plot(train, stem, json.loads(config.read_text())["pretrain_updates"] if config.exists() else None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, help="RUN_DIR/run.svg unless it is given")
    args = parser.parse_args()
    out = args.out or args.run / "run.svg"
    out.write_text(plot_run(args.run), encoding="utf-8")
    print(out)
