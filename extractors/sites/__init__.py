"""Where known sites put things on a page: one file a site, loaded when a page of its host comes (`extractors.site`)."""
