"""Reading what publishers really write: text, dates, codes, lists."""
