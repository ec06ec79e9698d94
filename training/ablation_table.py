"""The ablation's table from the results of its runs: mean and spread of each row, and its difference to the full recipe."""

from statistics import mean, stdev

FULL = "all"
MEASURES = ("ar", "ir_r1", "tr_r1")


def spread(values: list[float]) -> dict:
    """Mean and sample standard deviation; one value has no deviation."""
    return {"mean": round(mean(values), 2), "sd": round(stdev(values), 2) if len(values) > 1 else None}


def summary(names: list[str], results: list[dict], mixes: dict[str, tuple[float, ...]]) -> list[dict]:
    """Rows in the order of `names`, each with its results by seed. `difference` is AR less the full recipe's, seed by seed: a seed
    gives every row the same first weights, so that its spread is that of pairs.
    """
    by_row = {name: sorted((r for r in results if r["row"] == name), key=lambda r: r["seed"]) for name in names}
    full = {r["seed"]: r["ar"] for r in by_row[FULL]}
    rows = []
    for name, found in by_row.items():
        numbers = {"ar": [r["ar"] for r in found], "ir_r1": [r["ir"]["r1"] for r in found], "tr_r1": [r["tr"]["r1"] for r in found]}
        rows.append(
            {
                "name": name,
                "mix": [round(share, 4) for share in mixes[name]] if name in mixes else None,
                **{measure: spread(values) for measure, values in numbers.items()},
                "difference": spread([r["ar"] - full[r["seed"]] for r in found]) if name != FULL else None,
                "seeds": [{key: value for key, value in r.items() if key != "row"} for r in found],
            }
        )
    return rows


def table(found: dict) -> str:
    """What ablation.json holds, as a table to print."""
    budget, machine = found["budget"], found["machine"]
    seeds = len(found["rows"][0]["seeds"])
    lines = [
        f"{budget['updates']} updates ({budget['pretrain_updates']} of pre-training), {seeds} seeds, "
        f"{found['images']['val']} images of val; mean ± standard deviation",
        f"{found['date']}, {machine['cpu']}, {machine['cores']} cores",
        "",
        f"{'':<18}{'AR':>14}{'IR R@1':>14}{'TR R@1':>14}{'AR to all':>16}",
    ]
    for row in found["rows"]:
        cells = "".join(f"{written(row[measure]):>14}" for measure in MEASURES)
        lines.append(f"{row['name']:<18}{cells}{written(row['difference'], '+') if row['difference'] else '':>16}")
    return "\n".join(lines)


def written(value: dict, sign: str = "") -> str:
    return f"{value['mean']:{sign}.1f}" + ("" if value["sd"] is None else f" ± {value['sd']:.1f}")
