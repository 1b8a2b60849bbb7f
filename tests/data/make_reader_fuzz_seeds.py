#!/usr/bin/env python3
"""Makes the files with which fuzzing of the readers begins: tables, arrays, checkpoints, logs.

usage: make_reader_fuzz_seeds.py     writes into fuzz/ here
needs: pip install numpy safetensors
"""
import gzip
import io
import pathlib
import struct
import zlib

import numpy as np
from safetensors.numpy import save

HERE = pathlib.Path(__file__).resolve().parent / "fuzz"


def tables():
    """The first byte chooses the options, see csv() of tests/fuzz/host_targets.hpp."""
    yield "plain", b"\x00" + b"1,2\n-3.5,4e-3\n"
    yield "header", b"\x00" + b"\xef\xbb\xbf# made\r\nx,\"y, z\"\r\n1,2\r\n3,\"4\"\r\n\r\n"
    yield "missing", b"\x44" + b"x,y\n1,NA\n,2\n#N/A,?\n"
    yield "semicolons", b"\x1d" + b"a;1.5;inf\nb;2;nan\n"
    yield "spaces", b"\x8a" + b"skipped\n 1  2\t3\n4 5 6"
    yield "tabs", b"\x07" + b"1\t\t3\n\t\t\r1e-400\t+2\t1e400\n"
    yield "names", b"\x30" + b"\"a\"\"b\",\"two\nlines\"\n1,2\n"


def arrays():
    def file(array, version):
        out = io.BytesIO()
        np.lib.format.write_array(out, array, version=(version, 0))
        return out.getvalue()

    yield "f4", file(np.arange(6, dtype="<f4").reshape(2, 3), 1)
    yield "f8_fortran", file(np.asfortranarray(np.arange(6.0).reshape(3, 2)), 2)
    yield "i2_big", file(np.arange(3, dtype=">i2"), 3)
    yield "scalar", file(np.array(True), 1)
    text = b"({u'descr' : r'|u''1', # c\n 'fortran_order':(False),\\\n'sha\\x70e':((0x2),1_0L)})\n"
    yield "spelled", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + bytes(20)


def idx():
    for name, code, width in [("u8", 8, 1), ("i16", 11, 2), ("f32", 13, 4), ("f64", 14, 8)]:
        yield name, bytes([0, 0, code, 2]) + struct.pack(">II", 2, 3) + bytes(6 * width)


def packed():
    one = gzip.compress(b"1,2\n3,4\n" * 20, mtime=0)
    yield "one", one
    yield "two", one + gzip.compress(b"", mtime=0)
    yield "padded", one + bytes(20) + one + bytes(3)
    named = io.BytesIO()
    with gzip.GzipFile("name", "wb", 1, named, 0) as out:
        out.write(bytes(range(256)))
    yield "named", named.getvalue()


def tensors():
    yield "none", save({})
    yield "two", save({"a.weight": np.ones((2, 3), np.float32), "a.bias": np.zeros(2, np.float64)},
                      metadata={"k": "v"})
    yield "types", save({t: np.zeros(3, t) for t in ("f2", "i8", "u4", "i2", "u1", "?")})
    yield "empty", save({"x": np.zeros((0, 3), np.float32), "y": np.array(1, np.float32)})


def checkpoints():
    """Of fixture::linear_trainer<2, 8>."""
    def file(epoch, step, best):
        head = b"TLCHKPT3" + struct.pack("<3Q6I4Q2d4I", 0x11EA5, 0, 0, 8, 2, 1, 1, 8, epoch, step,
                                         7, 48, len(best), 0.05, 0.5, epoch, 1, 0, 0)
        content = head + struct.pack("<6d", 1, 2, 3, 0.1, 0.2, 0.3) + best
        return content[:116] + struct.pack("<I", zlib.crc32(content)) + content[120:]

    yield "first", file(0, 0, b"")
    yield "later", file(3, 77, b"")
    yield "best", file(5, 200, struct.pack("<3d", 1, 2, 3))
    yield "cut", file(5, 200, b"")[:-1]


def logs():
    header = b"epoch,train_loss,batch_mean_loss,validation_loss,learning_rate,seconds,accuracy"
    yield "empty", b""
    yield "new", header + b"\n"
    yield "run", header + b"\n1,0.1,0.25,nan,0.001,2,0.5\n2,0.05,0.2,nan,0.001,2,0.75\n"
    yield "windows", header + b"\r\n1,0.1,0.25,nan,0.001,2,0.5\r\n"
    yield "other", b"epoch,loss\n1,0.5\n"


def main():
    for target, seeds in [("csv", tables), ("npy", arrays), ("idx", idx), ("gzip", packed),
                          ("safetensors", tensors), ("checkpoint", checkpoints),
                          ("history", logs)]:
        folder = HERE / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in seeds():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
