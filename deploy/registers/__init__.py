"""`renkei screening import`: registers are brought up to date from files, after showing what would change."""

from deploy.registers.commands import import_register

__all__ = ["import_register"]
