"""The layers: who may import whom, and what is not loaded to answer ``simcrc --help``.

The imports are read from the sources, those inside functions included; those for type checkers alone are left out.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import simcrc

PACKAGE = Path(simcrc.__file__).parent

PURE = {"words", "log", "rules"}  # import next to nothing, so that everybody may import them
BASE = PURE | {"errors"}
LANGUAGE = BASE | {"scenario", "channels", "distributions", "policies"}
MODEL = LANGUAGE | {"model", "draws", "blocks"}
ALLOWED = {
    "words": set(),
    "log": {"words"},
    "errors": BASE | {"scenario"},
    "draws": {"distributions"},
    "rules": {"log"},
    "blocks": {"draws", "distributions"},
    "scenario": LANGUAGE,
    "channels": LANGUAGE | {"model"},  # a kind composes the stages of the model
    "distributions": LANGUAGE,
    "policies": LANGUAGE,
    "model": MODEL,
    "engine": MODEL | {"engine", "rules", "log"},
    "statistics": set(),
    "indicators": MODEL | {"indicators", "log", "statistics"},
    "observe": MODEL | {"observe", "indicators", "log"},
    "replay": MODEL | {"replay", "log", "indicators", "observe"},
    "theory": {"theory", "words", "errors"},
}
UPPER = set(ALLOWED) | {"experiment", ""}
ALLOWED |= {"bench": UPPER | {"report"}, "testing": UPPER | {"bench"}, "fitting": UPPER | {"bench", "report"}, "calibration": UPPER | {"bench", "report"}}
ALLOWED |= {"export": UPPER | {"export"}, "staffing": UPPER | {"staffing"}}
ALLOWED |= {"experiment": UPPER, "report": UPPER | {"report"}, "": UPPER | {"fitting", "calibration", "staffing"}, "__main__": {"cli"}}
ALLOWED |= {"pictures": UPPER | {"report", "pictures"}, "pages": UPPER | {"report", "pictures", "pages"}}
ALLOWED |= {"cli": UPPER | {"report", "pictures", "pages", "bench", "export", "fitting", "calibration", "staffing", "cli"}}

NAMED_EXCEPTIONS = {
    ("simcrc.experiment.results", "report"),  # a notebook shows Results by calling their _repr_html_
    ("simcrc.experiment.results", "export"),  # and may have them exported
    ("simcrc.experiment.results", "pictures"),  # drawn
    ("simcrc.experiment.results", "pages"),  # and reported
    ("simcrc.experiment.compare", "pictures"),  # a comparison too
    ("simcrc.experiment.compare", "pages"),
    ("simcrc.experiment.fidelisation", "pictures"),  # and an effect
    ("simcrc.experiment.fidelisation", "report"),  # a notebook asks for the account in words, and the folder keeps it
    ("simcrc.experiment.measurement", "report"),  # a notebook asks for the account in words
    ("simcrc.staffing.staffed", "report"),  # likewise
    ("simcrc.staffing.unreachable", "report"),  # figures in the error are written as everywhere
    ("simcrc.experiment.compare", "report"),  # and so for that of a comparison
    ("simcrc.experiment.sweep", "report"),  # and of a sweep
    ("simcrc.pictures.erlang_needed", "staffing"),  # the mean patience at a station
    ("simcrc.scenario.check", "indicators"),  # a target names an indicator, which an extension may have added
    ("simcrc.scenario.check_policies", "indicators"),  # and so does an objective
    ("simcrc.scenario.check_expect", "indicators"),  # and so does an expectation
    ("simcrc.scenario.check_expect", "theory"),  # which may name a figure of theory
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    if module == "simcrc.experiment.statistics":
        return "statistics"  # estimators on arrays, below everything, beside the experiments that they are made for
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[str]:
    """Absolute names imported when the code runs."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" if node.module == "simcrc" else str(node.module) for alias in node.names)
        waiting.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_the_layers_below(path: Path) -> None:
    module = name_of(path)
    room = room_of(module)
    own = {name for name in imports(path) if name.partition(".")[0] == "simcrc"}
    rooms = {room_of(name) for name in own if name != "simcrc.__version__"}
    wrong = {other for other in rooms if other not in ALLOWED[room] | {room} and (module, other) not in NAMED_EXCEPTIONS}
    assert not wrong, f"{module} imports from {wrong}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    room = room_of(name_of(path))
    libraries = {name.partition(".")[0] for name in imports(path)}
    if room != "engine":
        assert "simpy" not in libraries
    if room not in ("cli", "__main__"):
        assert not libraries & {"typer", "rich", "click"}
    if room in ("rules", "engine", "draws", "log"):
        assert not libraries & {"pandas", "pyarrow", "pydantic"}
    if room == "rules":
        assert libraries <= {
            "__future__",
            "collections",
            "math",
            "typing",
            "numpy",
            "bisect",
            "dataclasses",
            "heapq",
            "enum",
            "simcrc",
            "importlib",
            "pkgutil",
            "functools",
            "operator",
        }


HEAVY = {"pandas", "scipy", "pyarrow", "matplotlib", "numpy", "simpy", "holidays", "joblib", "pydantic", "ruamel", "jinja2", "rich", "babel"}


def loaded_after(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}}, file=sys.stderr)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    return set(out.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = f"sys.argv = ['simcrc', *{arguments}]\nfrom simcrc.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert not end.code"
    own = {"pydantic"} if "run" in arguments else set()  # typer looks whether a parameter is a model of pydantic
    assert not loaded_after(code) & (HEAVY - own)


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_after("import simcrc, simcrc.theory") & HEAVY
