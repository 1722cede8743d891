# SPDX-License-Identifier: Apache-2.0
#
# lock.py JOURNAL SECONDS: keeps a journal locked for writing, as another program may.
import sqlite3
import sys
import time

journal = sqlite3.connect(sys.argv[1], isolation_level=None)
journal.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
journal.execute("ROLLBACK")
