"""The keys of the log and of those who watch it: its own secret key, and the policy that says whom to trust."""

from __future__ import annotations

from chassis.settings import NotConfigured, Settings
from services.audit.standing import Standing, Witness
from services.audit.tlog.notes import LOG, WITNESS, Key, NotAKey, Signer

KEY = "audit-log.key"  # in the folder of keys
POLICY = "policy"  # beside the published log
MAKE_ONE = "`renkei audit keygen` makes one"


def signer(settings: Settings) -> Signer | None:
    """The key of the log. In production there has to be one; elsewhere a log without a key is kept, and not published.

    Raises NotConfigured.
    """
    file = settings.keys / KEY
    try:
        found = Signer.read(file.read_text())
    except FileNotFoundError:
        if settings.environment == "production":
            raise NotConfigured(f"The audit log has no key: {file} is not there. {MAKE_ONE}.") from None
        return None
    except (OSError, NotAKey) as error:
        raise NotConfigured(f"The key of the audit log cannot be read: {file}: {error}") from None
    if found.type != LOG:
        raise NotConfigured(f"{file} holds the key of a witness, not of a log. {MAKE_ONE}.")
    return found


def standing(settings: Settings) -> Standing:
    """Those witnesses of the policy that say where they are asked. Raises NotConfigured."""
    if settings.audit_log is None:
        return Standing(())
    file = settings.audit_log / POLICY
    try:
        lines = [line.split() for line in file.read_text().splitlines()]
        found = [
            Witness(Key.read(line[2]), line[3])
            for line in lines
            if line[:1] == ["witness"] and len(line) == 4
        ]
    except FileNotFoundError:
        return Standing(())
    except (OSError, NotAKey) as error:
        raise NotConfigured(f"The policy of the audit log cannot be read: {file}: {error}") from None
    if any(witness.key.type != WITNESS for witness in found):
        raise NotConfigured(f"{file} names a witness with the key of a log")
    return Standing(found)
