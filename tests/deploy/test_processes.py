"""What a process of the stack is given on its way."""

import os
import sys
from pathlib import Path

import psutil
import pytest

from deploy.local.process import Process
from tests.waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked in the way of Linux")


@pytest.mark.parametrize(("patient", "more"), [(True, 5), (False, 0)])
async def test_others_go_before_whoever_is_patient(tmp_path: Path, patient: bool, more: int) -> None:
    waiting = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]
    process = Process(waiting, tmp_path / "log", patient=patient)
    process.start()
    try:
        assert await until(lambda: "here" in (tmp_path / "log").read_text(), 30)
        assert psutil.Process(process.pid).nice() == min(19, os.nice(0) + more)
    finally:
        await process.kill()
