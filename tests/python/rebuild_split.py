"""A split from `lacuna data --export`, and the errors of a run from its weights by NumPy alone:
python rebuild_split.py LACUNA FOLDER. Item and user vectors, ids of numbers and of texts, a scale or none."""

import csv
import json
import pathlib
import random
import subprocess
import sys

import numpy as np
from safetensors.numpy import load_file

MOST_DIFFERENCE = 1e-6


def write_ratings(path, texts):
    """300 users and 80 items, some of which are met in one part only."""
    draw = random.Random(5)
    pairs = sorted({(draw.randrange(300), int(80 * draw.random() ** 2)) for _ in range(4000)})
    with open(path, "w", encoding="utf-8") as file:
        file.write("user,item,rating\n")
        for user, item in pairs:
            rating = min(5, max(1, round(3 + 0.01 * (user % 100) - 0.02 * item + draw.gauss(0, 1))))
            file.write(f"{'u' if texts else ''}{user},{item},{rating}\n")


def experiment(folder, vectors, scale):
    return {"data": {"type": "csv", "path": str(folder / "ratings.csv"), "vectors": vectors, "scale": scale},
            "model": {"type": "autorec", "hidden_units": 10,
                      "input": {"type": "sparsity_normalization", "k": "hidden_units"}},
            "train": {"epochs": 40, "optimizer": {"type": "adam", "learning_rate": 0.01}, "l2": {"lambda": 5}}}


def read_part(path):
    with open(path, encoding="utf-8") as file:
        return [(row["user"], row["item"], float(row["rating"])) for row in csv.DictReader(file)]


def ids_of(path):
    with open(path, encoding="utf-8") as file:
        return {row["id"]: int(row["index"]) for row in csv.DictReader(file)}


def rmse(pairs, predicted):
    return float(np.sqrt(np.mean([(predicted(user, item) - rating) ** 2 for user, item, rating in pairs])))


def check(lacuna, folder, vectors, scale):
    file = folder / "e.json"
    file.write_text(json.dumps(experiment(folder, vectors, scale)))
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([lacuna, "train", file, f"output.dir={folder}/run", "-q"], **quiet)
    subprocess.run([lacuna, "data", file, "--export", folder / "split"], **quiet)
    train, validation, test = (read_part(folder / "split" / f"{part}.csv") for part in ("train", "validation", "test"))
    assert len(train) + len(validation) + len(test) == len(read_part(folder / "ratings.csv"))

    run = folder / "run" / "seed-0"
    users, items = ids_of(run / "users.csv"), ids_of(run / "items.csv")
    rows, columns = (items, users) if vectors == "item" else (users, items)
    place = (lambda u, i: (rows[i], columns[u])) if vectors == "item" else (lambda u, i: (rows[u], columns[i]))
    known = np.full((len(rows), len(columns)), np.nan)
    for user, item, rating in train:
        known[place(user, item)] = rating
    ratings = known[~np.isnan(known)]
    mean, least, most = ratings.mean(), ratings.min(), ratings.max()
    shift, factor = {"none": (0, 1), "center": (mean, 1), "unit": (least, most - least)}[scale]

    weights = {name: array.astype(float) for name, array in load_file(run / "weights.safetensors").items()}
    x = np.nan_to_num((known - shift) / factor)
    counts = (~np.isnan(known)).sum(axis=1)
    scaled = 10 / np.maximum(counts, 1)[:, None] * (x @ weights["encoder.weight"]) + weights["encoder.bias"]
    hidden = 1 / (1 + np.exp(-scaled))
    y = np.clip(shift + factor * (hidden @ weights["decoder.weight"].T + weights["decoder.bias"]), least, most)
    y[counts == 0, :] = mean
    y[:, np.isnan(known).all(axis=0)] = mean

    result = json.loads((run / "result.json").read_text())
    for name, pairs, told in (("validation", validation, result["validation_rmse"]), ("test", test, result["test"]["rmse"])):
        found = rmse(pairs, lambda user, item: y[place(user, item)])
        print(f"{vectors} vectors, scale {scale}, {name}: {told:.7f}, by NumPy {found:.7f}")
        assert abs(found - told) <= MOST_DIFFERENCE, "they differ"


def main(lacuna, work):
    for vectors, scale, texts in (("item", "none", False), ("user", "none", True), ("user", "center", False),
                                  ("item", "unit", True)):
        folder = work / f"{vectors}_{scale}"
        folder.mkdir(parents=True)
        write_ratings(folder / "ratings.csv", texts)
        check(lacuna, folder, vectors, scale)


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
