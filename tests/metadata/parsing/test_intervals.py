from fractions import Fraction

import pytest
from ckanext.orden.metadata.parsing.intervals import Rate, rate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年4回", Rate("month", Fraction(1, 3))),
        ("3か月ごと", Rate("month", Fraction(1, 3))),
        ("1回/3年", Rate("month", Fraction(1, 36))),
        ("2週間に1度", Rate("hour", Fraction(1, 336))),
        ("11時間ごと", Rate("hour", Fraction(1, 11))),
        ("毎月末", Rate("month", Fraction(1))),
        ("4月", None),
        ("30日", None),
        ("随時", None),
    ],
)
def test_rate_needs_the_whole_text(text: str, expected: Rate | None):
    assert rate(text) == expected
