#!/usr/bin/env bash
# implicit 0.7.2, numpy 1.26.4, scipy 1.11.4, seen on 2026-12-01.
#
# ranking_metrics_at_k names one of its scores "precision".
#
# Expected: precision@k, the share of the k recommended items that are relevant: one hit among five
#   recommendations is 0.2.
# What happens: the hits are divided by min(k, number of the user's test items). One hit among five
#   is 1.0 for a user with one test item and 0.5 for one with two. It is never below recall, and
#   papers that quote it under the name precision@k are not comparable with those that divide by k.
#
# For lacuna: precision@k divides by k, recall@k by the number of relevant items (the test
# RecommendationScores.OfKnownLists; docs/data.md says so).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check implicit==0.7.2 numpy==1.26.4 scipy==1.11.4
cat >"$work/score.py" <<'PYTHON'
import numpy
from implicit.evaluation import ranking_metrics_at_k
from scipy.sparse import csr_matrix


class TheSameToAll:
    """Recommends the items 0 to N - 1."""

    def recommend(self, userids, user_items, N=10, **options):
        items = numpy.tile(numpy.arange(N, dtype=numpy.int32), (len(userids), 1))
        return items, numpy.ones(items.shape, numpy.float32)


for liked in ([0], [0, 1], [0, 7], [0, 1, 2, 3, 4]):
    test = csr_matrix(numpy.isin(numpy.arange(8), liked)[None].astype(numpy.float32))
    train = csr_matrix(test.shape, dtype=numpy.float32)
    score = ranking_metrics_at_k(TheSameToAll(), train, test, K=5, show_progress=False)["precision"]
    hits = sum(item < 5 for item in liked)
    print(f"test items {liked}: {hits} of 5 recommended are relevant, precision {score:.2f}")
PYTHON
"$work/env/bin/python" "$work/score.py" 2>"$work/errors" | tee "$work/seen" || { cat "$work/errors" >&2; exit 1; }
diff - "$work/seen" <<'SEEN'
test items [0]: 1 of 5 recommended are relevant, precision 1.00
test items [0, 1]: 2 of 5 recommended are relevant, precision 1.00
test items [0, 7]: 1 of 5 recommended are relevant, precision 0.50
test items [0, 1, 2, 3, 4]: 5 of 5 recommended are relevant, precision 1.00
SEEN
