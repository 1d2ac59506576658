"""What is measured, and for how many points.

The European metrics, their dimensions and points are those of the Metadata Quality Assessment of data.europa.eu
(405 points, https://data.europa.eu/mqa/methodology); the codes are the names of its vocabulary. The Japanese ones are
a number of their own, in percent of what can be asked of a dataset, so that the 405 stay comparable.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...types import Text

VERSION = 2
"""Raise it when the same description gives other points: all scores are then made again."""
MQA = "https://piveau.eu/ns/voc#"

DIMENSIONS: dict[str, Text] = {
    "findability": {"ja": "見つけやすさ", "en": "Findability"},
    "accessibility": {"ja": "取得しやすさ", "en": "Accessibility"},
    "interoperability": {"ja": "機械での扱いやすさ", "en": "Interoperability"},
    "reusability": {"ja": "再利用のしやすさ", "en": "Reusability"},
    "contextuality": {"ja": "補足情報", "en": "Contextuality"},
}
JAPAN: Text = {"ja": "国内の基準", "en": "Japanese criteria"}


@dataclass(frozen=True)
class Metric:
    """One metric: what to do about it, why, and which field of the form to mend."""

    code: str
    dimension: str
    points: int
    fix: Text
    why: Text
    field: str = ""


@dataclass(frozen=True)
class Band:
    """A word for a range of points, from `least` on."""

    code: str
    least: int
    label: Text


BANDS = (
    Band("excellent", 351, {"ja": "とても良い", "en": "Excellent"}),
    Band("good", 221, {"ja": "良い", "en": "Good"}),
    Band("sufficient", 121, {"ja": "あと少し", "en": "Sufficient"}),
    Band("bad", 0, {"ja": "要改善", "en": "Bad"}),
)


def band(points: float) -> Band:
    """The band of that many of the 405 points."""
    return next(band for band in BANDS if points >= band.least)


def _metric(code: str, dimension: str, points: int, field: str, *texts: str) -> Metric:
    fix_ja, fix_en, why_ja, why_en = texts
    return Metric(code, dimension, points, {"ja": fix_ja, "en": fix_en}, {"ja": why_ja, "en": why_en}, field)


EUROPEAN = (
    _metric(
        "keywordAvailability", "findability", 30, "tag_string",
        "キーワードを付ける", "Add keywords",
        "利用者が使う言葉で検索しても見つかりません。", "People who search with their own words do not find the data.",
    ),
    _metric(
        "categoryAvailability", "findability", 30, "theme",
        "分野を選ぶ", "Choose a theme",
        "分野での絞り込みに出てきません。", "The data is missing where people narrow a search by theme.",
    ),
    _metric(
        "spatialAvailability", "findability", 20, "spatial_coverage",
        "対象地域を書く", "Say which area the data covers",
        "どの地域のデータか、ほかのカタログから分かりません。",
        "Other catalogues cannot tell which area the data is about.",
    ),
    _metric(
        "temporalAvailability", "findability", 20, "temporal_coverage",
        "対象期間を書く", "Say which period the data covers",
        "いつのデータか分かりません。", "Nobody can tell which time the data is about.",
    ),
    _metric(
        "accessUrlStatusCode", "accessibility", 50, "url",
        "アクセス URL が開けるようにする", "Make the access address open",
        "開けることを確かめられたファイルがありません。", "No file was seen to open.",
    ),
    _metric(
        "downloadUrlAvailability", "accessibility", 20, "download_url",
        "ファイルを直接取得できる URL を書く", "Give an address that delivers the file itself",
        "プログラムから直接取得できません。", "Programs cannot fetch the file.",
    ),
    _metric(
        "downloadUrlStatusCode", "accessibility", 30, "download_url",
        "ダウンロード URL が開けるようにする", "Make the download address open",
        "取得できることを確かめられたファイルがありません。", "No file was seen to be delivered.",
    ),
    _metric(
        "formatAvailability", "interoperability", 20, "format",
        "ファイル形式を書く", "State the file format",
        "形式での絞り込みに出てきません。", "The data is missing where people narrow a search by format.",
    ),
    _metric(
        "mediaTypeAvailability", "interoperability", 10, "mimetype",
        "メディアタイプを書く", "State the media type",
        "プログラムが読み方を決められません。", "Programs cannot tell how to read the file.",
    ),
    _metric(
        "formatMediaTypeVocabularyAlignment", "interoperability", 10, "format",
        "形式を選択肢にある名前で書く", "Write the format by a name of the list",
        "独自の書き方は、ほかのカタログで認識されません。", "Other catalogues do not know formats by home-made names.",
    ),
    _metric(
        "formatMediaTypeNonProprietary", "interoperability", 20, "format",
        "特定の製品に依存しない形式（CSV など）でも公開する", "Publish in an open format too, such as CSV",
        "特定の製品がないと開けません。", "The file opens with a certain product only.",
    ),
    _metric(
        "formatMediaTypeMachineInterpretable", "interoperability", 20, "format",
        "機械で読める形式（CSV、JSON など）でも公開する",
        "Publish in a machine-readable format too, such as CSV or JSON",
        "PDF や画像は、加工や集計ができません。", "Nobody can compute with a PDF or an image.",
    ),
    _metric(
        "dcatApCompliance", "interoperability", 30, "",
        "DCAT-AP の規則に合わせる", "Follow the rules of DCAT-AP",
        "ほかのカタログが取り込めないおそれがあります。", "Other catalogues may fail to take the data in.",
    ),
    _metric(
        "licenceAvailability", "reusability", 20, "license_id",
        "ライセンスを書く", "State the licence",
        "使ってよいか分からないデータは使われません。", "Data of unknown terms is not used.",
    ),
    _metric(
        "knownLicence", "reusability", 10, "license_id",
        "ライセンスを選択肢から選ぶ", "Choose a licence of the list",
        "独自の文言は、一つひとつ読まないと使えません。", "Home-made terms must be read one by one.",
    ),
    _metric(
        "accessRightsAvailability", "reusability", 10, "access_rights",
        "公開範囲を書く", "State the access rights",
        "だれでも使えるのか分かりません。", "Nobody can tell who may use the data.",
    ),
    _metric(
        "accessRightsVocabularyAlignment", "reusability", 5, "access_rights",
        "公開範囲を選択肢から選ぶ", "Choose the access rights from the list",
        "独自の書き方は、ほかのカタログで認識されません。", "Other catalogues do not know home-made words.",
    ),
    _metric(
        "contactPointAvailability", "reusability", 20, "contact",
        "問い合わせ先を書く", "Give a contact point",
        "利用者が質問できません。", "Users have nobody to ask.",
    ),
    _metric(
        "publisherAvailability", "reusability", 10, "publisher",
        "公開者を書く", "State the publisher",
        "だれが責任を持つデータか分かりません。", "Nobody can tell who is responsible for the data.",
    ),
    _metric(
        "rightsAvailability", "contextuality", 5, "rights",
        "権利についての説明を書く", "Say something on rights",
        "出典の書き方など、守ることが分かりません。", "Users cannot tell what to observe, such as how to cite.",
    ),
    _metric(
        "byteSizeAvailability", "contextuality", 5, "size",
        "ファイルの大きさを書く", "State the size of the file",
        "取得する前に大きさが分かりません。", "Nobody knows the size before fetching the file.",
    ),
    _metric(
        "dateIssuedAvailability", "contextuality", 5, "issued",
        "公開日を書く", "State when the data was first published",
        "いつ公開されたか分かりません。", "Nobody can tell since when the data is there.",
    ),
    _metric(
        "dateModifiedAvailability", "contextuality", 5, "modified",
        "更新日を書く", "State when the data was last changed",
        "新しいかどうか分かりません。", "Nobody can tell how fresh the data is.",
    ),
)  # fmt: skip

JAPANESE = (
    _metric(
        "ja.standard", "japan", 25, "",
        "標準データセットの項目に合わせる", "Follow the standard dataset",
        "標準に合ったデータは、ほかの自治体のものと合わせて使えます。",
        "Data that follows the standard can be used together with that of other municipalities.",
    ),
    _metric(
        "ja.updates", "japan", 25, "modified",
        "約束した頻度で更新する", "Update as often as promised",
        "更新頻度どおりに更新されていません。", "The data is older than its update frequency says.",
    ),
    _metric(
        "ja.municipality", "japan", 20, "orden_municipality",
        "全国地方公共団体コードを書く", "Give the local government code",
        "どの自治体のデータか、機械が確かめられません。", "Programs cannot tell which municipality the data is about.",
    ),
    _metric(
        "ja.kana", "japan", 10, "",
        "名称のかなの列を埋める", "Fill the column of readings (kana)",
        "読み上げや五十音順の並べ替えに使えません。", "The names cannot be read aloud or sorted.",
    ),
    _metric(
        "ja.personal", "japan", 10, "privacy_policy_contains_personal_data",
        "個人情報の有無を書く", "Say whether the data is personal",
        "安心して使えるかどうか分かりません。", "Nobody can tell whether the data is safe to use.",
    ),
    _metric(
        "ja.contact", "japan", 10, "contact",
        "問い合わせ先にメールか電話を書く", "Give a mail address or telephone number for questions",
        "部署名だけでは問い合わせできません。", "The name of an office alone cannot be asked.",
    ),
)  # fmt: skip

METRICS = {metric.code: metric for metric in (*EUROPEAN, *JAPANESE)}
BEST = sum(metric.points for metric in EUROPEAN)
"""405."""
