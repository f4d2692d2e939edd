from chassis.start import start

start(__package__)
