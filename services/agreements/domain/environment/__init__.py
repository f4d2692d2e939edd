"""What the city provides to those who work with it, by its catalogue (GL5-05).

commands   what people can ask
requests   asked for, granted, refused
state      what decisions about requests need to know
"""
