"""The lines of Python of docs/runs.md on codes against `lacuna encode`: python codes.py LACUNA"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import torch

from documented import defined

EXPERIMENT = {
    "data": {"type": "npy", "path": "x.npy"},
    "model": {"type": "autoencoder", "hidden_units": 20, "decoder": "sigmoid", "loss": "cross_entropy"},
    "evaluate": {"type": "representation"}, "train": {"epochs": 5}, "device": "cpu"}


def main(lacuna):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        x = numpy.random.default_rng(3).random((60, 12), numpy.float32)
        numpy.save(folder / "x.npy", numpy.asfortranarray(x))
        (folder / "codes.json").write_text(json.dumps(EXPERIMENT))

        def run(*arguments):
            subprocess.run([lacuna, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run("train", "codes.json", "output.dir=run", "-q")
        names = defined("Codes to Python", folder / "run/seed-0")
        for what in ("codes", "reconstructions"):
            run("encode", "run", "--input", "x.npy", "--output", "said.npy", "--what", what)
            said = numpy.load(folder / "said.npy")
            difference = numpy.abs(said - names[what](torch.from_numpy(x)).numpy()).max()
            assert said.std() > 0 and difference < 1e-5, f"{what} differ by {difference:.1e}"
            print(f"codes: {what} of {len(x)} rows differ by {difference:.1e} at most")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
