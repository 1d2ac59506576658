"""Questions and wishes without their words of asking; plain text in and out.

Anchored to the beginning and the end: 何でも相談 and いつでも図書館 are names, …はいつですか is a question.
"""

from __future__ import annotations

import re

SIGNS = " 　?？!！。．.、,"
OF = "(?:(?:のこと)?(?:を|が|は|も|って|とは)|について|に関して)?"
WHAT = (
    "(?:どこ|何処|どちら|どのあたり|いつ|いくら|いくつ|誰|だれ|何人|何件|何時|何|なに|どれ|どう|どうやって|どのように)"
    "(?:くらい|ぐらい|ほど)?(?:に|で|の|へ|が|を|から|まで)?"
)
POLITE = (
    "(?:あります|ありません|います|いません|できます|もらえます|なります|行けば|いけば|すれば|したら|ある|いる|できる|なる|"
    "です|でしょう|ます|ました|だろう|いい|良い|よい|の|ん)*(?:か|かな|かしら)?"
)
WISHES = (
    "(?:知りたい|調べたい|見たい|探したい|さがしたい|探してい(?:る|ます)|さがしてい(?:る|ます)|教えて(?:ください|下さい|ほしい|欲しい)?|"
    "おしえて(?:ください|下さい)?|(?:ほしい|欲しい)|(?:わか|分か)ら(?:ない|なくて))(?:です|のですが|んですが|んだけど|けど|の)?(?:か)?"
)
HOW = "(?:に|へ)?(?:行けば|いけば|行ったら|いったら|すれば|したら)(?:いい|良い|よい)(?:です|の|ん)*(?:か|かな)?"
EXISTS = "(?:が|は|も)?(?:あります|ありません|います|いません|でしょう|です|できます)か"
JAPANESE = rf"{OF}{WHAT}{POLITE}|{OF}{WISHES}|{HOW}|{EXISTS}"
CHINESE = "(?:的)?(?:在哪里|在哪裡|在哪儿|在哪|哪里有|哪裡有|怎么办|怎麼辦|怎么去|怎麼去|是什么|是什麼|有哪些|吗|嗎|呢)"
KOREAN = (
    r"(?:은|는|이|가|을|를)?\s*(?:어디(?:에서|서|에)?"
    r"(?:\s*(?:있나요|있어요|있습니까|인가요|예요|입니까|할 수 있나요))?"
    r"|알려\s*주세요|찾고\s*있어요|얼마(?:예요|인가요)?)"
)
ENGLISH = r"\b(?:please|near me|nearby)"
ENDINGS = re.compile(f"(?:{JAPANESE}|{CHINESE}|{KOREAN}|{ENGLISH})$", re.IGNORECASE)
BEGINNINGS = re.compile(
    r"^(?:(?:うち|家|自宅|ここ|私)の近く(?:の|にある|で)|近くの|最寄りの|(?:すみません|あの)、?"
    r"|(?:请问|請問|我想知道|我想找|我想|如何|怎么|怎麼|哪里有|哪裡有|哪里可以|哪裡可以)"
    r"|(?:where|how|what|which|who|when)\b(?:['’]s)?"
    r"(?:\s+(?:can|could|do|does|should|is|are|to|i|we|you|the|a|an|find|get|see|there|much|many)\b)*"
    r"|(?:i(?:['’]m| am)? (?:want|need|would like|looking)(?: to| for)?|please|show me|tell me(?: about)?"
    r"|is there|are there)\b(?:\s+(?:an?|the|any))?)\s*",
    re.IGNORECASE,
)


def asked_for(query: str) -> str:
    """What a question asks for: 選挙の投票 of 選挙の投票はどこでできますか; all of it where nothing else is said."""
    before, text = "", query
    while before != text:
        before = text
        text = BEGINNINGS.sub("", ENDINGS.sub("", text.strip(SIGNS)).strip(SIGNS))
    return text or query
