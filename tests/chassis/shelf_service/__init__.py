"""The shelf as a service of its own process, for tests: `python -m tests.chassis.shelf_service all`."""
