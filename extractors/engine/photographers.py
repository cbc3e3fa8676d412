"""Whose a picture is where no label with a colon before it says so: "Photo Ada Quill", "記者游雅筑／攝影"."""

from __future__ import annotations

import re

_NAME = r"[^\W\d_a-zß-ÿа-яёіїєґα-ω][\w.'’-]*"  # opens with a capital, or has none
_HOUSE = rf"{_NAME}(?: [\w.'’&-]{{1,20}}){{0,3}}"
_STOP = r"[.!?…»”\"’)]"
_BRACKETED = re.compile(
    rf"\((?P<pair>{_HOUSE} ?[/|] ?{_HOUSE})\)$"
    rf"|\((?P<mail>{_NAME}(?: {_NAME}){{1,3}} ?[/|] ?[a-z][\w.@-]{{2,60}})\)$"
    rf"|\[(?P<square>{_HOUSE} ?[/|] ?{_HOUSE}|{_NAME}(?: {_NAME}){{1,3}})\]$"
)
_SHOT = re.compile(
    rf"{_STOP}\s(?:[Pp]hotos?|[Ff]otos?|[Фф]ото) (?:(?:de|di|by) )?(?P<photo>{_NAME}(?: {_NAME}){{0,4}})$"
    r"|(?<=\w)(?<!\bImage)(?<!\bPhoto)(?<!\bPicture)"
    r"\s(?:F[oó]t[oó]|(?:(?:Photo|Image|Picture) )?Credit|Photo|Beeld|Kuva|Ảnh|Фото|Φωτ\.?)"
    rf"\s*[:：]\s*(?P<label>{_NAME}[^.:]{{0,80}})$"
    r"|(?:^|\s)[Ff]ot\. (?P<fot>[\w©][^:]{0,80})$"
)
_SLASHED = re.compile(
    rf"{_STOP}\s(?P<wire>[A-Z]{{2,10}} ?/ ?{_NAME}(?: {_NAME}){{0,3}})$"
    rf"|\s[–—-] (?P<dash>{_NAME}(?: {_NAME}){{1,3}} ?/ ?{_HOUSE})$"
    rf"|(?<=\w)\s[/|] (?P<capitals>[A-ZÀ-Þ]{{2,20}}(?: [A-ZÀ-Þ.]{{2,20}}){{1,3}})$"
)
_WHO = r"[^\s＝=、。，,（）()〔〕\[\]／/：:]"
_CJK = re.compile(
    rf"[＝=、。（(]\s*(?:{_WHO}{{0,6}}记者\s?|(?:本報|特派)?記者)?(?P<taken>{_WHO}{{1,12}}(?:\s{_WHO}{{1,12}})?)"
    r"\s?[／/]?\s?(?:撮影|攝影|摄影|攝|摄)[）)]?$"
    rf"|[。（(〔【]\s*(?:写真|圖|图|图片|圖片|照片|來源|来源)\s?[／/：:＝=]\s?(?P<label>[^。（）()【】〔〕]{{2,30}}?)[）)】〕]?$"
    r"|[.\s] ?/ ?(?P<slash>[가-힣][^/.]{1,20})$"
    r"|\.\s(?P<reporter>[가-힣]{2,4} (?:선임|인턴)?기자)$"
    r"|\s[\[(]사진(?:\s?출처)?\s?[ =:]\s?(?P<photo>[^\[\]()]{2,30})[\])]$"
)
_LABELS = re.compile(r"[oó]t[oóe.]|ото|Credit:|Beeld:|Kuva:|Ảnh|Φωτ")
_CJK_LABELS = re.compile(r"[影攝摄写圖图照源사기]|/ ?[가-힣]")
_STOPS = '.!?…»”"’)。'
_LONGEST = 140  # characters of a credit
_WHENCE = "かでにらを日月年時分中"  # what is no name's end: "taken on the fifth", "from the air"


def photographer_at(caption: str) -> tuple[int, str] | None:
    """Return where in a caption its credit begins, with what announces it, and whose the picture is.

    >>> photographer_at("The old pier at dawn. Photo Ada Quill"), photographer_at("徐阿福在攤位前。記者游雅筑／攝影")
    ((21, 'Ada Quill'), (8, '游雅筑'))
    """
    start = max(len(caption) - _LONGEST, 0)
    found = None
    if not caption.isascii() and _CJK_LABELS.search(caption, start):
        found = _CJK.search(caption, start)
    if found is None and caption.endswith((")", "]")):
        found = _BRACKETED.match(caption, max(caption.rfind("("), caption.rfind("["), 1))
    elif found is None and _LABELS.search(caption, start):
        found = _SHOT.search(caption, start)
    if found is None and ("/" in caption or caption[-3:].isupper()):
        found = _SLASHED.search(caption, start)
    if found is None or found.lastgroup is None:
        return None
    who = found[found.lastgroup]
    if found.lastgroup == "taken" and (who[-1] in _WHENCE or any(map(str.isdigit, who))):
        return None
    return found.start() + (found[0][0] in _STOPS), who
