"""What scans of scanning.py give, by PyTorch, step by step; written independently of the library."""
import torch

from random_nets import nest_reference

NEXT = {
    "sum": lambda x, h, c, w, u: (torch.tanh(x + h), None),
    "product": lambda x, h, c, w, u: (torch.sigmoid(x * h) - 0.5 * h, None),
    "weighted": lambda x, h, c, w, u: (torch.tanh(x) * w + 0.5 * h, None),
    "matrix": lambda x, h, c, w, u: (torch.tanh(u @ h + x), None),
    "forgets": lambda x, h, c, w, u: (x * w, None),
    "mean": lambda x, h, c, w, u: (torch.tanh(h + torch.mean(x * w)), None),
    "swap": lambda x, h, c, w, u: (torch.tanh(c - x), h),
    "constant": lambda x, h, c, w, u: (w, None),
    "kept": lambda x, h, c, w, u: (h, torch.sin(u @ c + h * x)),
    "joined": lambda x, h, c, w, u: (torch.tanh(u @ torch.cat([h, x])[1:1 + h.shape[0]]), None),
}
OPERANDS = {"sum": "h", "nested": "h", "product": "h", "weighted": "hw", "matrix": "hu", "pair": "hcw", "forgets": "hw",
            "mean": "hw", "swap": "hc", "constant": "hw", "kept": "hcu", "joined": "hu"}


def pair(x, h, c, w, u):
    n = torch.sigmoid(h) * c + x
    return torch.tanh(n) * w, n


def nested(x, h, c, w, u):
    for e in x:
        h = torch.tanh(0.5 * h + e)
    return h, None


NEXT["pair"], NEXT["nested"] = pair, nested
MAP = {"weighted": lambda x, w: torch.tanh(x * w) + w, "own": lambda x, w: x * torch.sum(torch.sigmoid(x)),
       "outside": lambda x, w: w * w}
YIELD = {
    "carried": lambda x, h, h1, h0: h1, "before": lambda x, h, h1, h0: h * x,
    "sum": lambda x, h, h1, h0: torch.sum(h1) * x, "outside": lambda x, h, h1, h0: 0.5 * h0,
    "both": lambda x, h, h1, h0: h1 - h * h,
    "input": lambda x, h, h1, h0: torch.logaddexp(x, torch.zeros_like(x)),
}


def scan(v, attr):
    body, yields, order, _, result = attr
    given = dict(zip(OPERANDS[body], v[1:]))
    h, c = given["h"], given.get("c")
    steps = range(v[0].shape[0])
    rows = [None] * v[0].shape[0]
    for t in steps if order == "forward" else reversed(steps):
        h1, c1 = NEXT[body](v[0][t], h, c, given.get("w"), given.get("u"))
        rows[t] = YIELD[yields](v[0][t], h, h1, given["h"])
        h, c = h1, c1
    return {"all": lambda: torch.stack(rows), "last": lambda: h, "second": lambda: c,
            "joined": lambda: torch.stack([h, *rows])}[result]()


def mapped(v, attr):
    return torch.stack([MAP[attr[0]](x, v[1]) for x in v[0]])


FORMULAS = {"scan": scan, "map": mapped, **nest_reference.FORMULAS}
