#!/usr/bin/env python3
"""Builds the user's project in consumer/ in every way that Tapeless is offered, outside of the
repository and from a clean prefix, and runs what comes out.

usage: consumers.py [WAY...] -- COMPILER [FLAG...]; closes with `N passed, N failed`.

Ways: pkg_config, moved, without_xsimd_pc, meson, cmake_core, cmake_host, cmake_wrong, subproject,
wrap, one_header, include_path, sanitizers. All unless said. A way whose tools are missing is named.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/packaging/consumer"
WRAP = """[wrap-file]
directory = tapeless

[provide]
dependency_names = tapeless, tapeless-core
"""


def run(words, folder, **environment):
    done = subprocess.run([str(w) for w in words], cwd=folder, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          env={**os.environ, **{k: str(v) for k, v in environment.items()}})
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: status {done.returncode}\n"
                           f"{done.stdout[-3000:]}")
    return done.stdout


class Ways:
    def __init__(self, compiler, folder):
        self.compiler, self.folder = compiler, folder
        self.prefix = None
        self.environment = {"CXX": " ".join(compiler)}

    def copy(self, name):
        """A fresh copy of the user's project."""
        target = self.folder / name / "project"
        shutil.copytree(HERE, target)
        return target

    def installed(self):
        """Tapeless in a prefix of its own, by its own set-up."""
        if self.prefix is None:
            build, prefix = self.folder / "tapeless_build", self.folder / "prefix"
            self.setup(build)
            run(["meson", "install", "-C", build], self.folder)
            self.prefix = prefix
        return self.prefix

    def setup(self, build, **environment):
        run(["meson", "setup", build, ROOT, f"--prefix={self.folder / 'prefix'}", "-Dtests=false",
             "-Dexamples=false", "-Dgen=disabled"], self.folder, **self.environment, **environment)

    def pc_path(self, prefix):
        (file,) = prefix.rglob("tapeless-core.pc")
        return file.parent

    def compile_by_pkg_config(self, prefix, name):
        project = self.copy(name)
        path = self.pc_path(prefix)
        for package, program in (("tapeless-core", "core"), ("tapeless", "host")):
            words = shlex.split(run(["pkg-config", "--cflags", "--libs", package], project,
                                    PKG_CONFIG_PATH=path))
            if f"-I{prefix}/include" not in map(os.path.normpath, words) and not any(
                    w.startswith("-I") and pathlib.Path(w[2:]).resolve() == prefix / "include"
                    for w in words):
                raise RuntimeError(f"pkg-config says {words}")
            run([*self.compiler, "-std=c++20", "-O1", f"{program}.cpp", *words, "-lfmt", "-lz",
                 "-o", program], project)
            run([project / program], project)

    def pkg_config(self):
        self.compile_by_pkg_config(self.installed(), "pkg_config")
        for package, words in (("tapeless-core", ["xsimd >= 8.1"]),
                               ("tapeless", ["fmt >= 9", "nlohmann_json >= 3.11"])):
            said = run(["pkg-config", "--print-requires", package], self.folder,
                       PKG_CONFIG_PATH=self.pc_path(self.prefix))
            for word in words:
                if word.split()[0] in run(["pkg-config", "--list-all"], self.folder) and \
                        word not in said:
                    raise RuntimeError(f"{package} requires {said}")

    def moved(self):
        moved = self.folder / "moved"
        shutil.copytree(self.installed(), moved)
        hidden = self.prefix.rename(self.folder / "hidden")
        try:
            self.compile_by_pkg_config(moved, "moved_project")
        finally:
            hidden.rename(self.prefix)

    def without_xsimd_pc(self):
        """Where xsimd came as headers alone, tapeless does not ask pkg-config for it."""
        only = self.folder / "pc"
        only.mkdir()
        places = run(["pkg-config", "--variable", "pc_path", "pkg-config"], self.folder).strip()
        for place in places.split(":"):
            for file in pathlib.Path(place).glob("*.pc"):
                if file.name != "xsimd.pc" and not (only / file.name).exists():
                    (only / file.name).symlink_to(file)
        build = self.folder / "without_xsimd"
        self.setup(build, PKG_CONFIG_LIBDIR=only)
        text = (build / "meson-private" / "tapeless-core.pc").read_text()
        if "xsimd" in text or (shutil.which("pkg-config") and re.search(r"^Requires:.*xsimd", text)):
            raise RuntimeError(text)

    def meson(self):
        project = self.copy("meson")
        run(["meson", "setup", "build"], project, **self.environment,
            PKG_CONFIG_PATH=self.pc_path(self.installed()))
        self.build_and_run(project)

    def build_and_run(self, project):
        run(["ninja", "-C", "build", "-j", "1", "core", "host"], project)
        for program in ("core", "host"):
            run([project / "build" / program], project)

    def cmake(self, name, what, *more):
        project = self.copy(name)
        run(["cmake", "-G", "Ninja", "-B", "build", f"-Dwhat={what}", *more,
             f"-DCMAKE_PREFIX_PATH={self.installed()}"], project, **self.environment)
        run(["ninja", "-C", "build"], project)
        run([project / "build" / what], project)

    def cmake_core(self):
        # It must not look for what the host side needs.
        self.cmake("cmake_core", "core", "-DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON",
                   "-DCMAKE_DISABLE_FIND_PACKAGE_ZLIB=ON")

    def cmake_host(self):
        self.cmake("cmake_host", "host")

    def cmake_wrong(self):
        for what, more, sentence in (("other", "", "has the components core and host"),
                                     ("core", "0.9", "0.9")):
            project = self.copy(f"cmake_wrong_{what}")
            if more:
                file = project / "CMakeLists.txt"
                file.write_text(file.read_text().replace("tapeless 0.1", f"tapeless {more}"))
            try:
                run(["cmake", "-G", "Ninja", "-B", "build", f"-Dwhat={what}",
                     f"-DCMAKE_PREFIX_PATH={self.installed()}"], project, **self.environment)
            except RuntimeError as problem:
                if sentence not in str(problem):
                    raise
            else:
                raise RuntimeError(f"component {what}, version {more}: not refused")

    def as_subproject(self, name, wrap):
        project = self.copy(name)
        (project / "subprojects").mkdir()
        (project / "subprojects" / "tapeless").symlink_to(ROOT)
        if wrap:
            (project / "subprojects" / "tapeless.wrap").write_text(WRAP)
            file = project / "meson.build"
            file.write_text(re.sub(r", fallback: \[[^\]]*\]", "", file.read_text()))
        run(["meson", "setup", "--wrap-mode=forcefallback", "build"], project, **self.environment)
        self.build_and_run(project)

    def subproject(self):
        self.as_subproject("subproject", False)

    def wrap(self):
        self.as_subproject("wrap", True)

    def one_header(self):
        project = self.copy("one_header")
        header = project / "one" / "tapeless" / "tapeless.hpp"
        header.parent.mkdir(parents=True)
        run([sys.executable, ROOT / "scripts/amalgamate.py", "-o", header], project)
        for flags in ([], ["-march=x86-64-v3"]):
            run([*self.compiler, "-std=c++20", "-O1", *flags, "-Wall", "-Wextra", "-Werror",
                 f"-I{project / 'one'}", "core.cpp", "-o", "core"], project)
        run([*self.compiler, "-std=c++20", "-O1", f"-I{project / 'one'}", "core.cpp", "-o", "core"],
            project)
        run([project / "core"], project)

    def include_path(self):
        project = self.copy("include_path")
        run([*self.compiler, "-std=c++20", "-O1", f"-I{ROOT}/include", "host.cpp", "-o", "host",
             "-lfmt", "-lz"], project)
        run([project / "host"], project)

    def sanitizers(self):
        """The line of docs/compiling.md: both sanitizers, in a time that users have."""
        project = self.copy("sanitizers")
        words = "-O0 -g -fsanitize=address,undefined -DTAPELESS_UNROLL=0".split()
        run([*self.compiler, "-std=c++20", *words, f"-I{ROOT}/include", "core.cpp", "-o", "core"],
            project)
        run([project / "core"], project)


NEEDS = {"pkg_config": "pkg-config", "moved": "pkg-config", "without_xsimd_pc": "pkg-config",
         "meson": "pkg-config", "cmake_core": "cmake", "cmake_host": "cmake",
         "cmake_wrong": "cmake", "subproject": "meson", "wrap": "meson", "one_header": "c++",
         "include_path": "c++", "sanitizers": "c++"}


def main():
    cut = sys.argv.index("--")
    compiler = sys.argv[cut + 1:]
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="tapeless-consumers-") as scratch:
        ways = Ways(compiler, pathlib.Path(scratch).resolve())
        for way in sys.argv[1:cut] or NEEDS:
            if shutil.which(NEEDS[way]) is None:
                print(f"{way}: skipped, {NEEDS[way]} is not installed")
                continue
            try:
                getattr(ways, way)()
                passed += 1
                print(f"{way}: builds and runs", flush=True)
            except RuntimeError as problem:
                failed += 1
                print(f"{way}: {problem}", flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
