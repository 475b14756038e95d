from datetime import date

import pytest

from kg.model import Issue, Readout

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ministry of Fish</title>
<language>en-nz</language>
<item><title>Talks on &amp;amp; about Cod</title><link>https://fish.example.org/2024/talks-on-cod</link>
<pubDate>Tue, 05 Mar 2024 23:10:00 +1300</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>They met.</p><p>They parted.</p>]]></content:encoded></item>
<item><title>Empty</title></item>
<item><guid>fish-9</guid><description>They met &lt;b&gt;again&lt;/b&gt;.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry of Fish</title>
<entry><id>tag:fish,2024:1</id><title>Talks on Cod</title><published>2024-03-05T01:00:00Z</published>
<link rel="self" href="https://x.org/self"/><link href="https://fish.example.org/talks"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They met.</p><p>They parted.</p></div></content>
</entry></feed>"""


def test_each_item_of_an_rss_feed_is_a_document_and_an_empty_one_is_an_issue(every) -> None:
    first, empty, third = every("a.xml", RSS)
    assert isinstance(first, Readout)
    assert first.text == "Talks on & about Cod\n\nThey met.\n\nThey parted."
    assert (first.issued, first.publisher, first.language) == (date(2024, 3, 5), "Ministry of Fish", "en-nz")
    assert first.id == "ministry-of-fish/2024-03-05-talks-on-cod"
    assert isinstance(empty, Issue)
    assert "a.xml#2: no text" in empty.reason
    assert isinstance(third, Readout)
    assert (third.text, third.id, third.identifier) == ("They met again.", "ministry-of-fish/fish-9", "fish-9")


def test_an_atom_feed_is_read_too(one) -> None:
    found = one("a.atom", ATOM)
    assert found.text == "Talks on Cod\n\nThey met.\n\nThey parted."
    assert (found.issued, found.source) == (date(2024, 3, 5), "https://fish.example.org/talks")


def test_entities_are_refused_before_they_expand(problem) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
        f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 10}">' for n in range(8)
    ) + "]><rss><channel><item><description>&a7;</description></item></channel></rss>"  # fmt: skip
    assert "document type" in problem("bomb.rss", bomb).reason


@pytest.mark.parametrize("text", ["<rss><channel><item>", "<rss><channel></channel></rss>", "<rss>" * 50_000])
def test_a_malformed_or_empty_feed_is_an_issue(problem, text) -> None:
    assert problem("a.rss", text).code == "Unreadable"
