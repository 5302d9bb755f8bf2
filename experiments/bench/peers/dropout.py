#!/usr/bin/env python3
"""Times dropout forward and backward in PyTorch against lacuna's scaled by the count of kept units, in turns.

A matrix of 4096 x 2048 at a rate of .5, gradient at hand. PyTorch's scales by the expected share;
scaling by each row's own count, as one would write it there, is timed, too. The medians of all
repetitions are compared. Exit code 1: the mark is missed, 2: something is not there.
"""
import argparse
import json
import os
import subprocess
import sys

import turns

ROWS, COLUMNS, RATE = 4096, 2048, 0.5
SIDE = f"dropout {ROWS}x{COLUMNS} missing {RATE} mode 4"
MARK = 3.0  # times eager PyTorch's own dropout


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=5, repetitions=20)
    return turns.parse(parser)


def our_turn(options):
    """Milliseconds of forward and backward together, and the CPU's name."""
    command = [options.program, "bench", f"^kernels/{SIDE}$", "--json", "--threads", str(options.threads),
               "--repetitions", str(options.repetitions)]
    environment = {"OMP_WAIT_POLICY": "passive", **os.environ}
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        turns.fail(f"cannot run our side: {error}")
    document = json.loads(output)
    times = document["benchmarks"][0]["times_ms"]
    both = zip(times[SIDE]["samples"], times[SIDE + " backward"]["samples"])
    return [a + b for a, b in both], document["environment"]["machine"]["cpu"]


def peers(torch):
    x = torch.randn(ROWS, COLUMNS, requires_grad=True)
    gradient = torch.randn(ROWS, COLUMNS)

    def back(y):
        x.grad = None
        y.backward(gradient)

    def expected():
        back(torch.nn.functional.dropout(x, RATE))

    def kept():
        mask = (torch.rand_like(x) >= RATE).float()
        back(x * mask * (COLUMNS / mask.sum(1, keepdim=True).clamp(min=1)))

    return {"PyTorch eager": expected, "eager, by the count": kept}


def main():
    options = arguments()
    torch = turns.import_torch(options)
    steps = peers(torch)
    for step in steps.values():
        step()
    times = {"lacuna": [], **{name: [] for name in steps}}
    for _ in range(options.rounds):
        ours, cpu = our_turn(options)
        times["lacuna"] += ours
        for name, step in steps.items():
            times[name] += turns.peer_turn(step, options.repetitions)
    ratio = turns.over_ours(times, "PyTorch eager")
    if options.json:
        print(json.dumps({"cpu": cpu, "torch": torch.__version__, "threads": options.threads, "times_ms": times,
                          "eager_over_ours": ratio, "mark": MARK, "passed": ratio >= MARK}, indent=2))
    else:
        print(f"{cpu}, {options.threads} threads, torch {torch.__version__}\n{ROWS} x {COLUMNS}, rate {RATE}\n")
        print(turns.table(times))
        print(f"\nmark: PyTorch eager takes at least {MARK:g} times ours: {'met' if ratio >= MARK else 'missed'}")
    return 0 if ratio >= MARK else 1


if __name__ == "__main__":
    sys.exit(main())
