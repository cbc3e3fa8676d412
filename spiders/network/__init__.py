"""What goes over the network and what may not: addresses refused, sockets watched, answers bounded and whole."""
