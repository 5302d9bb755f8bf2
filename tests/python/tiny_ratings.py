"""Writes ratings of which a split can hold out one for testing and one for validation, and an experiment on them.

    python tiny_ratings.py FOLDER    makes FOLDER/ratings.csv and FOLDER/tiny.json
"""

import csv
import json
import pathlib
import random
import sys

USERS, ITEMS = range(100, 160), range(7000, 7020)


def draw(source):
    """{user: {item: rating}}. No two ratings are alike, so that an error tells whose it is."""
    return {user: {item: 3 + 0.02 * (user - 130) + source.gauss(0, 0.7)
                   for item in source.sample(ITEMS, source.randint(4, 12))} for user in USERS}


def main(folder):
    ratings = draw(random.Random(1))
    count = sum(len(row) for row in ratings.values())
    with open(folder / "ratings.csv", "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["user", "item", "rating"])
        table.writerows([user, item, rating] for user, row in ratings.items() for item, rating in row.items())
    experiment = {
        "data": {"type": "csv", "path": str(folder / "ratings.csv"), "vectors": "user",
                 "test_share": 1 / count, "validation_share": 1 / (count - 1)},
        "model": {"type": "autorec", "hidden_units": 24, "weight_stddev": 0.3},
        "train": {"epochs": 40, "optimizer": {"type": "adam", "learning_rate": 0.02}},
    }
    (folder / "tiny.json").write_text(json.dumps(experiment))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
