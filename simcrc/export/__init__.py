"""Exporting results to what other programs read: CSV, Parquet, Excel workbooks, and logs of events for process mining (XES, OCEL 2.0).

``export`` does it all (``folder``); ``source`` says which tables a folder has and ``table`` reads them, ``target`` puts the files in place, ``definitions`` and
``columns`` say what everything means.  One module a format: ``csv_files``, ``parquet_files``, ``xlsx``, ``xes``, ``ocel``.
"""

from simcrc.export.errors import ExportError
from simcrc.export.folder import FORMATS, Exported, export

__all__ = ["FORMATS", "ExportError", "Exported", "export"]
