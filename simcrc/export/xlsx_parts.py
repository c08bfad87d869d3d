"""The parts of a workbook that do not depend on its rows: ECMA-376 (Office Open XML, SpreadsheetML), as little of it as spreadsheets need.

``simcrc.export.xlsx`` fills the sheets.
"""

from __future__ import annotations

from collections.abc import Sequence

START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET, WORKBOOK = "xl/worksheets/sheet{number}.xml", "xl/workbook.xml"
HEADER, DATE = 1, 2
"""Numbers of the styles in ``STYLES``; 0 is plain."""

STYLES = (
    f'{START}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def fixed(names: Sequence[str], title: str) -> dict[str, str]:
    """The parts beside the workbook and its sheets; `title` is escaped."""
    count = range(1, len(names) + 1)
    sheets = "".join(f'<Override PartName="/{SHEET.format(number=n)}" ContentType="{TYPES}.worksheet+xml"/>' for n in count)
    relations = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in count)
    return {
        "[Content_Types].xml": f'{START}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{WORKBOOK}" ContentType="{TYPES}.sheet.main+xml"/>{sheets}<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{START}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="{WORKBOOK}"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'{START}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>simcrc</dc:creator></cp:coreProperties>",
        "xl/_rels/workbook.xml.rels": f'{START}<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="rId{len(names) + 1}" Type="{OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }


def workbook(sheets: Sequence[tuple[str, str]]) -> str:
    """The workbook of sheets with their names (escaped) and the places of their filters."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">\'{_quoted(name)}\'!{place}</definedName>'
        for n, (name, place) in enumerate(sheets)
    )
    return (
        f'{START}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships"><workbookPr/><bookViews><workbookView activeTab="0"/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{filters}</definedNames></workbook>"
    )


def _quoted(name: str) -> str:
    """The name of a sheet within the apostrophes of a reference."""
    return name.replace("'", "''")


def sheet_start(widths: Sequence[float], whole: str, first: bool) -> str:
    """A sheet up to its first row: the range of its cells, the header in sight, the widths of the columns; the `first` one is shown."""
    columns = "".join(f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>' for n, width in enumerate(widths, 1))
    shown = ' tabSelected="1"' if first else ""
    return (
        f'{START}<worksheet xmlns="{MAIN}"><dimension ref="{whole}"/><sheetViews><sheetView{shown} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
    )


def sheet_end(whole: str, identifiers: Sequence[str]) -> str:
    """A sheet after its last row: filters over the range `whole`; no warnings that `identifiers` look like numbers."""
    quiet = "".join(f'<ignoredError sqref="{place}" numberStoredAsText="1"/>' for place in identifiers)
    return f'</sheetData><autoFilter ref="{whole}"/>' + (f"<ignoredErrors>{quiet}</ignoredErrors>" if quiet else "") + "</worksheet>"
