"""The terminal: a thin face that reads a command line, calls what does the work, and shows the answer."""
