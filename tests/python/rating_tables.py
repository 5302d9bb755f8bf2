"""The same 300 ratings as tables of several kinds, and ways to write them that take more than a call."""

import csv
import os
import random
import shutil
import sqlite3
import subprocess

import duckdb
import pandas

# R writes some of these ids as 1e+05. Some titles need quotes, or letters beyond ASCII that Latin-1 has.
USERS = [100000, 200000, 300000, 1000000, 7, 42, *range(99990, 99999), *range(100001, 100012)]
ITEMS = [128000, 100000, 1, 2, 10, 2000000, *range(128001, 128015)]
TITLES = ["Alien", "Zoë, live", 'Say "Hi"', "Amélie", "24", "M; or not", "Año | uno", "Über alles"]


def draw(source):
    """Rows (user, item, rating, moment); no pair occurs twice, no two moments are alike."""
    pairs = source.sample([(user, item) for user in USERS for item in ITEMS], 300)
    seconds = source.sample(range(3_000_000), len(pairs))
    begin = pandas.Timestamp("2015-03-31 06:40:39")
    return [(*pair, source.randint(1, 10) / 2, begin + pandas.Timedelta(s, "s")) for pair, s in zip(pairs, seconds)]


def tables():
    """name -> data frame: numbers; text (items are titles); typeset (in letters that Latin-1 lacks, and Windows-1252
    has); missing (some ratings are); times (with a moment)."""
    times = pandas.DataFrame(draw(random.Random(1)), columns=["user", "item", "rating", "time"])
    numbers = times[["user", "item", "rating"]]
    title = {item: TITLES[k] if k < len(TITLES) else f"{TITLES[k % len(TITLES)]} {k}" for k, item in enumerate(ITEMS)}
    rated = set(zip(numbers["user"], numbers["item"]))
    unrated = [(user, item, None) for user in USERS[:5] for item in ITEMS[:5] if (user, item) not in rated]
    missing = pandas.concat([numbers, pandas.DataFrame(unrated, columns=numbers.columns).astype({"rating": float})])
    text = numbers.assign(item=numbers["item"].map(title))
    return {"numbers": numbers, "text": text, "typeset": text.assign(item=text["item"].str.replace("ë", "ë’s")),
            "missing": missing.sample(frac=1, random_state=2), "times": times}


TABLES = tables()
NUMBERS = TABLES["numbers"]


class Skipped(Exception):
    """What a row needs is not there."""


def lines(frame, delimiter=",", end="\n", decimal=".", quote=str):
    """The lines of a table, by nothing but Python."""
    def field(value):
        return quote(str(value)) if not isinstance(value, float) else str(value).replace(".", decimal)
    rows = [frame.columns, *frame.itertuples(index=False)]
    return "".join(delimiter.join(map(field, row)) + end for row in rows)


def saved(content, encoding="utf-8"):
    return lambda path: path.write_bytes(content.encode(encoding))


def sql(command, frame=NUMBERS):
    """A command of DuckDB on the table t."""
    def write(path):
        with duckdb.connect(config={"threads": 2}) as database:
            database.register("frame", frame)
            database.execute("create table t as select * from frame")
            database.execute(command.replace("PATH", f"'{path}'"))
    return write


def r(expression, table="numbers", package="utils"):
    """A line of R on the data frame d, whose numbers are all double, as they are after any arithmetic or join."""
    begin = [f"if (!requireNamespace('{package}', quietly = TRUE)) quit(status = 77)",
             "d <- utils::read.csv('plain.csv')",
             "whole <- sapply(d, is.integer); d[whole] <- lapply(d[whole], as.numeric)",
             "if (!is.null(d$time)) d$time <- as.POSIXct(d$time, tz = 'UTC')"]

    def write(path):
        if not shutil.which("Rscript"):
            raise Skipped("no Rscript")
        TABLES[table].to_csv(path.parent / "plain.csv", index=False)
        code = "\n".join([*begin, f"path <- '{path}'", expression])
        ran = subprocess.run(["Rscript", "--vanilla", "-e", code], cwd=path.parent, capture_output=True, text=True,
                             check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if ran.returncode == 77:
            raise Skipped(f"no package {package} of R")
        assert ran.returncode == 0, ran.stderr
    return write


def parts(names, write, marks=()):
    """A folder of files, each with its share of the rows, and empty files."""
    def fill(path):
        path.mkdir()
        for k, name in enumerate(names):
            write(NUMBERS.iloc[k::len(names)], path / name)
        for mark in marks:
            (path / mark).touch()
    return fill


def by_csv_module(newline="", **options):
    def write(path):
        with open(path, "w", newline=newline) as file:
            table = csv.writer(file, **options)
            table.writerow(NUMBERS.columns)
            table.writerows(NUMBERS.itertuples(index=False))
    return write


def by_dict_writer(path):
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, ["rating", "note", "item", "user"], restval="seen, twice")
        table.writeheader()
        table.writerows(NUMBERS.to_dict("records"))


def to_sqlite(path):
    with sqlite3.connect(path) as database:
        NUMBERS.to_sql("ratings", database, index=False)
