"""Compiles networks, several in a program, runs them and compares their outputs."""
import array
import math
import subprocess

# Relative and absolute error that a type of an expected output allows.
TOLERANCE = {"float16": (2e-3, 2e-3), "bfloat16": (2e-2, 2e-2)}

MAIN = """
template <class Net>
void run(const tl::parameters<Net>& weights, std::FILE* in, std::FILE* out) {
  static std::array<float, tl::input_size<Net>> x;
  static std::array<float, tl::output_size<Net>> y;
  if (std::fread(x.data(), sizeof(float), x.size(), in) != x.size()) std::exit(2);
  tl::forward<Net>(weights, x.data(), y.data());
  const float size = y.size();
  std::fwrite(&size, sizeof(float), 1, out);
  std::fwrite(y.data(), sizeof(float), y.size(), out);
}

int main(int, char** argv) {
  std::FILE* in = std::fopen(argv[1], "rb");
  std::FILE* out = std::fopen(argv[2], "wb");
  if (in == nullptr || out == nullptr) return 2;
"""


def source_of(cases):
    text = "#include <array>\n#include <cstdio>\n#include <cstdlib>\n"
    text += "".join(f'#include "{c.name}.hpp"\n' for c in cases)
    text += MAIN + "".join(f"  run<{c.name}::net>({c.name}::net_weights, in, out);\n"
                           for c in cases)
    return text + "  return std::fclose(in) + std::fclose(out);\n}\n"


def numbers_of(tensors):
    return [float(n) for t in tensors for n in t.numbers]


def as_floats(numbers):
    def narrow(x):
        return x if abs(x) < 3.4e38 or math.isinf(x) or math.isnan(x) else math.copysign(3.4e38, x)
    return array.array("f", map(narrow, numbers))


def compile_and_run(cases, work, compiler, include):
    """The rows that the cases put out, or the text of what went wrong."""
    stem = work / f"unit_{cases[0].number}_{len(cases)}"
    stem.with_suffix(".cpp").write_text(source_of(cases))
    command = [compiler, "-std=c++20", "-O1", "-w", f"-I{include}", f"-I{work}",
               stem.with_suffix(".cpp"), "-o", stem]
    build = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if build.returncode != 0:
        errors = [line for line in build.stderr.splitlines() if "error:" in line]
        return "does not compile: " + (errors or ["?"])[0].split("error:")[-1].strip()[:160]
    stem.with_suffix(".in").write_bytes(
        as_floats([x for c in cases for x in numbers_of(c.inputs)]).tobytes())
    run = subprocess.run([stem, stem.with_suffix(".in"), stem.with_suffix(".out")], timeout=120)
    if run.returncode != 0:
        return f"ends with status {run.returncode}"
    numbers = array.array("f", stem.with_suffix(".out").read_bytes()).tolist()
    rows, at = [], 0
    for _ in cases:
        size = int(numbers[at])
        rows.append(numbers[at + 1:at + 1 + size])
        at += 1 + size
    return rows


def first_difference(got, case):
    """The first element that differs from the expected one, as text; empty if none does."""
    wanted_size = len(numbers_of(case.outputs))
    if len(got) != wanted_size:
        return f"a row has {len(got)} elements, not {wanted_size}"
    at = 0
    for which, tensor in enumerate(case.outputs):
        relative, absolute = TOLERANCE.get(tensor.type, (1e-4, 1e-5))
        for i, wanted in enumerate(as_floats(tensor.numbers)):
            y = got[at]
            at += 1
            same = y == wanted or (math.isnan(y) and math.isnan(wanted))
            if not same and not abs(y - wanted) <= absolute + relative * abs(wanted):
                return f"element {i} of output {which} is {y:.7g}, not {wanted:.7g}"
    return ""


def check(cases, work, compiler, include):
    """What went wrong, by number of the case. A program that does not compile is halved."""
    outputs = compile_and_run(cases, work, compiler, include)
    if isinstance(outputs, str):
        if len(cases) == 1:
            return {cases[0].number: outputs}
        half = len(cases) // 2
        return {**check(cases[:half], work, compiler, include),
                **check(cases[half:], work, compiler, include)}
    differences = {c.number: first_difference(row, c) for c, row in zip(cases, outputs)}
    return {number: text for number, text in differences.items() if text}
