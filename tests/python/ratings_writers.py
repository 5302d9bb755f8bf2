"""Ratings as the programs people use write them: python ratings_writers.py LACUNA

Each row of the table is a file, and what training on it must come to: "same" as on the plain CSV, which are the same
bytes of weights and ids, or an error that says what the file is and what to set; the next row then sets it.
"""

import csv
import json
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
from typing import Any, Callable, NamedTuple

import numpy
import polars
import pyarrow
import pyarrow.csv
import pyarrow.dataset
import pyarrow.feather
import pyarrow.orc

from rating_tables import TABLES, Skipped, by_csv_module, by_dict_writer, lines, parts, r, saved, sql, to_sqlite
from rating_trainer import Trainer, is_expected

N, TEXT, TYPESET, MISSING, TIMES = (TABLES[name] for name in ("numbers", "text", "typeset", "missing", "times"))
FLOATS = N.astype({"user": float, "item": float})  # ids as a join leaves them
P, P_TEXT, P_MISSING, P_TIMES, P_FLOATS = map(polars.from_pandas, (N, TEXT, MISSING, TIMES, FLOATS))
A, A_TEXT, A_MISSING, A_TIMES = (pyarrow.Table.from_pandas(table, preserve_index=False)
                                 for table in (N, TEXT, MISSING, TIMES))
MATRIX = N.pivot(index="user", columns="item", values="rating")
DROP = ("data.missing=drop",)
COMMA = ("data.decimal=comma",)
ASKS_TO_DROP = 'error: set data.missing to "drop"'
ASKS_FOR_COMMA = 'error: set data.decimal to "comma"'
ASKS_FOR_LINES = "error: one object a line"
OF_TABLE = {"times": ("data.timestamp_column=time", "data.split=leave_last_out")}
SPARK = [f"part-0000{k}-5a2b-c000" for k in range(3)]
SPARK_MARKS = ["_SUCCESS", "._SUCCESS.crc", *(f".{name}.csv.crc" for name in SPARK)]


class Row(NamedTuple):
    name: str
    file: str  # its name; "pipe": its bytes come through one
    write: Callable[[pathlib.Path], Any] | None  # None: the file of the row above
    expected: str  # as is_expected() reads it
    settings: tuple[str, ...] = ()
    table: str = "numbers"


ROWS = [
    # pandas
    Row("pandas: index=False", "ratings.csv", lambda p: N.to_csv(p, index=False), "same"),
    Row("pandas: to_csv", "ratings.csv", lambda p: N.to_csv(p), "same"),
    Row("pandas: tab", "ratings.tsv", lambda p: N.to_csv(p, sep="\t"), "same"),
    Row("pandas: semicolon", "ratings.csv", lambda p: N.to_csv(p, sep=";", index=False), "same"),
    Row("pandas: bar", "ratings.csv", lambda p: N.to_csv(p, sep="|", index=False), "same"),
    Row("pandas: float ids", "ratings.csv", lambda p: FLOATS.to_csv(p, index=False), "same"),
    Row("pandas: float_format=%g", "ratings.csv", lambda p: FLOATS.to_csv(p, float_format="%g"), "same"),
    Row("pandas: float_format=%.3e", "ratings.csv", lambda p: N.to_csv(p, float_format="%.3e"), "same"),
    Row("pandas: QUOTE_ALL", "ratings.csv", lambda p: N.to_csv(p, quoting=csv.QUOTE_ALL), "same"),
    Row("pandas: QUOTE_NONNUMERIC", "ratings.csv", lambda p: N.to_csv(p, quoting=csv.QUOTE_NONNUMERIC), "same"),
    *(Row(f"pandas: {name}", f"ratings.csv.{name}", lambda p: N.to_csv(p, index=False), "same")
      for name in ("gz", "bz2", "xz", "zst", "zip")),
    Row("pandas: gzip, named .csv", "ratings.csv", lambda p: N.to_csv(p, compression="gzip"), "same"),
    Row("pandas: tar", "ratings.csv.tar.gz", lambda p: N.to_csv(p), "error: a tar archive...unpack it"),
    Row("pandas: other names", "ratings.csv",
        lambda p: N.rename(columns={"user": "userId", "item": "movieId"}).to_csv(p, index=False),
        "error: set data.user_column=userId"),
    Row("pandas: other names, one named", "ratings.csv", None, "error: set data.item_column=movieId",
        ("data.user_column=userId",)),
    Row("pandas: other names, named", "ratings.csv", None, "same",
        ("data.user_column=userId", "data.item_column=movieId")),
    Row("pandas: set_index", "ratings.csv", lambda p: N.set_index(["item", "user"]).to_csv(p), "same"),
    Row("pandas: header=False, index=False", "ratings.csv", lambda p: N.to_csv(p, header=False, index=False), "same"),
    Row("pandas: header=False", "ratings.csv", lambda p: N.to_csv(p, header=False),
        "error: data.user_column"),
    Row("pandas: header=False, columns named", "ratings.csv", None, "same",
        ("data.user_column=2", "data.item_column=3", "data.rating_column=4")),
    Row("pandas: decimal comma", "ratings.csv", lambda p: N.to_csv(p, decimal=",", sep=";"),
        ASKS_FOR_COMMA),
    Row("pandas: decimal comma, set", "ratings.csv", None, "same", COMMA),
    Row("pandas: decimal comma, comma", "ratings.csv", lambda p: N.to_csv(p, decimal=","),
        ASKS_FOR_COMMA),
    Row("pandas: decimal comma, comma, set", "ratings.csv", None, "same", COMMA),
    Row("pandas: missing", "ratings.csv", lambda p: MISSING.to_csv(p), ASKS_TO_DROP),
    Row("pandas: missing, dropped", "ratings.csv", None, "same", DROP),
    Row("pandas: na_rep=NA", "ratings.csv", lambda p: MISSING.to_csv(p, na_rep="NA"),
        ASKS_TO_DROP),
    Row("pandas: na_rep=NA, dropped", "ratings.csv", None, "same", DROP),
    Row("pandas: na_rep=-", "ratings.csv", lambda p: MISSING.to_csv(p, na_rep="-"),
        ASKS_TO_DROP),
    Row("pandas: na_rep=-, dropped", "ratings.csv", None, "same", DROP),
    Row("pandas: sep=' '", "ratings.txt", lambda p: N.to_csv(p, sep=" "), "same"),
    Row("pandas: pivot, zeros", "ratings.csv", lambda p: MATRIX.fillna(0).to_csv(p), "error: no column 'item'"),
    Row("pandas: pivot", "ratings.csv", lambda p: MATRIX.to_csv(p), "error: no column 'item'"),
    Row("pandas: pivot, dropped", "ratings.csv", None, "error: no column 'item'", DROP),
    Row("pandas: text", "ratings.csv", lambda p: TEXT.to_csv(p), "same", table="text"),
    Row("pandas: text, header=False", "ratings.csv", lambda p: TEXT.to_csv(p, header=False),
        "error: data.user_column", table="text"),
    Row("pandas: text, header=False, columns named", "ratings.csv", None, "same",
        ("data.user_column=2", "data.item_column=3", "data.rating_column=4", "data.header=false"), "text"),
    Row("pandas: text, semicolon", "ratings.csv", lambda p: TEXT.to_csv(p, sep=";"), "same", table="text"),
    Row("pandas: text, bar", "ratings.csv", lambda p: TEXT.to_csv(p, sep="|"), "same", table="text"),
    Row("pandas: text, tab", "ratings.tsv", lambda p: TEXT.to_csv(p, sep="\t"), "same", table="text"),
    Row("pandas: text, latin-1", "ratings.csv", lambda p: TEXT.to_csv(p, encoding="latin-1"), "same", table="text"),
    Row("pandas: text, utf-8-sig", "ratings.csv", lambda p: TEXT.to_csv(p, encoding="utf-8-sig"), "same",
        table="text"),
    Row("pandas: text, utf-16", "ratings.csv", lambda p: TEXT.to_csv(p, encoding="utf-16"),
        "error: UTF-16...iconv -f UTF-16 -t UTF-8", table="text"),
    Row("pandas: text, utf-16-le", "ratings.csv", lambda p: TEXT.to_csv(p, encoding="utf-16-le"),
        "error: UTF-16...iconv -f UTF-16LE -t UTF-8", table="text"),
    Row("pandas: text, utf-16-be", "ratings.csv", lambda p: TEXT.to_csv(p, encoding="utf-16-be"),
        "error: UTF-16...iconv -f UTF-16BE -t UTF-8", table="text"),
    Row("pandas: text, utf-32", "ratings.csv", lambda p: TEXT.to_csv(p, encoding="utf-32"),
        "error: UTF-32...iconv -f UTF-32 -t UTF-8", table="text"),
    Row("pandas: text, escaped quotes", "ratings.csv",
        lambda p: TEXT.to_csv(p, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\"), "same", table="text"),
    Row("pandas: text, QUOTE_NONE", "ratings.csv",
        lambda p: TEXT.to_csv(p, index=False, quoting=csv.QUOTE_NONE, escapechar="\\"), "error: fields", table="text"),
    Row("pandas: times", "ratings.csv", lambda p: TIMES.to_csv(p), "same", table="times"),
    Row("pandas: times with a zone", "ratings.csv",
        lambda p: TIMES.assign(time=TIMES["time"].dt.tz_localize("UTC")).to_csv(p), "same", table="times"),
    Row("pandas: times, ISO with T and Z", "ratings.csv", lambda p: TIMES.to_csv(p, date_format="%Y-%m-%dT%H:%M:%SZ"),
        "same", table="times"),
    Row("pandas: times, seconds", "ratings.csv", lambda p: TIMES.to_csv(p, date_format="%s"), "same", table="times"),
    Row("pandas: times, German", "ratings.csv", lambda p: TIMES.to_csv(p, date_format="%d.%m.%Y %H:%M:%S"),
        "error: neither a number nor a date as 2015-03-31", table="times"),
    Row("pandas: times, American", "ratings.csv", lambda p: TIMES.to_csv(p, date_format="%m/%d/%Y %H:%M:%S"),
        "error: neither a number nor a date as 2015-03-31", table="times"),
    Row("pandas: JSON lines", "ratings.jsonl", lambda p: N.to_json(p, orient="records", lines=True), "same"),
    Row("pandas: JSON lines, float ids, gzip", "ratings.json.gz",
        lambda p: FLOATS.to_json(p, orient="records", lines=True), "same"),
    Row("pandas: JSON lines, text", "ratings.jsonl", lambda p: TEXT.to_json(p, orient="records", lines=True), "same",
        table="text"),
    Row("pandas: JSON lines, missing", "ratings.jsonl", lambda p: MISSING.to_json(p, orient="records", lines=True),
        ASKS_TO_DROP),
    Row("pandas: JSON lines, missing, dropped", "ratings.jsonl", None, "same", DROP),
    Row("pandas: JSON lines, times", "ratings.jsonl",
        lambda p: TIMES.to_json(p, orient="records", lines=True, date_format="iso"), "same", table="times"),
    Row("pandas: JSON records", "ratings.json", lambda p: N.to_json(p, orient="records"),
        ASKS_FOR_LINES),
    Row("pandas: JSON records, indented", "ratings.json", lambda p: N.to_json(p, orient="records", indent=2),
        ASKS_FOR_LINES),
    Row("pandas: to_json", "ratings.json", lambda p: N.to_json(p), ASKS_FOR_LINES),
    Row("pandas: JSON split", "ratings.json", lambda p: N.to_json(p, orient="split"), ASKS_FOR_LINES),
    Row("pandas: to_string", "ratings.txt", lambda p: p.write_text(N.to_string(index=False)), "same"),
    Row("pandas: to_html", "ratings.html", lambda p: N.to_html(p), "error: web page"),
    Row("pandas: to_pickle", "ratings.pkl", lambda p: N.to_pickle(p), "error: a Python pickle...save it as CSV"),
    Row("pandas: to_stata", "ratings.dta", lambda p: N.to_stata(p), "error: save it as CSV"),
    Row("pandas: to_sql, SQLite", "ratings.db", to_sqlite, "error: an SQLite database...sqlite3 -header -csv"),
    # polars
    Row("polars: write_csv", "ratings.csv", lambda p: P.write_csv(p), "same"),
    Row("polars: tab, no header", "ratings.tsv", lambda p: P.write_csv(p, separator="\t", include_header=False),
        "same"),
    Row("polars: quote_style=always", "ratings.csv", lambda p: P.write_csv(p, quote_style="always"), "same"),
    Row("polars: float_scientific", "ratings.csv",
        lambda p: P_FLOATS.write_csv(p, float_scientific=True), "same"),
    Row("polars: float_precision", "ratings.csv",
        lambda p: P_FLOATS.write_csv(p, float_precision=3), "same"),
    Row("polars: BOM", "ratings.csv", lambda p: P_TEXT.write_csv(p, include_bom=True), "same", table="text"),
    Row("polars: line_terminator", "ratings.csv", lambda p: P_TEXT.write_csv(p, line_terminator="\r\n"), "same",
        table="text"),
    Row("polars: quote_style=never", "ratings.csv", lambda p: P_TEXT.write_csv(p, quote_style="never"),
        "error: fields", table="text"),
    Row("polars: decimal_comma", "ratings.csv", lambda p: P.write_csv(p, decimal_comma=True),
        ASKS_FOR_COMMA),
    Row("polars: decimal_comma, set", "ratings.csv", None, "same", COMMA),
    Row("polars: NaN", "ratings.csv", lambda p: P_MISSING.fill_null(float("nan")).write_csv(p),
        ASKS_TO_DROP),
    Row("polars: NaN, dropped", "ratings.csv", None, "same", DROP),
    Row("polars: times", "ratings.csv", lambda p: P_TIMES.write_csv(p), "same", table="times"),
    Row("polars: write_ndjson", "ratings.ndjson", lambda p: P.write_ndjson(p), "same"),
    Row("polars: write_ndjson, times", "ratings.ndjson", lambda p: P_TIMES.write_ndjson(p), "same", table="times"),
    Row("polars: write_json", "ratings.json", lambda p: P.write_json(p), ASKS_FOR_LINES),
    Row("polars: write_parquet", "ratings.parquet", lambda p: P.write_parquet(p), "error: a Parquet file...to_csv"),
    Row("polars: write_ipc", "ratings.arrow", lambda p: P.write_ipc(p), "error: an Arrow (Feather) file...to_csv"),
    Row("polars: write_avro", "ratings.avro", lambda p: P.write_avro(p), "error: an Avro file...save it as CSV"),
    # pyarrow
    Row("pyarrow: write_csv", "ratings.csv", lambda p: pyarrow.csv.write_csv(A, p), "same"),
    Row("pyarrow: text", "ratings.csv", lambda p: pyarrow.csv.write_csv(A_TEXT, p), "same", table="text"),
    Row("pyarrow: times", "ratings.csv", lambda p: pyarrow.csv.write_csv(A_TIMES, p), "same", table="times"),
    Row("pyarrow: all_valid, tab", "ratings.csv", lambda p: pyarrow.csv.write_csv(
        A, p, pyarrow.csv.WriteOptions(delimiter="\t", quoting_style="all_valid")), "same"),
    Row("pyarrow: no header", "ratings.csv", lambda p: pyarrow.csv.write_csv(
        A, p, pyarrow.csv.WriteOptions(include_header=False)), "same"),
    Row("pyarrow: missing", "ratings.csv", lambda p: pyarrow.csv.write_csv(A_MISSING, p),
        ASKS_TO_DROP),
    Row("pyarrow: missing, dropped", "ratings.csv", None, "same", DROP),
    Row("pyarrow: folder", "ratings", lambda p: pyarrow.dataset.write_dataset(
        A, p, format="csv", max_rows_per_file=100, max_rows_per_group=100), "same"),
    Row("pyarrow: Parquet folder", "ratings", lambda p: pyarrow.dataset.write_dataset(A, p, format="parquet"),
        "error: a Parquet file...to_csv"),
    Row("pyarrow: ORC", "ratings.orc", lambda p: pyarrow.orc.write_table(A, p), "error: ORC"),
    Row("pyarrow: Feather", "ratings.feather", lambda p: pyarrow.feather.write_feather(A, p),
        "error: an Arrow (Feather) file...to_csv"),
    # DuckDB
    Row("DuckDB: copy", "ratings.csv", sql("copy t to PATH"), "same"),
    Row("DuckDB: no header", "ratings.csv", sql("copy t to PATH (header false)"), "same"),
    Row("DuckDB: bar, all quoted", "ratings.csv", sql("copy t to PATH (delimiter '|', force_quote *)"), "same"),
    Row("DuckDB: tab, text", "ratings.tsv", sql("copy t to PATH (delimiter '\t')", TEXT), "same", table="text"),
    Row("DuckDB: double ids", "ratings.csv", sql("copy t to PATH", FLOATS), "same"),
    Row("DuckDB: decimal ids", "ratings.csv",
        sql("copy (select user::decimal(18, 3) as user, item::decimal(18, 3) as item, rating from t) to PATH"), "same"),
    Row("DuckDB: gzip", "ratings.csv.gz", sql("copy t to PATH"), "same"),
    Row("DuckDB: zstd", "ratings.csv.zst", sql("copy t to PATH"), "same"),
    Row("DuckDB: times", "ratings.csv", sql("copy t to PATH", TIMES), "same", table="times"),
    Row("DuckDB: times with a zone", "ratings.csv", sql(
        "set timezone = 'UTC'; copy (select user, item, rating, time::timestamptz as time from t) to PATH", TIMES),
        "same", table="times"),
    Row("DuckDB: missing", "ratings.csv", sql("copy t to PATH (nullstr 'NULL')", MISSING),
        ASKS_TO_DROP),
    Row("DuckDB: missing, dropped", "ratings.csv", None, "same", DROP),
    Row("DuckDB: per_thread_output", "ratings", sql("copy t to PATH (format csv, per_thread_output)"), "same"),
    Row("DuckDB: per_thread_output, gzip", "ratings",
        sql("copy t to PATH (format csv, compression gzip, file_extension 'csv.gz', per_thread_output)"), "same"),
    Row("DuckDB: partition_by", "ratings",
        sql("copy (select *, user % 3 as bucket from t) to PATH (format csv, partition_by (bucket))"),
        "error: bucket=0"),
    Row("DuckDB: JSON", "ratings.json", sql("copy t to PATH"), "same"),
    Row("DuckDB: JSON, missing", "ratings.json",
        sql("copy (select user, item, coalesce(rating, 'nan'::double) as rating from t) to PATH", MISSING),
        ASKS_TO_DROP),
    Row("DuckDB: JSON, missing, dropped", "ratings.json", None, "same", DROP),
    Row("DuckDB: JSON array", "ratings.json", sql("copy t to PATH (array true)"),
        ASKS_FOR_LINES),
    Row("DuckDB: Parquet", "ratings.parquet", sql("copy t to PATH"), "error: a Parquet file...to_csv"),
    Row("DuckDB: its database", "ratings.duckdb", sql("attach PATH as d; create table d.t as select * from t"),
        "error: no text...save it as CSV"),
    # R; ids are numbers there, and 100000 is written 1e+05
    Row("R: write.csv", "ratings.csv", r("write.csv(d, path)"), "same"),
    Row("R: write.csv, row.names=FALSE", "ratings.csv", r("write.csv(d, path, row.names = FALSE)"), "same"),
    Row("R: write.csv, gzfile", "ratings.csv.gz", r("write.csv(d, gzfile(path), row.names = FALSE)"), "same"),
    Row("R: write.csv, text", "ratings.csv", r("write.csv(d, path)", "text"), "same", table="text"),
    Row("R: write.csv, latin1", "ratings.csv", r("write.csv(d, path, fileEncoding = 'latin1')", "text"), "same",
        table="text"),
    Row("R: write.csv, missing", "ratings.csv", r("write.csv(d, path)", "missing"),
        ASKS_TO_DROP),
    Row("R: write.csv, missing, dropped", "ratings.csv", None, "same", DROP),
    Row("R: write.csv, times", "ratings.csv", r("write.csv(d, path)", "times"), "same", table="times"),
    Row("R: write.csv2", "ratings.csv", r("write.csv2(d, path, row.names = FALSE)"),
        ASKS_FOR_COMMA),
    Row("R: write.csv2, set", "ratings.csv", None, "same", COMMA),
    Row("R: write.table", "ratings.txt", r("write.table(d, path)"), "same"),
    Row("R: write.table, comma", "ratings.csv", r("write.table(d, path, sep = ',')"), "same"),
    Row("R: write.table, row.names=FALSE", "ratings.txt", r("write.table(d, path, row.names = FALSE)"), "same"),
    Row("R: write.table, bare", "ratings.txt",
        r("write.table(d, path, row.names = FALSE, col.names = FALSE, quote = FALSE)"), "same"),
    Row("R: write.table, text", "ratings.txt", r("write.table(d, path, row.names = FALSE)", "text"), "same",
        table="text"),
    Row("R: write.table, col.names=NA", "ratings.tsv", r("write.table(d, path, sep = '\\t', col.names = NA)"), "same"),
    Row("R: fwrite", "ratings.csv", r("data.table::fwrite(d, path)", package="data.table"), "same"),
    Row("R: fwrite, bar, gzip", "ratings.csv.gz", r("data.table::fwrite(d, path, sep = '|')", package="data.table"),
        "same"),
    Row("R: fwrite, times", "ratings.csv", r("data.table::fwrite(d, path)", "times", "data.table"), "same",
        table="times"),
    Row("R: write_csv of readr", "ratings.csv", r("readr::write_csv(d, path)", package="readr"), "same"),
    Row("R: write_excel_csv2 of readr", "ratings.csv", r("readr::write_excel_csv2(d, path)", "text", "readr"),
        ASKS_FOR_COMMA, table="text"),
    Row("R: write_excel_csv2 of readr, set", "ratings.csv", None, "same", COMMA, "text"),
    Row("R: save", "ratings.RData", r("save(d, file = path)"), "error: an R workspace...write.csv"),
    Row("R: saveRDS", "ratings.rds", r("saveRDS(d, path)"), "error: an R object...write.csv"),
    # Excel
    Row("Excel: CRLF", "ratings.csv", saved(lines(N, end="\r\n")), "same"),
    Row("Excel: BOM", "ratings.csv", saved(lines(N, end="\r\n"), "utf-8-sig"), "same"),
    Row("Excel: sep= line", "ratings.csv", saved("sep=;\r\n" + lines(N, ";", "\r\n")), "same"),
    Row("Excel: sep= line after a BOM", "ratings.csv", saved("sep=;\r\n" + lines(N, ";", "\r\n"), "utf-8-sig"),
        "same"),
    Row("Excel: decimal comma", "ratings.csv", saved(lines(N, ";", "\r\n", decimal=",")),
        ASKS_FOR_COMMA),
    Row("Excel: decimal comma, set", "ratings.csv", None, "same", COMMA),
    Row("Excel: Windows-1252", "ratings.csv", saved(lines(TYPESET, ";", "\r\n", quote=lambda field: (
        '"' + field.replace('"', '""') + '"' if set(field) & set(';"') else field)), "cp1252"), "same",
        table="typeset"),
    Row("Excel: Unicode text", "ratings.txt", saved(lines(N, "\t", "\r\n"), "utf-16"),
        "error: UTF-16...iconv -f UTF-16 -t UTF-8"),
    Row("Excel: Macintosh", "ratings.csv", saved(lines(N, end="\r")), "error: line ends"),
    Row("Excel: empty columns", "ratings.csv", saved(lines(N, end=",,\r\n")), "same"),
    Row("Excel: empty rows at the end", "ratings.csv", saved(lines(N, end="\r\n") + 5 * ",,\r\n"),
        "error: the rating is empty"),
    Row("Excel: empty rows at the end, dropped", "ratings.csv", None, "same", DROP),
    Row("Excel: .xlsx", "ratings.xlsx", lambda p: N.to_excel(p, index=False), "error: an Excel workbook...CSV"),
    # NumPy
    Row("NumPy: savetxt", "ratings.txt", lambda p: numpy.savetxt(p, N), "same"),
    Row("NumPy: fmt", "ratings.txt", lambda p: numpy.savetxt(p, N, fmt="%d %d %.1f"), "same"),
    Row("NumPy: fmt=%g, comma", "ratings.csv", lambda p: numpy.savetxt(p, N, fmt="%.7g", delimiter=","), "same"),
    Row("NumPy: header", "ratings.csv",
        lambda p: numpy.savetxt(p, N[["rating", "item", "user"]], delimiter=",", header="rating,item,user"), "same"),
    Row("NumPy: header, comments=''", "ratings.csv", lambda p: numpy.savetxt(
        p, N[["item", "user", "rating"]], delimiter="\t", header="item\tuser\trating", comments=""), "same"),
    Row("NumPy: .gz", "ratings.txt.gz", lambda p: numpy.savetxt(p, N), "same"),
    Row("NumPy: savetxt of a matrix", "ratings.txt", lambda p: numpy.savetxt(p, MATRIX.fillna(0)),
        "error: 20 columns"),
    Row("NumPy: save", "ratings.npy", lambda p: numpy.save(p, N), "error: a NumPy array...numpy.savetxt"),
    Row("NumPy: savez", "ratings.npz", lambda p: numpy.savez(p, ratings=N), "error: NumPy"),
    # Python's own
    Row("csv: excel", "ratings.csv", by_csv_module(), "same"),
    Row("csv: excel-tab", "ratings.tsv", by_csv_module(dialect="excel-tab"), "same"),
    Row("csv: unix", "ratings.csv", by_csv_module(dialect="unix"), "same"),
    Row("csv: newline forgotten on Windows", "ratings.csv", by_csv_module(newline="\r\n"), "same"),
    Row("csv: DictWriter, other order", "ratings.csv", by_dict_writer, "same"),
    Row("print: blanks, aligned", "ratings.txt", saved("".join(
        f"{user:>9}  {item:>9}  {rating:.1f}\n" for user, item, rating in N.itertuples(index=False))), "same"),
    Row("print: comma and blank", "ratings.csv", saved(lines(N, ", ")), "same"),
    Row("json: lines, NaN", "ratings.jsonl", saved("".join(
        json.dumps(row) + "\n" for row in MISSING.to_dict("records"))), ASKS_TO_DROP),
    Row("json: lines, NaN, dropped", "ratings.jsonl", None, "same", DROP),
    Row("json: objects over several lines", "ratings.json", saved("".join(
        json.dumps(row, indent=2) + "\n" for row in N.to_dict("records"))), ASKS_FOR_LINES),
    Row("pickle: list", "ratings.pkl", lambda p: p.write_bytes(pickle.dumps(N.values.tolist())),
        "error: a Python pickle...save it as CSV"),
    # a folder as Spark leaves it
    Row("Spark: header", "ratings", parts([f"{name}.csv" for name in SPARK], lambda t, p: t.to_csv(p, index=False),
                                          SPARK_MARKS), "same"),
    Row("Spark: no header", "ratings", parts([f"{name}.csv" for name in SPARK],
                                             lambda t, p: t.to_csv(p, index=False, header=False), SPARK_MARKS), "same"),
    Row("Spark: an empty part", "ratings", parts([f"{name}.csv" for name in SPARK],
                                                 lambda t, p: t.to_csv(p, index=False),
                                                 [*SPARK_MARKS, "part-00003-5a2b-c000.csv"]), "same"),
    Row("Spark: gzip", "ratings", parts([f"{name}.csv.gz" for name in SPARK], lambda t, p: t.to_csv(p, index=False),
                                        SPARK_MARKS), "same"),
    Row("Spark: JSON", "ratings", parts([f"{name}.json" for name in SPARK],
                                        lambda t, p: t.to_json(p, orient="records", lines=True), SPARK_MARKS), "same"),
    Row("pandas: a file a chunk", "ratings", parts([f"export-{k}.csv" for k in range(3)],
                                               lambda t, p: t.to_csv(p, index=False)), "same"),
    # a pipe
    Row("pipe: pandas", "pipe", lambda p: N.to_csv(index=False).encode(), "same"),
    Row("pipe: gzip", "pipe", lambda p: subprocess.run(
        ["gzip"], input=N.to_csv(sep="\t").encode(), capture_output=True, check=True).stdout, "same"),
    Row("pipe: JSON lines", "pipe", lambda p: N.to_json(orient="records", lines=True).encode(), "same"),
    Row("pipe: Parquet", "pipe", lambda p: N.to_parquet(), "error: a Parquet file...to_csv"),
    Row("pipe: nothing", "pipe", lambda p: b"", "error: /dev/stdin"),
]



def references(trainer, folder):
    """table -> what its plain CSV is trained to; of the table with missing ratings, without them."""
    found = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        table.dropna().to_csv(path, index=False)
        found[name] = trainer.train(path, OF_TABLE.get(name, ()))
        assert not isinstance(found[name], str), f"the plain CSV of {name}: {found[name]}"
    return found


def write_row(row, folder):
    """The row's file, or its bytes."""
    folder.mkdir()
    content = row.write(folder / row.file)
    return content if row.file == "pipe" else folder / row.file


def main(lacuna):
    counts = dict.fromkeys(("same", "error", "skipped", "FAILED"), 0)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        trainer = Trainer(lacuna, folder)
        reference = references(trainer, folder)
        source = skipped = None
        for number, row in enumerate(ROWS):
            if row.write:
                skipped = None
                try:
                    source = write_row(row, folder / str(number))
                except Skipped as reason:
                    skipped = f"skipped: {reason}"
            settings = (*OF_TABLE.get(row.table, ()), *row.settings)
            outcome = skipped or trainer.outcome(source, settings, reference[row.table])
            passed = skipped or is_expected(row.expected, outcome)
            counts[outcome.split(":")[0] if passed else "FAILED"] += 1
            print(f"{row.name}: {outcome}" if passed else
                  f"FAILED {row.name}: {outcome}\n    expected {row.expected}", flush=True)
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 1 if counts["FAILED"] else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
