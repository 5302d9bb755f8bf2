#!/usr/bin/env python3
"""Times a full-batch training step of AutoRec in PyTorch against lacuna's, in turns.

Both sides have the same shape, density, threads, penalty and optimiser; PyTorch computes on dense
matrices with a mask, as its users do. The medians of all repetitions are compared. Exit code 1: the
mark is missed, 2: something is not there.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

LEARNING_RATE = 0.002  # all three as in autorec_item_ml1m.json
PENALTY = 300.0
MARK = 8.0  # times eager PyTorch
ROOT = pathlib.Path(__file__).resolve().parents[3]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])

    def add(name, default, text):
        parser.add_argument(name, type=type(default), default=default,
                            help=f"{text} (default: %(default)s)")

    add("--program", str(ROOT / "lacuna"), "lacuna")
    add("--threads", 2, "of each side")
    add("--rounds", 5, "turns of each side")
    add("--repetitions", 4, "steps in a turn")
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    if min(options.threads, options.rounds, options.repetitions) < 1:
        parser.error("--threads, --rounds and --repetitions must be at least 1")
    return options


def import_torch():
    try:
        import torch
    except ImportError:
        fail("PyTorch is missing: pip install torch, best in a virtual environment")
    return torch


def fail(message):
    print(f"autorec_step.py: {message}", file=sys.stderr)
    raise SystemExit(2)


def our_turn(options):
    """Runs our side alone; returns its report and the CPU's name."""
    command = [options.program, "bench", "^autorec_step/ours$", "--json", "--threads",
               str(options.threads), "--repetitions", str(options.repetitions)]
    environment = {"OMP_WAIT_POLICY": "passive", **os.environ}
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        fail(f"cannot run our side: {error}")
    document = json.loads(output)
    return document["benchmarks"][0], document["environment"]["machine"]["cpu"]


class Peer:
    """The step in PyTorch on random ratings of the given shape."""

    def __init__(self, torch, shape, compiled):
        rows, columns, units = shape["rows"], shape["columns"], shape["units"]
        generator = torch.Generator().manual_seed(0)
        observed = torch.randperm(rows * columns, generator=generator)[:shape["ratings"]]
        x = torch.zeros(rows * columns)
        x[observed] = torch.randint(1, 6, observed.shape, generator=generator).float()
        mask = torch.zeros(rows * columns)
        mask[observed] = 1
        x, mask = x.view(rows, columns), mask.view(rows, columns)
        scale = units / mask.sum(1, keepdim=True).clamp(min=1)
        w, v = (torch.nn.Parameter(0.01 * torch.randn(columns, units, generator=generator))
                for _ in range(2))
        b, c = (torch.nn.Parameter(0.001 * torch.randn(n, generator=generator))
                for n in (units, columns))

        def loss():
            hidden = torch.sigmoid(scale * (x @ w) + b)
            return ((hidden @ v.t() + c - x) * mask).square().sum()

        # The penalty as weight_decay: the same gradient as lambda / 2 |W|^2 in the loss, for less.
        self.optimizer = torch.optim.Adam(
            [{"params": [w, v], "weight_decay": PENALTY}, {"params": [b, c]}], lr=LEARNING_RATE,
            fused=True)
        self.loss = torch.compile(loss) if compiled else loss

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def turn(self, repetitions):
        """Milliseconds of each step."""
        times = []
        for _ in range(repetitions):
            start = time.perf_counter()
            self.step()
            times.append(1e3 * (time.perf_counter() - start))
        return times


def make_peers(torch, shape, options):
    """The peers by name, warmed up; torch.compile is left out where it does not work."""
    peers = {}
    for name, compiled in (("PyTorch eager", False), ("torch.compile", True)):
        if compiled and options.no_compile:
            continue
        peer = Peer(torch, shape, compiled)
        try:
            first = peer.step()
        except Exception as error:  # the compiler's errors are of many types
            if not compiled:
                raise
            print(f"torch.compile does not work here: {error}", file=sys.stderr)
            continue
        if not peer.step() < first:
            fail(f"the loss of {name} does not fall: the comparison does not count")
        peers[name] = peer
    return peers


def measure(peers, options):
    times = {"lacuna": [], **{name: [] for name in peers}}
    for _ in range(options.rounds):
        times["lacuna"] += our_turn(options)[0]["times_ms"]["ours"]["samples"]
        for name, peer in peers.items():
            times[name] += peer.turn(options.repetitions)
    return times


def table(times):
    ours = statistics.median(times["lacuna"])
    lines = [f"{'step':<14} {'median ms':>10} {'min':>9} {'max':>9} {'over ours':>10}"]
    for name, all_times in times.items():
        median = statistics.median(all_times)
        lines.append(f"{name:<14} {median:>10.1f} {min(all_times):>9.1f} {max(all_times):>9.1f} "
                     f"{median / ours:>9.2f}x")
    return "\n".join(lines)


def main():
    options = arguments()
    torch = import_torch()
    torch.set_num_threads(options.threads)
    first, cpu = our_turn(options)
    shape = first["shape"]
    times = measure(make_peers(torch, shape, options), options)
    ratio = statistics.median(times["PyTorch eager"]) / statistics.median(times["lacuna"])
    if options.json:
        print(json.dumps({"cpu": cpu, "torch": torch.__version__, "threads": options.threads,
                          "shape": shape, "times_ms": times, "eager_over_ours": ratio,
                          "mark": MARK, "passed": ratio >= MARK}, indent=2))
    else:
        sizes = ", ".join(f"{value} {name}" for name, value in shape.items())
        print(f"{cpu}, {options.threads} threads, torch {torch.__version__}\n{sizes}\n")
        print(table(times))
        print(f"\nmark: PyTorch eager takes at least {MARK:g} times ours: "
              f"{'met' if ratio >= MARK else 'missed'}")
    return 0 if ratio >= MARK else 1


if __name__ == "__main__":
    sys.exit(main())
