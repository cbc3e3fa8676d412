"""Where known sites put things on a page: one file a site, loaded by `extractors.registry` when a page of it comes."""
