# ruff: noqa: E501
"""A dozen kinds of news site, in our own words: what stands around an article, and how its paragraphs are marked up.

Each function makes the page of one story. Nothing but `story` is part of the article.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """An article as an editor has it: blocks are pairs of "p", "h" or "li" and text."""

    title: str
    author: str
    outlet: str
    published: str
    blocks: tuple[tuple[str, str], ...]
    points: tuple[str, ...] = ()


Template = Callable[[Story], str]


def esc(text: str) -> str:
    return html.escape(text, quote=True)


def body(
    story: Story,
    p: str = "<p>{}</p>",
    h: str = "<h2>{}</h2>",
    li: str = "<li>{}</li>",
    ul: str = "<ul>{}</ul>",
) -> list[str]:
    """The blocks as HTML, runs of list items in one list."""
    made: list[str] = []
    items: list[str] = []
    for kind, text in (*story.blocks, ("end", "")):
        if kind == "li":
            items.append(li.format(esc(text)))
            continue
        if items:
            made.append(ul.format("".join(items)))
            items = []
        if kind != "end":
            made.append((p if kind == "p" else h).format(esc(text)))
    return made


def between(parts: list[str], *inserts: tuple[int, str]) -> str:
    """`parts` with each insert put in after so many of them, the later ones where there are too few."""
    for place, insert in sorted(inserts, reverse=True):
        parts.insert(min(place, len(parts)), insert)
    return "\n".join(parts)


def wordpress(s: Story) -> str:
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{esc(s.title)} - {esc(s.outlet)}</title>
<meta property="og:title" content="{esc(s.title)}"><meta property="og:site_name" content="{esc(s.outlet)}">
<meta property="article:published_time" content="{s.published}T07:30:00+00:00"><meta name="author" content="{esc(s.author)}">
<link rel="stylesheet" href="style.css"><style>.cookie{{color:red}}</style></head>
<body class="post-template single single-post">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/">Front page</a></p>
<nav id="site-navigation" class="main-navigation"><ul id="primary-menu" class="menu"><li class="menu-item"><a href="/news">Local News</a></li>
<li class="menu-item"><a href="/sport">Sport and Leisure</a></li><li class="menu-item"><a href="/jobs">Jobs and Notices</a></li></ul></nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<div class="breadcrumbs"><a href="/">Home</a> &raquo; <a href="/news">News</a> &raquo; <span>This page</span></div>
<article id="post-4711" class="post-4711 post type-post hentry category-news tag-flood">
<header class="entry-header"><h1 class="entry-title">{esc(s.title)}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="{s.published}T07:30:00+00:00">{s.published}</time></span>
<span class="byline"> by <span class="author vcard"><a href="/author/x">{esc(s.author)}</a></span></span></div></header>
<figure class="wp-block-image"><img src="a.jpg" alt="Aerial view of the valley"><figcaption>The valley seen from the air. Photo: Handout/Press office</figcaption></figure>
<div class="entry-content">
{between(body(s), (2, '<div class="code-block ad"><span>Advertisement</span></div>'), (4, '<p><strong>Read also:</strong> <a href="/b">Five things to know before you buy a boat</a></p>'))}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to share on Facebook (Opens in new window)</a></li><li><a href="#">Click to print (Opens in new window)</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3><div><h4><a href="/c">Ferry timetable changes for the holidays</a></h4><p>The ferry will leave ten minutes earlier from Easter.</p></div></div>
</div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/news">News</a></span><span class="tags-links">Tagged <a href="/t">flood</a>, <a href="/t2">weather</a></span></footer>
</article>
<nav class="navigation post-navigation"><div class="nav-links"><div class="nav-previous"><a href="/p">Previous Post</a></div><div class="nav-next"><a href="/n">Next Post</a></div></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts on this story</h2><ol class="comment-list"><li class="comment"><div class="comment-content"><p>My uncle always said that this would happen one day, and nobody listened to him.</p></div><a class="comment-reply-link" href="#">Reply</a></li></ol>
<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><form><p class="comment-notes">Your email address will not be published. Required fields are marked *</p><input type="submit" value="Post Comment"></form></div></div>
</main></div>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2><ul><li><a href="/1">Council meets on parking fees</a></li><li><a href="/2">Choir looks for tenors</a></li></ul></section>
<section class="widget"><h2 class="widget-title">Archives</h2><ul><li><a href="/2024/02">February 2024</a></li></ul></section></aside></div>
<footer id="colophon" class="site-footer"><div class="site-info">Proudly powered by WordPress | Theme: Plain</div></footer>
<div id="cookie-notice" class="cookie-notice-container"><span>We use cookies to ensure that we give you the best experience on our website.</span> <button>Ok</button><button>No</button></div>
<script>var _stq = window._stq || [];</script></body></html>"""


def broadcaster(s: Story) -> str:
    parts = body(
        s,
        p='<div data-component="text-block" class="ssrcss-11r1m41-RichTextComponentWrapper ep2nwvo0"><div class="ssrcss-7uxr49-RichTextContainer e5tfeyi1"><p class="ssrcss-1q0x1qg-Paragraph e1jhz7w10">{}</p></div></div>',
        h='<div data-component="subheadline-block" class="ssrcss-1v7bxtk"><h2 class="ssrcss-y2fd7s">{}</h2></div>',
        ul='<div data-component="unordered-list-block"><ul>{}</ul></div>',
    )
    picture = '<div data-component="image-block"><figure><div><span><picture><img alt="A flooded street"></picture></span><span role="text" class="ssrcss-xza2yt">Image source, <!-- -->Getty Images</span></div><figcaption><span class="visually-hidden">Image caption, </span>A street under water after the storm</figcaption></figure></div>'
    links = '<div data-component="links-block" class="ssrcss-s3mt4t-ComponentWrapper"><ul role="list"><li><a href="/1"><span>What we know about the flood so far</span></a></li><li><a href="/2"><span>In pictures: a town under water</span></a></li></ul></div>'
    points = "".join(f"<li>{esc(point)}</li>" for point in s.points)
    return f"""<!DOCTYPE html><html lang="en-GB"><head><title>{esc(s.title)} - {esc(s.outlet)}</title>
<script type="application/ld+json">{json.dumps({"@context": "http://schema.org", "@type": "ReportageNewsArticle", "headline": s.title, "datePublished": s.published + "T10:12:44.000Z", "dateModified": "2025-01-02T10:12:44.000Z", "author": {"@type": "Person", "name": s.author}, "publisher": {"@type": "NewsMediaOrganization", "name": s.outlet}})}</script>
<meta property="og:site_name" content="{esc(s.outlet)}"></head><body>
<div id="__next"><div class="ssrcss-header"><header role="banner"><a href="#main-heading">Skip to content</a><a href="/help">Accessibility Help</a><nav aria-label="Account"><span>Your account</span></nav>
<nav role="navigation"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/weather">Weather</a></li><li><a href="/player">Player</a></li></ul></nav></header></div>
<section aria-label="Let us know you agree to cookies" class="ssrcss-consent"><h2>Let us know you agree to cookies</h2><p>We use cookies to give you the best online experience. Please let us know if you agree to all of these cookies.</p><button>Yes, I agree</button><a href="/c">No, take me to settings</a></section>
<main id="main-content" data-testid="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper e1nh2i2l5">
<header data-component="headline-block"><h1 id="main-heading" tabindex="-1">{esc(s.title)}</h1></header>
<div data-component="byline-block"><div><time datetime="{s.published}T10:12:44.000Z">4 hours ago</time></div><div class="ssrcss-by"><div>By {esc(s.author)}</div><div>Regional correspondent</div></div></div>
<div data-component="share-block"><button><span>Share</span></button><button><span>Save</span></button></div>
{f'<div data-component="text-block"><h2>At a glance</h2><ul>{points}</ul></div>' if points else ""}
{between(parts, (1, picture), (3, links))}
<section data-component="see-alsos"><h2>More on this story</h2><ul><li><a href="/3">Why do dams fail at night?</a></li><li><a href="/4">Listen: voices from the valley</a></li></ul></section>
<section data-component="topic-list"><h2>Related Topics</h2><ul><li><a href="/t">Floods</a></li><li><a href="/t">Weather</a></li></ul></section>
</article>
<div class="ssrcss-aside" data-component="top-stories"><h2>Top Stories</h2><ul><li><a href="/5"><p>Parliament votes on new budget rules</p></a><span>Published 2 hours ago</span></li><li><a href="/6"><p>Champion skater retires after injury</p></a><span>Published 31 minutes ago</span></li></ul><h2>Most Read</h2><ol><li>1<a href="/7">Man finds lost ring in a potato field</a></li></ol></div></main>
<footer role="contentinfo"><ul><li><a href="/terms">Terms of Use</a></li><li><a href="/privacy">Privacy Policy</a></li></ul><p>The broadcaster is not responsible for the content of external sites. <a href="/x">Read about our approach to external linking.</a></p></footer></div></body></html>"""


def tabloid(s: Story) -> str:
    points = "".join(f"<li class=''><strong>{esc(point)}</strong></li>" for point in s.points)
    parts = body(s, p='<p class="mol-para-with-font">{}</p>', h='<h3 class="mol-subhead">{}</h3>')
    related = '<div class="moduleFull mol-factbox news"><h3>READ MORE</h3><ul><li><a href="/x">Reality star shows off garden makeover</a></li><li><a href="/y">Is this the cheapest holiday of the year?</a></li></ul></div>'
    picture = '<div class="artSplitter mol-img-group"><div class="mol-img"><div class="image-wrap"><img src="1.jpg"></div></div><p class="imageCaption">Shocking pictures show the road after the wave had gone</p></div>'
    return f"""<html lang="en"><head><title>{esc(s.title)} | {esc(s.outlet)} Online</title><meta property="og:site_name" content="{esc(s.outlet)}"/><meta property="article:published_time" content="{s.published}T04:01:00+0000"/><meta name="author" content="{esc(s.author)}"></head><body>
<div id="page-container"><div class="page-header"><div class="masthead"><ul class="nav-primary cleared"><li><a href="/">Home</a></li><li><a href="/tv">Showbiz</a></li><li><a href="/femme">Style</a></li><li><a href="/money">Money</a></li></ul><div class="weather-wrapper">Today: 11°C and rain</div></div></div>
<div id="content"><div class="alpha"><div id="js-article-text" class="article-text wide">
<h2>{esc(s.title)}</h2>
<ul class="mol-bullets-with-font">{points}</ul>
<p class="author-section byline-plain">By <a class="author" href="/a">{esc(s.author)}</a></p>
<p class="byline-section"><span class="article-timestamp article-timestamp-published">Published: <time datetime="{s.published}T04:01:00+0000">04:01 GMT, {s.published}</time></span> | <span>Updated: 09:40 GMT, {s.published}</span></p>
<div id="articleIconLinksContainer"><ul class="article-icon-links-container"><li>e-mail</li><li><span>1.2k</span> shares</li><li id="readerCommentsCount">214 View comments</li></ul></div>
<div itemprop="articleBody">
{between(parts, (1, picture), (2, '<div class="ad-wrap"><p>ADVERTISEMENT</p></div>'), (3, related), (5, '<p class="scroll">Scroll down for video</p>'))}
</div>
<div class="column-content cleared"><div class="shareArticles"><h3>Share or comment on this article:</h3><ul><li>Share this article</li></ul></div></div></div>
<div id="reader-comments" class="reader-comments"><h2>Comments 214</h2><div class="comment"><p class="comment-body">Absolutely disgraceful, heads should roll for this and soon.</p><p class="user-info">Jolly Roger, Ostrel, 3 hours ago</p></div><div class="comment"><p class="comment-body">I feel so sorry for these poor people, they lost everything they had.</p></div><p>The comments below have not been moderated.</p><p>The views expressed in the contents above are those of our users.</p></div></div>
<div class="beta"><div class="puff"><h3>TRENDING</h3><ul><li><a href="/1"><span>Singer cancels tour at the last minute</span></a><span>86.4k viewing now</span></li><li><a href="/2"><span>Dog travels 200 miles by train</span></a></li></ul></div><div class="dontMiss"><h3>DON'T MISS</h3><p>The actress turned heads in a yellow gown at the gala last night.</p></div></div></div>
<div class="page-footer"><ul class="footer-links"><li><a href="/sitemap">Sitemap</a></li><li><a href="/rss">RSS</a></li></ul><p>Published by Tabloid Newspapers Ltd, part of the Tabloid Group</p></div></div></body></html>"""


def live_blog(s: Story) -> str:
    blocks = body(s)
    updates = []
    for number in range(0, len(blocks), 2):
        time = f"{18 - number // 2:02d}.{11 + number:02d}"
        updates.append(
            f'<article class="block dcr-1u1zie" id="block-{number}"><header><a href="#block-{number}"><time datetime="{s.published}T{time.replace(".", ":")}:00Z">{number + 5}m ago</time></a><span class="dcr-abs">{time} GMT</span></header>'
            f'<div class="block-elements">{"".join(blocks[number : number + 2])}</div><footer><div class="block-share"><span>Share</span></div><span>Updated at {time} GMT</span></footer></article>'
        )
    points = "".join(f'<li><a href="#b">{esc(point)}</a></li>' for point in s.points)
    return f"""<!doctype html><html lang="en"><head><title>{esc(s.title)} – live | {esc(s.outlet)}</title><meta property="og:title" content="{esc(s.title)} – live"><meta property="og:site_name" content="{esc(s.outlet)}"><meta property="article:published_time" content="{s.published}T06:02:11.000Z"><meta property="article:author" content="https://example.org/profile/x"><meta name="author" content="{esc(s.author)}"></head>
<body><div class="dcr-banner" id="sign-in-gate"><p>Sign in to keep reading. It is free and takes a minute.</p><button>Register</button></div>
<header><div class="dcr-top"><a href="/support">Support us</a><a href="/subscribe">Print subscriptions</a><a href="/search">Search jobs</a></div><nav class="dcr-pillars"><ul><li><a href="/news">News</a></li><li><a href="/opinion">Opinion</a></li><li><a href="/culture">Culture</a></li></ul></nav></header>
<main data-layout="LiveLayout"><div class="dcr-headline"><h1>{esc(s.title)}</h1><div data-gu-name="standfirst"><p>Rolling coverage of the day's events</p></div></div>
<div class="dcr-meta"><address>{esc(s.author)}</address><span>First published on {s.published} 06.02 GMT</span><button>Prefer us on search</button></div>
<aside class="dcr-keyevents"><h2>Key events</h2><ul>{points}</ul></aside>
<div class="live-filter"><label>Show key events only</label><button>Please turn on JavaScript to use this feature</button></div>
<div id="liveblog-body" class="js-liveblog-body">{"".join(updates)}</div>
<div class="dcr-pagination"><a href="?page=2">Next</a><span>1 of 4</span><a href="?page=4">Oldest</a></div>
<aside class="dcr-newsletter"><h3>Sign up to First Edition</h3><p>Free daily newsletter. Our morning email breaks down the key stories of the day, telling you what is happening and why it matters.</p><p>Privacy Notice: Newsletters may contain information about charities and online ads.</p></aside>
<section class="dcr-explore"><h2>Explore more on these topics</h2><ul><li><a href="/t">Flooding</a></li><li><a href="/t">Dams</a></li></ul><a href="/reuse">Reuse this content</a></section>
<section id="most-viewed"><h2>Most viewed</h2><ol><li><a href="/1">Ten of the best soups for a cold evening</a></li></ol></section></main>
<footer><p>Original reporting and incisive analysis, direct to you every morning</p><p>© 2024 News and Media Limited or its affiliated companies. All rights reserved.</p></footer></body></html>"""


def magazine(s: Story) -> str:
    parts = body(
        s,
        p='<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8"><p class="css-at9mc1 evys1bk0">{}</p></div></div>',
        h='<h2 class="css-13o6u42 eoo0vm40">{}</h2>',
    )
    letter = '<div class="css-nl StoryBodyCompanionColumn" data-testid="newsletter-signup"><div role="region" aria-label="newsletter signup"><h3>The Morning Letter</h3><p>Make sense of the news and ideas of the day. Delivered to your inbox.</p><button>Get it sent to your inbox.</button></div></div>'
    return f"""<!DOCTYPE html><html lang="en"><head><title>{esc(s.title)} - {esc(s.outlet)}</title><script type="application/ld+json">{json.dumps([{"@type": "NewsArticle", "headline": s.title, "datePublished": s.published + "T09:00:23.000Z", "author": [{"@type": "Person", "name": s.author}], "publisher": {"@id": "#publisher", "name": s.outlet}, "inLanguage": "en"}])}</script></head>
<body><div id="app"><div><header class="css-masthead"><a href="#site-content">Skip to content</a><button>Sections</button><a href="/subscribe">Subscribe for 1 a week</a><button>Log in</button></header>
<main id="site-content"><div><article id="story" class="css-1vxca1d e1lmdhsb0"><div id="top-wrapper"><div class="ad top-ad"><p>Advertisement</p><a href="#after-top">SKIP ADVERTISEMENT</a></div></div>
<header class="css-header"><p class="css-kicker">World</p><h1 data-testid="headline">{esc(s.title)}</h1><div data-testid="share-tools"><ul><li><button>Share full article</button></li><li><span>87</span></li></ul></div>
<div class="css-image"><figure><img alt=""><figcaption><span>Volunteers with shovels.</span><span class="css-credit">Credit...<span>Ana Pell for the Magazine</span></span></figcaption></figure></div>
<div class="css-byline"><p itemprop="author">By <span>{esc(s.author)}</span></p></div><time datetime="{s.published}T05:00:23-04:00"><span>Published {s.published}</span></time></header>
<section name="articleBody" class="meteredContent css-1r7ky0e">{between(parts, (2, letter), (4, '<div class="css-ad"><p>Advertisement</p><a href="#a">SKIP ADVERTISEMENT</a></div>'))}</section>
<div class="bottom-of-article"><div class="css-bio"><p><a href="/by/x">{esc(s.author)}</a> covers rivers and the people who live by them. <a href="/by/x">More about {esc(s.author)}</a></p></div>
<div class="css-print"><p>A version of this article appears in print on Section A, Page 4 of the City edition with the headline: Water. <a href="/r">Order Reprints</a> | <a href="/t">Today's Paper</a> | <a href="/s">Subscribe</a></p></div></div></article></div>
<div id="bottom-sheet-sensitive"><h2>Related Content</h2><div><h3>More in World</h3><ul><li><a href="/1"><p>Border post reopens after two years</p></a></li></ul></div><div><h3>Trending in the Magazine</h3><ul><li><a href="/2"><p>The quiet return of the typewriter</p></a></li></ul></div></div></main>
<div id="dock-container"><p>Thanks for reading. Subscribe to go on with unlimited access.</p></div><footer><nav><h2>Site Information Navigation</h2><ul><li><a href="/c">© 2024 The Magazine Company</a></li><li><a href="/w">Work with us</a></li></ul></nav></footer></div></div></body></html>"""


def agency(s: Story) -> str:
    count = iter(range(999))
    parts = [
        part.replace("@", str(next(count)), 1)
        for part in body(
            s,
            p='<div class="article-body__element__2p5pI" data-testid="paragraph-@"><div class="text__text__1FZLe text__dark-grey__3Ml43 body__base__22dCE">{}</div></div>',
            h='<h2 data-testid="Heading">{}</h2>',
        )
    ]
    points = "".join(f'<li class="summary__point">{esc(point)}</li>' for point in s.points)
    return f"""<html lang="en"><head><title>{esc(s.title)} | {esc(s.outlet)}</title><meta name="article:author" content="{esc(s.author)}"><meta name="author" content="{esc(s.author)}"><meta property="og:article:published_time" content="{s.published}T11:15:02Z"><meta property="article:published_time" content="{s.published}T11:15:02Z"><meta property="og:site_name" content="{esc(s.outlet)}"></head>
<body><div id="fusion-app"><a href="#main-content">Skip to main content</a><a href="/ad">Exclusive news, data and analytics for professionals</a><header class="site-header__header"><nav><ul><li><a href="/world">World</a></li><li><a href="/markets">Markets</a></li><li><button>My View</button></li></ul></nav><button>Learn more about us</button></header>
<main id="main-content"><article data-testid="Article" class="article__container"><div class="article-header"><nav aria-label="breadcrumb"><a href="/world">World</a></nav><h1 data-testid="Heading">{esc(s.title)}</h1><div><a rel="author">By {esc(s.author)}</a></div><time datetime="{s.published}T11:15:02Z"><span>{s.published}</span><span>11:15 AM UTC</span><span>Updated 2 hours ago</span></time><div class="toolbar"><button>Text</button><ul><li>Small Text</li><li>Medium Text</li><li>Large Text</li></ul><button>Share</button></div></div>
<div class="summary"><h2>Summary</h2><ul>{points}</ul></div>
<div class="article-body__content__17Yit">{between(parts, (3, '<div data-testid="ad"><span>Advertisement · Scroll to continue</span></div>'), (5, '<div data-testid="promo-box"><span>The Daily Briefing newsletter provides all the news you need to start your day. Sign up </span><a href="/n">here</a>.</div>'))}
<div class="sign-off"><p data-testid="SignOff">Reporting by {esc(s.author)}; Editing by Rolf Hale and Ines Okoro</p></div><p>Our Standards: <a href="/trust">The Agency Trust Principles.</a><span>, opens new tab</span></p></div>
<div class="tags"><span>Suggested Topics:</span><ul><li><a href="/d">Disasters</a></li></ul></div><button>Purchase Licensing Rights</button></article>
<div data-testid="ReadNext"><h2>Read Next</h2><ul><li><h3><a href="/1">Oil slips as traders weigh supply outlook</a></h3><time>1 hour ago</time></li></ul></div></main>
<footer><p>The Agency is the news and media division of a larger group, and reaches readers worldwide every day.</p><p>All quotes delayed a minimum of 15 minutes.</p></footer></div></body></html>"""
