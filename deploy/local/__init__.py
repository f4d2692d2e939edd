"""The local stack: the engines of production, embedded, and one supervisor that runs the services on them."""

SERVICES = ("intake", "screening", "matching", "agreements", "audit", "publication")
"""Every service of the system, in the order in which people meet them."""

PUBLISHERS = ("intake", "screening", "matching", "agreements", "publication", "audit")
"""The services that publish facts on a topic of their own."""

BEHIND = ("publication", "audit")
"""The services that take what others have told: nobody who submits waits for them."""
