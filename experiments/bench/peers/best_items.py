#!/usr/bin/env python3
"""Times the ten best unseen items of every user in NumPy against lacuna's, in turns.

Lacuna's time holds all of it: codes of the ratings, their product with the weights, leaving out what a user has
rated, and the choice. "NumPy, all of it" does the same with SciPy's sparse product; "NumPy, product and choice"
has the codes at hand and leaves nothing out. Both choose by argpartition(axis=1) and sort the ten, a thousand
users at a time. The mark: product and choice alone take at least 1.5 times as long as lacuna's whole. Exit code
1: they do not; 2: something is not there.
"""
import argparse
import sys

import turns

MARK = 1.5
PART, WHOLE = "NumPy, product and choice", "NumPy, all of it"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    turns.add_options(parser, rounds=5, repetitions=20)
    return turns.parse(parser)


class Recommending:
    """Item vectors, so that users are the columns of the product."""

    def __init__(self, numpy, sparse, shape):
        self.numpy, self.shape = numpy, shape
        random = numpy.random.default_rng(0)
        items, users, ratings = shape["items"], shape["users"], shape["ratings"]
        cells = random.choice(items * users, ratings, replace=False)
        values = random.integers(1, 6, ratings).astype(numpy.float32)
        self.ratings = sparse.csr_matrix((values, (cells // users, cells % users)), shape=(items, users))
        self.of_user = self.ratings.T.tocsr()
        self.encoder = random.random((users, shape["units"]), dtype=numpy.float32) - 0.5
        self.decoder = random.random((shape["units"], users), dtype=numpy.float32) - 0.5
        self.codes = self.encode()

    def encode(self):
        return 1 / (1 + self.numpy.exp(-0.01 * (self.ratings @ self.encoder)))

    def choose(self, codes, leave_out, users=1000):
        numpy, top = self.numpy, self.shape["top"]
        for first in range(0, self.shape["users"], users):
            scores = self.decoder[:, first:first + users].T @ codes.T
            if leave_out:
                scores[self.of_user[first:first + users].nonzero()] = -numpy.inf
            best = numpy.argpartition(scores, -top, axis=1)[:, -top:]
            order = numpy.argsort(-numpy.take_along_axis(scores, best, axis=1), axis=1)
            numpy.take_along_axis(best, order, axis=1)

    def product_and_choice(self):
        self.choose(self.codes, leave_out=False)

    def whole(self):
        self.choose(self.encode(), leave_out=True)


def main():
    options = arguments()
    try:
        import numpy
        from scipy import sparse
        from threadpoolctl import threadpool_limits
    except ImportError as error:
        turns.fail(f"{error.name} is missing: pip install numpy scipy threadpoolctl")
    report, cpu = turns.our_turn("best_items", options)
    peer = Recommending(numpy, sparse, report["shape"])
    with threadpool_limits(options.threads):
        times = turns.measure("best_items", {PART: peer.product_and_choice, WHOLE: peer.whole}, options)
    print(f"{cpu}, {options.threads} threads, NumPy {numpy.__version__}\n\n{turns.table(times)}")
    return 0 if turns.over_ours(times, PART) >= MARK else 1


if __name__ == "__main__":
    sys.exit(main())
