"""The procurement gate: what costs the city money, or has rivals to be treated alike, goes by the rules for contracts.

commands        what people can ask, and who of them
state           what is known of a procurement, and how each fact changes it
gate            opening it, and giving it up
method          how the contractor is found, and on what legal ground (V02, V03)
splitting       orders that together come to more than one of them may (V04)
specification   what is procured, without the idea unless its proposer consents (GL5-04)
fiscal          fiscal years, and the budget for each (V05)
award           who gets the contract, and what that opens the way to (V01)
paying          payments, and claims to rights in what was proposed (V28, V29)
deciding        which of these answers which command
"""
