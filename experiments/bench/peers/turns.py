"""What the scripts of this folder share: lacuna's side and PyTorch's take turns."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def fail(message):
    print(f"{pathlib.Path(sys.argv[0]).name}: {message}", file=sys.stderr)
    raise SystemExit(2)


def add_options(parser, rounds, repetitions):
    def add(name, default, text):
        parser.add_argument(name, type=type(default), default=default,
                            help=f"{text} (default: %(default)s)")

    add("--program", str(ROOT / "lacuna"), "lacuna")
    add("--threads", 2, "of each side")
    add("--rounds", rounds, "turns of each side")
    add("--repetitions", repetitions, "steps in a turn")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def parse(parser):
    options = parser.parse_args()
    if min(options.threads, options.rounds, options.repetitions) < 1:
        parser.error("--threads, --rounds and --repetitions must be at least 1")
    return options


def import_torch(options):
    try:
        import torch
    except ImportError:
        fail("PyTorch is missing: pip install torch, best in a virtual environment")
    torch.set_num_threads(options.threads)
    return torch


def our_turn(benchmark, options):
    """Runs our side alone; returns its report and the CPU's name."""
    command = [options.program, "bench", f"^{benchmark}/ours$", "--json", "--threads",
               str(options.threads), "--repetitions", str(options.repetitions)]
    environment = {"OMP_WAIT_POLICY": "passive", **os.environ}
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        fail(f"cannot run our side: {error}")
    document = json.loads(output)
    return document["benchmarks"][0], document["environment"]["machine"]["cpu"]


def peer_turn(step, repetitions):
    """Milliseconds of each step."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - start))
    return times


def measure(benchmark, peers, options):
    """Milliseconds by side; `peers` are the other sides' steps by name."""
    times = {"lacuna": [], **{name: [] for name in peers}}
    for _ in range(options.rounds):
        times["lacuna"] += our_turn(benchmark, options)[0]["times_ms"]["ours"]["samples"]
        for name, step in peers.items():
            times[name] += peer_turn(step, options.repetitions)
    return times


def over_ours(times, name):
    return statistics.median(times[name]) / statistics.median(times["lacuna"])


def table(times, digits=1):
    width = max(18, *map(len, times))
    lines = [f"{'step':<{width}} {'median ms':>10} {'min':>9} {'max':>9} {'over ours':>10}"]
    for name, of_side in times.items():
        median = statistics.median(of_side)
        lines.append(f"{name:<{width}} {median:>10.{digits}f} {min(of_side):>9.{digits}f} "
                     f"{max(of_side):>9.{digits}f} {over_ours(times, name):>9.2f}x")
    return "\n".join(lines)


def result(torch, benchmark, options, report, cpu, times):
    return {"benchmark": benchmark, "cpu": cpu, "torch": torch.__version__,
            "threads": options.threads, "shape": report["shape"], "times_ms": times,
            "eager_over_ours": over_ours(times, "PyTorch eager")}


def compare_all(benchmarks, compare, text, options):
    """Prints and returns what compare(torch, benchmark, options) finds for each; text() is for people."""
    torch = import_torch(options)
    results = [compare(torch, benchmark, options) for benchmark in benchmarks]
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        print(f"{results[0]['cpu']}, {options.threads} threads, torch {torch.__version__}\n")
        print("\n".join(map(text, results)))
    return results


def one_peer(benchmark, peer_of, mark, options):
    """Compares with eager PyTorch's step, peer_of(torch, shape).step, prints, and returns the exit code."""
    torch = import_torch(options)
    report, cpu = our_turn(benchmark, options)
    shape = report["shape"]
    peer = peer_of(torch, shape)
    first = peer.step()
    if not min(peer.step() for _ in range(5)) < first:
        fail("the loss of PyTorch does not fall: the comparison does not count")
    times = measure(benchmark, {"PyTorch eager": peer.step}, options)
    found = result(torch, benchmark, options, report, cpu, times)
    passed = found["eager_over_ours"] >= mark
    if options.json:
        print(json.dumps({**found, "mark": mark, "passed": passed}, indent=2))
    else:
        sizes = ", ".join(f"{value} {name}" for name, value in shape.items())
        print(f"{cpu}, {options.threads} threads, torch {torch.__version__}\n{sizes}\n")
        print(table(times))
        print(f"\nmark: PyTorch eager takes at least {mark:g} times ours: {'met' if passed else 'missed'}")
    return 0 if passed else 1
