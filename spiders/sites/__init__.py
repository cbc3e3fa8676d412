"""Where each site lists its articles, one file a site, as plain data; its pages are read by `extractors.sites`."""
