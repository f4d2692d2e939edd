"""What cases are compared by: who proposes, from where, for the how-manieth time, and what is asked for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from contracts.intake import ProposalReceived, ProposalSubmitted

DIMENSIONS = ("kind", "size", "locality", "first", "route", "cost")
UNKNOWN = "unknown"

# 法人格 and its abbreviations, the more particular ones first: 医療法人社団 is no association.
KINDS = {
    "university": r"大学|学校法人|高等専門学校|大学共同利用機関",
    "public": r"独立行政法人|国立研究開発法人|地方公共団体|公庫|^(?:国|県|市|町|村)$",
    "non_profit": r"非営利|npo|特非",
    "welfare_or_medical": r"福祉法人|医療法人|社福|医社|医財",
    "religious": r"宗教",
    "association_or_foundation": r"社団|財団|一社|公社|一財|公財|商工会",
    "cooperative": r"組合|生協|農協",
    "company": r"会社|[(](?:株|有|同|資|名)[)]|\b(?:inc|ltd|llc)\b",
    "professional": r"弁護士法人|監査法人|税理士法人|司法書士法人|行政書士法人|社会保険労務士法人|弁理士法人",
    "person": r"個人",
    "group": r"団体|自治会|町内会|同好会|サークル|協議会|委員会|ボランティア",
}


def kind_of_organisation(form: str) -> str:
    """By its legal form (法人格) as it was written; `other` where none is known."""
    plain = normalize("NFKC", form).casefold().replace(" ", "")
    return next((kind for kind, words in KINDS.items() if re.search(words, plain)), "other")


def locality(address: str, city: str | None) -> str:
    """Whether an address lies in the city: its name stands first, or after a prefecture or a district (郡)."""
    if not city or not address:
        return UNKNOWN
    plain = normalize("NFKC", address)
    return "local" if re.search(rf"(?:^|[都道府県郡\s\d]){re.escape(city)}", plain) else "elsewhere"


def of_submission(fact: ProposalSubmitted) -> Iterator[tuple[str, str]]:
    """As the proposer told; the rest is known once the proposal is accepted."""
    yield "kind", kind_of_organisation(fact.proposer.type)
    yield "size", fact.proposer.size or UNKNOWN
    yield "locality", UNKNOWN
    yield "first", "again" if fact.previous_case else "first"
    yield "route", fact.kind
    yield "cost", fact.city_cost.class_


def of_acceptance(fact: ProposalReceived, address: str, city: str | None) -> Iterator[tuple[str, str]]:
    """As accepted: under an edition, whose city is known, and with the earlier cases of the same organisation."""
    yield "locality", locality(fact.address.reveal() if fact.address else address, city)
    if fact.earlier_cases:
        yield "first", "again"
