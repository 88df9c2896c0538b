"""server.py, except that what pages count is joined from the ledger each time they ask."""

import os

from data import editions
from tests.bench.live_edition import live_edition

if __name__ == "__main__":
    editions.open_edition = live_edition
    from server import app

    app.run(config={"server.port": int(os.environ["CAKUPAN_PORT"])})
