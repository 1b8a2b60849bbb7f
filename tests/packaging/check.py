#!/usr/bin/env python3
"""Builds examples/import_meson or examples/import_cmake outside of the repository.

  check.py meson BUILD -- COMPILER [FLAG...]        from an installation of BUILD
  check.py cmake BUILD -- COMPILER [FLAG...]
  check.py subproject PROGRAM -- COMPILER [FLAG...] with Tapeless as a subproject of Meson, gen/
                                                    included; PROGRAM makes the models

Runs the program, then changes the model, its external data and tapeless-gen one after the other:
each time the header must be made again, and a build without a change must do nothing.
"""
import os
import pathlib
import shutil
import sys
import tempfile

from installation import (ROOT, environment_of, install, need, run, use_external_data,
                          write_model)


class Project:
    """A copy of an example with a build folder."""

    def __init__(self, kind, folder, environment):
        example = "import_cmake" if kind == "cmake" else "import_meson"
        self.source, self.build = folder / "project", folder / "build"
        self.environment = environment
        shutil.copytree(ROOT / "examples" / example, self.source)
        self.set_up = (["cmake", "-G", "Ninja", "-S", self.source, "-B", self.build]
                       if kind == "cmake" else ["meson", "setup", self.build, self.source])
        self.model = self.source / "policy.onnx"

    def configure(self, *options):
        run([*self.set_up, *options], self.source, self.environment)

    def output(self):
        run(["ninja", "-C", self.build, "-j", "1", "app"], self.source, self.environment)
        return run([self.build / "app"], self.source)

    def header_time(self):
        (header,) = self.build.rglob("policy.hpp")
        return header.stat().st_mtime_ns

    def expect_rebuilt(self, what, change):
        """The header is made again after the change, and not again without one."""
        before = self.header_time()
        change()
        text = self.output()
        after = self.header_time()
        if after == before:
            raise SystemExit(f"{what} has changed, and the header is the old one")
        if self.output() != text or self.header_time() != after:
            raise SystemExit(f"{what} has not changed, and the header is made again")
        print(f"header made again: {what}")
        return text


def check_changes(project, program, gen):
    """`program` makes models; `gen` is what the project calls, None if not to be touched."""
    first = project.output()
    print(first, end="")
    second = project.expect_rebuilt("another model",
                                    lambda: write_model(program, project.model, 2))
    if second == first:
        raise SystemExit("another model, and the same outputs")
    again = project.expect_rebuilt("the first model again",
                                   lambda: write_model(program, project.model, 1))
    if again != first:
        raise SystemExit(f"policy.onnx gives {first}and its network of seed 1 {again}")
    data = use_external_data(project.model)
    if data is None:
        print("external data was not tried: Python's onnx is not installed")
    else:
        project.expect_rebuilt("a model with external data", lambda: None)  # changed above
        bits = bytearray(data.read_bytes())
        bits[2] ^= 64  # an exponent's bit of the first weight
        changed = project.expect_rebuilt("external data", lambda: data.write_bytes(bits))
        if changed == first:
            raise SystemExit("other external data, and the same outputs")
    if gen is not None:
        project.expect_rebuilt("tapeless-gen", lambda: os.utime(gen))


def main():
    kind, place, compiler = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[4:]
    need("meson", "ninja", *(["cmake"] if kind == "cmake" else ["pkg-config"]))
    with tempfile.TemporaryDirectory(prefix="tapeless-packages-") as temporary:
        folder = pathlib.Path(temporary)
        if kind == "subproject":
            project = Project(kind, folder, {**os.environ, "CXX": " ".join(compiler)})
            (project.source / "subprojects").mkdir()
            (project.source / "subprojects" / "tapeless").symlink_to(ROOT)
            project.configure("--wrap-mode=forcefallback", "-Dtapeless:gen=enabled")
            check_changes(project, place, None)
        else:
            prefix = install(place, folder)
            project = Project(kind, folder, environment_of(prefix, compiler))
            project.configure()
            program = prefix / "bin" / "tapeless-gen"
            check_changes(project, program, program)
    print(f"{kind}: the example builds outside of the repository")


if __name__ == "__main__":
    main()
