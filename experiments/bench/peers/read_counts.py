#!/usr/bin/env python3
"""Times scipy.io.mmread of a .mtx.gz of counts against lacuna's reader, in turns.

Both read a file of the same sizes that lies in memory, on as many threads. lacuna's time has the
matrix sorted by cell in it, SciPy's is that of the list of entries. The medians are compared. Exit
code 1: the mark is missed, 2: something is not there. It needs numpy, scipy and threadpoolctl.
"""
import argparse
import gzip
import pathlib
import sys
import tempfile

import turns

MARK = 4.0  # times lacuna's


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=3, repetitions=3)
    return turns.parse(parser)


def write_matrix(numpy, path, shape):
    """Entries cell by cell, as 10x writes them; most counts are small."""
    random = numpy.random.default_rng(0)
    genes, cells, entries = shape["genes"], shape["cells"], shape["entries"]
    found = entries // cells
    step = genes // found
    rows = (1 + numpy.arange(found) * step + random.integers(0, step, (cells, found))).ravel()
    columns = numpy.repeat(numpy.arange(1, cells + 1), found)
    counts = (1 / random.random(entries)).astype(int) % 1000 + 1
    lines = "\n".join(f"{r} {c} {v}" for r, c, v in zip(rows, columns, counts))
    text = f"%%MatrixMarket matrix coordinate integer general\n%\n{genes} {cells} {entries}\n{lines}\n"
    path.write_bytes(gzip.compress(text.encode(), 6))


def main():
    options = arguments()
    try:
        import numpy
        import scipy.io
        import threadpoolctl
    except ImportError as missing:
        turns.fail(f"{missing}: pip install numpy scipy threadpoolctl, best in a virtual environment")
    report, cpu = turns.our_turn("read_counts", options)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None) \
            as folder:
        path = pathlib.Path(folder) / "matrix.mtx.gz"
        write_matrix(numpy, path, report["shape"])

        def peer():
            if scipy.io.mmread(path).nnz != report["shape"]["entries"]:
                turns.fail("SciPy lost entries")

        with threadpoolctl.threadpool_limits(options.threads):
            times = turns.measure("read_counts", {"scipy.io.mmread": peer}, options)
    passed = turns.over_ours(times, "scipy.io.mmread") >= MARK
    print(f"{cpu}, {options.threads} threads, scipy {scipy.__version__}, "
          f"{report['shape']['entries']} entries\n")
    print(turns.table(times))
    print(f"\nmark: SciPy takes at least {MARK:g} times ours: {'met' if passed else 'missed'}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
