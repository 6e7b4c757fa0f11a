# SPDX-License-Identifier: GPL-3.0-or-later
"""What the package needs: h5py, unless it is there under a name that pip doesn't know.

Debian 12 calls its h5py `h5py.-debian-h5py-serial`; pip would look for another one.
"""

import importlib.metadata
import importlib.util

from setuptools import setup


def is_hidden(module):
    """Whether the module can be imported, and pip doesn't know that it's there."""
    try:
        importlib.metadata.version(module)
    except importlib.metadata.PackageNotFoundError:
        return importlib.util.find_spec(module) is not None
    return False


needed = {"h5py": "h5py>=3.0", "numpy": "numpy>=1.19"}
setup(install_requires=[line for name, line in needed.items() if not is_hidden(name)])
