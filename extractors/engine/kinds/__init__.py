"""Pages that are no article: what they say, how they are made, and what speaks for and against."""
