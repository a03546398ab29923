"""What a served page remembers of those who use it."""

import json
import subprocess
import sys
from pathlib import Path

from ui.chat.sessions import CALLS_KEPT

SERVED = Path(__file__).with_name("served_sessions.py")


def test_calls_of_programs_neither_pile_up_nor_drive_out_an_open_page() -> None:
    ran = subprocess.run([sys.executable, SERVED], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    made = json.loads(ran.stdout.splitlines()[-1])
    assert made["answered"] == 1
    assert made["page_kept"]
    assert made["sessions"] == CALLS_KEPT + 1
    assert made["waiting"] < 4 * CALLS_KEPT
