"""The vital signs of a site: what is kept of each page (`vital`), what may be odd in it (`signs`), and since when.

`judgement` compares a site with its own past by the tests of `chance`; `Store` keeps the signs beside the articles.
"""
