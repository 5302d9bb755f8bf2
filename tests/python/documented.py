"""The lines of Python of docs/runs.md, taken from there."""

import pathlib
import textwrap

RUNS = pathlib.Path(__file__).resolve().parents[2] / "docs/runs.md"


def block(heading):
    """The one indented block of code below `## heading`."""
    section = RUNS.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return textwrap.dedent("\n".join(line for line in section.splitlines() if line.startswith("    ")))


def defined(heading, run):
    """What the lines below a heading define, for the run folder `run`."""
    names = {"run": run}
    exec(compile(block(heading), "docs/runs.md", "exec"), names)
    return names


def to_python(run):
    lines = len(block("To Python").splitlines())
    assert lines == 13, f"docs/runs.md promises thirteen lines of Python and has {lines}"
    return defined("To Python", run)
