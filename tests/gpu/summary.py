#!/usr/bin/env python3
"""Writes what the boxes of tests/gpu_acceptance.sh found as acceptance.json and acceptance.md: goals
beside the figures, "met" or "missed"; a rehearsal's figures are marked and not judged. With
--memory-bound it prints those lines of its input that name kernels which have a goal."""
import argparse
import csv
import datetime
import json
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
BOXES = ("build", "suite", "memcheck", "racecheck", "initcheck", "synccheck", "kernels", "counters",
         "autorec", "mlp")
MISSING = "not measured"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory-bound", action="store_true")
    for name in ("--state", "--results"):
        parser.add_argument(name, type=pathlib.Path)
    for name in ("--commit", "--gpu", "--rehearsal"):
        parser.add_argument(name, default="")
    return parser.parse_args()


def memory_bound(side, goals):
    return any(side.startswith(op + " " if " " not in op else op) for op in goals["memory_bound"]["ops"])


def load(file):
    return json.loads(file.read_text()) if file.is_file() else None


def boxes_of(state):
    found = {}
    for box in BOXES:
        file = state / f"{box}.box"
        if file.is_file():
            result, detail, seconds, calls = file.read_text().rstrip("\n").split("\t")
            found[box] = {"result": result, "detail": detail, "seconds": int(seconds),
                          "calls": int(calls)}
    return found


def judged(value, goal, rehearsal):
    """A figure of the table."""
    figure = {"what": goal["what"], "value": value}
    for key, symbol in (("at_least", ">="), ("at_most", "<=")):
        if key in goal:
            figure["goal"] = f"{symbol} {goal[key]:g}"
            met = value is not None and (value >= goal[key] if key == "at_least" else value <= goal[key])
            figure["verdict"] = ("not judged" if rehearsal else MISSING if value is None
                                 else "met" if met else "missed")
    return figure


def counted(file):
    """Of one call: the launches that ncu saw are those of two."""
    lines = [line for line in file.read_text().splitlines() if line.startswith('"')]
    rows = list(csv.DictReader(lines))[1:]  # the first says units
    if not rows or len(rows) % 2:
        return None
    half = rows[len(rows) // 2:]

    def total(metric):
        return sum(float(row[metric].replace(",", "")) for row in half)
    return {"launches": len(half), "dram_bytes": total("dram__bytes_read.sum") + total("dram__bytes_write.sum"),
            "l2_bytes": 32 * total("lts__t_sectors.sum")}


def kernels_of(state, goals, rehearsal):
    """Times of every kernel by its side's name, and the copies'."""
    kernels, copies = {}, []
    for file in sorted((state / "kernels").glob("*.json")):
        for side, times in load(file)["benchmarks"][0]["times_ms"].items():
            if side == "copy":
                copies.append(times["gb_per_s"])
                continue
            kernel = {"ms": times["median"], **{key: times[key] for key in (
                "bytes", "rotated_bytes", "gb_per_s", "share_of_copy", "gflop_per_s") if key in times}}
            if memory_bound(side, goals) and "share_of_copy" in kernel:
                kernel.update(judged(kernel["share_of_copy"], goals["memory_bound"], rehearsal))
            counts = state / "counters" / f"{side}.csv"
            if counts.is_file() and (counters := counted(counts)):
                kernel["counted"] = counters
            kernels[side] = kernel
    return kernels, copies


def steps_of(folder):
    """Median milliseconds of our sides and of the peers; ours from the peers' run where there is one."""
    ours, peers = load(folder / "ours.json"), load(folder / "peers.json")
    if ours is None:
        return None
    report = ours["benchmarks"][0]
    mine = {side: times["median"] for side, times in report["times_ms"].items()}
    found = {"shape": report["shape"], "lacuna_ms": mine, "peers_ms": {}, "torch": None}
    if peers:
        found["lacuna_ms"] = {side: statistics.median(ms) for side, ms in peers["ours_ms"].items()}
        found["peers_ms"] = {side: statistics.median(ms) for side, ms in peers["theirs_ms"].items()}
        found["torch"] = f"{peers['torch']} on {peers['torch_device']}"
    return found


def figures_of(autorec, mlp, copies, kernels, goals, rehearsal):
    """The table's rows; those of boxes that have not run say so."""
    copy = statistics.median(copies) if copies else None
    shares = [k["share_of_copy"] for k in kernels.values() if "goal" in k]
    rows = [{"what": "copy of random numbers, GB/s read and written", "value": copy},
            judged(min(shares) if shares else None,
                   {**goals["memory_bound"], "what": "the least " + goals["memory_bound"]["what"]}, rehearsal)]
    ms = autorec["lacuna_ms"] if autorec else {}
    for side in ("full_batch", "full_batch_launched", "mini_batch", "mini_batch_launched"):
        what = f"AutoRec {side}, ms by the wall clock"
        rows.append(judged(ms.get(side), {**goals["autorec_step"], "what": what}, rehearsal)
                    if side == "full_batch" else {"what": what, "value": ms.get(side)})
        device = ms.get(f"{side} device")
        busy = device / ms[side] if device and ms.get(side) else None
        what = f"AutoRec {side}, share of the time that the device works"
        rows.append({"what": f"AutoRec {side}, ms of the device", "value": device})
        rows.append(judged(busy, {**goals["autorec_busy"], "what": what}, rehearsal)
                    if "launched" not in side else {"what": what, "value": busy})
    for name, side, steps in (("AutoRec", {"full": "full_batch", "mini": "mini_batch"}, autorec), ("MLP", None, mlp)):
        mine = steps["lacuna_ms"] if steps else {}
        if side is None:
            rows.append({"what": "MLP step, ms of the device", "value": mine.get("ours")})
        theirs = steps["peers_ms"] if steps else {}
        if not theirs:
            rows.append({"what": f"{name}: PyTorch's steps over lacuna's", "value": None})
        for peer, time in theirs.items():
            own = mine["ours"] if side is None else mine[side["full" if "full batch" in peer else "mini"]]
            what = f"{name}: {peer if 'PyTorch' in peer else 'PyTorch ' + peer}"
            said = goals["arithmetic"].get(peer.removesuffix(", full batch"))
            rows.append({"what": f"{what}, ms", "value": time})
            rows.append({"what": f"{what}, over lacuna's captured step", "value": time / own,
                         **({"goal": f"by arithmetic {said}"} if said and name == "AutoRec" else {})})
    return rows


def text_of(value):
    return MISSING if value is None else f"{value:.4g}"


def markdown(result):
    lines = ["# GPU acceptance", "", f"{result['date']}, commit {result['commit']}, GPU: {result['gpu'] or 'none'}", ""]
    if result["rehearsal"]:
        lines += [f"**{result['rehearsal']}**", ""]
    lines += ["| box | result | | seconds | calls |", "|---|---|---|---:|---:|"]
    lines += [f"| {name} | {box['result']} | {box['detail']} | {box['seconds']} | {box['calls']} |"
              for name, box in result["boxes"].items()]
    lines += ["", "| figure | value | goal | |", "|---|---:|---:|---|"]
    lines += [f"| {f['what']} | {text_of(f['value'])} | {f.get('goal', '')} | {f.get('verdict', '')} |"
              for f in result["figures"]]
    if result["kernels"]:
        lines += ["", "| kernel | ms | MB by formula | MB of DRAM | MB of L2 | GB/s | of copy | goal |",
                  "|---|---:|---:|---:|---:|---:|---:|---|"]
    for side, k in result["kernels"].items():
        count = k.get("counted", {})
        cells = [f"{k['ms']:.4g}", *(f"{source[key] * scale:.4g}" if key in source else "" for source, key, scale in (
            (k, "bytes", 1e-6), (count, "dram_bytes", 1e-6), (count, "l2_bytes", 1e-6), (k, "gb_per_s", 1),
            (k, "share_of_copy", 1))), k.get("verdict", "")]
        lines.append(f"| {side} | {' | '.join(cells)} |")
    torch = next((s["torch"] for s in (result["autorec"], result["mlp"]) if s and s["torch"]), None)
    lines += ["", f"PyTorch: {torch or 'absent'}. Bytes of DRAM and L2 are ncu's, of one call, with caches flushed before each launch."]
    return "\n".join(lines) + "\n"


def main():
    options = arguments()
    goals = json.loads((HERE / "goals.json").read_text())
    if options.memory_bound:
        sys.stdout.writelines(line for line in sys.stdin if memory_bound(line.rstrip("\n") + " ", goals))
        return
    kernels, copies = kernels_of(options.state, goals, options.rehearsal)
    autorec, mlp = steps_of(options.state / "autorec"), steps_of(options.state / "mlp")
    result = {"date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
              "commit": options.commit, "gpu": options.gpu, "rehearsal": options.rehearsal,
              "boxes": boxes_of(options.state),
              "figures": figures_of(autorec, mlp, copies, kernels, goals, options.rehearsal),
              "kernels": kernels, "autorec": autorec, "mlp": mlp}
    options.results.mkdir(parents=True, exist_ok=True)
    (options.results / "acceptance.json").write_text(json.dumps(result, indent=1) + "\n")
    (options.results / "acceptance.md").write_text(markdown(result))
    for name, figure in [("", figure) for figure in result["figures"]] + list(kernels.items()):
        if "goal" in figure:
            print(f"{name or figure['what']}: {text_of(figure['value'])} ({figure['goal']}): "
                  f"{figure.get('verdict', 'not a goal')}")
    print(f"=== {options.results / 'acceptance.md'}")


if __name__ == "__main__":
    main()
