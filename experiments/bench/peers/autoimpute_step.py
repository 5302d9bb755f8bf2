#!/usr/bin/env python3
"""Times a full-batch training step of AutoImpute in PyTorch against lacuna's, in turns.

Both sides have the same shape, density, threads, penalty and optimiser; PyTorch multiplies dense
matrices and masks the error, as its users do. The medians of all repetitions are compared. Exit
code 1: the mark is missed, 2: something is not there.
"""
import argparse
import sys

import turns

LEARNING_RATE = 0.0001
PENALTY = 1.0
MARK = 1.2  # times eager PyTorch


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=5, repetitions=10)
    return turns.parse(parser)


class Peer:
    """The step in PyTorch on random rows of the given shape."""

    def __init__(self, torch, shape):
        generator = torch.Generator().manual_seed(0)
        rows, columns, units = shape["rows"], shape["columns"], shape["units"]

        def uniform(*size):
            return torch.rand(size, generator=generator)

        self.mask = (uniform(rows, columns) < shape["density"]).float()
        self.x = self.mask * uniform(rows, columns)
        count = self.mask.sum(1, keepdim=True)
        self.scaled = self.x * count.mean() / count.clamp(min=1)
        self.w, self.v = (torch.nn.Parameter(0.1 * torch.randn(size, generator=generator))
                          for size in ((columns, units), (units, columns)))
        self.c, self.b = (torch.nn.Parameter(torch.zeros(n)) for n in (units, columns))
        self.torch = torch
        self.optimizer = torch.optim.RMSprop(
            [{"params": [self.w, self.v], "weight_decay": PENALTY},
             {"params": [self.c, self.b]}], lr=LEARNING_RATE)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        code = self.torch.sigmoid(self.torch.addmm(self.c, self.scaled, self.w))
        error = (self.torch.addmm(self.b, code, self.v) - self.x) * self.mask
        loss = error.square().sum()
        loss.backward()
        self.optimizer.step()
        return loss.item()


def main():
    return turns.one_peer("autoimpute_step", Peer, MARK, arguments())


if __name__ == "__main__":
    sys.exit(main())
