# ruff: noqa: E501
"""Six further kinds of news site: a ministry, an old table layout, AMP, a reader-mode copy, a web app, a local paper."""

from __future__ import annotations

import json

from site_templates import Story, between, body, esc


def ministry(s: Story) -> str:
    return f"""<!DOCTYPE html><html lang="en" dir="ltr" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8"/><meta name="dcterms.date" content="{s.published}"/><meta property="og:site_name" content="{esc(s.outlet)}"/><meta property="article:published_time" content="{s.published}T12:00:00+01:00"/><meta name="author" content="{esc(s.author)}"/><title>{esc(s.title)} | {esc(s.outlet)}</title></head>
<body class="path-node page-node-type-press-release"><div class="gov-banner"><p>An official website of the government</p><button>Here is how you know</button></div>
<div id="block-eu-cookie-compliance" class="eu-cookie-compliance-banner"><h2>Cookies on this website</h2><p>We use essential cookies to make this website work. We would like to set additional cookies to understand how you use it.</p><button>Accept additional cookies</button><button>Reject additional cookies</button></div>
<header role="banner"><div class="region-header"><form class="search-block-form"><label>Search</label><input type="search"></form><nav class="menu--main"><ul><li><a href="/m">Ministry</a></li><li><a href="/t">Topics</a></li><li><a href="/p">Press</a></li></ul></nav></div></header>
<div class="region region-breadcrumb"><ol><li>Home</li><li>Press</li><li>Press releases</li></ol></div>
<main role="main"><div class="layout-content"><div class="region region-content"><article class="node node--type-press-release node--view-mode-full"><h1 class="page-title"><span class="field field--name-title">{esc(s.title)}</span></h1>
<div class="field field--name-field-date">{s.published}</div><div class="field field--name-field-author">From: {esc(s.author)}</div>
<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{between(body(s))}</div>
<div class="field--name-field-contact"><h2>Press contact</h2><p>Press Office, Castle Square 1, Lorn. Telephone 0555 010 200. Lines are open from nine to five on weekdays.</p></div>
<div class="field--name-field-attachments"><h3>Downloads</h3><span class="file file--application-pdf"><a href="/r.pdf">Press release (PDF, 210 KB)</a></span></div>
<div class="addtoany_list"><a href="#">Share this page on Facebook</a><a href="#">Send by e-mail</a></div></article>
<div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes, this page is useful</button><button>Report a problem with this page</button></div></div></div>
<aside class="region-sidebar-second"><nav><h2>In this section</h2><ul><li><a href="/1">Speeches of the minister</a></li><li><a href="/2">Media accreditation</a></li></ul></nav></aside></main>
<footer><div class="region-footer"><p>All content is available under the open government terms, except where otherwise stated.</p><ul><li><a href="/a">Accessibility statement</a></li></ul></div></footer></body></html>"""


def table_layout(s: Story) -> str:
    text = "<br><br>\n".join(body(s, p="{}", h="<b>{}</b>", li="&#8226; {}<br>", ul="{}"))
    return f"""<HTML><HEAD><TITLE>{esc(s.outlet)}: {esc(s.title)}</TITLE><META NAME="date" CONTENT="{s.published}"><META NAME="author" CONTENT="{esc(s.author)}"></HEAD>
<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH=760 BORDER=0><TR><TD COLSPAN=3><IMG SRC="logo.gif" ALT="Logo"></TD></TR>
<TR><TD WIDTH=120 VALIGN=TOP BGCOLOR="#CCCCCC"><FONT SIZE=1><A HREF="index.html">Front Page</A><BR><A HREF="local.html">Local</A><BR><A HREF="region.html">Region</A><BR><A HREF="letters.html">Letters to the Editor</A><BR><A HREF="class.html">Classifieds</A><BR><A HREF="obits.html">Obituaries</A></FONT></TD>
<TD WIDTH=480 VALIGN=TOP><FONT SIZE=5><B>{esc(s.title)}</B></FONT><BR><FONT SIZE=2><I>By {esc(s.author)}</I></FONT><P>
<FONT FACE="Times">{text}</FONT><P><FONT SIZE=1><A HREF="mail.html">E-mail this story</A> | <A HREF="print.html">Printer-friendly version</A></FONT></TD>
<TD WIDTH=160 VALIGN=TOP><FONT SIZE=1><B>Weather</B><BR>Rain, 9 degrees<P><B>Today's Specials</B><BR><A HREF="ad1.html">Tyres at half price this week only</A><P><B>Poll</B><BR>Should the market move to Saturday?<BR><A HREF="v.html">Vote now</A></FONT></TD></TR>
<TR><TD COLSPAN=3 ALIGN=CENTER><FONT SIZE=1>Copyright 2004 by the publisher. No part of this page may be reprinted without permission.<BR>Best viewed at 800 x 600.</FONT></TD></TR></TABLE></BODY></HTML>"""


def amp(s: Story) -> str:
    return f"""<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{esc(s.title)}</title><script async src="v0.js"></script><style amp-custom>.x{{}}</style><script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebSite", "name": s.outlet}, {"@type": "NewsArticle", "headline": s.title, "datePublished": s.published + "T17:40:00+0200", "author": {"@type": "Person", "name": s.author}, "publisher": {"@type": "Organization", "name": s.outlet}}]})}</script></head>
<body><amp-sidebar id="sidebar" layout="nodisplay"><ul><li><a href="/">Start</a></li><li><a href="/v">Videos</a></li><li><a href="/g">Games and Puzzles</a></li></ul></amp-sidebar>
<amp-consent id="consent" layout="nodisplay"><div id="consent-ui"><p>We and our 812 partners store and access personal data, like browsing data or unique identifiers, on your device.</p><button>Accept all</button><button>Show purposes</button></div></amp-consent>
<header class="amp-header"><button on="tap:sidebar.toggle">Menu</button><a href="/app">Open in app</a></header>
<article class="amp-article"><h1>{esc(s.title)}</h1><p class="meta">{esc(s.author)} | {s.published} 17:40</p><amp-social-share type="email"></amp-social-share>
<amp-img src="a.jpg" alt="Boats"></amp-img><p class="caption">Boats tied up in the harbour (file picture: AFP)</p>
{between(body(s), (2, '<amp-ad type="doubleclick"><div fallback>Ad could not be loaded</div></amp-ad>'), (3, '<div class="inline-related"><span>See also</span><a href="/1">Six recipes that use up old bread</a></div>'), (5, '<div class="app-promo"><p>Get the latest alerts on your phone: download our app today.</p></div>'))}
</article><section class="amp-related"><h2>You may also like</h2><div><a href="/2"><h3>Astronomers spot a comet with two tails</h3></a></div><div><a href="/3"><h3>How to choose a mattress</h3></a></div></section>
<div class="taboola"><h4>From around the web</h4><p>Doctors are stunned by this simple trick for better sleep</p></div>
<footer><a href="/imprint">Imprint</a><a href="/ds">Data protection</a></footer></body></html>"""


def reader_mode(s: Story) -> str:
    return f"""<!DOCTYPE html><html lang="en" dir="ltr"><!--
 Page saved with SingleFile
 url: https://example.org/stories/{s.published}/a-story
 saved date: Tue Oct 15 2024 21:04:11 GMT+0200 (Central European Summer Time)
--><head><meta charset="utf-8"><title>{esc(s.title)}</title><meta name="viewport" content="width=device-width"></head><body class="light sans-serif loaded" style="--font-size:20px;">
<div class="container" style="--content-width:30em" dir="ltr"><div class="header reader-header reader-show-element"><a class="domain reader-domain" href="https://example.org/">example.org</a><div class="domain-border"></div><h1 class="reader-title">{esc(s.title)}</h1><div class="credits reader-credits">{esc(s.author)}</div><div class="meta-data"><div class="reader-estimated-time" dir="ltr">4-5 minutes</div></div></div><hr>
<div class="content"><div class="moz-reader-content reader-show-element"><div id="readability-page-1" class="page"><div>{between(body(s))}</div></div></div></div>
<div><div aria-owns="toolbar" class="reader-message"></div></div></div>
<div class="toolbar reader-toolbar"><div class="reader-controls"><button class="close-button" aria-label="Close Reader View"><span class="hover-label">Close Reader View</span></button><ul class="dropdown style-dropdown"><li><button><span>Text and layout</span></button></li><li class="dropdown-popup"><h2>Theme</h2><div>Light</div><div>Dark</div><div>Sepia</div></li></ul></div></div></body></html>"""


def web_app(s: Story) -> str:
    parts = body(
        s,
        p='<div class="sc-gKXOVf jRTLZD"><span class="sc-iBkjds">{}</span></div>',
        h='<div class="sc-hdr"><h3 class="sc-eDvSVe">{}</h3></div>',
        li="<li class='sc-li'><span>{}</span></li>",
    )
    quote = '<blockquote class="twitter-tweet"><p lang="en">Praying for everyone in the valley tonight.</p>— Some Fan (@somefan) <a href="https://t.example/1">March 4, 2024</a></blockquote>'
    return f"""<!DOCTYPE html><html lang="en-US"><head><title>{esc(s.title)}</title><script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": s.title, "datePublished": s.published, "author": [{"name": s.author, "@type": "Person"}], "publisher": {"@type": "Organization", "name": s.outlet}})}</script></head><body><div id="root"><div class="sc-bczRLJ nav"><div class="sc-a"><a href="/">Today</a></div><div class="sc-a"><a href="/w">Watch</a></div><div class="sc-a"><a href="/s">Scores</a></div><div class="sc-a">Sign In</div></div>
<div class="sc-ticker"><span>BREAKING</span><a href="/b">Strike talks collapse as deadline passes</a></div>
<div class="sc-layout"><div class="sc-main"><div class="sc-kicker">WORLD NEWS</div><h1 class="sc-title">{esc(s.title)}</h1><div class="sc-byline"><span>{esc(s.author)}</span><span>·</span><span>{s.published}</span><span>·</span><span>5 min read</span></div><div class="sc-share"><span>Copy Link</span><span>Flipboard</span><span>LinkedIn</span></div>
<div class="sc-body">{between(parts, (1, '<div class="sc-video"><span>NOW PLAYING</span><div>Drone footage shows flooded town</div><span>01:12</span></div>'), (2, quote), (4, '<div class="sc-cta"><span>Never miss a story</span><span>Get push alerts for the biggest news of the day on your device.</span><button>Turn on</button></div>'))}</div>
<div class="sc-poll"><h4>Was this article helpful?</h4><span>Yes</span><span>No</span></div></div>
<div class="sc-rail"><div class="sc-h">Up Next</div><div><a href="/1">Mayor of coastal city resigns over contracts</a></div><div><a href="/2">Scientists map the deepest cave in the alps</a></div><div class="sc-promo">Play the daily crossword and keep your streak alive.</div></div></div></div>
<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" role="dialog"><div id="onetrust-policy"><h2 id="onetrust-policy-title">We value your privacy</h2><div id="onetrust-policy-text">By clicking “Accept All Cookies”, you agree to the storing of cookies on your device to enhance site navigation, analyze site usage, and assist in our marketing efforts. <a href="/p">Cookie Notice</a></div></div><button>Cookies Settings</button><button>Reject All</button><button>Accept All Cookies</button></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{}}}}</script></body></html>"""


def local_paper(s: Story) -> str:
    parts = body(s, p="<p>{}</p>", h="<p><strong>{}</strong></p>")
    return f"""<!DOCTYPE html><html lang="en"><head><title>{esc(s.title)} | {esc(s.outlet)}</title><meta property="og:site_name" content="{esc(s.outlet)}"><meta property="og:title" content="{esc(s.title)}"><meta name="article:published_time" content="{s.published}T16:20:00"><meta property="article:published_time" content="{s.published}T16:20:00"><meta name="author" content="{esc(s.author)}"></head><body>
<div class="site-wrapper"><div class="subscription-bar">Subscribe today from only 3 for 3 months</div><header class="header"><ul class="nav-list"><li><a href="/news">News</a></li><li><a href="/whatson">What's On</a></li><li><a href="/property">Property</a></li><li><a href="/notices">Public Notices</a></li></ul></header>
<div class="article-wrap"><article class="article" itemscope itemtype="https://schema.org/NewsArticle"><h1 class="mar-article__headline" itemprop="headline">{esc(s.title)}</h1><ul class="mar-article__meta"><li>{s.published}</li><li class="mar-tag"><a href="/t">Environment</a></li></ul><div class="mar-author">By <a href="/a">{esc(s.author)}</a><span>@reporter</span><span>Senior Reporter</span></div>
<div class="mar-share"><a>Share</a></div><div class="mar-gallery"><span>3</span><img alt=""><p class="mar-image-caption">The riverside on Tuesday <span>(Image: Newsroom)</span></p></div>
<div class="article-body" id="subscription-content" itemprop="articleBody">{between(parts, (1, '<div class="dfp-ad"></div>'), (3, '<div class="mar-read-more"><h4>Read more</h4><ul><li><a href="/1">Bakery wins prize for sourdough loaf</a></li><li><a href="/2">Roadworks on the ring road from Monday</a></li></ul></div>'), (6, '<p><em>To sign up for our daily news bulletin, <a href="/b">click here</a>.</em></p>'))}</div>
<div class="mar-getinvolved"><h3>Get involved with the news</h3><p>Send your news and photos to our newsroom and we may print them.</p></div>
<div class="mar-ipso"><p>This website and associated newspapers adhere to the Press Standards Code of Practice. If you have a complaint about the editorial content which relates to inaccuracy or intrusion, then please contact the editor here.</p></div></article>
<div class="comments-wrapper" id="comments-anchor"><h4>Comments: Our rules</h4><p>We want our comments to be a lively and valuable part of our community. Please report any comments that break our rules.</p><p>Please log in or register to comment on this article.</p><div class="comment-item"><span>RiverRat</span><p>Told you so, the drains have not been cleaned for years round here.</p></div></div>
<div class="mar-recommended"><h3>Recommended for you</h3><div class="card"><a href="/3"><h4>Nine garden jobs for early spring</h4></a></div></div></div>
<footer class="footer"><p>Our titles have been serving the county since 1868.</p><ul><li><a href="/c">Contact Us</a></li><li><a href="/m">Manage cookies</a></li></ul></footer></div></body></html>"""
