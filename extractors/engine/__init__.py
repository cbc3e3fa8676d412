"""What works on a page of any site. It knows no site file; `extractors.extraction` says in which order it works."""
