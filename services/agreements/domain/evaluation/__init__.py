"""Evaluating: criteria locked first, nobody with a conflict, blind until concluded, enough who score (GL4-4, GL5-01).

commands   what people can ask
opening    what is locked, and by whom a case may be weighed
criteria   what all proposals to a theme are weighed by, where the theme published none
scoring    scores, who takes no part, the total
state      what decisions about an evaluation need to know
"""
