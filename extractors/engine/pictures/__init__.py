"""Pictures: which are the article's, their captions and credits, the addresses of their files."""
