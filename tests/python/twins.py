"""Twenty steps of an MLP, a tied autoencoder and an RBM in PyTorch, from the weights that lacuna begins with:
python twins.py LACUNA. Each step's loss agrees to 1e-5."""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch
from safetensors.numpy import load_file

STEPS = 20
ROWS, COLUMNS = 64, 12
GIBBS = 0x8000  # purpose of a chain's first draw, as runtime/random_purpose.hpp numbers them


def philox(purpose, step, blocks):
    """Philox 4x32-10 words of seed 0: [blocks, 4]."""
    c = [numpy.arange(blocks, dtype=numpy.uint64), numpy.zeros(blocks, numpy.uint64),
         numpy.full(blocks, step, numpy.uint64), numpy.full(blocks, purpose, numpy.uint64)]
    low = numpy.uint64(0xFFFFFFFF)
    keys = [0, 0]
    for _ in range(10):
        first, second = c[0] * numpy.uint64(0xD2511F53), c[2] * numpy.uint64(0xCD9E8D57)
        c = [second >> numpy.uint64(32) ^ c[1] ^ numpy.uint64(keys[0]), second & low,
             first >> numpy.uint64(32) ^ c[3] ^ numpy.uint64(keys[1]), first & low]
        keys = [(keys[0] + 0x9E3779B9) & 0xFFFFFFFF, (keys[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return numpy.stack(c, 1)


def uniforms(purpose, step, shape):
    words = philox(purpose, step, -(-shape[0] * shape[1] // 4)).reshape(-1)[: shape[0] * shape[1]]
    return torch.from_numpy(((words >> numpy.uint64(9)) + 0.5) * 2.0**-23).reshape(shape)


class Run:
    """What lacuna makes of an experiment in STEPS full batches of all but one row."""

    def __init__(self, lacuna, folder, model, evaluate, optimizer):
        numpy.random.seed(3)
        self.x = numpy.random.rand(ROWS, COLUMNS).astype(numpy.float32)
        self.x[self.x < 0.5] = 0
        self.y = numpy.arange(ROWS) * 7 % 11 % 3
        numpy.save(folder / "x.npy", self.x)
        numpy.save(folder / "y.npy", self.y)
        experiment = {
            "data": {"type": "npy", "path": "x.npy", "labels": "y.npy", "test_path": "x.npy", "test_labels": "y.npy",
                     "validation_share": 1 / ROWS},
            "model": model, "evaluate": {"type": evaluate, "test": False},
            "train": {"epochs": STEPS, "patience": 0, "optimizer": optimizer}, "device": "cpu", "threads": 1}
        (folder / "twin.json").write_text(json.dumps(experiment))
        for name, epochs in (("initial", 0), ("trained", STEPS)):
            subprocess.run([lacuna, "train", "twin.json", f"output.dir={name}", f"train.epochs={epochs}", "-q"],
                           cwd=folder, check=True, stdout=subprocess.DEVNULL)
        run = folder / "trained/seed-0"
        self.epochs = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
        weights = load_file(folder / "initial/seed-0/weights.safetensors")
        self.initial = {name: torch.from_numpy(value) for name, value in weights.items()}

    def check(self, name, key, losses_of):
        """`losses_of(inputs, classes)`: PyTorch's losses. One row validates; the first loss tells which."""
        ours = [epoch[key] for epoch in self.epochs]
        best = None
        for held_out in range(ROWS):
            kept = [row for row in range(ROWS) if row != held_out]
            losses = losses_of(torch.from_numpy(self.x[kept]), torch.from_numpy(self.y[kept]))
            worst = max(abs(a - b) / abs(b) for a, b in zip(losses, ours))
            best = worst if best is None else min(best, worst)
        assert len(ours) == STEPS and best < 1e-5, f"{name}: {key} differs by {best:.1e}"
        print(f"twins: {name}, {key} of {STEPS} steps differs by {best:.1e} at most")


def steps_of(parameters, optimizer, loss_of):
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss, told = loss_of(step)
        loss.backward()
        optimizer.step()
        losses.append(told.item())
    return losses


def fresh(run):
    return {name: torch.nn.Parameter(value.clone()) for name, value in run.initial.items()}


def mlp(lacuna, folder):
    run = Run(lacuna, folder, {"type": "mlp", "layers": [{"units": 16}, {"units": 8, "activation": "tanh"}]},
              "classification", {"type": "adam", "learning_rate": 0.01})

    def losses_of(x, y):
        p = fresh(run)

        def loss_of(_):
            h = torch.relu(x @ p["layer1.weight"] + p["layer1.bias"])
            h = torch.tanh(h @ p["layer2.weight"] + p["layer2.bias"])
            loss = torch.nn.functional.cross_entropy(h @ p["output.weight"] + p["output.bias"], y)
            return loss, loss

        return steps_of(p, torch.optim.Adam(p.values(), lr=0.01), loss_of)

    run.check("mlp", "loss", losses_of)


def autoencoder(lacuna, folder):
    run = Run(lacuna, folder, {"type": "autoencoder", "hidden_units": 20, "decoder": "sigmoid", "loss": "cross_entropy",
                               "penalties": [{"type": "l1", "weight": 0.05}]},
              "representation", {"type": "adam", "learning_rate": 0.01})

    def losses_of(x, _):
        p = fresh(run)

        def loss_of(_):
            code = torch.relu(x @ p["encoder.weight"] + p["encoder.bias"])
            logits = code @ p["encoder.weight"].T + p["decoder.bias"]
            told = torch.nn.functional.binary_cross_entropy_with_logits(logits, x)
            return COLUMNS * told + 0.05 * code.abs().sum(1).mean(), told

        return steps_of(p, torch.optim.Adam(p.values(), lr=0.01), loss_of)

    run.check("tied autoencoder", "reconstruction", losses_of)


def rbm(lacuna, folder):
    """CD-1 as the gradient of the gap of free energies, on the draws that lacuna makes. In float64: the gap is a small
    difference, which lacuna sums so."""
    units = 16
    run = Run(lacuna, folder, {"type": "rbm", "hidden_units": units, "weight_stddev": 0.2}, "representation",
              {"type": "sgd", "learning_rate": 0.1, "momentum": 0.5})

    def losses_of(x, _):
        p = {name: torch.nn.Parameter(value.double()) for name, value in run.initial.items()}
        w, b, c = p["weight"], p["visible_bias"], p["hidden_bias"]
        x = x.double()

        def free_energy(v):
            return (-v @ b - torch.nn.functional.softplus(v @ w + c).sum(1)).mean()

        def loss_of(step):
            with torch.no_grad():
                h = (uniforms(GIBBS, step, (len(x), units)) < torch.sigmoid(x @ w + c)).double()
                v = (uniforms(GIBBS + 1, step, x.shape) < torch.sigmoid(h @ w.T + b)).double()
            gap = free_energy(x) - free_energy(v)
            return gap, gap

        return steps_of(p, torch.optim.SGD(p.values(), lr=0.1, momentum=0.5), loss_of)

    run.check("rbm", "free_energy_gap", losses_of)


if __name__ == "__main__":
    program = pathlib.Path(sys.argv[1]).resolve()
    torch.set_num_threads(1)
    for twin in (mlp, autoencoder, rbm):
        with tempfile.TemporaryDirectory() as scratch:
            twin(program, pathlib.Path(scratch))
