"""What the demo's Japanese words are called in the European vocabularies and by the licences' publishers."""

AUTHORITY = "http://publications.europa.eu/resource/authority"

THEMES = {
    "国土・気象": "ENVI",
    "人口・世帯": "SOCI",
    "労働・賃金": "SOCI",
    "農林水産業": "AGRI",
    "鉱工業": "ECON",
    "商業・サービス業": "ECON",
    "企業・家計・経済": "ECON",
    "住宅・土地・建設": "REGI",
    "エネルギー・水": "ENER",
    "運輸・観光": "TRAN",
    "情報通信・科学技術": "TECH",
    "教育・文化・スポーツ・生活": "EDUC",
    "行財政": "GOVE",
    "司法・安全・環境": "JUST",
    "社会保障・衛生": "HEAL",
}
FREQUENCIES = {
    "常時": "UPDATE_CONT",
    "1時間ごと": "HOURLY",
    "3時間毎": "TRIHOURLY",
    "半日毎": "DAILY_2",
    "毎日": "DAILY",
    "毎週": "WEEKLY",
    "毎月": "MONTHLY",
    "月1回": "MONTHLY",
    "四半期毎": "QUARTERLY",
    "半年毎": "ANNUAL_2",
    "毎年": "ANNUAL",
    "1年に1回": "ANNUAL",
    "5年ごと": "QUINQUENNIAL",
    "公開時のみ": "NEVER",
    "随時": "IRREG",
    "不定期": "IRREG",
}
CC = "https://creativecommons.org"
LICENCES = {
    "CC-BY-4.0": ("cc-by-40-intl", "CC BY 4.0", f"{CC}/licenses/by/4.0/"),
    "CC-BY-2.1-JP": ("CC-BY-2.1-JP", "CC BY 2.1 JP", f"{CC}/licenses/by/2.1/jp/"),
    "CC-BY-SA-4.0": ("CC-BY-SA-4.0", "CC BY-SA 4.0", f"{CC}/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": ("CC-BY-NC-4.0", "CC BY-NC 4.0", f"{CC}/licenses/by-nc/4.0/"),
    "CC0-1.0": ("cc-zero", "CC0", f"{CC}/publicdomain/zero/1.0/"),
    "PDL-1.0": ("PDL1.0", "PDL1.0", "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
    "GJSTU-2.0": (
        "GJSTU-2.0",
        "政府標準利用規約（第2.0版）",
        "https://www.kantei.go.jp/jp/singi/it2/densi/kettei/gl2_betten_1.pdf",
    ),
    "other-closed": ("other-closed", "個別契約", ""),
    "OTHER": ("OTHER", "その他(個別の利用規約)", ""),
}
"""For each of our ids: what a CKAN site writes, what a list writes, the licence's address."""


def authority(scheme: str, code: str) -> str:
    """An IRI of a European authority table."""
    return f"{AUTHORITY}/{scheme}/{code}"
