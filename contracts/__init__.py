"""What is published: every fact, once, in the words of the guideline; its envelope; and who acted.

A subscriber in any language needs nothing of this package: `contracts/schemas/` and `contracts/asyncapi.yaml`
are generated from it and say the same.
"""
