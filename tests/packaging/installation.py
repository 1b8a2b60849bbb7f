"""What the tests of packages share: an installation in a folder of its own, commands, messages."""
import os
import pathlib
import re
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77

# The network of examples/import_*/policy.onnx: what `tapeless-gen export` makes of it with seed 1.
NETWORK = """#pragma once
#include <tapeless/tapeless.hpp>
struct policy : tapeless::sequential<tapeless::input<4>, tapeless::dense<8>, tapeless::tanh,
                                     tapeless::dense<2>> {};
"""


def skip(reason):
    print(f"skipped: {reason}")
    raise SystemExit(SKIPPED)


def need(*commands):
    for command in commands:
        if shutil.which(command) is None:
            skip(f"the command {command} is not installed")


def run(command, folder, environment=None):
    """What the command prints. Errors: SystemExit with that text."""
    done = subprocess.run([str(c) for c in command], cwd=folder, text=True, check=False,
                          env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}: status {done.returncode}\n"
                         + done.stdout[-4000:])
    return done.stdout


def install(build, folder):
    """Installs a Meson build folder as it is; returns the prefix, moved below `folder`."""
    run(["meson", "install", "-C", build, "--no-rebuild", "--destdir", folder / "image"], folder)
    (found,) = (folder / "image").rglob("bin/tapeless-gen")
    prefix = folder / "prefix"
    found.parents[1].rename(prefix)
    for file in prefix.rglob("tapeless.pc"):
        file.write_text(re.sub(r"^prefix=.*", f"prefix={prefix}", file.read_text(), flags=re.M))
    return prefix


def environment_of(prefix, compiler):
    """Variables with which other projects find what is installed there."""
    (description,) = prefix.rglob("tapeless.pc")
    return {**os.environ, "CXX": " ".join(compiler), "CMAKE_PREFIX_PATH": str(prefix),
            "PKG_CONFIG_PATH": str(description.parent),
            "PATH": f"{prefix / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def write_model(program, file, seed):
    """The model of NETWORK with the parameters of a seed."""
    header = file.with_suffix(".network.hpp")
    header.write_text(NETWORK)
    run([program, "export", f"{header}:policy", "-o", file, "-I", ROOT / "include",
         "--parameters", f"tapeless::init<policy>(tapeless::seed{{{seed}}})"], file.parent)


def use_external_data(file):
    """The model with its first initializer in a file beside it; None without Python's onnx."""
    code = ("import onnx, sys; m = onnx.load(sys.argv[1]); "
            "onnx.save_model(m, sys.argv[1], save_as_external_data=True, location='data.bin', "
            "size_threshold=0)")
    done = subprocess.run(["python3", "-c", code, str(file)], check=False, capture_output=True)
    return file.with_name("data.bin") if done.returncode == 0 else None
