"""What the last bits of a figure may depend on: library versions, Python, the C library and the features of the processor.

Two runs of one scenario with one fingerprint give the same bytes.  ``simcrc.experiment.manifest`` writes it down.
"""

from __future__ import annotations

import hashlib
import platform
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "simpy", "pydantic", "ruamel.yaml", "holidays", "tzdata", "joblib")


def versions() -> dict[str, str]:
    """Versions of simcrc, Python and the libraries that figures pass through."""
    import simcrc

    found = {"simcrc": simcrc.__version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def processor() -> dict[str, Any]:
    """The machine's architecture, its C library and the vector instructions that NumPy found."""
    try:
        numpy = import_module("numpy._core._multiarray_umath")
    except ImportError:  # NumPy 1
        numpy = import_module("numpy.core._multiarray_umath")
    features = sorted(name for name, present in numpy.__cpu_features__.items() if present)
    return {"machine": platform.machine(), "libc": " ".join(platform.libc_ver()).strip(), "features": features}


def fingerprint() -> dict[str, Any]:
    """Versions, processor, and a short digest of both."""
    parts = {"versions": versions(), "processor": processor()}
    return {"digest": hashlib.sha256(repr(parts).encode()).hexdigest()[:16], **parts}
