"""`python -m standpunt`: the command line."""

import sys

from standpunt.cli import main

sys.exit(main())
