"""mdr.de: Mitteldeutscher Rundfunk."""

from extractors.site import Label, Site


class Mdr(Site):
    domains = ("mdr.de",)
    body = ".paragraph > p, .paragraph > ul > li, .subtitle"
    noise = {
        ".mediaInfo": Label.CAPTION,
        ".paragraph > .quote": Label.TECH,  # repeats the story in other words
    }


class Mdr2026(Mdr):
    body = ".articlepage > p, .articlepage > h2, .articlepage > ul > li"
    headline = ".articlehead h1"
    standfirst = ".preface"
    byline = ".textauthor"
    noise = {".textauthor": Label.BYLINE}
