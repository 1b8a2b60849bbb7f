#!/usr/bin/env python3
"""Makes the .pt fixtures with PyTorch and, in expected.json, what is in them.

usage: make_pt.py     writes into pt/ here
needs: pip install torch numpy
"""
import json
import pathlib
import zipfile
from collections import OrderedDict

import torch

FOLDER = pathlib.Path(__file__).resolve().parent / "pt"


def numbers(tensor):
    return [str(x) for x in tensor.detach().to(torch.float64).flatten().tolist()]


def net():
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
    with torch.no_grad():
        for i, p in enumerate(model.parameters()):
            p.copy_(torch.arange(p.numel()).reshape(p.shape) / 8 + i - 1.5)
    return model


def types():
    floats = torch.tensor([1.5, -2.25, 0.0])
    content = {str(t).split(".")[1]: floats.to(t)
               for t in (torch.float64, torch.float32, torch.float16, torch.bfloat16)}
    whole = torch.tensor([3, 0, 100])
    for t in (torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.uint16,
              torch.uint32, torch.uint64, torch.bool):
        content[str(t).split(".")[1]] = whole.to(t)
    content["negative"] = torch.tensor([-5], dtype=torch.int16)
    content["scalar"] = torch.tensor(2.5)
    content["empty"] = torch.zeros(0, 3)
    return content


def strided():
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    return {"turned": base.permute(2, 0, 1), "cut": base[1, 1:, ::2], "wide": base[0, :1].expand(3, 4),
            "column": base[:, 2:3, 1], "base": base}


def change(source, target, replace, method=zipfile.ZIP_STORED):
    """A copy of an archive with entries replaced by a function of name and content."""
    with zipfile.ZipFile(FOLDER / source) as old, zipfile.ZipFile(FOLDER / target, "w", method) as new:
        for entry in old.namelist():
            # Without a date, so that the files are the same each time.
            new.writestr(zipfile.ZipInfo(entry), replace(entry, old.read(entry)), method)


def turned(entry, content):
    if entry.endswith("/byteorder"):
        return b"big"
    if "/data/" not in entry:
        return content
    return b"".join(content[i:i + 4][::-1] for i in range(0, len(content), 4))


def main():
    FOLDER.mkdir(exist_ok=True)
    model = net()
    weights = model.state_dict()
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    weights = net().state_dict()
    prefixed = OrderedDict(("module._orig_mod." + name, t) for name, t in weights.items())
    files = {
        "weights.pt": (weights, weights, {}),
        "types.pt": (types(), types(), {}),
        "strided.pt": (strided(), strided(), {}),
        "checkpoint.pt": ({"epoch": 3, "best": 0.25, "name": "run", "done": False, "none": None,
                           "model_state_dict": weights, "optimizer": optimizer.state_dict()},
                          weights, {}),
        "parameters.pt": (dict(net().named_parameters()), weights, {}),
        "protocol5.pt": (weights, weights, {"pickle_protocol": 5}),
        "prefixed.pt": (prefixed, prefixed, {}),
    }
    expected = {}
    for name, (content, tensors, options) in files.items():
        torch.save(content, FOLDER / name, **options)
        expected[name] = {key: {"shape": list(t.shape), "numbers": numbers(t)}
                          for key, t in tensors.items()}
    change("weights.pt", "big_endian.pt", turned)
    expected["big_endian.pt"] = expected["weights.pt"]
    torch.save({"nets": {"actor": weights, "critic": weights}, "step": 2**70}, FOLDER / "nested.pt")
    # Those that are refused.
    change("weights.pt", "compressed.pt", lambda entry, content: content, zipfile.ZIP_DEFLATED)
    torch.save(weights, FOLDER / "legacy.pt", _use_new_zipfile_serialization=False)
    torch.save(model, FOLDER / "module.pt")
    torch.save({"w": torch.ones(2, dtype=torch.complex64)}, FOLDER / "complex.pt")
    torch.save({"w": torch.ones(2).to_sparse()}, FOLDER / "sparse.pt")
    torch.jit.script(torch.nn.Linear(1, 1)).save(str(FOLDER / "script.pt"))
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
