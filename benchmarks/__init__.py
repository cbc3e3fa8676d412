"""The commands behind every figure in the README; `peers` is the one to run. Nothing here is needed to crawl."""
