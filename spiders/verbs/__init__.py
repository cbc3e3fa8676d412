"""What our verbs do with what is stored. Their options and what they print are `spiders.commands`."""
