"""What can go wrong with a foreign address: what happened, where, and how to mend it, in both languages."""

from __future__ import annotations

from ..errors import LeadsAway, SourceError
from ..metadata.addresses import without_query

ADDRESSES = ("url", "target")

TEXTS = {
    "scheme": (
        "'{url}' is not an http or https address. Enter one that starts with https:// or http://.",
        "「{url}」は http / https のアドレスではありません。https:// か http:// で始まるアドレスを入力してください。",
    ),
    "credentials": (
        "The address of {host} contains a user name or password. Put credentials in the source's settings.",
        "{host} のアドレスに利用者名かパスワードが含まれています。認証情報は取り込み元の設定に入れてください。",
    ),
    "private": (
        "{host} leads to an address inside a private network, which is not opened. "
        "For a source of a harvest an operator may add the host to ckanext.orden.fetching.allowed_private_hosts.",
        "{host} は内部ネットワークのアドレスを指すため接続しません。"
        "取り込み元であれば、管理者が ckanext.orden.fetching.allowed_private_hosts にホストを追加できます。",
    ),
    "redirects": (
        "{url} redirects more than {limit} times. Enter the final address of the source.",
        "{url} は {limit} 回を超えて転送されました。最終的なアドレスを登録してください。",
    ),
    "downgrade": (
        "{url} redirects from https to http ({target}), which is not followed. Enter the final address.",
        "{url} は https から http（{target}）へ転送されるため、たどりません。最終的なアドレスを登録してください。",
    ),
    "away": (
        "{url} leads on to {host}, which is another site. Enter an address that stays on its own site.",
        "{url} は別のサイト（{host}）へ転送されます。転送されないアドレスを登録してください。",
    ),
    "status": (
        "{url} answered with status {status}. Open the address in a browser, or ask the source's operator.",
        "{url} が状態コード {status} を返しました。ブラウザーで開いて確かめるか、提供元に問い合わせてください。",
    ),
    "large": (
        "The answer of {url} is larger than {limit:g} MiB. Ask its operator for pages.",
        "{url} の応答が上限 {limit:g} MiB を超えています。提供元にページ分割を依頼してください。",
    ),
    "bomb": (
        "The answer of {url} unpacks to more than {ratio} times its size and was refused. Ask its operator.",
        "{url} の応答は展開すると {ratio} 倍を超えるため拒否しました。提供元に問い合わせてください。",
    ),
    "coding": (
        "{url} answered in the compression '{coding}', which was not asked for. Ask its operator to send gzip.",
        "{url} は求めていない圧縮形式「{coding}」で応答しました。提供元に gzip での応答を依頼してください。",
    ),
    "gzip": (
        "The compressed answer of {url} is broken or cut off. Run again later; if it stays so, tell its operator.",
        "{url} の圧縮された応答が壊れているか途中で切れています。再実行し、続く場合は提供元に連絡してください。",
    ),
    "disk": (
        "The answer of {url} could not be put on the disk of this server ({reason}). Tell the operator of this site.",
        "{url} の応答をこのサーバーに保存できませんでした（{reason}）。このサイトの管理者に連絡してください。",
    ),
    "slow": (
        "{url} did not finish its answer within {total:g} seconds. Run again later or ask its operator.",
        "{url} の応答が {total:g} 秒以内に終わりませんでした。再実行するか、提供元に問い合わせてください。",
    ),
    "drip": (
        "{url} sends less than {least} bytes a second over {window:g} seconds. Run again later or ask its operator.",
        "{url} の応答が遅すぎます（{window:g} 秒間、毎秒 {least} バイト未満）。"
        "再実行するか、提供元に問い合わせてください。",
    ),
    "port": (
        "{url} names port {port}, which is not opened. An operator may add it to ckanext.orden.fetching.allowed_ports.",
        "{url} のポート {port} には接続しません。"
        "必要であれば、管理者が ckanext.orden.fetching.allowed_ports に追加できます。",
    ),
    "busy": (
        "{host} is being asked by other requests of this site, and it is asked once at a time. Try again in a minute.",
        "{host} にはこのサイトの別の処理が接続しています（同時に接続するのは1件だけです）。"
        "1分ほどおいてもう一度お試しください。",
    ),
    "robots": (
        "robots.txt of {host} does not let programs read {url} (rule “{rule}”), so it was not read and nothing was "
        "deleted. CKAN's own robots.txt closes /api/, often without intent: ask the site's operator to add "
        "“User-agent: orden” with “Allow: /” to it. If they permit it in writing instead, a system administrator "
        "enters that permission in the source's plan.",
        "{host} の robots.txt が {url} のプログラムによる取得を認めていないため（規則「{rule}」）、取得していません。"
        "削除も行っていません。CKAN の標準の robots.txt は /api/ を禁じており、意図したものでないことがよくあります。"
        "提供元に「User-agent: orden」「Allow: /」の追記を依頼してください。"
        "書面などで許可を得た場合は、システム管理者が取り込み元の実行計画にその許可を記録すると取得できます。",
    ),
    "robots_unread": (
        "robots.txt of {host} could not be read, and without it nothing is read there: {reason_en}",
        "{host} の robots.txt を確かめられないため、取得していません: {reason_ja}",
    ),
    "silent": (
        "{url} did not answer in time. Run again later; if it stays so, ask its operator.",
        "{url} から時間内に応答がありません。再実行し、続く場合は提供元に問い合わせてください。",
    ),
    "tls": (
        "The certificate or encryption of {host} is not valid ({reason}). Its operator has to mend it.",
        "{host} の証明書または暗号化が正しくありません（{reason}）。提供元に修正を依頼してください。",
    ),
    "connection": (
        "The connection to {url} failed or broke off ({reason}). Check the address, then run again.",
        "{url} への接続に失敗したか途中で切れました（{reason}）。アドレスを確かめて再実行してください。",
    ),
}


def problem(code: str, **values: object) -> SourceError:
    """The SourceError of `code` with its blanks filled; keys in query strings are not for messages and logs."""
    english, japanese = TEXTS[code]
    shown = {name: without_query(str(value)) if name in ADDRESSES else value for name, value in values.items()}
    status = int(str(values.get("status", 0)))
    said, said_ja = english.format(**shown), japanese.format(**shown)
    return SourceError(said, ja=said_ja, status=status, code=f"fetching.{code}")


def leads_away(url: str, host: str) -> LeadsAway:
    """The error of an address that leads on to a host that it may not."""
    said = problem("away", url=url, host=host)
    return LeadsAway(said.texts["en"], ja=said.texts["ja"], code=said.code)
