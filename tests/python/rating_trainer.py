"""What `lacuna train` makes of a file of ratings, against what it makes of another of the same ratings."""

import json
import subprocess

EXPERIMENT = {
    "data": {"type": "csv"}, "model": {"type": "autorec", "hidden_units": 4},
    "train": {"epochs": 2, "optimizer": {"type": "adam"}},
    "threads": 1, "device": "cpu", "output": {"cache": False}}
COMPARED = ("weights.safetensors", "users.csv", "items.csv")


class Trainer:
    def __init__(self, lacuna, folder):
        self._lacuna = lacuna
        self._folder = folder
        self._runs = 0
        (folder / "experiment.json").write_text(json.dumps(EXPERIMENT))

    def train(self, source, settings):
        """The files that are compared, or the message. `source` is a path, or bytes that come through a pipe."""
        self._runs += 1
        run = self._folder / f"run-{self._runs}"
        path, piped = ("/dev/stdin", source) if isinstance(source, bytes) else (source, b"")
        ran = subprocess.run(
            [self._lacuna, "train", self._folder / "experiment.json", f"data.path={path}", f"output.dir={run}",
             *settings, "-q"], input=piped, capture_output=True, check=False)
        if ran.returncode == 0:
            return [(run / "seed-0" / name).read_bytes() for name in COMPARED]
        said = ran.stderr.decode(errors="replace").strip().replace(f"{self._folder}/", "")
        return f"error: {said}" if ran.returncode in (2, 3) else f"exit code {ran.returncode}: {said}"

    def outcome(self, source, settings, reference):
        """"same", "error: MESSAGE", or what else became of it."""
        found = self.train(source, settings)
        if isinstance(found, str):
            return found
        differing = [name for name, mine, other in zip(COMPARED, found, reference) if mine != other]
        return f"other {', '.join(differing)}" if differing else "same"


def is_expected(expected, outcome):
    """Of an error, each part between "..." must be in the message, in their order."""
    if not expected.startswith("error: "):
        return outcome == expected
    said = outcome.removeprefix("error: ")
    if said == outcome:
        return False
    for part in expected.removeprefix("error: ").split("..."):
        before, found, said = said.partition(part)
        if not found:
            return False
    return True
