#!/usr/bin/env bash
# Ratings as pandas, polars, pyarrow, DuckDB, R, Excel, NumPy, Python and Spark write them: the files of
# python/ratings_writers.py are trained on as the plain CSV is, or refused with the way out. Takes no arguments;
# $LACUNA is the program (default: ./lacuna). Installs what writes them, but for R, into build/python and keeps it
# there; ends with 77 where it cannot be had. Rows of R are skipped where there is no Rscript.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
python=$PWD/build/python/bin/python
lacuna=${LACUNA:-./lacuna}
packages=(pandas polars pyarrow duckdb numpy openpyxl zstandard)
export PYTHONDONTWRITEBYTECODE=1

skip() { printf 'skipped: %s\n' "$*" >&2; exit 77; }

has_packages() { "$python" -c "import $(IFS=,; echo "${packages[*]}")" 2>/dev/null; }

[[ -x $python ]] || python3 -m venv build/python || skip "python3 -m venv does not work here"
has_packages || "$python" -m pip install --quiet --disable-pip-version-check "${packages[@]}" ||
  skip "pip does not find all of ${packages[*]}"
"$lacuna" --version >/dev/null  # builds it, where it is the script that does
"$python" tests/python/ratings_writers.py "$lacuna"
