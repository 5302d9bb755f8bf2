"""Twenty steps of an MLP, with dropout too, a tied autoencoder, an RBM, CF-NADE, a MADE and AutoImpute in PyTorch, from
the weights that lacuna begins with, on the draws that it makes: python twins.py LACUNA. Each step's loss agrees to 1e-5."""

import csv
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
DROPOUT = 0x10000
ENTRY_ROLES = 0x120
MASKS = 0x121


def philox(purpose, step, blocks, high=0):
    """Philox 4x32-10 words of seed 0: [blocks, 4]. `blocks`: their number, or the low words of theirs."""
    low = numpy.arange(blocks, dtype=numpy.uint64) if isinstance(blocks, int) else numpy.array(blocks, numpy.uint64)
    c = [low, numpy.full(len(low), high, numpy.uint64), numpy.full(len(low), step, numpy.uint64),
         numpy.full(len(low), purpose, numpy.uint64)]
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


def kept(layer, step, shape, rate):
    """The elements that dropout keeps: a half of a word each, low before high, eight of a block."""
    words = philox(DROPOUT + layer, step, -(-shape[0] * shape[1] // 8))
    halves = numpy.stack([words & numpy.uint64(0xFFFF), words >> numpy.uint64(16)], 2).reshape(-1)
    return torch.from_numpy(halves[: shape[0] * shape[1]] >= int(rate * 65536 + 0.5)).reshape(shape)


class Run:
    """What lacuna makes of an experiment in STEPS full batches of all but one row."""

    def __init__(self, lacuna, folder, model, evaluate, optimizer, binary=False):
        numpy.random.seed(3)
        self.x = numpy.random.rand(ROWS, COLUMNS).astype(numpy.float32)
        self.x[self.x < 0.5] = 0
        if binary:
            self.x[self.x > 0] = 1
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


def dropout(lacuna, folder, scale):
    rate = 0.4
    layer = {"units": 16, "dropout": rate, "dropout_scale": scale}
    run = Run(lacuna, folder, {"type": "mlp", "layers": [layer, {"units": 8, "activation": "tanh"}]},
              "classification", {"type": "adam", "learning_rate": 0.01})

    def losses_of(x, y):
        p = fresh(run)

        def loss_of(step):
            h = torch.relu(x @ p["layer1.weight"] + p["layer1.bias"])
            mask = kept(1, step, h.shape, rate).float()
            share = mask.mean(1, keepdim=True) if scale == "kept" else 1 - rate
            h = torch.tanh(h * mask / share @ p["layer2.weight"] + p["layer2.bias"])
            loss = torch.nn.functional.cross_entropy(h @ p["output.weight"] + p["output.bias"], y)
            return loss, loss

        return steps_of(p, torch.optim.Adam(p.values(), lr=0.01), loss_of)

    run.check(f"mlp, dropout scaled by {scale}", "loss", losses_of)


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


def made_masks(units, mask):
    """0 or 1 [columns, units], [units, columns] and [columns, columns]; see runtime/layers/order_masks.hpp."""
    words = philox(MASKS, mask, 4 * (COLUMNS + units)).reshape(-1, 2)
    drawn = iter(((words[:, 0] << numpy.uint64(32) | words[:, 1]) >> numpy.uint64(11)) * 2.0**-53)
    cells = list(range(COLUMNS))
    for i in range(COLUMNS - 1, 0, -1):
        j = int(next(drawn) * (i + 1))
        cells[i], cells[j] = cells[j], cells[i]
    cell = torch.empty(COLUMNS)
    cell[cells] = torch.arange(1.0, COLUMNS + 1)
    unit = torch.tensor([1.0 + int(next(drawn) * (COLUMNS - 1)) for _ in range(units)])
    return ((cell[:, None] <= unit).float(), (unit[:, None] < cell).float(), (cell[:, None] < cell).float())


def made(lacuna, folder):
    """Three masks in turn, each with an order of its own; counts of what units see; weights scaled by it."""
    units, masks, k = 16, 3, 2.0
    run = Run(lacuna, folder, {"type": "made", "layers": [{"units": units}], "masks": masks, "order": "random",
                               "direct": True, "normalize_masks": True,
                               "input": {"type": "sparsity_normalization", "count": "visible", "k": k}},
              "density", {"type": "adam", "learning_rate": 0.01}, binary=True)
    del run.initial["mask_seed"]
    scaled = []
    for mask in range(masks):
        seen = made_masks(units, mask)
        scaled.append((seen[0], *(m * m.sum(0).mean() / m.sum(0).clamp(min=1) for m in seen)))

    def losses_of(x, _):
        p = fresh(run)

        def loss_of(step):
            seen, first, last, direct = scaled[step % masks]
            count = (x @ seen).clamp(min=1)
            h = torch.relu(k / count * (x @ (p["layer1.weight"] * first)) + p["layer1.bias"])
            logits = h @ (p["output.weight"] * last) + x @ (p["direct.weight"] * direct) + p["output.bias"]
            told = torch.nn.functional.binary_cross_entropy_with_logits(logits, x)
            return COLUMNS * told, told

        return steps_of(p, torch.optim.Adam(p.values(), lr=0.01), loss_of)

    run.check("made", "nll", losses_of)


def levelled_ratings(folder):
    numpy.random.seed(4)
    level = numpy.random.randint(1, 6, (30, 15))
    with open(folder / "ratings.csv", "w", encoding="utf-8") as file:
        file.write("user,item,rating\n")
        for user, item in zip(*numpy.nonzero(numpy.random.rand(*level.shape) < 0.4)):
            file.write(f"{user},{item},{level[user, item]}\n")


def training_levels(lacuna, folder):
    """[rows, columns], -1 where there is no training rating; from `lacuna data --export` and the run's ids."""
    subprocess.run([lacuna, "data", "twin.json", "--export", "split"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)

    def ids(name):
        with open(folder / "initial/seed-0" / name, encoding="utf-8") as file:
            return {row["id"]: int(row["index"]) for row in csv.DictReader(file)}

    rows, columns = ids("users.csv"), ids("items.csv")
    level = numpy.full((len(rows), len(columns)), -1)
    with open(folder / "split/train.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            level[rows[row["user"]], columns[row["item"]]] = int(float(row["rating"])) - 1
    return level


def given_entries(level, epoch):
    """What each row is given in an epoch; see kernels/levels/entry_roles.hpp."""
    given = numpy.zeros(level.shape, bool)
    for row, of_row in enumerate(level):
        columns = numpy.nonzero(of_row >= 0)[0]
        if len(columns) == 0:
            continue
        words = philox(ENTRY_ROLES, epoch, -(-len(columns) // 4), high=row).reshape(-1)[: len(columns)]
        share = philox(ENTRY_ROLES, epoch, [0xFFFFFFFF], high=row)[0, 0]
        given[row, columns[words < (share * words.max() >> numpy.uint64(32))]] = True
    return given


def ordinal_cost(score, level):
    """Of each cell; score [..., levels]."""
    up = torch.logcumsumexp(score, -1) - score
    down = torch.logcumsumexp(score.flip(-1), -1).flip(-1) - score
    places = torch.arange(score.shape[-1])
    own = level.unsqueeze(-1)
    return torch.where(places <= own, up, 0).sum(-1) + torch.where(places >= own, down, 0).sum(-1)


def cf_nade(lacuna, folder, sharing):
    levelled_ratings(folder)
    units, mix, decay = 6, 0.7, 0.05
    experiment = {
        "data": {"type": "csv", "path": "ratings.csv", "vectors": "user"},
        "model": {"type": "cf_nade", "hidden_units": units, "sharing": sharing, "ordinal_weight": mix,
                  "input": {"type": "sparsity_normalization", "k": 3}},
        "train": {"epochs": STEPS, "patience": 0, "optimizer": {"type": "adam", "learning_rate": 0.01},
                  "l2": {"lambda": decay}},
        "evaluate": {"test": False}, "device": "cpu", "threads": 1}
    (folder / "twin.json").write_text(json.dumps(experiment))
    for name, epochs in (("initial", 0), ("trained", STEPS)):
        subprocess.run([lacuna, "train", "twin.json", f"output.dir={name}", f"train.epochs={epochs}", "-q"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)
    lines = (folder / "trained/seed-0/metrics.jsonl").read_text().splitlines()
    ours = [json.loads(line)["loss"] for line in lines]
    initial = load_file(folder / "initial/seed-0/weights.safetensors")
    p = {name: torch.nn.Parameter(torch.from_numpy(value)) for name, value in initial.items()}
    cumulative = sharing == "cumulative"
    all_levels = training_levels(lacuna, folder)
    level = torch.from_numpy(all_levels)
    rows, columns = level.shape
    levels = 5

    def loss_of(step):
        given = torch.from_numpy(given_entries(all_levels, step + 1))
        places = torch.arange(levels)
        active = places <= level.unsqueeze(2) if cumulative else places == level.unsqueeze(2)
        x = (active & given.unsqueeze(2)).view(rows, -1).float()
        scale = 3 / given.sum(1, keepdim=True).clamp(min=1)
        hidden = torch.tanh(scale * (x @ p["encoder.weight"]) + p["encoder.bias"])
        score = (hidden @ p["decoder.weight"].T + p["decoder.bias"]).view(rows, columns, levels)
        if cumulative:
            score = score.cumsum(2)
        likelihood = -torch.log_softmax(score, 2).gather(2, level.clamp(min=0).unsqueeze(2)).squeeze(2)
        cost = mix * ordinal_cost(score, level) + (1 - mix) * likelihood
        asked = (level >= 0) & ~given
        weight = (level >= 0).sum(1) / asked.sum(1).clamp(min=1)
        loss = ((cost * asked).sum(1) * weight).mean()
        penalty = decay / 2 * (p["encoder.weight"].square().sum() + p["decoder.weight"].square().sum())
        return loss + penalty, loss

    losses = steps_of(p, torch.optim.Adam(p.values(), lr=0.01), loss_of)
    worst = max(abs(a - b) / abs(b) for a, b in zip(losses, ours))
    assert len(ours) == STEPS and worst < 1e-5, f"cf_nade, {sharing}: loss differs by {worst:.1e}"
    print(f"twins: cf_nade, {sharing} sharing, loss of {STEPS} steps differs by {worst:.1e} at most")


def autoimpute(lacuna, folder, handling, products):
    numpy.random.seed(5)
    counts = numpy.random.poisson(1.5, (30, 20))
    numpy.save(folder / "counts.npy", counts)
    units, decay = 6, 0.5
    experiment = {
        "data": {"type": "counts", "path": "counts.npy", "rows": "cells", "preprocess": [{"type": "log2"}]},
        "model": {"type": "autoimpute", "hidden_units": units, "products": products, "input": {"type": handling}},
        "train": {"epochs": STEPS, "patience": 0, "optimizer": {"type": "rmsprop", "learning_rate": 0.01},
                  "l2": {"lambda": decay}},
        "evaluate": {"type": "imputation", "test": False}, "device": "cpu", "threads": 1}
    (folder / "twin.json").write_text(json.dumps(experiment))
    for name, epochs in (("initial", 0), ("trained", STEPS)):
        subprocess.run([lacuna, "train", "twin.json", f"output.dir={name}", f"train.epochs={epochs}", "-q"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)
    ours = [json.loads(line)["loss"] for line in (folder / "trained/seed-0/metrics.jsonl").read_text().splitlines()]
    subprocess.run([lacuna, "data", "twin.json", "--export", "split"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)
    x = numpy.zeros(counts.shape, numpy.float32)
    with open(folder / "split/train.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            x[int(row["cell"]), int(row["gene"])] = numpy.log2(counts[int(row["cell"]), int(row["gene"])] + 1)
    x = torch.from_numpy(x)
    mask = x > 0
    count = mask.sum(1, keepdim=True)
    scaled = x * (count.float().mean() / count.clamp(min=1)) if handling == "sparsity_normalization" else x
    initial = load_file(folder / "initial/seed-0/weights.safetensors")
    p = {name: torch.nn.Parameter(torch.from_numpy(value)) for name, value in initial.items()}

    def loss_of(_):
        code = torch.sigmoid(scaled @ p["encoder.weight"] + p["encoder.bias"])
        error = (code @ p["decoder.weight"].T + p["decoder.bias"] - x) * mask
        loss = error.square().sum()
        return loss + decay / 2 * (p["encoder.weight"].square().sum() + p["decoder.weight"].square().sum()), loss

    losses = steps_of(p, torch.optim.RMSprop(p.values(), lr=0.01), loss_of)
    worst = max(abs(a - b) / abs(b) for a, b in zip(losses, ours))
    name = f"autoimpute, {handling}, {products}"
    assert len(ours) == STEPS and worst < 1e-5, f"{name}: loss differs by {worst:.1e}"
    print(f"twins: {name}, loss of {STEPS} steps differs by {worst:.1e} at most")


if __name__ == "__main__":
    program = pathlib.Path(sys.argv[1]).resolve()
    torch.set_num_threads(1)
    for twin, *arguments in ((mlp,), (dropout, "expected"), (dropout, "kept"), (autoencoder,), (rbm,),
                             (cf_nade, "none"), (cf_nade, "cumulative"), (made,),
                             (autoimpute, "sparsity_normalization", "dense"),
                             (autoimpute, "zero_imputation", "sparse")):
        with tempfile.TemporaryDirectory() as scratch:
            twin(program, pathlib.Path(scratch), *arguments)
