#!/usr/bin/env python3
"""Times a training step of an MLP in PyTorch against lacuna's, in turns.

Two nets: a classifier of small images, and one on a table's rows. Both sides have the same shape,
threads and optimiser. PyTorch has its batch at hand; lacuna's step gathers it, and checks that loss
and gradients are finite. The medians of all repetitions are compared. Exit code 1: a mark is
missed, 2: something is not there.
"""
import argparse
import sys

import turns

LEARNING_RATE = 0.001
MARKS = {"mlp_step": 1.4, "mlp_step_table": 4.0}  # times eager PyTorch


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=5, repetitions=100)
    return turns.parse(parser)


class Peer:
    """The step in PyTorch on a random batch of the given shape."""

    def __init__(self, torch, shape, fused, device="cpu"):
        torch.manual_seed(0)
        layers, rows = shape["layers"], shape["rows a batch"]
        modules = []
        for inputs, outputs in zip(layers, layers[1:]):
            modules += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
        self.net = torch.nn.Sequential(*modules[:-1]).to(device)
        self.input = torch.randn(rows, layers[0]).to(device)
        if shape["target"] == "classes":
            self.target = torch.randint(0, layers[-1], (rows,)).to(device)
            self.criterion = torch.nn.CrossEntropyLoss()
        else:
            self.target = torch.randn(rows, layers[-1]).to(device)
            self.criterion = torch.nn.MSELoss()
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=LEARNING_RATE,
                                          fused=fused or None)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.criterion(self.net(self.input), self.target)
        loss.backward()
        self.optimizer.step()
        return loss


def make_peers(torch, shape):
    """The steps by name, warmed up. Adam is the one that PyTorch takes by itself, or the fused."""
    peers = {}
    for name, fused in (("PyTorch eager", False), ("with fused Adam", True)):
        peer = Peer(torch, shape, fused)
        first = peer.step().item()
        for _ in range(9):
            last = peer.step().item()
        if not last < first:
            turns.fail(f"the loss of {name} does not fall: the comparison does not count")
        peers[name] = peer.step
    return peers


def compare(torch, benchmark, options):
    report, cpu = turns.our_turn(benchmark, options)
    times = turns.measure(benchmark, make_peers(torch, report["shape"]), options)
    result = turns.result(torch, benchmark, options, report, cpu, times)
    mark = MARKS[benchmark]
    return {**result, "mark": mark, "passed": result["eager_over_ours"] >= mark}


def text(result):
    layers = "-".join(map(str, result["shape"]["layers"]))
    return (f"{layers}, batches of {result['shape']['rows a batch']} rows\n"
            f"{turns.table(result['times_ms'], digits=3)}\n"
            f"mark: PyTorch eager takes at least {result['mark']:g} times ours: "
            f"{'met' if result['passed'] else 'missed'}\n")


def main():
    results = turns.compare_all(MARKS, compare, text, arguments())
    return 0 if all(result["passed"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
