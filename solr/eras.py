"""Era years as western years: rules for Solr's mapping char filter."""

from collections.abc import Iterator

DIGITS = "〇一二三四五六七八九"


def rules(table: str) -> Iterator[tuple[str, str]]:
    """Every spelling of every year of the eras in `table`, and of western years in kanji, with the western year."""
    western: dict[int, None] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            era, latin, letter, first, length = line.split()
            for number in range(1, int(length) + 1):
                western[int(first) + number - 1] = None
                yield from _year(era, letter, number, int(first) + number - 1)
                yield from _latin_year(latin, number, int(first) + number - 1) if latin != "-" else ()
    for year in western:
        yield f"{digits(year)}年", f"{year}年"


def _year(era: str, letter: str, number: int, western: int) -> Iterator[tuple[str, str]]:
    spellings = {str(number), f"{number:02d}", kanji(number), digits(number)} | ({"元"} if number == 1 else set())
    for spelling in sorted(spellings):
        yield f"{era}{spelling}年", f"{western}年"
    # A letter and a number alone may be anything (a road, a model): only 年度 makes it a year.
    for spelling in sorted({str(number), f"{number:02d}"}):
        yield f"{letter}{spelling}年度", f"{western}年度"


def _latin_year(era: str, number: int, western: int) -> Iterator[tuple[str, str]]:
    for space in ("", " "):
        yield f"{era}{space}{number}", f"{western}年"


def digits(number: int) -> str:
    """Digit by digit, as years are written from left to right: 二〇二四."""
    return "".join(DIGITS[int(digit)] for digit in str(number))


def kanji(number: int) -> str:
    """1 to 99 as Japanese writes it: 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones else "")
