#!/usr/bin/env python3
"""Times training steps of AutoRec or of an MLP in PyTorch on a GPU against lacuna's there, in turns.

AutoRec: a full batch and mini-batches, PyTorch on dense matrices with a mask in float32 and in TF32,
and on torch.sparse with the observed cells alone. MLP: a classifier of small images, float32 and
TF32. PyTorch is timed by CUDA events a step, lacuna by the wall clock of whole epochs (AutoRec) or by
events (MLP). The medians of all repetitions are compared. With --device emulated or cpu PyTorch runs
on the CPU: a rehearsal. Exit code 2: something is not there.
"""
import argparse
import functools
import json
import os
import subprocess
import sys

import mlp_step
import turns

LEARNING_RATE = 0.002  # both as in autorec_item_ml1m.json
PENALTY = 300.0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("step", choices=("autorec_batches", "mlp_step"))
    turns.add_options(parser, rounds=3, repetitions=20)
    parser.add_argument("--device", default="cuda", choices=("cuda", "emulated", "cpu"))
    parser.add_argument("--tiny", action="store_true", help="small shapes")
    return turns.parse(parser)


def our_turn(options):
    """Our side's report; its times are by side."""
    command = [options.program, "bench", f"^{options.step}/(?!matmul)", "--json", "--threads",
               str(options.threads), "--repetitions", str(options.repetitions), "--device",
               options.device, *(["--tiny"] if options.tiny else [])]
    environment = {"OMP_WAIT_POLICY": "passive", **os.environ}
    try:
        output = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        turns.fail(f"cannot run our side: {error}")
    return json.loads(output)["benchmarks"][0]


@functools.lru_cache(maxsize=1)
def observed_cells(torch, cells, count):
    generator = torch.Generator().manual_seed(0)
    return torch.randperm(cells, generator=generator)[:count].sort()[0]


class Ratings:
    """Random ratings of the given shape, and an order of its rows."""

    def __init__(self, torch, shape, device):
        generator = torch.Generator().manual_seed(0)
        rows, columns = shape["rows"], shape["columns"]
        cells = observed_cells(torch, rows * columns, shape["ratings"])
        value = torch.randint(1, 6, cells.shape, generator=generator).float()
        self.columns, self.units = columns, shape["units"]
        self.row, self.col = (cells // columns).to(device), (cells % columns).to(device)
        self.value = value.to(device)
        self.order = torch.randperm(rows, generator=generator).to(device)
        self.count = torch.bincount(self.row, minlength=rows).clamp(min=1).float()
        weights = (0.01 * torch.randn(columns, shape["units"], generator=generator)
                   for _ in range(2))
        self.w, self.v = (torch.nn.Parameter(weight.to(device)) for weight in weights)
        self.b, self.c = (torch.nn.Parameter(torch.zeros(n, device=device))
                          for n in (shape["units"], columns))
        # The penalty as weight_decay: the same gradient as lambda / 2 |W|^2 in the loss, for less.
        self.optimizer = torch.optim.Adam(
            [{"params": [self.w, self.v], "weight_decay": PENALTY},
             {"params": [self.b, self.c]}], lr=LEARNING_RATE, fused=True)

    def step(self, loss):
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss


def dense_steps(torch, shape, device, batch_rows):
    """On dense matrices, whose rows of a batch are gathered in its step, as ours are."""
    r = Ratings(torch, shape, device)
    x, mask = (torch.zeros(shape["rows"], r.columns, device=device) for _ in range(2))
    x[r.row, r.col], mask[r.row, r.col] = r.value, 1
    scale = (r.units / r.count)[:, None]
    batches = r.order.split(batch_rows) if batch_rows else [None]
    turn = 0

    def step():
        nonlocal turn
        rows = batches[turn % len(batches)]
        turn += 1
        xb, mb, sb = (x, mask, scale) if rows is None else (x[rows], mask[rows], scale[rows])
        hidden = torch.sigmoid(sb * (xb @ r.w) + r.b)
        return r.step(((hidden @ r.v.t() + r.c - xb) * mb).square().sum())

    return step


def sparse_steps(torch, shape, device, batch_rows):
    """On the observed cells: a CSR product, then a dot product a cell; its batches stand ready."""
    r = Ratings(torch, shape, device)
    batches = []
    for rows in r.order.split(batch_rows or shape["rows"]):
        place = torch.full((shape["rows"],), -1, device=device)
        place[rows] = torch.arange(len(rows), device=device)
        row = place[r.row]
        chosen = (row >= 0).nonzero()[:, 0]
        chosen = chosen[row[chosen].argsort(stable=True)]
        row, col, value = row[chosen], r.col[chosen], r.value[chosen]
        scaled = value * r.units / r.count[rows][row]
        matrix = torch.sparse_coo_tensor(torch.stack((row, col)), scaled,
                                         (len(rows), r.columns)).to_sparse_csr()
        batches.append((matrix, row, col, value))
    turn = 0

    def step():
        nonlocal turn
        matrix, row, col, value = batches[turn % len(batches)]
        turn += 1
        hidden = torch.sigmoid(torch.sparse.mm(matrix, r.w) + r.b)
        predicted = (hidden[row] * r.v[col]).sum(1) + r.c[col]
        return r.step((predicted - value).square().sum())

    return step


def timed(torch, device, step, repetitions):
    """Milliseconds of each step, by events on a GPU."""
    if device == "cpu":
        return turns.peer_turn(step, repetitions)
    marks = [torch.cuda.Event(enable_timing=True) for _ in range(repetitions + 1)]
    marks[0].record()
    for mark in marks[1:]:
        step()
        mark.record()
    torch.cuda.synchronize()
    return [start.elapsed_time(end) for start, end in zip(marks, marks[1:])]


def makers(torch, options, shape, device):
    """By name: how a peer is made, and whether its products may be in TF32."""
    if options.step == "mlp_step":
        def make():
            return mlp_step.Peer(torch, shape, True, device).step
        return {"PyTorch float32": (make, False), "PyTorch TF32": (make, True)}
    made = {}
    for kind, batch_rows in (("full batch", 0), ("mini-batch", shape["rows a batch"])):
        for name, steps, tf32 in (("dense float32", dense_steps, False),
                                  ("dense TF32", dense_steps, True),
                                  ("torch.sparse", sparse_steps, False)):
            made[f"{name}, {kind}"] = (
                lambda steps=steps, rows=batch_rows: steps(torch, shape, device, rows), tf32)
    return made


def peer_times(torch, options, shape, device):
    """A turn of each peer, one in memory at a time; a peer that does not work is left out."""
    times = {}
    for name, (make, tf32) in makers(torch, options, shape, device).items():
        torch.backends.cuda.matmul.allow_tf32 = tf32
        step = None  # the last peer's memory
        try:
            step = make()
            losses = [float(step().detach()) for _ in range(30)]
            if not sum(losses[-10:]) < sum(losses[:10]):
                raise RuntimeError("its loss does not fall")
            times[name] = timed(torch, device, step, options.repetitions)
        except (RuntimeError, NotImplementedError) as error:
            print(f"{name} does not work here: {error}", file=sys.stderr)
    return times


def main():
    options = arguments()
    torch = turns.import_torch(options)
    device = "cuda" if options.device == "cuda" else "cpu"
    if device == "cuda" and not torch.cuda.is_available():
        turns.fail("this PyTorch finds no GPU")
    ours, theirs = {}, {}
    for _ in range(options.rounds):
        report = our_turn(options)
        for side, times in report["times_ms"].items():
            ours.setdefault(side, []).extend(times["samples"])
        for name, times in peer_times(torch, options, report["shape"], device).items():
            theirs.setdefault(name, []).extend(times)
    name = torch.cuda.get_device_name() if device == "cuda" else "the CPU"
    result = {"benchmark": options.step, "device": options.device, "torch": torch.__version__,
              "torch_device": name, "tiny": options.tiny, "shape": report["shape"],
              "ours_ms": ours, "theirs_ms": theirs}
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        print(f"torch {torch.__version__} on {name}; lacuna on {report['processor']}")
        print(turns.table({"lacuna": ours[next(iter(ours))], **ours, **theirs}, digits=4))


if __name__ == "__main__":
    main()
