"""Letters of other scripts made comparable: Cyrillic and Greek in Latin letters, Arabic and Hebrew without points."""

# ruff: noqa: RUF001 - letters of other scripts are the point

import re

_CYRILLIC = (
    "а a б b в v г g ґ g д d е e ё e є e ж zh з z и i й i і i ї i ј j к k л l љ lj м m н n њ nj о o п p р r с s т t "
    "ћ c у u ў u ф f х kh ц ts ч ch џ dz ш sh щ shch ы y э e ю yu я ya ђ d ќ k ѓ g ә a ғ g қ q ң n ө o ұ u ү u һ h"
)
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"


def _table(pairs: str) -> dict[str, str]:
    each = pairs.split()
    return dict(zip(each[::2], each[1::2], strict=True))


_LATIN = str.maketrans({**_table(_CYRILLIC), **_table(_GREEK), "ъ": "", "ь": ""})
_ARABIC = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ۀ": "ه",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ی",
        "\u0640": "",
    }
)
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_FOREIGN = re.compile("[\u0370-\u052f\u0590-\u06ff]")
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_VARIANTS = (
    "学學 国國 医醫 応應应 東东 华華 广廣広 台臺 龙龍竜 沢澤泽 浜濱滨 斎齋 辺邊边 桜櫻 県縣县 区區 "
    "会會 业業 図圖图 芸藝艺 体體 薬藥药 歯齒齿 産產产 农農 电電 师師 鉄鐵铁 湾灣 総總总 経經经 済濟济 "
    "语語 联聯 卫衛 护護 术術 万萬 与與 発發发 伝傳传 実實实 际際 関關关 门門 长長 马馬 郑鄭 "
    "汉漢 阳陽 苏蘇 宁寧 庆慶 辽遼 兰蘭 贵貴 云雲 贸貿 纺紡 织織 気氣气 环環 资資 设設 "
    "计計 数數 歴歷历 児兒儿 岛島 铃鈴 义義 圣聖 号號 戸戶户 鸟鳥 绿緑綠 沪滬 闽閩 粤粵 陕陝 "
    "赣贛 诊診 疗療 妇婦 肿腫 "
)
VARIANTS = str.maketrans({other: group[0] for group in _VARIANTS.split() for other in group[1:]})
"""Characters of Chinese and Japanese that were made simple in one country and not in another, each brought to one."""
HANGUL = re.compile("[\uac00-\ud7af]")
# Vowels and marks of Indian and South-East Asian scripts are letters of a word, though `\w` leaves most of them out.
MARKS = (
    "\u0900-\u0963\u0970-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)


def folded(text: str) -> str:
    """Return a lower-case text with the letters of other scripts in their plainest form.

    >>> folded("казанский"), folded("πανεπιστημιο")
    ('kazanskii', 'panepistimio')
    """
    if not _FOREIGN.search(text):
        return text
    return _POINTS.sub("", text).translate(_LATIN).translate(_ARABIC)


_SOUNDS = {
    "shch": "q", "shh": "q", "kh": "h", "ts": "c", "yu": "u", "ju": "u", "iu": "u", "ya": "a", "ja": "a", "ia": "a",
    "je": "e", "ye": "e", "j": "y", "i": "y", "yyy": "y", "yy": "y",
}  # fmt: skip


def romanised(word: str) -> str:
    """Return a Latin word in a form that the ways of romanising Cyrillic share.

    >>> romanised("gosudarstvennyy") == romanised("gosudarstvennyj"), romanised("khimii") == romanised("himij")
    (True, True)
    """
    for there, here in _SOUNDS.items():
        word = word.replace(there, here)
    return word
