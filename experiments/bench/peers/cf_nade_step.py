#!/usr/bin/env python3
"""Times a training step of CF-NADE in PyTorch against lacuna's, in turns.

Both sides have the same shape, density, levels, rows a batch, threads, ordinal cost, penalty,
optimiser and average of the weights; PyTorch multiplies dense one-hot rows and all scores, as its
users do, and computes the costs of the asked cells alone. The medians of all repetitions are compared. Exit code 1: the mark is
missed, 2: something is not there.
"""
import argparse
import sys

import turns

LEARNING_RATE = 0.001
PENALTY = 0.04
DECAY = 0.995
MARK = 6.0  # times eager PyTorch


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=3, repetitions=8)
    return turns.parse(parser)


class Peer:
    """The step in PyTorch on random levels of the given shape."""

    def __init__(self, torch, shape):
        self.torch = torch
        rows, self.columns, self.levels = shape["rows"], shape["columns"], shape["levels"]
        units, self.batch = shape["units"], shape["rows a batch"]
        generator = torch.Generator().manual_seed(0)
        observed = torch.randperm(rows * self.columns, generator=generator)[:shape["ratings"]]
        level = torch.full((rows * self.columns,), -1, dtype=torch.int8)
        level[observed] = torch.randint(0, self.levels, observed.shape, generator=generator,
                                        dtype=torch.int8)
        self.level = level.view(rows, self.columns)
        self.places = torch.arange(self.levels, dtype=torch.int8)
        wide = self.columns * self.levels
        limit = (6 / (wide + units)) ** 0.5
        w, v = (torch.nn.Parameter(torch.empty(wide, units).uniform_(-limit, limit,
                                                                     generator=generator))
                for _ in range(2))
        b, c = (torch.nn.Parameter(torch.zeros(n)) for n in (units, wide))
        self.w, self.v, self.b, self.c, self.units = w, v, b, c, units
        self.parameters = [w, v, b, c]
        self.averages = [p.detach().clone() for p in self.parameters]
        self.optimizer = torch.optim.Adam(
            [{"params": [w, v], "weight_decay": PENALTY}, {"params": [b, c]}], lr=LEARNING_RATE,
            fused=True)

    def draw(self):
        """The batch's levels, and which of its entries are given."""
        torch = self.torch
        rows = torch.randint(0, len(self.level), (self.batch,))
        level = self.level[rows]
        observed = level >= 0
        share = torch.rand(self.batch, 1)
        given = observed & (torch.rand(level.shape) < share)
        return level, observed, given

    def loss(self):
        torch = self.torch
        level, observed, given = self.draw()
        one_hot = (level.unsqueeze(2) == self.places) & given.unsqueeze(2)
        count = given.sum(1, keepdim=True)
        scale = self.units / count.clamp(min=1)
        hidden = torch.tanh(scale * (one_hot.view(self.batch, -1).float() @ self.w) + self.b)
        score = (hidden @ self.v.t() + self.c).view(self.batch, self.columns, self.levels)
        asked = observed & ~given
        weight = observed.sum(1) / asked.sum(1).clamp(min=1)
        score, own = score[asked], level[asked].unsqueeze(1)  # the costs of asked cells alone
        up = torch.logcumsumexp(score, 1) - score
        down = torch.logcumsumexp(score.flip(1), 1).flip(1) - score
        cost = torch.where(self.places <= own, up, 0) + torch.where(self.places >= own, down, 0)
        return (cost.sum(1) * weight[asked.nonzero()[:, 0]]).sum() / self.batch

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        self.optimizer.step()
        with self.torch.no_grad():
            self.torch._foreach_lerp_(self.averages, [p.data for p in self.parameters], 1 - DECAY)
        return loss.item()


def main():
    return turns.one_peer("cf_nade_step", Peer, MARK, arguments())


if __name__ == "__main__":
    sys.exit(main())
