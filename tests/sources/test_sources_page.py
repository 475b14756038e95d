from datetime import date

import pytest

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Talks on Cod | Ministry of Fish</title>
<link rel="canonical" href="https://fish.example.org/news/2024/03/05/talks-on-cod.html">
<meta property="og:site_name" content="Ministry of Fish">
<meta property="article:published_time" content="2024-03-05T23:30:00+00:00">
<script>var x = "<p>no</p>";</script><style>p {color: red}</style></head>
<body><header><ul><li><a href="/">Home page</a></li></ul></header><nav>Menu of fish</nav>
<main><h1>Talks on Cod</h1>
<div class="entry-content"><div class="share-bar">Share with friends</div>
<p>Minister <b>Anna&nbsp;Oak</b> met
 Mayor <a href="/elm">Ben Elm</a> today.<br><br>They discussed cod, haddock and the state of the hatcheries along the
 coast, and agreed to build a <em>new</em> one near Ulva before the end of the year.</p>
<figure><img src="x.jpg"><figcaption>Photo: Cid</figcaption></figure>
<p><strong>Participants:</strong></p><ul><li><p>Anna Oak</p></li><li>Ben Elm<ul><li>and his clerk</li></ul></li></ul>
<p>Dee Fir, Captain<br>Eva Gum, Pilot</p><p>The ministers met in the<br>old harbour<br>of Ulva.</p></div>
<div id="comments"><p>Great fish! said Bob, and he said a lot of other things about the fish of Ulva.</p></div>
</main><aside>Related fish</aside><footer>© Fish</footer></body></html>"""


def test_a_page_gives_its_main_text_and_what_it_says_of_itself(one) -> None:
    found = one("cod.html", PAGE)
    assert found.text.split("\n\n") == [
        "Talks on Cod",
        "Minister Anna Oak met Mayor Ben Elm today.",
        "They discussed cod, haddock and the state of the hatcheries along the coast, "
        "and agreed to build a new one near Ulva before the end of the year.",
        "Participants:",
        "- Anna Oak\n- Ben Elm\n- and his clerk",
        "Dee Fir, Captain",
        "Eva Gum, Pilot",
        "The ministers met in the old harbour of Ulva.",
    ]
    assert found.title.of(found.text) == "Talks on Cod"
    assert (found.issued, found.publisher, found.language) == (date(2024, 3, 5), "Ministry of Fish", "en-GB")
    assert found.source == "https://fish.example.org/news/2024/03/05/talks-on-cod.html"
    assert found.id == "ministry-of-fish/2024-03-05-talks-on-cod"


def test_a_short_page_without_a_main_part_loses_its_navigation(one) -> None:
    page = """<html><head><title>Talks on Cod - Fish Office</title></head><body>
    <table><tr><td><a href=1>About us</a></td><td><a href=2>Contact the office</a></td></tr>
    <tr><td><p>Anna Oak met <a href=3>Ben Elm</a> on Monday.</td></tr></table>"""
    found = one("a.htm", page)
    assert found.text == "Talks on Cod\n\nAnna Oak met Ben Elm on Monday."


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="DC.date.issued" content="2020-01-02">', date(2020, 1, 2)),
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2020-01-03"}]}</script>', date(2020, 1, 3)),
        ('<script type="application/ld+json">{"broken</script>', None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None),
        ('<meta name="viewport" content="2020">', None),
    ],
)  # fmt: skip
def test_a_page_tells_its_date_in_several_ways_or_not_at_all(one, head, day) -> None:
    assert one("a.html", f"<html><head>{head}</head><body><p>They met in Bern to talk of cod.</p>").issued == day


def test_the_time_element_tells_the_date(one) -> None:
    page = "<html><body><article><time datetime='2020-01-04T10:00'>Saturday</time><p>They met in Bern.</p></article>"
    assert one("a.html", page).issued == date(2020, 1, 4)


def test_a_date_that_readers_see_counts_where_the_page_says_no_more(one) -> None:
    page = "<html><body><main><p class='meta__publish-date'>January 5, 2020</p><p>They met in Bern.</p></main>"
    assert one("a.html", page).issued == date(2020, 1, 5)


def test_teasers_of_other_articles_are_not_the_main_part(one) -> None:
    teaser = f"<article><p>{'Another talk about haddock was held. ' * 8}</p></article>"
    talks = f"<h1>Talks on Cod</h1><p>{'They met in Bern. ' * 90}</p>"
    page = f"<html><body><main>{talks}<div class=related>{teaser}</div></main>"
    found = one("a.html", page)
    assert found.text.startswith("Talks on Cod\n\nThey met")
    assert "haddock" not in found.text


def test_a_picture_within_the_page_is_no_bomb(one) -> None:
    picture = "a/b c" * 20_000
    assert one("a.html", f"<html><p><img src='data:{picture}'>They met in Bern.").text == "They met in Bern."


def test_html_in_a_text_file_is_seen(one) -> None:
    assert one("a.txt", "  <!doctype HTML><p>They met in Bern &amp; Ulva.</p>").text == "They met in Bern & Ulva."


def test_a_markdown_file_with_paragraphs_in_html_is_read_as_html(one) -> None:
    found = one("a.md", "---\ntitle: Talks\n---\n<p>They met.</p><p>They <i>parted</i>.</p>")
    assert found.text == "Talks\n\nThey met.\n\nThey parted."


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><script>fill()</script></body></html>", "<!doctype html>"]
)
def test_a_page_without_text_is_an_issue(problem, page) -> None:
    assert "without text" in problem("a.html", page).reason


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000 + "x",
        "<html><p>" + "".join(f"<b id=b{n}>" for n in range(900)) + "</p>" + "<p>x</p>" * 20_000,
        "<html><div " + " ".join(f"a{n}" for n in range(100_000)) + ">x",
        "<html>" + "<p>x" * 400_000,
    ],
    ids=["deep", "reopened", "attributes", "many"],
)
def test_pages_built_to_exhaust_a_parser_are_refused(problem, bomb) -> None:
    assert problem("bomb.html", bomb).code == "Unreadable"
