"""ilanganews.co.za."""

from extractors.site import Label, Site


class Ilanga(Site):
    domains = ("ilanganews.co.za",)
    body = ".et_pb_post_content"
    byline = ".et_pb_post_content > p:first-child:has(> strong:only-child)"
    noise = {".et_pb_post_content > figure + p > strong:only-child": Label.CAPTION}
