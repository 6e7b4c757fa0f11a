# SPDX-License-Identifier: GPL-3.0-or-later
"""The version of the package, and of the format that it reads."""

VERSION = "0.1.0"

#: Files with this first number in their format_version are understood.
FORMAT_MAJOR = 1
