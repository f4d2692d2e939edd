"""What a mail is: one recipient, plain text, and nothing that could be taken for more."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.mail import Mail, is_address
from chassis.settings import NotConfigured, Settings
from contracts.actors import Actor, Role
from tests.chassis.shelf import Shelve

AT = datetime(2024, 8, 1, 0, 0, tzinfo=UTC)
SHELVE = Shelve(actor=Actor(role=Role.SERVICE, id="shelf"), at=AT, thing="sent")

ADDRESSES = ["a@b.jp", "koumin-renkei@tokorozawa.example.jp", "x+y.z@sub.example.co.jp", "o'neill@example.jp"]
NO_ADDRESSES = [
    "04-2998-0000",
    "",
    "a@b",
    "a..b@example.jp",
    ".a@example.jp",
    "a.@example.jp",
    "a@-b.jp",
    "a@b..jp",
    "a@b.jp ",
    "a@b.jp,c@d.jp",
    "架空 <a@b.jp>",
    "山田@example.jp",
    "a@例え.jp",
    '"a b"@example.jp',
    "a@b.jp\nBcc: all@example.jp",
    "a@b.jp\u2028Bcc: all@example.jp",
    f"{'a' * 65}@example.jp",
    f"a@{'b.' * 130}jp",
]


def mail(**changed: object) -> Mail:
    fields = {
        "message_id": "<0190@example.jp>",
        "at": AT,
        "sender": "office@example.jp",
        "to": "someone@example.jp",
        "subject": "審査結果について(通知)",
        "text": "対象外としました。\n",
        "sent": lambda at: SHELVE,
        "undeliverable": lambda at, reason: SHELVE,
    }
    return Mail(**{**fields, **changed})  # type: ignore[arg-type]


def read(mail: Mail) -> EmailMessage:
    return email.message_from_bytes(mail.message().as_bytes(), EmailMessage, policy=email.policy.default)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_of_mail_is_known_as_one(text: str) -> None:
    assert is_address(text)
    assert read(mail(to=text))["To"] == text


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_nothing_else_is(text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="addresses of mail"):
        mail(to=text).message()


@given(st.from_regex(r"[a-z0-9.!#'*+/=?^_`{|}~-]{1,20}@[a-z0-9.-]{1,200}", fullmatch=True))
def test_whatever_passes_for_an_address_arrives_as_that_one_recipient(text: str) -> None:
    if is_address(text):
        [to] = read(mail(to=text))["To"].addresses
        assert to.addr_spec == text


@given(
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
    )
)
def test_a_text_arrives_as_it_was_written(text: str) -> None:
    assert read(mail(text=text + "\n")).get_content().replace("\r\n", "\n") == text + "\n"


@pytest.mark.parametrize("field", ["subject", "message_id"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_no_header_is_smuggled_in(field: str, line_break: str) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        mail(**{field: f"件名{line_break}Bcc: all@example.jp"}).message()


def test_the_same_mail_is_the_same_to_the_byte() -> None:
    assert mail().message().as_bytes() == mail().message().as_bytes()
    assert read(mail())["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RENKEI_SMTP", "mail.example.jp"),
        ("RENKEI_SMTP", "user@mail.example.jp:25"),
        ("RENKEI_MAIL_FROM", "the office"),
    ],
)
def test_a_server_or_a_sender_that_is_none_is_named_at_the_start(name: str, value: str) -> None:
    given = {"RENKEI_KAFKA": "k:1", "RENKEI_DATABASE": "postgresql://x"}
    assert (
        Settings.read({**given, "RENKEI_SMTP": "[::1]:25", "RENKEI_MAIL_FROM": "a@b.jp"}).smtp == "[::1]:25"
    )
    with pytest.raises(NotConfigured, match=name):
        Settings.read({**given, name: value})
