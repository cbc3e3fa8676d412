"""Where what strangers wrote may show: the name of a file, a log, a terminal, a row of the store; no secret in any."""
