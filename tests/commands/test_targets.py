"""cakupan.py targets prints what the page computes."""

import json
from datetime import date
from decimal import Decimal

import pytest

from analytics.attainment import target_rows
from analytics.compute import Scope
from data.editions import current_edition, publish
from data.home import Home
from tests.shell import run
