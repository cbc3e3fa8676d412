"""What class names and ids hint at. Hints are whole tokens, they only weigh, and never remove anything by themselves.

Hashed class names (`sc-1x2y`, `css-9ab`) have no tokens that stand here, so they say nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extractors.article import Label

_TOKENS: dict[Label, str] = {
    Label.CAPTION: "caption captions figcaption legend imagecaption cutline bildunterschrift",
    Label.CREDIT: "credit credits copyright photocredit imagecredit bildnachweis photographer",
    Label.RELATED: """related recommended recommendations recommendation recirc recirculation readmore trending popular
        outbrain taboola teaser teasers mostread mostpopular relacionadas relacionados correlati lesen
        morefrom alsoread seealso carousel slider relatedposts onward upnext zergnet ligatus plista""",
    Label.PROMO: "promo promos promotion promobox cta upsell donate donation membership appeal merch",
    Label.NEWSLETTER: "newsletter newsletters subscribe subscription signup mailchimp optin subscribebox mailing",
    Label.SOCIAL: "share sharing shares social socials sharedaddy addthis addtoany shareaholic followus sharebar",
    Label.COMMENTS: """comment comments disqus commentlist respond talkback talkbacks livefyre coral fbcomments
        kommentare""",
    Label.AD: """ad ads advert adverts advertisement advertising adsbygoogle sponsor sponsored sponsors dfp adslot
        adunit adbox adcontainer publicidad publicite anzeige werbung reklama gpt affiliate""",
    Label.NAV: """breadcrumb breadcrumbs menu menus nav navigation navbar pagination pager sidebar toolbar tags taglist
        keywords topics toc sitemap skip tools utility postmeta tagcloud masthead""",
    Label.LEGAL: "disclaimer cookie cookies gdpr consent privacy footer colophon imprint",
    Label.AUTHOR_BIO: "bio biography authorbox authorbio aboutauthor",
    Label.BYLINE: "byline bylines author authors autor auteur writer contributor",
    Label.TIMESTAMP: "date dates timestamp datetime pubdate publishdate published updated modified dateline",
    Label.PLAYER: "player video videos audio podcast jwplayer brightcove vjs",
    Label.STANDFIRST: """standfirst strapline dek deck subtitle subheadline subheading lead lede intro summary excerpt
        abstract chapo sottotitolo vorspann untertitel leadtext anriss einleitung synopsis entradilla bajada sumario""",
    Label.KICKER: """kicker eyebrow overline topline roofline dachzeile oberzeile vorzeile spitzmarke dachtitel
        obertitel antetitulo pretitulo volanta surtitre occhiello sopratitolo chapeu nadtytul supertitle overtitle""",
    Label.HEADLINE: "headline title titel titulo titre titolo",
    Label.COMMENT_POLICY: "commentpolicy",
    Label.TECH: "srt noprint visuallyhidden sronly",
}
_PAIRS: dict[Label, str] = {
    Label.RELATED: """read-more more-from also-read read-also see-also most-read most-popular more-stories you-may
        may-like up-next more-on in-diesem more-news next-article further-reading link-list linked-story""",
    Label.AUTHOR_BIO: "author-box author-bio about-author author-info author-profile author-description post-author",
    Label.STANDFIRST: """sub-title sub-headline sub-heading article-summary article-intro teaser-text article-teaser
        news-teaser""",
    Label.BYLINE: "by-line article-author",
    Label.CAPTION: "image-text photo-text img-text",
    Label.COMMENTS: "comment-list comments-area comment-form comment-section",
    Label.COMMENT_POLICY: "comment-policy",
    Label.SOCIAL: "follow-us",
    Label.NAV: "entry-meta post-meta article-meta entry-footer post-footer article-footer article-tags",
    Label.TECH: "a11y-hidden sr-only screen-reader visually-hidden is-hidden u-hidden",
}
_BODY_TOKENS = frozenset(
    """articlebody storybody articletext articlecontent storytext postbody bodytext bodycopy storycontent entrycontent
    postcontent maincontent textbody artikeltext articolo cuerpo""".split()
)
_BODY_PAIRS = frozenset(
    """article-body story-body article-text article-content entry-content post-content post-body body-text body-copy
    story-content story-text content-body articles-body text-body rich-text article-main body-content main-content
    content-text article-copy body-article news-text news-body news-content artikel-text single-content""".split()
)
_HIDDEN = frozenset({"hide", "hidden"})  # whole names: `label-hidden` speaks of a label, `hidden-xs` of small screens
STANDFIRST_NAMES = ("standfirst", "strapline", "chapo", "vorspann", "entradilla", "bajada", "sottotitolo", "untertitel")
CROSSHEAD_NAMES = ("subhead", "crosshead", "crosshed", "intertit", "zwischentitel", "zwischenueberschrift", "ladillo")
HINTS: dict[str, Label] = {token: label for label, words in _TOKENS.items() for token in words.split()}
HINTS |= {pair: label for label, words in _PAIRS.items() for pair in words.split()}

_SPLIT = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ABSURD = 4_000  # characters of the names of one element
NONE: frozenset[Label] = frozenset()


@lru_cache(maxsize=8192)
def hints_of(names: str) -> tuple[frozenset[Label], bool]:
    """Tell which labels the class names and ids of one element hint at, and whether they name an article's body.

    >>> hints_of("ImageCaption"), hints_of("header-shadow download")
    ((frozenset({<Label.CAPTION: 'caption'>}), False), (frozenset(), False))
    """
    if len(names) > _ABSURD:
        hints_of.cache_clear()  # which holds what it is asked for: no more than one such list of names
    found, body = NONE, False
    for name in names[:400].split():
        hints, is_body = _hints_of_name(name)
        if hints:
            found |= hints
        body = body or is_body
    return _shared(found, body)


@lru_cache(maxsize=16384)
def _hints_of_name(name: str) -> tuple[frozenset[Label], bool]:
    lower = name.lower()
    if lower != name:
        lower = _CAMEL.sub("-", name).lower()
    tokens = [t for t in _SPLIT.split(lower) if t]
    pairs = [f"{a}-{b}" for a, b in pairwise(tokens)]
    joined = "".join(tokens)
    found = frozenset(HINTS[t] for t in (*tokens, *pairs, joined) if t in HINTS)
    if lower in _HIDDEN or tokens[-1:] == ["vh"]:
        found |= {Label.TECH}
    return _shared(found or NONE, joined in _BODY_TOKENS or not _BODY_PAIRS.isdisjoint(pairs))


@lru_cache(maxsize=1024)
def _shared(found: frozenset[Label], body: bool) -> tuple[frozenset[Label], bool]:
    """Return one object for all names that say the same: they are many, and what they say is little."""
    return found, body
