"""Notices: who is told of which fact, under which number, in which words.

plans      which fact leads to which notice, and what it says
parties    whom a case concerns, and how to reach them
issuing    a fact → the command that issues its notice
writing    an issued notice → the mail, when it is sent
"""

from services.intake.notices.issuing import reactions
from services.intake.notices.writing import mailed, writer

__all__ = ["mailed", "reactions", "writer"]
