"""What can be wrong with a table as a file, in words, each with the way out."""

from __future__ import annotations

from ...errors import SourceError
from ...types import Issue, Text

_FAULTS: dict[str, Text] = {
    "empty": {
        "ja": "ファイルが空です。中身のあるファイルを選んでください。",
        "en": "The file is empty: choose one with content.",
    },
    "no_rows": {
        "ja": "ファイルに行がありません。",
        "en": "The file holds no rows.",
    },
    "not_table": {
        "ja": "表ではなく{kind}です。CSVかExcel（xlsx）で保存してください。",
        "en": "This is {kind}, not a table: save it as CSV or Excel (xlsx).",
    },
    "unreadable_line": {
        "ja": '{line}行目をCSVとして読めません（{reason}）。引用符（"）の閉じ忘れがないか確かめてください。',
        "en": 'Line {line} cannot be read as CSV ({reason}): look for a quotation mark (") that is never closed.',
    },
    "open_quote": {
        "ja": '{line}行目の引用符（"）が最後まで閉じていません。引用符を閉じるか、消してください。',
        "en": 'A quotation mark (") on line {line} is never closed: close or remove it.',
    },
    "too_many_columns": {
        "ja": "列が{count}列あります（上限{limit}列）。表の右側の余分な列を消してください。",
        "en": "There are {count} columns (at most {limit}): remove what stands to the right of the table.",
    },
    "too_many_rows": {
        "ja": "行が多すぎます（上限{limit}行）。ファイルを分けてください。",
        "en": "There are too many rows (at most {limit}): split the file.",
    },
    "too_large": {
        "ja": "ファイルが大きすぎます（{count}バイト、上限{limit}バイト）。ファイルを分けてください。",
        "en": "The file is too large ({count} bytes, at most {limit}): split it.",
    },
    "old_excel": {
        "ja": "古い形式のExcel（xls）か、パスワード付きのExcelです。パスワードを外し、xlsx形式で保存し直してください。",
        "en": "This is an old Excel file (xls) or one with a password: save it as xlsx without a password.",
    },
    "not_workbook": {
        "ja": "Excelの表ではなく、ZIPなど別の種類のファイルです。xlsx形式で保存し直してください。",
        "en": "This is a ZIP or another kind of file, not an Excel table: save it as xlsx.",
    },
    "broken_workbook": {
        "ja": "Excelファイルが壊れていて開けません（{reason}）。Excelで開いて保存し直してください。",
        "en": "The Excel file is broken and cannot be opened ({reason}): open it in Excel and save it again.",
    },
    "bomb": {
        "ja": "Excelファイルの中身が大きすぎます。新しいブックに表だけを値として貼り付けて保存してください。",
        "en": "The Excel file unpacks to too much: paste the table alone, as values, into a new workbook.",
    },
    "entities": {
        "ja": "Excelファイルに使えない宣言（DOCTYPE）があります。Excelで開いて保存し直してください。",
        "en": "The Excel file holds a forbidden declaration (DOCTYPE): open it in Excel and save it again.",
    },
    "only_hidden": {
        "ja": "表示されているシートに表がなく、非表示のシートだけがあります。シートを再表示して保存してください。",
        "en": "No visible sheet holds a table, there are only hidden sheets: show the sheet and save again.",
    },
    "empty_workbook": {
        "ja": "Excelファイルのどのシートにも表がありません。",
        "en": "No sheet of the Excel file holds a table.",
    },
}
_NOTES: dict[str, tuple[Text, Text]] = {
    "cut_off": (
        {
            "ja": "ファイルが文字の途中で切れています（「{value}」の後）。",
            "en": "The file ends in the middle of a character (after “{value}”).",
        },
        {"ja": "ファイルをもう一度保存またはダウンロードしてください。", "en": "Save or download the file once more."},
    ),
    "hidden_sheet": (
        {"ja": "非表示のシート「{value}」は読みませんでした。", "en": "The hidden sheet “{value}” was not read."},
        {
            "ja": "読ませたい表は表示中の先頭のシートに置いてください。",
            "en": "Put the table on the first visible sheet.",
        },
    ),
    "other_sheet": (
        {"ja": "シート「{value}」は読みませんでした。", "en": "The sheet “{value}” was not read."},
        {"ja": "先頭のシートだけを読みます。", "en": "Only the first sheet with a table is read."},
    ),
    "empty_formula": (
        {
            "ja": "計算結果が保存されていない数式が{count}か所あり、空として読みました（{value}）。",
            "en": "{count} formulas have no stored result and were read as empty ({value}).",
        },
        {
            "ja": "Excelで開いて保存し直すか、値として貼り付けてください。",
            "en": "Save the file in Excel, or paste the values.",
        },
    ),
    "merged": (
        {
            "ja": "結合されたセルが{count}か所あり、左上のセルだけに値があるものとして読みました（{value}）。",
            "en": "{count} merged cells were read as if only their first cell had the value ({value}).",
        },
        {
            "ja": "セルの結合を解除し、各セルに値を書いてください。",
            "en": "Unmerge the cells and write the value into each.",
        },
    ),
}


def fault(name: str, **values: object) -> SourceError:
    """The error that says why a file cannot be read as a table."""
    texts = {language: words.format(**values) for language, words in _FAULTS[name].items()}
    return SourceError(texts["en"], ja=texts["ja"])


def note(name: str, *, value: str, count: int = 1) -> Issue:
    """A warning on how the file was read."""
    message, hint = (
        {language: words.format(value=value, count=count) for language, words in said.items()} for said in _NOTES[name]
    )
    return Issue(f"table.{name}", "warning", "", message, hint, "", value[:200])
