"""Every command of docs/offers.md is taken from the document and run, as it stands there, against the running site."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from .recipes import DOCS, recipes

RECIPES = recipes("offers.md", "sh")
COMMAND = re.compile(r"^ckanapi .*?(?=\nckanapi |\Z)", re.DOTALL | re.MULTILINE)
KEPT = re.compile(r"# ([A-Z]+)\s*$")
Answers = dict[str, Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


class Shell:
    """A shell with the variables that the document names, in which an answer's id is kept where it says so."""

    def __init__(self, site: str, folder: Path, **tokens: str) -> None:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self.variables = {"ODPO": site, "PATH": path, "PYTHONPATH": str(folder), "LANG": "C.UTF-8", **tokens}
        self.folder = folder
        (folder / "ckan.py").write_text('raise ImportError("a seller has no CKAN")', encoding="utf-8")

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """What a command says, right or wrong."""
        shell = ["bash", "-euc", command]
        return subprocess.run(
            shell, env=self.variables, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60
        )

    def recipe(self, heading: str) -> list[Any]:
        """The answers of a recipe's commands."""
        return [self._answer(command) for command in COMMAND.findall(RECIPES[heading])]

    def _answer(self, command: str) -> Any:
        done = self.run(command)
        assert done.returncode == 0, (command, done.stderr)
        answer = json.loads(done.stdout)
        if kept := KEPT.search(command):
            self.variables[kept[1]] = answer["id"]
        return answer


@pytest.fixture
def shell(site: str, ckan_config: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    """A seller with a paid dataset, the organization that reviews, a buyer, and the file that the recipe hands in."""
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.reviewers", "kenpo")
    users = {name: factories.UserWithToken(name=name) for name in ("seller", "reviewer", "buyer")}
    sellers = [{"name": "seller", "capacity": "admin"}]
    factories.Organization(name="naniwa", title="なにわ研究所", users=sellers, orden_org_kind="private")
    factories.Organization(name="kenpo", title="審査会", users=[{"name": "reviewer", "capacity": "editor"}])
    paid = {"license_id": "other-closed", "fee": "有償", "pricing_price_range": "月額 50,000円"}
    made = {
        "name": "footfall",
        "title": "駅周辺の人流",
        "notes": "1時間ごとの人数です。",
        "owner_org": "naniwa",
        **paid,
    }
    tk.get_action("package_create")({"user": "seller"}, made)
    book = openpyxl.Workbook()
    for row in (["dataset", "title_ja", "price_mode", "price"], ["footfall", "時間帯別", "買い切り", 300]):
        book.worksheets[0].append(row)
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "offers.xlsx").write_bytes(stream.getvalue())
    return Shell(site, tmp_path, **{name.upper(): user["token"] for name, user in users.items()})


def test_offer_goes_the_whole_way_by_ckanapi_alone(shell: Shell):
    report, draft, handed_in, read = shell.recipe("Write it and hand it in")
    assert {issue["field"] for issue in report["issues"] if issue["severity"] == "error"} >= {
        "tax",
        "period",
        "delivery",
    }
    assert (draft["state"], draft["report"]["errors"], handed_in["state"]) == ("draft", 0, "in_review")
    assert read["offer"]["title"] == {"ja": "駅周辺の人流"}

    queue, returned, mended, again, published, history = shell.recipe("Review it")
    assert [offer["id"] for offer in queue["offers"]] == [draft["id"]]
    assert (returned["state"], mended["licence_term"], again["state"]) == ("draft", "P1Y", "in_review")
    assert published["price_text"]["ja"] == "月額 50,000円（税込）"
    assert [step["action"] for step in history] == ["create", "submit", "return", "edit", "submit", "publish"]

    datasets, offers, inquiry = shell.recipe("Find it and ask")
    assert [found["name"] for found in datasets["results"]] == ["footfall"]
    assert [found["id"] for found in offers["offers"]] == [draft["id"]]
    assert inquiry["state"] == "received"

    received, _, buyers, asked, agreed, closed = shell.recipe("Answer")
    assert [found["id"] for found in received["inquiries"]] == [inquiry["id"]]
    assert buyers["messages"][-1]["text"] == "お見積もりをお送りします。"
    assert [found["state"] for found in (buyers, asked, agreed, closed)] == [
        "answered",
        "received",
        "agreed",
        "closed",
    ]

    revised, _, _, replaced, suspended, resumed, withdrawn = shell.recipe("Change it and end it")
    assert (revised["replaces"], replaced["price"], replaced["number"]) == (draft["id"], "60000", 2)
    assert [found["state"] for found in (suspended, resumed, withdrawn)] == ["suspended", "published", "withdrawn"]

    exported, looked_at, applied = shell.recipe("Many at once")
    assert (exported["columns"][0], exported["rows"]) == ("dataset", [])
    assert (looked_at["counts"]["new"], looked_at["applied"], looked_at["rows"][0]["id"]) == (1, False, "")
    assert (applied["counts"]["new"], applied["applied"]) == (1, True)
    [made] = tk.get_action("orden_market_offer_list")({"user": "seller"}, {"state": "draft"})["offers"]
    assert (made["id"], made["price_mode"], made["price"]) == (applied["rows"][0]["id"], "one_off", "300")


WRONG = {
    'orden_market_offer_create -a "$SELLER" \'offer:{"title": "x"}\'': "'dataset'",
    'orden_market_offer_create -a "$SELLER" dataset=footfall \'offer:{"price": "高い"}\'': "価格",
    'orden_market_offer_create -a "$SELLER" dataset=footfall offer=x': "'offer'",
    'orden_market_offer_create -a "$BUYER" dataset=footfall "offer:{}"': "NotAuthorized",
    'orden_market_offer_submit -a "$SELLER"': "'id'",
    'orden_market_inquiry_create -a "$BUYER" dataset=footfall purpose=x': "'text'",
    'orden_market_offer_import -a "$SELLER" organization=naniwa upload=offers.xlsx': "'upload'",
}


def test_wrong_use_names_what_is_wrong_in_the_last_line(shell: Shell):
    said = {use: shell.run(f'ckanapi action {use} -r "$ODPO"') for use in WRONG}
    told = {use: (done.returncode, done.stderr.strip().splitlines()[-1]) for use, done in said.items()}
    assert {use for use, (code, line) in told.items() if code != 1 or WRONG[use] not in line} == set(), told


def test_every_command_of_the_document_is_run():
    run = set(re.findall(r'shell\.recipe\("(.+?)"\)', Path(__file__).read_text("utf-8")))
    assert {heading for heading, text in RECIPES.items() if COMMAND.search(text)} == run
    written = (DOCS / "offers.md").read_text("utf-8")
    assert written.count("ckanapi action") == sum(len(COMMAND.findall(RECIPES[heading])) for heading in run)
