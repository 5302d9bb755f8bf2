"""A run on tiny_ratings.py's ratings, seen from outside with the lines of Python."""

import csv
import json

from documented import to_python

TOLERANCE = 1e-5


def read_ratings(path):
    """{user: {item: rating}}"""
    rows = {}
    with open(path, newline="") as file:
        for line in csv.DictReader(file):
            rows.setdefault(int(line["user"]), {})[int(line["item"])] = float(line["rating"])
    return rows


def without(row, pairs):
    return {item: rating for item, rating in row.items() if item not in pairs}


class TinyRun:
    """A run whose split holds out one test and one validation rating."""

    def __init__(self, folder):
        data, result = (json.loads((folder / name).read_text()) for name in ("data.json", "result.json"))
        self.folder = folder
        self.ratings = read_ratings(data["source"])
        self.result = result
        self._k = data["train_ratings"] / data["rows"]
        self._lines = to_python(folder)

    def predict(self, row):
        """{item: prediction} from somebody's ratings {item: rating}."""
        return self._lines["predict"](row, self._k)

    def held_out(self, error):
        """The pair (user, item) whose prediction from the user's other ratings is `error` off. That there is
        one, and only one, is what says that the lines compute what the program does: the split is not stored."""
        found = [(user, item) for user, row in self.ratings.items() for item, rating in row.items()
                 if abs(abs(self.predict(without(row, {item}))[item] - rating) - error) < TOLERANCE]
        assert len(found) == 1, f"{len(found)} pairs have the error {error}, expected 1"
        return found[0]

    def training_ratings(self):
        """{user: {item: rating}} without the test and the validation rating."""
        test = self.held_out(self.result["test"]["rmse"])
        validation = self.held_out(self.result["validation_rmse"])
        assert test[0] != validation[0], "one user has both held-out ratings: choose another split_seed"
        return {user: without(row, {item for owner, item in (test, validation) if owner == user})
                for user, row in self.ratings.items()}
