"""The site's settings for tests: the defaults, and a folder that goes when the tests are done.

Nothing of a site on this machine is read or changed. Only POLYLECT_DATABASE_URL is taken from outside, for runs on
PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

for _name in [name for name in os.environ if name.startswith("POLYLECT_") and name != "POLYLECT_DATABASE_URL"]:
    del os.environ[_name]
os.environ["POLYLECT_DATA"] = tempfile.mkdtemp(prefix="polylect-tests-")
atexit.register(shutil.rmtree, os.environ["POLYLECT_DATA"], ignore_errors=True)

from polylect_web.settings import *  # noqa: E402, F403 (after the folder is named)
