# SPDX-License-Identifier: GPL-3.0-or-later
from .station import crew, crew_aboard, ports
from .stocks import stocks,fans
