"""What the log is made of, in the open formats of C2SP: pure, and used by whoever writes.

tree      hashes, how the tree grows, which of its hashes prove what
tiles     the files of a log: their names, their bytes
notes     keys, signed checkpoints, cosignatures
entries   what an entry says of a fact

`services/audit/verifier` reads the same formats and shares nothing with these modules: who verifies repeats no mistake.
"""
