"""A witness: a process apart from the log, with a key and a store of its own, which cosigns
what extends what it has seen.

deciding    what it answers
store       what it has seen, kept before it answers
server      the same over HTTP (C2SP tlog-witness)

It verifies by `services/audit/verifier`: but for its own signature it shares no code with the log that it watches.
"""
