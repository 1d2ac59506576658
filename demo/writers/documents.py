"""PDF."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ..model import Dataset, Resource
from ..tables import SAMPLE

FONT = "HeiseiKakuGo-W5"
LINE = 34
"""Characters in a line of the page."""


def write_pdf(dataset: Dataset, resource: Resource) -> bytes:
    """A page about the dataset, in a font that every reader has."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4, invariant=1, pageCompression=0)
    page.setTitle(resource.title)
    page.setAuthor(dataset.organization.title)
    text = page.beginText(56, A4[1] - 72)
    text.setFont(FONT, 13, leading=21)
    for line in _lines(dataset, resource):
        text.textLine(line)
    page.drawText(text)
    page.save()
    return target.getvalue()


def _lines(dataset: Dataset, resource: Resource) -> list[str]:
    paragraphs = [
        resource.title,
        f"提供者：{dataset.organization.title}",
        f"更新：{resource.modified}",
        "",
        dataset.notes,
        "",
    ]
    paragraphs += [f"項目：{'、'.join(dataset.kind.columns[:12])}", "", SAMPLE]
    return [part[start : start + LINE] for part in paragraphs for start in range(0, max(len(part), 1), LINE)]
