"""faktencheck.afp.com."""

from extractors.site import Site


class AfpFaktencheck(Site):
    domains = ("faktencheck.afp.com",)
    body = ".field--name-body > :is(p, h2, h3), .field--name-body > ul > li"
    authors = ".list-informations .person-link"
