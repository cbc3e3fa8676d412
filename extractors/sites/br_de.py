"""br.de: BR24, Bayerischer Rundfunk."""

from extractors.site import Label, Site


class Br(Site):
    domains = ("br.de",)
    body = "#articlebody > [class*=ArticleModuleText] > div > :is(p, h2), #articlebody > section > div > ul > li"
    authors = "::data(author)"
    noise = {
        "#articlebody p:has(> em + a[href*=newsletter])": Label.NEWSLETTER,
        '#articlebody p > em:lexbor-contains("Mit Informationen")': Label.CONTRIBUTORS,
    }
