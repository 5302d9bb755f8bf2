"""The lines of Python of docs/runs.md find the errors that result.json tells: python weights.py RUN"""

import pathlib
import sys

from tiny_run import TinyRun

run = TinyRun(pathlib.Path(sys.argv[1]))
train = run.training_ratings()
print(f"weights: the errors of result.json are found again, from {sum(map(len, train.values()))} training ratings")
