"""How a site is treated: who we say we are, how long a host is left alone, what need not be sent again."""
