#!/usr/bin/env python3
"""Times a benchmark in two builds of lacuna, in turns: whether one is slower than the other.

Each pair starts both programs, in alternating order, and compares the medians of "ours". Printed are
the median of the ratios and its 95 % interval, by order statistics. Exit code 1: new/old is above
--limit, or the whole interval is above 1.
"""
import argparse
import json
import math
import statistics
import types

import turns


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("new", help="program")
    parser.add_argument("old", help="program that it is compared with")
    parser.add_argument("--benchmark", default="autorec_step", help="(default: %(default)s)")
    parser.add_argument("--pairs", type=int, default=30, help="at least 6 (default: %(default)s)")
    parser.add_argument("--repetitions", type=int, default=5,
                        help="steps in a turn (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="(default: %(default)s)")
    parser.add_argument("--limit", type=float, default=1.02,
                        help="the largest median of new/old (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    options = parser.parse_args()
    if min(options.pairs - 5, options.repetitions, options.threads) < 1:
        parser.error("--pairs must be at least 6, --repetitions and --threads at least 1")
    return options


def interval(values):
    """A 95 % interval of the median: between the k-th smallest and the k-th largest value."""
    ordered, n = sorted(values), len(values)
    outside, k = 0.0, 0  # the probability that the median lies below the (k+1)-th smallest
    while (tail := outside + math.comb(n, k) / 2**n) <= 0.025:
        outside, k = tail, k + 1
    return ordered[k - 1], ordered[n - k]


def turn(program, options):
    settings = types.SimpleNamespace(program=program, threads=options.threads,
                                     repetitions=options.repetitions)
    report, cpu = turns.our_turn(options.benchmark, settings)
    return statistics.median(report["times_ms"]["ours"]["samples"]), cpu


def main():
    options = arguments()
    new, old, ratios = [], [], []
    for pair in range(options.pairs):
        order = [(options.new, new), (options.old, old)]
        for program, times in order if pair % 2 else order[::-1]:
            time, cpu = turn(program, options)
            times.append(time)
        ratios.append(new[-1] / old[-1])
    low, high = interval(ratios)
    median = statistics.median(ratios)
    if options.json:
        print(json.dumps({"benchmark": options.benchmark, "cpu": cpu, "threads": options.threads,
                          "new_ms": new, "old_ms": old, "ratio": median, "interval": [low, high]}))
    else:
        print(f"{options.benchmark} on {cpu}, {options.threads} threads, {options.pairs} pairs")
        print(f"medians: new {statistics.median(new):.2f} ms, old {statistics.median(old):.2f} ms")
        print(f"new/old: {median:.3f}, 95 % interval {low:.3f} to {high:.3f}")
    raise SystemExit(1 if median > options.limit or low > 1 else 0)


if __name__ == "__main__":
    main()
