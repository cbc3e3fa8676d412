"""When an article was published and modified: dates printed, written for machines and hidden on its page, compared."""
