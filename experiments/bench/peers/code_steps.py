#!/usr/bin/env python3
"""Times training steps of an RBM (CD-1), a tied autoencoder and a MADE in PyTorch against lacuna's, in turns.

Both sides have the same shape, threads and optimiser. PyTorch has its batch at hand; lacuna's step
gathers it, and checks that loss and gradients are finite. The medians of all repetitions are
compared. Exit code 1: a mark is missed, 2: something is not there.
"""
import argparse
import sys

import turns


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=5, repetitions=100)
    return turns.parse(parser)


def pixels(torch, shape):
    """From 0 to 1, four of five 0."""
    return torch.relu(torch.rand(shape["rows a batch"], shape["inputs"]) - 0.8) * 5


def rbm_step(torch, shape):
    """CD-1 with momentum, as one would write it: five products and elementwise operations."""
    rows, visible, hidden = shape["rows a batch"], shape["inputs"], shape["units"]
    data = pixels(torch, shape)
    weight, b, c = 0.01 * torch.randn(visible, hidden), torch.zeros(visible), torch.zeros(hidden)
    velocity = [torch.zeros_like(p) for p in (weight, b, c)]

    @torch.no_grad()
    def step():
        first = torch.sigmoid(torch.addmm(c, data, weight))
        again = torch.bernoulli(torch.sigmoid(torch.addmm(b, torch.bernoulli(first), weight.T)))
        second = torch.sigmoid(torch.addmm(c, again, weight))
        gradients = (torch.addmm(again.T @ second, data.T, first, alpha=-1) / rows,
                     (again - data).mean(0), (second - first).mean(0))
        for parameter, speed, gradient in zip((weight, b, c), velocity, gradients):
            speed.mul_(0.5).add_(gradient)
            parameter.sub_(speed, alpha=0.01)
        return weight

    return step


def autoencoder_step(torch, shape):
    """A tied autoencoder of ReLU units under the cross-entropy of its logits, with Adam."""
    data = pixels(torch, shape)
    bound = (6 / (shape["inputs"] + shape["units"])) ** 0.5
    weight = torch.nn.Parameter(torch.empty(shape["inputs"], shape["units"]).uniform_(-bound, bound))
    encoder_bias = torch.nn.Parameter(torch.zeros(shape["units"]))
    decoder_bias = torch.nn.Parameter(torch.zeros(shape["inputs"]))
    optimizer = torch.optim.Adam([weight, encoder_bias, decoder_bias], lr=0.001)
    loss_of = torch.nn.functional.binary_cross_entropy_with_logits

    def step():
        optimizer.zero_grad(set_to_none=True)
        code = torch.relu(torch.addmm(encoder_bias, data, weight))
        loss = shape["inputs"] * loss_of(torch.addmm(decoder_bias, code, weight.T), data)
        loss.backward()
        optimizer.step()
        return loss

    return step


def made_step(torch, shape):
    """A MADE of one hidden layer and one mask, as its public ports have it: weights times masks, Adam."""
    inputs, units = shape["inputs"], shape["units"]
    data = (torch.rand(shape["rows a batch"], inputs) > 0.8).float()
    degree = torch.randint(1, inputs, (units,))
    cell = torch.arange(1, inputs + 1)
    masks = (degree[:, None] >= cell[None, :]).float(), (cell[:, None] > degree[None, :]).float()
    layers = torch.nn.Linear(inputs, units), torch.nn.Linear(units, inputs)
    optimizer = torch.optim.Adam([p for layer in layers for p in layer.parameters()], lr=0.001)
    linear, functional = torch.nn.functional.linear, torch.nn.functional

    def step():
        optimizer.zero_grad(set_to_none=True)
        hidden = functional.relu(linear(data, layers[0].weight * masks[0], layers[0].bias))
        logits = linear(hidden, layers[1].weight * masks[1], layers[1].bias)
        loss = inputs * functional.binary_cross_entropy_with_logits(logits, data)
        loss.backward()
        optimizer.step()
        return loss

    return step


PEERS = {"rbm_step": rbm_step, "autoencoder_step": autoencoder_step, "made_step": made_step}
MARKS = {"made_step": 1.6}  # times eager PyTorch


def compare(torch, benchmark, options):
    report, cpu = turns.our_turn(benchmark, options)
    torch.manual_seed(0)
    step = PEERS[benchmark](torch, report["shape"])
    for _ in range(10):
        step()
    times = turns.measure(benchmark, {"PyTorch eager": step}, options)
    result = turns.result(torch, benchmark, options, report, cpu, times)
    mark = MARKS.get(benchmark)
    return {**result, "mark": mark, "passed": mark is None or result["eager_over_ours"] >= mark}


def text(result):
    shape = result["shape"]
    verdict = (f"mark: PyTorch eager takes at least {result['mark']:g} times ours: "
               f"{'met' if result['passed'] else 'missed'}\n") if result["mark"] else ""
    return (f"{result['benchmark']}: {shape['inputs']}-{shape['units']}, batches of "
            f"{shape['rows a batch']} rows\n{turns.table(result['times_ms'], digits=3)}\n{verdict}")


def main():
    results = turns.compare_all(PEERS, compare, text, arguments())
    return 0 if all(result["passed"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
