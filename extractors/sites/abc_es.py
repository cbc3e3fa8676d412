"""abc.es and its regional editions."""

from datetime import date

from extractors.site import Label, Site


class Abc(Site):
    domains = ("abc.es",)
    since = date(2025, 6, 1)
    body = ".v-d :is(.v-d-p, .v-cmp-suh)"
    noise = {".v-cmp-rld": Label.RELATED}
