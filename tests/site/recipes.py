"""Recipes of the documents, as their readers copy them."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def recipes(document: str, language: str) -> dict[str, str]:
    """Under each heading of a document, its blocks of code in a language, one after the other."""
    text = (DOCS / document).read_text("utf-8")
    parts = re.findall(r"^##+ (.+?)\n(.*?)(?=^##+ |\Z)", text, re.DOTALL | re.MULTILINE)
    found = {heading: re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL) for heading, part in parts}
    return {heading: "\n".join(blocks) for heading, blocks in found.items() if blocks}
