"""Matrices of counts as SciPy, NumPy, pandas, R and 10x write them are read as one: python counts.py LACUNA."""

import csv
import gzip
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy
import pandas
import scipy.io
import scipy.sparse


def read(lacuna, folder, path, rows, **more):
    """The matrix that lacuna has of a file, cells by genes, without zeros: {(cell, gene): count}."""
    experiment = {"data": {"type": "counts", "path": str(path), **({"rows": rows} if rows else {}), **more},
                  "model": {"type": "autoimpute"}, "evaluate": {"type": "imputation"}}
    (folder / "read.json").write_text(json.dumps(experiment))
    subprocess.run([lacuna, "data", "read.json", "--export", "split"], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)
    cells = {}
    for part in ("train", "validation", "test"):
        with open(folder / f"split/{part}.csv", encoding="utf-8") as file:
            cells.update({(row["cell"], row["gene"]): float(row["value"]) for row in csv.DictReader(file)})
    return cells


def as_r_writes(table, path):
    """write.table(x, sep=","): names in quotes, none above those of the rows."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(f'"{name}"' for name in table.columns) + "\n")
        for name, row in table.iterrows():
            file.write(f'"{name}",' + ",".join(f"{value:.15g}" for value in row) + "\n")


def ten_x(matrix, names, folder, packed):
    """Genes are rows; names as of Cell Ranger 2, and of 3, which packs them."""
    folder.mkdir()
    cells, genes = names
    scipy.io.mmwrite(folder / "matrix.mtx", scipy.sparse.coo_matrix(matrix.T), field="integer", symmetry="general")
    (folder / "barcodes.tsv").write_text("".join(f"{cell}\n" for cell in cells))
    more = "\tGene Expression" if packed else ""
    (folder / ("features.tsv" if packed else "genes.tsv")).write_text(
        "".join(f"ENSG{i}\t{gene}{more}\n" for i, gene in enumerate(genes)))
    for file in list(folder.iterdir()) if packed else []:
        with open(file, "rb") as plain, gzip.open(f"{file}.gz", "wb") as to:
            shutil.copyfileobj(plain, to)
        file.unlink()


def check(lacuna, folder, rows, columns, random):
    """A square one is symmetric: below 100 rows SciPy writes it so, above it does not."""
    matrix = random.poisson(0.7, (rows, columns))
    if rows == columns:
        matrix = matrix + matrix.T
    cells, genes = [f"cell {i}" for i in range(rows)], [f"gene{i}" for i in range(columns)]
    numbered = {(str(c), str(g)): matrix[c, g] for c, g in zip(*matrix.nonzero())}
    named = {(cells[c], genes[g]): matrix[c, g] for c, g in zip(*matrix.nonzero())}
    sparse = scipy.sparse.coo_matrix(matrix)
    table = pandas.DataFrame(matrix, index=cells, columns=genes)

    def same(name, path, expected, of="cells", **more):
        found = read(lacuna, folder, path, of, **more)
        assert found == expected, f"{name}, {rows} x {columns}: read differently"
        print(f"counts: {name}, {rows} x {columns}: {len(found)} values are the same")

    for field in ("integer", "real"):
        scipy.io.mmwrite(folder / f"{field}.mtx", sparse, field=field)
        same(f"scipy {field}, {scipy.io.mminfo(folder / f'{field}.mtx')[5]}", folder / f"{field}.mtx", numbered)
    scipy.io.mmwrite(folder / "unsigned.mtx", sparse.astype(numpy.uint32))
    same("scipy unsigned-integer", folder / "unsigned.mtx", numbered)
    scipy.io.mmwrite(folder / "array.mtx", matrix)
    same("scipy array", folder / "array.mtx", numbered)
    for form in ("csr", "csc"):
        scipy.sparse.save_npz(folder / f"{form}.npz", sparse.asformat(form), compressed=form == "csr")
        same(f"save_npz {form}", folder / f"{form}.npz", numbered)
    numpy.savez_compressed(folder / "dense.npz", matrix)
    same("savez", folder / "dense.npz", numbered)
    numpy.save(folder / "fortran.npy", numpy.asfortranarray(matrix))
    same("npy in Fortran order", folder / "fortran.npy", numbered)
    numpy.savetxt(folder / "savetxt.txt", matrix)
    same("savetxt", folder / "savetxt.txt", numbered, header=False)
    table.to_csv(folder / "pandas.csv")
    same("pandas", folder / "pandas.csv", named)
    table.T.to_csv(folder / "pandas.tsv.gz", sep="\t")
    same("pandas, genes by cells", folder / "pandas.tsv.gz", named, of="genes")
    as_r_writes(table, folder / "r.csv")
    same("R's write.table", folder / "r.csv", named)
    for packed in (False, True):
        place = folder / f"ten_x_{packed}"
        ten_x(matrix, (cells, genes), place, packed)
        same("10x", place, named, of=None)


if __name__ == "__main__":
    for sizes in ((40, 40), (140, 140), (60, 25)):
        with tempfile.TemporaryDirectory() as scratch:
            check(str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(scratch), *sizes, numpy.random.default_rng(1))
