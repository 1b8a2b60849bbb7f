"""Writes tables of golden numbers as C++ headers of constexpr arrays."""
import pathlib
import textwrap

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Header:
    """A header in the making; `add` appends arrays, `write` writes it beside the scripts."""

    def __init__(self, name, about):
        self.name, self.namespace = name, f"golden::{name}"
        self.lines = ["#pragma once",
                      f"// Written by tests/golden/{name}.py from PyTorch in double precision.",
                      *(f"// {line}" for line in reflow(about)),
                      "#include <array>", "", f"namespace {self.namespace} {{", ""]

    def comment(self, text):
        self.lines += [*([""] if self.lines[-1] else []), f"// {text}"]

    def add(self, name, values):
        """A number, or an array in row-major order; the shape is told where it is not flat."""
        tensor = torch.as_tensor(values, dtype=torch.float64).detach()
        if tensor.dim() == 0:
            self.lines.append(f"inline constexpr double {name} = {number(tensor)};")
            return
        shape = f"  // {list(tensor.shape)}" if tensor.dim() > 1 else ""
        flat = tensor.reshape(-1)
        self.lines.append(f"inline constexpr std::array<double, {flat.numel()}> {name} = {{{shape}")
        line = "   "
        for text in (number(v) + "," for v in flat):
            if len(line) + 1 + len(text) > 99:
                self.lines.append(line)
                line = "   "
            line += " " + text
        self.lines += [line.rstrip(",") + "};"]

    def write(self):
        text = "\n".join([*self.lines, "", f"}}  // namespace {self.namespace}", ""])
        path = pathlib.Path(__file__).with_name(f"{self.name}.hpp")
        path.write_text(text)
        print(f"{path.name}: {text.count('inline constexpr')} constants")


def reflow(text):
    """The text in lines of 97 characters; indented lines stay as they are."""
    lines, paragraph = [], []
    for line in [*text.strip().splitlines(), "  "]:
        if line.startswith("  "):
            lines += [*textwrap.wrap(" ".join(paragraph), 97), line]
            paragraph = []
        else:
            paragraph.append(line)
    return lines[:-1]


def number(value):
    """The shortest C++ literal that reads back as the same double."""
    text = repr(float(value))
    return {"inf": "__builtin_inf()", "-inf": "-__builtin_inf()",
            "nan": '__builtin_nan("")'}.get(text, text)
