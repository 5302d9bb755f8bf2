"""The lines of Python of docs/runs.md against `lacuna predict`: python predictions.py LACUNA RUN"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

from tiny_run import TOLERANCE, TinyRun


def write_table(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def lacuna_predict(lacuna, run, *arguments):
    """The predictions that `lacuna predict RUN ARGUMENTS` writes as JSON, in the order asked for."""
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "predictions.json"
        subprocess.run([lacuna, "predict", run, *arguments, "--output", output], check=True,
                       stdout=subprocess.DEVNULL)
        return json.loads(output.read_text())["predictions"]


def largest_difference(answers, expected):
    assert len(answers) == len(expected), f"{len(answers)} predictions, expected {len(expected)}"
    return max(abs(answer["prediction"] - value) for answer, value in zip(answers, expected))


def known_users(lacuna, run, folder):
    """Every user with every item, each row entering with its training ratings."""
    train = run.training_ratings()
    expected = [(user, item, value) for user, row in train.items() for item, value in run.predict(row).items()]
    write_table(folder / "pairs.csv", ["user", "item"], [pair[:2] for pair in expected])
    answers = lacuna_predict(lacuna, run.folder, "--pairs", folder / "pairs.csv")
    return largest_difference(answers, [value for _, _, value in expected])


def new_user(lacuna, run, folder):
    """Somebody who is not in the data."""
    row = dict(list(next(iter(run.ratings.values())).items())[:3])
    expected = run.predict(row)
    write_table(folder / "mine.csv", ["item", "rating"], row.items())
    write_table(folder / "items.csv", ["item"], [[item] for item in expected])
    answers = lacuna_predict(lacuna, run.folder, "--ratings", folder / "mine.csv", "--pairs", folder / "items.csv")
    return largest_difference(answers, list(expected.values()))


def main(lacuna, folder):
    run = TinyRun(folder)
    with tempfile.TemporaryDirectory() as tables:
        for case in (known_users, new_user):
            difference = case(lacuna, run, pathlib.Path(tables))
            assert difference < TOLERANCE, f"{case.__name__}: predictions differ by {difference}"
            print(f"predict: {case.__name__} differ by {difference:.1e} at most")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
