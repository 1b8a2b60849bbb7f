"""What loops inside loops of nesting.py give, by PyTorch, step by step; written independently of the library."""
import torch

WALKED = {"own": lambda x, h, w, ys: x, "scaled": lambda x, h, w, ys: x * w,
          "carried": lambda x, h, w, ys: x + 0.5 * h, "outside": lambda x, h, w, ys: ys,
          "outside_scaled": lambda x, h, w, ys: ys * h}
FIRST = {"carried": lambda h, w: h, "weight": lambda h, w: w, "product": lambda h, w: h * w,
         "number": lambda h, w: torch.full_like(w, 0.25)}
STEP = {
    "sum": lambda e, s, h, w, u: torch.tanh(s / 2 + e),
    "weighted": lambda e, s, h, w, u: torch.tanh(w * e + s / 2) + h / 10,
    "matrix": lambda e, s, h, w, u: torch.tanh(u @ s + e * h),
    "hoisted": lambda e, s, h, w, u: torch.tanh(s / 2 + u @ e),
    "to_outer": lambda e, s, h, w, u: 0.6 * s + torch.sin(u @ h) * e,
    "forgets": lambda e, s, h, w, u: torch.sin(w * e),
    "constant": lambda e, s, h, w, u: w * h,
    "mean": lambda e, s, h, w, u: torch.tanh(s - torch.mean(e * h)),
}
CARRIED = {"last": lambda r, rows, h: torch.tanh(r), "mean": lambda r, rows, h: h / 2 + rows.mean(0),
           "both": lambda r, rows, h: torch.tanh(r + rows[0] * h), "little": lambda r, rows, h: 0.9 * h + 0.1 * r}
YIELDED = {"last": lambda r, rows, h: r + h, "sum": lambda r, rows, h: rows.sum(0) / 4,
           "rows": lambda r, rows, h: rows, "maximum": lambda r, rows, h: rows.amax(0)}


def walk(length, order, window):
    """Steps in order, each with whether a window begins there."""
    steps = range(length) if order == "forward" else range(length - 1, -1, -1)
    return [(t, window > 0 and k > 0 and k % window == 0) for k, t in enumerate(steps)]


def nest(v, attr):
    loops, sequence, start, body, nexts, yields, orders, windows, result = attr
    xs, h0, w, u, ys = v
    is_map = {"scans": (False, False), "of_map": (True, False), "with_map": (False, True),
              "maps": (True, True)}[loops]
    h = h0 * w if is_map[0] else h0
    out = [None] * xs.shape[0]
    for t, cut in walk(xs.shape[0], "forward" if is_map[0] else orders[0], 0 if is_map[0] else windows[0]):
        h = h.detach() if cut else h
        row = WALKED[sequence](xs[t], h, w, ys)
        rows = [None] * row.shape[0]
        if is_map[1]:
            rows = [STEP[body](e, h * e, h, w, u) for e in row]
            last = rows[0]
        else:
            last = FIRST[start](h, w)
            for k, inner_cut in walk(row.shape[0], orders[1], windows[1]):
                last = last.detach() if inner_cut else last
                last = rows[k] = STEP[body](row[k], last, h, w, u)
        rows = torch.stack(rows)
        out[t] = YIELDED[yields](last, rows, h)
        h = h if is_map[0] else CARRIED[nexts](last, rows, h)
    return torch.stack(out) if result == "all" else h


FORMULAS = {"nest": nest}
