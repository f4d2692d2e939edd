"""Who proposes again, under a name that is written in another way.

Pure. Only for linking a case to earlier ones: nothing is decided by it.
"""

from __future__ import annotations

import re
import unicodedata

# Legal forms, written in full or for short; they stand before or after the name.
FORMS = (
    "株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|"
    "特定非営利活動法人|npo法人|国立大学法人|公立大学法人|学校法人|社会福祉法人|医療法人社団|医療法人|"
    r"\(株\)|\(有\)|\(同\)|\(資\)|\(名\)|\(一社\)|\(公社\)|\(一財\)|\(公財\)|\(特非\)|\(学\)|\(福\)|\(医\)"
)
_FORM = re.compile(f"^(?:{FORMS})|(?:{FORMS})$")
OLD_FORMS = str.maketrans("髙﨑邊邉齋齊澤濱國學廣櫻瀧眞惠榮縣會", "高崎辺辺斎斉沢浜国学広桜滝真恵栄県会")
_BESIDE = re.compile(r"[\s・･,.'’\-‐‑–—―]+")


def normalised(name: str) -> str:
    """㈱ミマモリ 架空電機, 株式会社ミマモリ架空電機 and ミマモリ架空電機（株） → ミマモリ架空電機."""
    flat = _BESIDE.sub("", unicodedata.normalize("NFKC", name).casefold())
    flat = flat.translate(OLD_FORMS)
    return _FORM.sub("", flat) or flat
