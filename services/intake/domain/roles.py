"""Who may ask for what at the window."""

from contracts.actors import Role

PROPOSER = frozenset({Role.PROPOSER})
PROPOSER_OR_WINDOW = frozenset({Role.PROPOSER, Role.WINDOW})
WINDOW = frozenset({Role.WINDOW})
WINDOW_HEAD = frozenset({Role.WINDOW_HEAD})
OFFICE = WINDOW | WINDOW_HEAD
SECTION = frozenset({Role.SECTION})
SERVICE = frozenset({Role.SERVICE})
TIMER = frozenset({Role.TIMER})
