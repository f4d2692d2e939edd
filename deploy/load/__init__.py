"""The load that the system carries with it: whole cases at a fixed rate, and a journal of every answer."""
