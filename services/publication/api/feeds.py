"""What was published last, as Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org/version/1.1).

The standard library writes the XML: a feed is a dozen elements. Letters that XML 1.0 has no place for, which people can
type all the same, become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from services.publication.api.cases import FORMS

ATOM, JSON_FEED = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"  # a feed without entries was never updated
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STANDINGS = {"open": "募集中", "closed": "募集終了", "cancelled": "中止", "concluded": "終了"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was published; its `id` never changes."""

    id: str
    url: str
    title: str
    summary: str
    text: str
    published: str  # RFC 3339
    updated: str
    tag: str


def of_case(row: dict[str, Any], address: str) -> Entry:
    outcome, idea = row["outcome"], row["idea"] or {}
    partners = "、".join(each["name"] for each in outcome["organisations"] if each["role"] == "partner")
    bare = f"{FORMS[outcome['form']]}({partners})"
    return Entry(
        id=f"urn:renkei:case:{row['key']}",
        url=f"{address}/publication/cases/{row['key']}",
        title=idea.get("title") or bare,
        summary=idea.get("summary") or bare,
        text=idea.get("content") or bare,
        published=row["published"],
        updated=row["updated"],
        tag="連携事例",
    )


def of_theme(row: dict[str, Any], address: str) -> Entry:
    summary = f"{STANDINGS[row['standing']]}({row['opens']}から{row['closes']}まで)"
    return Entry(
        id=f"urn:renkei:theme:{row['key']}",
        url=f"{address}/publication/themes/{row['key']}",
        title=row["title"],
        summary=summary,
        text=summary,
        published=row["published"],
        updated=row["updated"],
        tag="テーマ",
    )


def of_dataset(row: dict[str, Any], address: str) -> Entry:
    return Entry(
        id=f"urn:renkei:dataset:{row['key']}",
        url=f"{address}/publication/datasets/{row['key']}",
        title=row["title"],
        summary=f"{row['title']}({row['licence']})",
        text="、".join(row["columns"]),
        published=row["published"],
        updated=row["updated"],
        tag="オープンデータ",
    )


def atom(title: str, author: str, address: str, entries: Sequence[Entry]) -> bytes:
    ET.register_namespace("", NAMESPACE)
    feed = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "ja"})
    _text(feed, "id", f"{address}/publication/feed.atom")
    _text(feed, "title", title)
    _text(feed, "updated", entries[0].updated if entries else NEVER)
    _text(ET.SubElement(feed, _name("author")), "name", author)
    ET.SubElement(feed, _name("link"), {"rel": "self", "href": f"{address}/publication/feed.atom"})
    ET.SubElement(feed, _name("link"), {"rel": "alternate", "href": f"{address}/publication"})
    for entry in entries:
        one = ET.SubElement(feed, _name("entry"))
        _text(one, "id", entry.id)
        _text(one, "title", entry.title)
        ET.SubElement(one, _name("link"), {"rel": "alternate", "href": entry.url})
        _text(one, "published", entry.published)
        _text(one, "updated", entry.updated)
        ET.SubElement(one, _name("category"), {"term": entry.tag})
        _text(one, "summary", entry.summary)
        _text(one, "content", entry.text)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def json_feed(title: str, author: str, address: str, entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": f"{address}/publication",
        "feed_url": f"{address}/publication/feed.json",
        "language": "ja",
        "authors": [{"name": author}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary,
                "content_text": entry.text,
                "date_published": entry.published,
                "date_modified": entry.updated,
                "tags": [entry.tag],
            }
            for entry in entries
        ],
    }


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = NOT_IN_XML.sub("\ufffd", text)
