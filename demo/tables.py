"""The rows of a dataset's table: invented facilities and figures in the standard's columns."""

from dataclasses import dataclass
from functools import lru_cache

from .content import places, readings
from .model import Dataset, Organization, Spec
from .plan import PREFECTURE
from .seed import number, pick

SAMPLE = "サンプルデータ（架空の内容です）"
AREAS = [
    "みほん中央",
    "みほん東",
    "みほん西",
    "みほん南",
    "みほん北",
    "見本本町",
    "みほん緑",
    "見本台",
    "みほん若葉",
    "見本駅前",
]
WARDS = {"271004": [("271276", "北区"), ("271284", "中央区")], "271403": [("271411", "堺区"), ("271462", "北区")]}
NAME_COLUMNS = [
    "名称",
    "施設名",
    "施設名称",
    "イベント名",
    "事業所名",
    "停留所名",
    "観測地点",
    "測定局",
    "観測所",
    "測定点",
    "地点",
    "駅名",
    "交差点名",
    "ゲート",
]
CODE_COLUMNS = ["全国地方公共団体コード", "都道府県コード又は市区町村コード", "都道府県コード又は市町村コード"]
AGE_BANDS = [*(f"{age}-{age + 4}歳" for age in range(0, 85, 5)), "85歳以上"]

Row = dict[str, str]


@dataclass(frozen=True)
class Spot:
    """Where an invented facility stands."""

    place: Organization
    ward_code: str
    ward: str
    area: str
    block: str
    latitude: float
    longitude: float

    @property
    def city(self) -> str:
        """The municipality with its county and ward."""
        return f"{self.place.county}{self.place.title}{self.ward}"


def rows(dataset: Dataset, year: int) -> list[Row]:
    """The table of a dataset for a year: one row a facility or figure."""
    count = number(6, 12, dataset.name, "rows")
    return [_row(dataset, year, index) for index in range(1, count + 1)]


def spot(dataset: Dataset, index: int) -> Spot:
    """The place of the row: the publisher's own, for a prefecture or company one of its municipalities."""
    key = (dataset.name, index)
    place = pick(_grounds(dataset.organization), *key, "ground")
    ward_code, ward = pick(WARDS.get(place.code, [(place.code, "")]), *key, "ward")
    return Spot(
        place=place,
        ward_code=ward_code,
        ward=ward,
        area=pick(AREAS, *key, "area"),
        block=f"{number(1, 5, *key, 'chome')}丁目{number(1, 20, *key, 'ban')}番{number(1, 30, *key, 'go')}号",
        latitude=round(place.latitude + number(-600, 600, *key, "lat") / 1e5, 6),
        longitude=round(place.longitude + number(-600, 600, *key, "lon") / 1e5, 6),
    )


@lru_cache(maxsize=64)
def _grounds(organization: Organization) -> list[Organization]:
    if organization.code and organization.tier != "prefecture":
        return [organization]
    if organization.code and organization.code != PREFECTURE:
        return [organization]
    return [place for place in places().values() if place.tier in {"city", "core", "designated"}]


def _row(dataset: Dataset, year: int, index: int) -> Row:
    if dataset.kind.table == "04":
        return _population(dataset, year, index)
    known = _facility(dataset, index)
    cells = {}
    for column in dataset.kind.columns:
        spec = dataset.kind.fields.get(column)
        cells[column] = known.get(column, "") if spec is None else cell(spec, dataset.name, year, index, column)
    if "終了日" in cells:
        cells["終了日"] = cells["開始日"]
    return cells


def cell(spec: Spec, name: str, year: int, index: int, column: str) -> str:
    """A cell's text by what its column holds."""
    key = (name, year, index, column)
    if isinstance(spec, list):
        return str(pick(spec, *key))
    word, *bounds = str(spec).split()
    if word == "int":
        return str(number(int(bounds[0]), int(bounds[1]), *key))
    if word == "dec":
        return f"{number(int(bounds[0]) * 10, int(bounds[1]) * 10, *key) / 10:.1f}"
    month, day = number(4, 12, *key, "month"), number(1, 28, *key, "day")
    shapes = {"date": f"{year}-{month:02d}-{day:02d}", "month": f"{year}-{month:02d}", "time": f"{month + 6:02d}:00"}
    return shapes.get(word, str(spec))


def _facility(dataset: Dataset, index: int) -> Row:
    here = spot(dataset, index)
    code = dataset.organization.code or here.place.code
    word = pick(dataset.kind.names or ["施設"], dataset.name, index, "word")
    name = f"{here.area}{word}"
    kana = readings().get(here.area, "") + readings()[word] if word in readings() else ""
    address = f"{here.place.prefecture}{here.city}{here.area}{here.block}"
    known = {
        "ID": f"{code}{index:05d}",
        "NO": str(index),
        "No": str(index),
        "停留所ID": f"S{index:03d}",
        "地方公共団体名": dataset.organization.title,
        "都道府県名": here.place.prefecture,
        "市区町村名": here.city,
        "市区町村": here.city,
        "名称_カナ": kana,
        "施設名称_カナ": kana,
        "事業所名カナ": kana,
        "所在地_全国地方公共団体コード": here.ward_code,
        "市区町村コード": here.ward_code,
        "所在地_都道府県": here.place.prefecture,
        "所在地_市区町村": here.city,
        "所在地_町字": here.area,
        "所在地_番地以下": here.block,
        "施設所在地_都道府県": here.place.prefecture,
        "施設所在地_市区町村": here.city,
        "施設所在地_町字": here.area,
        "施設所在地_番地以下": here.block,
        "場所名称": f"{here.area}{word}",
        "緯度": f"{here.latitude:.6f}",
        "経度": f"{here.longitude:.6f}",
        "電話番号": here.place.phone,
        "連絡先電話番号": here.place.phone,
        "利用可能曜日": "月火水木金",
        "開始時間": "09:00",
        "終了時間": "17:00",
        "備考": SAMPLE,
    }
    known |= dict.fromkeys(NAME_COLUMNS, name) | dict.fromkeys(CODE_COLUMNS, code)
    known |= dict.fromkeys(["所在地_連結表記", "所在地", "住所"], address)
    if dataset.kind.table == "12":
        known["イベント名"] = (
            f"{here.area}みほん{pick(['まつり', '講座', 'コンサート', '展', 'マルシェ'], dataset.name, index)}"
        )
    return known


def _population(dataset: Dataset, year: int, index: int) -> Row:
    area = AREAS[(index - 1) % len(AREAS)]
    bands = {
        f"{band}の{sex}": number(8, 130, dataset.name, year, area, band, sex)
        for band in AGE_BANDS
        for sex in ("男性", "女性")
    }
    men, women = (sum(count for band, count in bands.items() if band.endswith(sex)) for sex in ("男性", "女性"))
    known = {
        "全国地方公共団体コード": dataset.organization.code,
        "地域コード": f"{index:03d}",
        "地方公共団体名": dataset.organization.title,
        "調査年月日": f"{year}-04-01",
        "地域名": area,
        "総人口": men + women,
        "男性": men,
        "女性": women,
        "世帯数": (men + women) * 10 // 22,
        "備考": SAMPLE,
    }
    return {column: str((known | bands).get(column, "")) for column in dataset.kind.columns}
