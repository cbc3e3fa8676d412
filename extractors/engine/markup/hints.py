"""What class names and ids hint at. Hints are whole tokens, they only weigh, and never remove anything by themselves.

The words are those that papers of many countries name parts of their pages after; none is the name of one site.
Hashed class names (`sc-1x2y`, `css-9ab`) have no tokens that stand here, so they say nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, product

from extractors.article import Label

_TOKENS: dict[Label, str] = {
    Label.CAPTION: """caption captions figcaption legend imagecaption cutline bildunterschrift bildtext bildetekst
        billedtekst bijschrift fotobijschrift onderschrift kuvateksti legende legenda leyenda didascalia piefoto""",
    Label.CREDIT: """credit credits copyright photocredit imagecredit bildnachweis photographer bildquelle bildrechte
        bildcredit fotocredit fotograf fotografo""",
    Label.RELATED: """related recommended recommendations recommendation recirc recirculation readmore trending popular
        outbrain taboola teaser teasers mostread mostpopular relacionadas relacionados correlati lesen
        morefrom alsoread seealso carousel slider relatedposts onward upnext zergnet ligatus plista
        similar recommend relacionada relacionado recomendado recomendados recomendadas recomendamos verwandt verwandte
        weiterlesen meistgelesen empfehlung empfehlungen leesook leesmeer relaterad relaterade relatert relaterte
        relateret relaterede souvisejici kapcsolodo podobne ilgili terkait""",
    Label.PROMO: "promo promos promotion promobox cta upsell donate donation membership appeal merch popup modal",
    Label.NEWSLETTER: """newsletter newsletters subscribe subscription signup mailchimp optin subscribebox mailing
        boletin boletines nieuwsbrief nyhetsbrev nyhedsbrev infolettre suscripcion suscribete assine iscriviti""",
    Label.SOCIAL: """share sharing shares social socials sharedaddy addthis addtoany shareaholic followus sharebar
        rss sns bookmark bookmarks bookmarking sociable sharethis shariff heateor feedflare likes likebox
        tweetmeme retweet compartir compartilhar compartilhe partage partager condividi condivisione teilen delen dela
        deling sdilet sdileni udostepnij paylas bagikan""",
    Label.COMMENTS: """comment comments disqus commentlist respond talkback talkbacks livefyre coral fbcomments
        kommentare leserkommentare comentarios comentar commentaires commenti reacties kommentarer kommentarfelt
        komentarze komentare komentari komentarji yorumlar diskuze diskusia comentarii""",
    Label.AD: """ad ads advert adverts advertisement advertising adsbygoogle sponsor sponsored sponsors dfp adslot
        adunit adbox adcontainer publicidad publicite anzeige werbung reklama gpt affiliate
        banner banners adblock publicidade pubblicita anuncio anuncios annons reclame reklam reklame mainos inzerce
        iklan""",
    Label.NAV: """breadcrumb breadcrumbs menu menus nav navigation navbar pagination pager sidebar toolbar tags taglist
        keywords topics toc sitemap skip tools utility postmeta tagcloud masthead
        prev previous pagenav topbar toolbox login herramientas etiquetas schlagworte stitky tagi rootline ariane
        kruimelpad footer colophon""",
    Label.LEGAL: "disclaimer cookie cookies gdpr consent privacy imprint",
    Label.AUTHOR_BIO: """bio biography authorbox authorbio aboutauthor abouttheauthor autorenbox autorenprofil
        saboxplugin""",
    Label.BYLINE: """byline bylines author authors autor auteur writer contributor autores auteurs autoren autorin
        autore autori verfasser redakteur redattore journaliste forfatter forfattare skribent kirjoittaja yazar muhabir
        penulis""",
    Label.TIMESTAMP: """date dates timestamp datetime pubdate publishdate published updated modified dateline
        datepublished pubtime fecha fechas datum uhrzeit tarih publicerad uppdaterad""",
    Label.PLAYER: "player video videos audio podcast jwplayer brightcove vjs beyondwords poll encuesta umfrage",
    Label.STANDFIRST: """standfirst strapline dek deck subtitle subheadline subheading lead lede intro summary excerpt
        abstract chapo sottotitolo vorspann untertitel leadtext anriss einleitung synopsis entradilla bajada sumario
        subtitulo subtitular copete linhafina catenaccio soustitre inleiding perex ingress manchet underrubrik lid
        preamble""",
    Label.KICKER: """kicker eyebrow overline topline roofline dachzeile oberzeile vorzeile spitzmarke dachtitel
        obertitel antetitulo pretitulo volanta surtitre occhiello sopratitolo chapeu nadtytul supertitle overtitle
        cintillo overtittel""",
    Label.HEADLINE: "headline title titel titulo titre titolo",
    Label.COMMENT_POLICY: "commentpolicy",
    Label.TECH: "srt noprint visuallyhidden sronly screenreader",
}
_PAIRS: dict[Label, str] = {
    Label.RELATED: """read-more more-from also-read read-also see-also most-read most-popular more-stories you-may
        may-like up-next more-on in-diesem more-news next-article further-reading link-list linked-story
        more-link more-links link-more view-more more-articles more-posts latest-news latest-posts latest-articles
        recent-posts recent-articles top-stories other-stories other-news next-story might-like dont-miss
        zum-thema mehr-zum siehe-auch lees-ook lees-meer lire-aussi a-lire leia-mais leia-tambem veja-tambem saiba-mais
        te-puede puede-interesar te-interesa lea-tambien leer-mas ver-tambien mas-leidas mas-leidos mais-lidas
        leggi-anche les-ogsa las-ocksa mest-lest ctete-take czytaj-takze czytaj-dalej baca-juga bookmark-card
        embedded-content""",
    Label.AUTHOR_BIO: """author-box author-bio about-author author-info author-profile author-description post-author
        author-desc author-card author-block author-details author-about the-author sobre-autor autor-info autor-box""",
    Label.STANDFIRST: """sub-title sub-tit sub-headline sub-heading article-summary article-intro teaser-text
        article-teaser news-teaser linha-fina sous-titre""",
    Label.BYLINE: "by-line article-author",
    Label.TIMESTAMP: "posted-on publish-time",
    Label.CAPTION: """image-text photo-text img-text foto-text picture-text image-description photo-description
        image-desc photo-desc img-desc img-cap photo-cap pie-foto pie-de""",
    Label.CREDIT: """photo-source image-source figure-source picture-source foto-autor foto-quelle figure-attribution
        image-attribution photo-attribution""",
    Label.COMMENTS: "comment-list comments-area comment-form comment-section discussion-list",
    Label.COMMENT_POLICY: "comment-policy",
    Label.NEWSLETTER: "sign-up",
    Label.PROMO: "pop-up",
    Label.SOCIAL: "follow-us reseaux-sociaux redes-sociales",
    Label.NAV: """entry-meta post-meta article-meta entry-footer post-footer article-footer article-tags
        prev-next next-prev site-footer page-footer top-bar print-button print-link fil-ariane mots-cles palabras-clave
        palavras-chave""",
    Label.TECH: "a11y-hidden sr-only screen-reader visually-hidden is-hidden u-hidden print-only assistive-text",
}
_PARTS = """area article articles bar block bottom box boxes btn btns button buttons cont container content entry footer
    form group head header heading icon icons inner item items left link links list module news page panel post posts
    right row section slot space stories story thread title tool top unit widget wrap wrapper zone"""
_PICTURES = "figure foto gallery image img media photo pic picture video"
# What a name in lower case alone is put together of, a word and a part of the page before or behind it: `sharebox`.
_COMPOUNDS: tuple[tuple[Label, str, str], ...] = (
    (Label.SOCIAL, "share sharing social", _PARTS),
    (Label.RELATED, "related recommended similar trending", _PARTS),
    (Label.COMMENTS, "comment comments", _PARTS),
    (Label.NEWSLETTER, "newsletter subscribe subscription signup", _PARTS),
    (Label.AD, "ad ads advert sponsor banner", _PARTS),
    (Label.NAV, "nav menu breadcrumb breadcrumbs pagination sidebar tags tools", _PARTS),
    (Label.PROMO, "promo donate", _PARTS),
    (Label.CAPTION, "caption captions", _PICTURES),
    (Label.CREDIT, "credit credits copyright", _PICTURES),
)
_BODY_PAIRS = frozenset(
    """article-body story-body article-text article-content entry-content post-content post-body body-text body-copy
    story-content story-text content-body articles-body text-body rich-text article-main body-content main-content
    content-text article-copy body-article news-text news-body news-content artikel-text single-content entry-body
    story-copy article-bodytext article-fulltext artikel-inhalt artikel-body artikel-content artikel-tekst
    artikkel-tekst noticia-texto texto-noticia noticia-cuerpo cuerpo-noticia contenido-noticia content-noticia
    nota-texto texto-nota nota-cuerpo cuerpo-nota contenido-nota texto-articulo articulo-texto cuerpo-articulo
    contenido-articulo txt-articulo corpo-noticia conteudo-noticia texto-materia materia-texto testo-articolo
    corpo-articolo articolo-testo contenu-article corps-article article-corps texte-article article-texte
    content-articol tresc-artykulu text-clanku telo-clanku haber-metni""".split()
)
_BODY_TOKENS = {pair.replace("-", "") for pair in _BODY_PAIRS} | set(
    "textbody articolo cuerpo articlebodytext fulltext fullstory".split()
)
_HIDDEN = frozenset({"hide", "hidden"})  # whole names: `label-hidden` speaks of a label, `hidden-xs` of small screens
STANDFIRST_NAMES = tuple(
    "standfirst strapline dek chapo vorspann entradilla bajada sottotitolo untertitel catenaccio copete perex".split()
)
CROSSHEAD_NAMES = ("subhead", "crosshead", "crosshed", "intertit", "zwischentitel", "zwischenueberschrift", "ladillo")


def _hints() -> dict[str, Label]:
    hints = {token: label for label, words in _TOKENS.items() for token in words.split()}
    hints |= {pair: label for label, words in _PAIRS.items() for pair in words.split()}
    for pair, label in list(hints.items()):
        hints.setdefault(pair.replace("-", ""), label)
    for label, roots, parts in _COMPOUNDS:
        for root, part in product(roots.split(), parts.split()):
            hints.setdefault(root + part, label)
            hints.setdefault(part + root, label)
    return hints


HINTS = _hints()
_SPLIT = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# What a line looks like, in the names of style frameworks: `md:text-caption`, `font-utility-2`, `bg-nav`.
_LOOKS = ("font-", "bg-", "border-", "leading-", "text-")
_SCALE = frozenset("body caption lead overline subheadline subtitle utility".split())
_SLUG = 6  # tokens of a name that may be a sentence
_SLUG_WORDS = 2  # of them that names seldom have
_SMALL = frozenset(
    """a an and are as at by can do for from has have how in is it its of on or that the this to was we what when where
    which who why will with you your das dem den der des die ein eine für im ist mit und von wie zu au aux dans du est
    et la le les par pour que qui un une con de del el en es las los para por se y che di e gli il lo per da do em na
    o os um uma""".split()
)
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
    if _is_look(lower):
        return _shared(NONE, False)
    tokens = [t.rstrip("0123456789") or t for t in _SPLIT.split(lower) if t]  # `teaser3` is one of the teasers
    if len(tokens) >= _SLUG and sum(map(_SMALL.__contains__, tokens)) >= _SLUG_WORDS:
        return _shared(NONE, False)  # the anchor of a heading, in its words
    pairs = [f"{a}-{b}" for a, b in pairwise(tokens)]
    joined = "".join(tokens)
    found = frozenset(HINTS[t] for t in (*tokens, *pairs, joined) if t in HINTS)
    if lower in _HIDDEN or tokens[-1:] == ["vh"]:
        found |= {Label.TECH}
    return _shared(found or NONE, joined in _BODY_TOKENS or not _BODY_PAIRS.isdisjoint(pairs))


def _is_look(name: str) -> bool:
    """Tell a name that says how a line is set: in a colour, or as the captions of a type scale are."""
    name = name.rpartition(":")[2]
    if not name.startswith(_LOOKS):
        return name.endswith("text-with-summary")  # which a publishing system calls whatever holds text
    step = name[5:].partition("-")
    return name[0] != "t" or (step[0].rstrip("0123456789") in _SCALE and name != "text-body")


@lru_cache(maxsize=1024)
def _shared(found: frozenset[Label], body: bool) -> tuple[frozenset[Label], bool]:
    """Return one object for all names that say the same: they are many, and what they say is little."""
    return found, body
