"""mk.co.kr: Maeil Business Newspaper."""

from extractors.site import Site


class MaeilBusiness(Site):
    domains = ("mk.co.kr",)
    body = "[itemprop=articleBody] > p, [itemprop=articleBody] > .border_org"
    standfirst = ".midtitle_text"
