"""The site of the documents: the Markdown pages of this folder as they stand, and the reference made from the code (``_ext``).

    python -m pip install '.[docs]'
    sphinx-build -W --keep-going docs build/site

Pages read well on a code host too: the tables of contents of the site are made from the lists of links in index.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_ext")]

import simcrc  # noqa: E402

project = "simcrc"
author = copyright = "simcrc"
version = release = simcrc.__version__
language = "en"

extensions = ["myst_nb", "reference", "contents"]
exclude_patterns = ["_ext", "Thumbs.db", ".DS_Store"]
root_doc = "index"
html_theme = "furo"
html_title = "simcrc"
html_show_sphinx = False
html_copy_source = False
html_css_files = ["wide.css"]
html_static_path = ["_static"]

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4
nb_execution_mode = "off"  # notebooks are run by the tests; here they are read
pygments_style = "friendly"
suppress_warnings = ["misc.highlighting_failure"]  # blocks of output are not always what their language says
