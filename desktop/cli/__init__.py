"""The command line: thin, calls actions."""
