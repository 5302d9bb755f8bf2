"""TensorBoard reads what metrics.jsonl says from the event file beside it: python events.py RUN..."""

import json
import math
import pathlib
import sys

import numpy
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def metrics(run):
    """{name: [(epoch, value)]} of metrics.jsonl, values as event files keep them."""
    curves = {}
    for line in (run / "metrics.jsonl").read_text().splitlines():
        report = json.loads(line)
        for name, value in report.items():
            curves.setdefault(name, []).append((report["epoch"], numpy.float32(math.nan if value is None else value)))
    return curves


def check(run):
    events = EventAccumulator(str(run), size_guidance={"scalars": 0}).Reload()
    tags = events.Tags()["scalars"]
    assert {"train_rmse", "validation_rmse"} <= set(tags), f"{run}: TensorBoard finds the curves {tags}"
    expected = metrics(run)
    assert set(tags) <= set(expected), f"{run}: metrics.jsonl has not all of the curves {tags}"
    for tag in tags:
        steps, values = zip(*((event.step, event.value) for event in events.Scalars(tag)))
        assert steps == tuple(epoch for epoch, _ in expected[tag]), f"{run}: {tag} has the steps {steps}"
        numpy.testing.assert_array_equal(numpy.float32(values), [value for _, value in expected[tag]], f"{run}: {tag}")
    times = [event.wall_time for event in events.Scalars(tags[0])]
    assert events.FirstEventTimestamp() <= times[0] and times == sorted(times), f"{run}: times {times}"
    print(f"events: {len(tags)} curves of {len(times)} epochs are those of metrics.jsonl")


for folder in sys.argv[1:]:
    check(pathlib.Path(folder))
