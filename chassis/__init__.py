"""What every service stands on: commands, event store, outbox, inbox, read models, deadlines, clock, telemetry.

No word of the domain stands in here.
"""
