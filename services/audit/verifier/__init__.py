"""Verifies a published log from outside: shares no code with what writes it, and needs the standard library only.

The same files, one after another, are `verify.py` of an evidence bundle (`single_file.py` puts them together).
"""
