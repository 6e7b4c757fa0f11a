#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does an isssim file keep the contract of the output format, and does it open?

Usage: check_file.py FILE...

Walks the whole file with h5py: types, attributes, scales, references, codes, flags.
Then opens every group with xarray (h5netcdf and netcdf4), and the file with ncdump.
Prints each problem; the exit code is 1 when there are any, 77 without the readers.
"""
import shutil
import subprocess
import sys
import warnings

try:
    import h5netcdf  # noqa: F401
    import h5py
    import netCDF4  # noqa: F401
    import numpy as np
    import xarray as xr
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

NO_TIME = np.iinfo(np.int64).min
NUMBERS = ("int8", "uint8", "int32", "int64", "uint64", "float64")
SPANS = ("days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds")
HEAD = ("Conventions", "filetype", "format_version", "isssim_version", "git_sha1",
        "git_dirty", "epoch", "seed", "rng", "complete")
# Attributes that HDF5's own dimension-scale library writes, in its own types.
SCALE_LIBRARY = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST"}


class Checker:
    """One file and what is wrong with it."""

    def __init__(self, path):
        self.path = path
        self.problems = []
        self.groups = []
        self.epoch_units = set()

    def complain(self, where, what):
        self.problems.append(f"{self.path}: {where}: {what}")

    def run(self):
        with h5py.File(self.path, "r") as file:
            self.head(file)
            self.group(file)
            if len(self.epoch_units) > 1:
                self.complain("/", f"several epochs: {sorted(self.epoch_units)}")
            for name in self.groups:
                for engine in ("h5netcdf", "netcdf4"):
                    self.reader(file[name], engine)
        self.ncdump()
        return self.problems

    def head(self, file):
        for name in HEAD:
            if name not in file.attrs:
                self.complain("/", f"no attribute {name}")
        if file.attrs.get("complete") != 1:
            self.complain("/", "not complete")
        if list(file.attrs.get("format_version", [])) != [1, 0]:
            self.complain("/", "another format version")
        if not str(file.attrs.get("filetype")).startswith("isssim/"):
            self.complain("/", "not an isssim file")

    def group(self, group):
        self.attributes(group)
        if any(isinstance(item, h5py.Dataset) for item in group.values()):
            self.groups.append(group.name)
        for name, item in group.items():
            link = group.get(name, getlink=True)
            if not isinstance(link, h5py.HardLink):
                self.complain(group.name, f"{name} is no plain link")
            if h5py.h5g.get_objinfo(item.id).mtime != 0:
                self.complain(item.name, "carries a time of modification")
            if isinstance(item, h5py.Group):
                self.group(item)
            elif isinstance(item, h5py.Dataset):
                self.dataset(item)
            else:
                self.complain(group.name, f"{name} is a {type(item).__name__}")

    def attributes(self, item):
        for name in item.attrs:
            if name in SCALE_LIBRARY:
                continue
            type_id = h5py.h5a.open(item.id, name.encode()).get_type()
            if not allowed(type_id):
                self.complain(item.name, f"attribute {name} is of a forbidden type")

    def dataset(self, data):
        self.attributes(data)
        if not allowed(data.id.get_type()):
            self.complain(data.name, f"forbidden type {data.dtype}")
            return
        if data.is_virtual or data.external:
            self.complain(data.name, "its values are in another file")
        if not data.attrs.get("long_name"):
            self.complain(data.name, "no long_name")
        self.scales(data)
        if h5py.check_string_dtype(data.dtype) is None:
            self.number(data)
        elif "units" in data.attrs:
            self.complain(data.name, "a text with units")
        elif data.shape != ():
            data.asstr()[...]

    def scales(self, data):
        if is_scale(data):
            if data.ndim != 1:
                self.complain(data.name, "a scale of several dimensions")
            return
        for index, dimension in enumerate(data.dims):
            if len(dimension) != 1:
                self.complain(data.name, f"{len(dimension)} scales in dimension {index}")
                continue
            scale = dimension[0]
            if scale.parent != data.parent:
                self.complain(data.name, f"its scale {scale.name} is in another group")
            if scale.shape[0] != data.shape[index]:
                self.complain(data.name, f"its scale {scale.name} is of another length")

    def number(self, data):
        units = data.attrs.get("units")
        if not units:
            self.complain(data.name, "no units")
            return
        if units in SPANS:
            self.complain(data.name, f"units {units} read as a time span")
        is_time = " since " in units
        if is_time:
            self.time(data, units)
        if "_FillValue" in data.attrs and not is_time:
            self.complain(data.name, "a _FillValue on something that is no time")
        if data.dtype == np.uint8:
            self.code(data)
        elif data.dtype == np.int8:
            if data.attrs.get("dtype") != "bool" or not np.isin(data[...], (0, 1)).all():
                self.complain(data.name, "an int8 that is no boolean")
        elif data.dtype == np.int32:
            self.reference(data)

    def time(self, data, units):
        self.epoch_units.add(units)
        if data.dtype != np.int64 or not units.startswith("microseconds since "):
            self.complain(data.name, "a time that is not int64 microseconds")
        if data.attrs.get("calendar") != "proleptic_gregorian":
            self.complain(data.name, "a time of another calendar")
        fill = data.attrs.get("_FillValue")
        if fill is None and (data[...] == NO_TIME).any():
            self.complain(data.name, "INT64_MIN without a _FillValue")
        if fill is not None and fill != NO_TIME:
            self.complain(data.name, f"_FillValue {fill}")

    def code(self, data):
        values = np.atleast_1d(data.attrs.get("flag_values", []))
        words = data.attrs.get("flag_meanings", "").split()
        if len(words) == 0 or len(values) != len(words) or values.dtype != data.dtype:
            self.complain(data.name, "codes without flag_values and flag_meanings")
        elif not np.isin(data[...], values).all():
            self.complain(data.name, "a code without a meaning")

    def reference(self, data):
        other = data.parent.parent.get(data.attrs.get("refers_to", ""))
        if not isinstance(other, h5py.Group):
            self.complain(data.name, "refers to no table")
            return
        rows = next(d.shape[0] for d in other.values()
                    if is_scale(d) and "copy_of" not in d.attrs)
        values = data[...]
        if ((values < -1) | (values >= rows)).any():
            self.complain(data.name, f"points outside {other.name}")

    def reader(self, group, engine):
        """Everything there must come, with times, booleans and texts as such."""
        try:
            with xr.open_dataset(self.path, engine=engine, group=group.name) as seen:
                seen.load()
        except Exception as error:  # whatever a reader throws is a finding
            self.complain(group.name, f"{engine}: {type(error).__name__}: {error}")
            return
        wanted = {name for name, item in group.items() if isinstance(item, h5py.Dataset)}
        if set(seen.variables) != wanted:
            self.complain(group.name, f"{engine} sees {sorted(seen.variables)}")
            return
        for name in wanted:
            data, found = group[name], seen[name]
            kind = wanted_kind(data)
            if found.shape != data.shape or found.dtype.kind not in kind:
                self.complain(data.name, f"{engine} reads {found.dtype}{found.shape}")

    def ncdump(self):
        if shutil.which("ncdump") is None:
            self.complain("/", "ncdump is missing")
            return
        done = subprocess.run(["ncdump", "-h", self.path], capture_output=True, text=True)
        if done.returncode != 0 or done.stderr:
            self.complain("/", f"ncdump: {done.stderr.strip()}")


def is_scale(item):
    return isinstance(item, h5py.Dataset) and h5py.h5ds.is_scale(item.id)


def allowed(type_id):
    """Plain little-endian numbers, and variable-length UTF-8."""
    if isinstance(type_id, (h5py.h5t.TypeEnumID, h5py.h5t.TypeCompoundID)):
        return False
    if isinstance(type_id, h5py.h5t.TypeStringID):
        return type_id.is_variable_str() and type_id.get_cset() == h5py.h5t.CSET_UTF8
    if not isinstance(type_id, (h5py.h5t.TypeIntegerID, h5py.h5t.TypeFloatID)):
        return False
    return type_id.dtype.name in NUMBERS and type_id.get_order() in (
        h5py.h5t.ORDER_LE, h5py.h5t.ORDER_NONE)


def wanted_kind(data):
    """The kinds of numpy type that xarray may give for a dataset."""
    if h5py.check_string_dtype(data.dtype) is not None:
        return "OU"
    if " since " in data.attrs.get("units", ""):
        return "M"
    return "b" if data.attrs.get("dtype") == "bool" else data.dtype.kind


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    # What a reader says about the file is a finding; what numpy says about a NaT isn't.
    warnings.simplefilter("error", UserWarning)
    warnings.simplefilter("error", RuntimeWarning)
    warnings.filterwarnings("ignore", "invalid value encountered in cast")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    problems = [p for path in sys.argv[1:] for p in Checker(path).run()]
    print("\n".join(problems) or "ok")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
