"""Pages to judge the extractors by: where they are kept, and how right a body is."""
