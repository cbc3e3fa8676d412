"""t-online.de."""

from extractors.site import Label, Site


class TOnline(Site):
    domains = ("t-online.de",)
    body = '[data-testid^=ArticleBody] [data-testid="StageLayout.StreamItem"] > :is(p, h3, ul, ol, blockquote)'
    authors = "::data(author)"
    noise = {
        '[data-testid="StageLayout.StreamItem"]:not(:has(> p:not(.font-bold)) ~ *) > p.font-bold': Label.STANDFIRST,
        '[data-testid="StageLayout.StreamItem"] > h2:has(> span:first-child + div)': Label.HEADLINE,
        '[data-testid="StreamLayout.Companion"]': Label.NAV,
    }
