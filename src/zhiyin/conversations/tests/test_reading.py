"""Letters in every dress that Chinese mail wears, and in rags."""

import base64
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiyin.conversations.mail import reading
from zhiyin.conversations.mail.html import to_text
from zhiyin.conversations.rules import split_quote
from zhiyin.conversations.tests.letters import bounce, letter, raw

SAID = "您好，厨房漏水，地板都泡了"
TRADITIONAL = "您好，廚房漏水，地板都泡了"


@pytest.mark.parametrize(
    ("charset", "codec", "said"),
    [
        ("gb2312", "gb2312", SAID),
        ("gb2312", "gb18030", "您好，我叫喆，住在㙍村"),
        ("GBK", "gbk", SAID),
        ("gb18030", "gb18030", SAID + "𠀀"),
        ("big5", "big5", TRADITIONAL),
        ("utf-8", "utf-8", SAID),
        ("unknown-8bit", "gb18030", SAID),
        ("x-nobody-knows", "utf-8", SAID),
        ("us-ascii", "gb18030", SAID),
        ("hex", "utf-8", SAID),
        ("", "gb18030", SAID),
    ],
)
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_every_charset_is_read(charset, codec, said, encoding):
    body = said.encode(codec)
    encode = {"8bit": bytes, "base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[encoding]
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    found = reading.read(
        raw(
            "From: a@example.com",
            "Message-ID: <1@example.com>",
            f"Content-Type: {kind}",
            f"Content-Transfer-Encoding: {encoding}",
            body=encode(body),
        )
    )
    assert found.text == said


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("=?gb2312?B?zaPLrg==?=", "停水"),
        ("=?GBK?Q?=CD=A3=CB=AE?=", "停水"),
        ("=?utf-8?B?5YGc?= =?utf-8?B?5rC0?=", "停水"),
        # a character cut in two between encoded words
        ("=?utf-8?B?5YGc5g==?=\r\n =?utf-8?B?sLQ=?=", "停水"),
        ("停水".encode(), "停水"),
        ("停水了".encode("gb18030"), "停水了"),
        ("=?utf-8?B?5YGc5rC0?= 3号楼".encode(), "停水 3号楼"),
        ("=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_subjects_are_read(subject, read):
    line = b"Subject: " + (subject if isinstance(subject, bytes) else subject.encode())
    assert reading.read(raw("From: a@example.com", line, body=b"x")).subject == read


def test_the_senders_name_and_address_are_read():
    found = reading.read(raw("From: =?gb2312?B?1tw=?= <Zhou@Example.COM>", body=b"x"))
    assert (found.name, found.sender) == ("周", "zhou@example.com")


@pytest.mark.parametrize("sender", [b"0@\x00", b"<a\x01@example.com>", b"a b@", b"@", b"a@b@c"])
def test_an_address_that_is_none_is_nobodys(sender):
    assert reading.read(raw(b"From: " + sender, body=b"x")).sender == ""


def test_an_answer_address_does_not_make_somebody_else_the_sender():
    found = reading.read(raw("From: zhou@example.com", "Reply-To: evil@example.net", body=b"x"))
    assert found.sender == "zhou@example.com"


def test_a_page_is_read_as_text():
    html = (
        "<html><head><title>x</title><style>p{color:red}</style></head><body><p>您好</p><p>厨房&nbsp;漏水<br>"
        "地板 &lt;都&gt; 泡了</p><script>alert(1)</script><ul><li>一</li><li>二</li></ul></body></html>"
    )
    assert reading.read(letter("", html=html)).text.split("\n") == [
        "您好",
        "",
        "厨房 漏水",
        "地板 <都> 泡了",
        "",
        "一",
        "",
        "二",
    ]


def test_of_text_and_page_the_text_is_taken():
    assert reading.read(letter("纯文字", html="<p>网页</p>")).text == "纯文字"


@pytest.mark.parametrize(
    "page", ["<p>漏水", "<!DOCTYPE <<<", "<![CDATA[漏水", "<style>漏水", "<" * 5000, "&#xFFFFFFFF;漏水"]
)
def test_broken_pages_give_something_and_never_an_error(page):
    assert isinstance(to_text(page), str)


def test_files_keep_their_chinese_names():
    found = reading.read(letter(files=[("漏水照片.jpg", "image/jpeg", b"\xff\xd8photo")]))
    assert [(part.name, part.body) for part in found.files] == [("漏水照片.jpg", b"\xff\xd8photo")]


def test_file_names_in_encoded_words_are_read_although_no_standard_allows_them():
    found = reading.read(
        raw(
            "From: a@example.com",
            'Content-Type: application/pdf; name="=?gbk?B?us/NrC5wZGY=?="',
            "Content-Transfer-Encoding: base64",
            body=base64.b64encode(b"%PDF-"),
        )
    )
    assert [(part.name, part.body) for part in found.files] == [("合同.pdf", b"%PDF-")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Precedence": "bulk"},
        {"Precedence": "junk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<news.example.com>"},
        {"Return_Path": "<>"},
    ],
)
def test_what_a_machine_wrote_is_recognised(headers):
    assert reading.read(letter(**headers)).is_automatic


@pytest.mark.parametrize("headers", [{}, {"Auto_Submitted": "no"}, {"Precedence": "first-class"}])
def test_what_a_person_wrote_is_not_taken_for_a_machine(headers):
    found = reading.read(letter(**headers))
    assert not found.is_automatic
    assert found.report is None


def test_a_person_called_postmaster_is_a_person():
    found = reading.read(letter(sender="postmaster@small.example", In_Reply_To="<ours@heyuan.example>"))
    assert not found.is_automatic
    assert found.report is None


def test_a_report_tells_what_it_is_about():
    report = reading.read(bounce("<ours@heyuan.example>")).report
    assert report.is_final
    assert "<ours@heyuan.example>" in report.about
    assert report.words == "smtp; 550 5.1.1 user unknown"


def test_a_delay_is_not_a_failure():
    assert not reading.read(bounce("<ours@heyuan.example>", action="delayed", status="4.4.1")).report.is_final


def test_a_letter_without_an_id_has_always_the_same_one():
    once, twice = (reading.read(letter(message_id="")) for _ in range(2))
    assert once.message_id == twice.message_id != reading.read(letter("别的", message_id="")).message_id


@pytest.mark.parametrize(
    "wreck",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe\xff",
        b"From",
        b"From: \r\n\r\n",
        b"From: a@example.com\r\nContent-Type: multipart/mixed\r\n\r\nhello",
        b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello",
        b"From: a@example.com\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: a@example.com\r\nContent-Type: text/plain; charset*0*=%%%\r\n\r\nhello",
        b"From: a@example.com\r\nContent-Type: message/rfc822\r\n\r\n",
        b"From: a@example.com\r\nContent-Type: message/delivery-status\r\n\r\nhello",
        b"From: a@example.com\r\nContent-Disposition: attachment; filename*=x'\r\n\r\nhello",
        b"From: " + b"(" * 5000 + b"\r\n\r\nhello",
        b"Subject: " + b"=?utf-8?b?" * 2000 + b"\r\n\r\nhello",
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000)
        ),
    ],
)
def test_wrecks_are_read_as_far_as_they_go(wreck):
    found = reading.read(wreck)
    assert found.message_id
    assert isinstance(found.text, str)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"From: =?gb2312?B?1tw=?= <a@example.com>",
                b"Content-Type: multipart/mixed; boundary=x",
                b"Content-Type: multipart/report; report-type=delivery-status; boundary=x",
                b"Content-Type: text/html; charset=big5",
                b"Content-Type: message/rfc822",
                b"Content-Transfer-Encoding: base64",
                b"Subject: =?utf-8?Q?=E5=81?=",
                b"--x",
                b"--x--",
                b"",
                b" folded",
                b"\xcd\xa3\xcb\xae",
                b"5YGc5rC0",
                b"<p>&#x6c34;",
            ]
        )
        | st.binary(max_size=30),
        max_size=25,
    )
)
def test_nothing_that_arrives_breaks_the_reader(lines):
    found = reading.read(b"\r\n".join(lines))
    assert found.message_id.startswith("<")


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("好的\n\n> 明天来修\n> 您看可以吗", "好的"),
        ("好的\n\n在 2026年11月18日 10:00，和院物业写道：\n> 明天来修", "好的"),
        ("好的\n\n------------------ 原始邮件 ------------------\n发件人: 和院", "好的"),
        ("OK\n\nOn Wed, 18 Nov 2026 at 10:00, Heyuan <a@b.example> wrote:\n> tomorrow", "OK"),
        ("明天来修\n> 这一句是我引的\n可以", "明天来修\n> 这一句是我引的\n可以"),
        ("> 只有引文", "> 只有引文"),
        ("没有引文", "没有引文"),
        ("", ""),
    ],
)
def test_what_is_quoted_from_before_is_set_apart(text, fresh):
    assert split_quote(text)[0] == fresh


def test_a_forwarded_letter_is_all_new():
    text = "请看\n------------------ 原始邮件 ------------------\n发件人: 施工方"
    assert split_quote(text, subject="转发：漏水") == (text, "")
