#!/usr/bin/env python3
"""Writes the small .npy, IDX and CSV fixtures beside this script; needs: pip install numpy"""
import gzip
import pathlib
import struct

import numpy as np
from numpy.lib import format as npy

FOLDER = pathlib.Path(__file__).resolve().parent


def packed(name, content):
    (FOLDER / name).write_bytes(gzip.compress(content, mtime=0))


def main():
    cube = np.arange(24).reshape(2, 3, 4)
    np.save(FOLDER / "f4.npy", (cube / 8).astype("<f4"))
    np.save(FOLDER / "f8_fortran.npy", np.asfortranarray(cube / 8))
    np.save(FOLDER / "i4_big_endian.npy", np.array([[1, -2], [3, 70000]], ">i4"))
    np.save(FOLDER / "i8_scalar.npy", np.array(-(2**40)))
    np.save(FOLDER / "u1.npy", np.arange(250, 256, dtype=np.uint8))
    np.save(FOLDER / "bool.npy", np.array([True, False, True]))
    np.save(FOLDER / "structured.npy", np.zeros(2, [("a", "<f4"), ("b", "<i4")]))
    with open(FOLDER / "f8_version2.npy", "wb") as stream:
        npy.write_array(stream, np.array([0.1, -np.inf]), version=(2, 0))

    images = bytes(range(12))
    packed("images-idx3-ubyte.gz", struct.pack(">HBBIII", 0, 8, 3, 3, 2, 2) + images)
    (FOLDER / "labels-idx1-ubyte").write_bytes(struct.pack(">HBBI", 0, 8, 1, 3) + bytes([2, 0, 1]))
    packed("table.csv.gz", b"x,y,class\n0.5,-1e3,0\n.25,+2,1\n")


if __name__ == "__main__":
    main()
