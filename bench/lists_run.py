"""One list through preview and application, twice: `python -m bench.lists_run N csv|xlsx` in the site's environment."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import openpyxl
from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit as tk
from ckanext.orden.metadata.parsing.list_columns import NEW_COLUMNS
from sqlalchemy import event, text

KINDS = ("指定緊急避難場所", "公衆トイレ", "AED設置箇所", "子育て施設", "文化財", "介護サービス事業所")


def rows(count: int) -> Iterator[dict[str, str]]:
    """Datasets as municipalities list them; the middle one has a month 13."""
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield {
            "データセット_ID": f"{number:05d}",
            "全国地方公共団体コード": "272035",
            "地方公共団体名": "豊中市",
            "データセット_タイトル": f"{kind}一覧 {number}",
            "データセット_概要": f"市内の{kind}の名称、所在地、緯度経度をまとめた一覧です（{number}）。",
            "データセット_キーワード": f"{kind};オープンデータ",
            "データセット_分類": "住宅・土地・建設",
            "データセット_公開日": "令和6年4月1日",
            "データセット_最終更新日": "令和8年13月1日" if number == count // 2 else "2026/04/01",
            "データセット_言語": "ja",
            "データセット_URL": f"https://www.city.toyonaka.example.jp/opendata/{number}.html",
            "データセット_更新頻度": "１年に１回",
            "データセット_準拠する標準": "自治体標準オープンデータセット",
            "データセット_対象地域": "豊中市",
            "データセット_対象期間": "2025-04-01/2026-03-31",
            "データセット_連絡先名称": "デジタル戦略課",
            "データセット_連絡先メールアドレス": "digital@city.toyonaka.example.jp",
            "データセット_連絡先電話番号": "06-0000-0000",
            "ファイル_ID": f"{number:05d}-1",
            "ファイル_タイトル": f"{kind}一覧 {number}（CSV）",
            "ファイル_ダウンロードURL": f"https://www.city.toyonaka.example.jp/opendata/{number}.csv",
            "ファイル_形式": "ｃｓｖ",
            "ファイル_ライセンス": "CC BY 4.0",
            "ファイル_ステータス": "配信中",
            "ファイル_サイズ": "18,432",
            "ファイル_最終更新日": "2026/04/01",
        }


def as_csv(count: int) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, NEW_COLUMNS)
    writer.writeheader()
    writer.writerows(rows(count))
    return stream.getvalue().encode("cp932", "replace")


def as_xlsx(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(NEW_COLUMNS)
    for row in rows(count):
        sheet.append([row.get(column) for column in NEW_COLUMNS])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Meter:
    """Wall and CPU seconds, peak memory so far, SQL statements, and rows that PostgreSQL has written."""

    def __init__(self) -> None:
        self._sql = 0
        event.listen(model.meta.engine, "before_cursor_execute", self._count)

    def _count(self, *_: Any) -> None:
        self._sql += 1

    def measure(self, work: Any) -> dict[str, Any]:
        before, self._sql, wall, cpu = written(), 0, time.perf_counter(), time.process_time()
        found = work()
        wall, cpu, sql = time.perf_counter() - wall, time.process_time() - cpu, self._sql
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        counts = found["outcomes"] if found["state"] == "applied" else found["counts"]
        figures = {"wall_s": wall, "cpu_s": cpu, "peak_mb": peak, "sql": sql, "written": written() - before}
        return {**figures, "counts": counts, "id": found["id"]}


def written() -> int:
    """Rows inserted, updated or deleted in these tables since the database was made."""
    model.Session.rollback()
    time.sleep(1.5)  # PostgreSQL tells its counters once a second
    query = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE relname = ANY(:names)"
    names = ["package", "resource", "activity"]
    found = model.Session.execute(text(query), {"names": names}).scalar()
    model.Session.rollback()
    return int(found or 0)


def steps(data: bytes, kind: str) -> dict[str, Any]:
    site = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    user = {"name": "clerk", "email": "clerk@example.jp", "password": "not-a-secret-0"}
    tk.get_action("user_create")({"user": site, "ignore_auth": True}, user)
    owner: dict[str, Any] = {
        "name": "toyonaka",
        "title": "豊中市",
        "orden_org_kind": "public",
        "orden_municipality": "272035",
    }
    owner["users"] = [{"name": "clerk", "capacity": "editor"}]
    tk.get_action("organization_create")({"user": site, "ignore_auth": True}, owner)
    meter, found = Meter(), {}

    def preview() -> dict[str, Any]:
        upload = Upload(f"list.{kind}", io.BytesIO(data))
        given = {"organization": "toyonaka", "upload": upload, "limit": 0}
        return tk.get_action("orden_list_preview")({"user": "clerk"}, given)

    for run in ("first", "second"):
        found[f"{run} preview"] = step = meter.measure(preview)
        found[f"{run} application"] = meter.measure(
            lambda: tk.get_action("orden_list_apply")({"user": "clerk"}, {"id": step["id"]})  # noqa: B023
        )
    return found


class Upload:
    """What a web server hands over for an uploaded file."""

    def __init__(self, filename: str, stream: io.BytesIO) -> None:
        self.filename, self.stream = filename, stream


def main(count: str, kind: str) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    data = as_xlsx(int(count)) if kind == "xlsx" else as_csv(int(count))
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        print(json.dumps({"bytes": len(data), "steps": steps(data, kind)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
