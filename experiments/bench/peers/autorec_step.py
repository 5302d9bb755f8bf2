#!/usr/bin/env python3
"""Times a full-batch training step of AutoRec in PyTorch against lacuna's, in turns.

Both sides have the same shape, density, threads, penalty and optimiser; PyTorch computes on dense
matrices with a mask, as its users do. The medians of all repetitions are compared. Exit code 1: the
mark is missed, 2: something is not there.
"""
import argparse
import json
import sys

import turns

LEARNING_RATE = 0.002  # all three as in autorec_item_ml1m.json
PENALTY = 300.0
MARK = 8.0  # times eager PyTorch


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=5, repetitions=4)
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    return turns.parse(parser)


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
            turns.fail(f"the loss of {name} does not fall: the comparison does not count")
        peers[name] = peer.step
    return peers


def main():
    options = arguments()
    torch = turns.import_torch(options)
    first, cpu = turns.our_turn("autorec_step", options)
    shape = first["shape"]
    times = turns.measure("autorec_step", make_peers(torch, shape, options), options)
    ratio = turns.over_ours(times, "PyTorch eager")
    if options.json:
        print(json.dumps({"cpu": cpu, "torch": torch.__version__, "threads": options.threads,
                          "shape": shape, "times_ms": times, "eager_over_ours": ratio,
                          "mark": MARK, "passed": ratio >= MARK}, indent=2))
    else:
        sizes = ", ".join(f"{value} {name}" for name, value in shape.items())
        print(f"{cpu}, {options.threads} threads, torch {torch.__version__}\n{sizes}\n")
        print(turns.table(times))
        print(f"\nmark: PyTorch eager takes at least {MARK:g} times ours: "
              f"{'met' if ratio >= MARK else 'missed'}")
    return 0 if ratio >= MARK else 1


if __name__ == "__main__":
    sys.exit(main())
