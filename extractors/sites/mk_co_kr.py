"""mk.co.kr: Maeil Business Newspaper."""

from extractors.site import Label, Site


class MaeilBusiness(Site):
    domains = ("mk.co.kr",)
    body = "[itemprop=articleBody]"
    standfirst = ".midtitle_text"
    noise = {".border_org": Label.CROSSHEAD}
