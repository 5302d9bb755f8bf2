#!/usr/bin/env bash
# scikit-learn 1.9.1, numpy 2.4.6, seen on 2026-11-30.
#
# BernoulliRBM learns by persistent chains, as many as batch_size. Where the number of rows is no
# multiple of batch_size, the last mini-batch is shorter, but all chains still count.
#
# Expected: the positive and the negative phase are means, each over its own rows, so one more row
#   of the same kind changes next to nothing.
# What happens: both phases are sums, and both are divided by the rows of the short batch. With 101
#   rows in batches of 100 the last step sets one row against 100 chains, unscaled: the visible bias
#   of a unit that is always on goes from +0.005 far below zero within one step.
#
# For lacuna: chains and rows may differ in number, and each phase is a mean over its own
# (free_energy_gap; the cases of kernels/rbm/ have more chains than rows and fewer).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
cat >"$work/fit.py" <<'PYTHON'
import numpy
from sklearn.neural_network import BernoulliRBM

for rows in (100, 101, 200):
    rbm = BernoulliRBM(n_components=1, learning_rate=0.01, batch_size=100, n_iter=1, random_state=0)
    rbm.fit(numpy.ones((rows, 1)))
    print(rows, "rows of ones: visible bias", " ".join(f"{b:+.4f}" for b in rbm.intercept_visible_))
PYTHON
"$work/env/bin/python" "$work/fit.py" | tee "$work/seen"
diff - "$work/seen" <<'SEEN'
100 rows of ones: visible bias +0.0048
101 rows of ones: visible bias -0.4752
200 rows of ones: visible bias +0.0099
SEEN
