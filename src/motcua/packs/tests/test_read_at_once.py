"""The first packs a process reads may be asked for by many at once."""

import json
import subprocess
import sys

from motcua.packs.operations.publishing import SHIPPED
from motcua.packs.queries.folders import read_folder

ASKING = """
import json, sys
from threading import Barrier, Thread
from motcua.packs.rules.document import pack_from
sys.setswitchinterval(1e-6)
document, together = json.load(sys.stdin), Barrier(8)
def read():
    together.wait()
    pack_from(document, version="1")
threads = [Thread(target=read) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_eight_threads_that_read_the_first_pack_at_once_all_live():
    document = json.dumps(read_folder(SHIPPED / "1.004873").document)
    for _ in range(3):
        asked = [sys.executable, "-c", ASKING]
        done = subprocess.run(asked, input=document, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
