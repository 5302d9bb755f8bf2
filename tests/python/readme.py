"""The README's lines of Python, taken from the README itself."""

import pathlib
import textwrap

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def block(heading):
    """The one indented block of code below `## heading`."""
    section = README.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return textwrap.dedent("\n".join(line for line in section.splitlines() if line.startswith("    ")))


def to_python(run):
    """What the lines of "To Python" define, for the run folder `run`."""
    code = block("To Python")
    lines = len(code.splitlines())
    assert lines == 10, f"the README promises ten lines of Python and has {lines}"
    names = {"run": run}
    exec(compile(code, "README.md", "exec"), names)
    return names
