"""Who wrote an article: where its page says so, and which of the words there are names."""
