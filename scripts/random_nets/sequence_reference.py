"""What the layers of sequences.py give, by PyTorch, step by step and head by head; written
independently of the library. The exponentials of hidden keys are 0, and a row of hidden keys is 0."""
import math

import torch

F = torch.nn.functional


def cell_step(r, x, h, c, w):
    """The next h and c of one step."""
    gi = w["weight_ih"] @ x
    gh = w["weight_hh"] @ h
    n = r.hidden
    bi = w.get("bias_ih", torch.zeros_like(gi))
    bh = w.get("bias_hh", torch.zeros_like(gi))
    if r.cell == "rnn":
        y = gi + bi + gh + bh
        h = torch.relu(y) if r.relu else torch.tanh(y)
    elif r.cell == "lstm":
        i, f, g, o = (gi + bi + gh + bh).split(n)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        if r.projection:
            h = w["weight_hr"] @ h
    else:
        a = gi + bi
        reset = torch.sigmoid(a[:n] + gh[:n] + bh[:n])
        update = torch.sigmoid(a[n:2 * n] + gh[n:2 * n] + bh[n:2 * n])
        if r.before:
            new = torch.tanh(a[2 * n:] + w["weight_hh"][2 * n:] @ (reset * h) + bh[2 * n:])
        else:
            new = torch.tanh(a[2 * n:] + reset * (gh[2 * n:] + bh[2 * n:]))
        h = (1 - update) * new + update * h
    return h, c


def recurrent(v, attr):
    r = attr[1]
    x, names = v[0], r.parameters(v[0].shape[1])
    given = dict(zip(names, v[1:]))
    for level in range(r.layers):
        rows, last = [], []
        for back in range(r.directions):
            end = f"_l{level}" + ("_reverse" if back else "")
            w = {n[:-len(end)]: p for n, p in given.items() if n.endswith(end)}
            h = w.get("h0", torch.zeros(r.outputs))
            c = w.get("c0", torch.zeros(r.hidden))
            own = [None] * len(x)
            for k in range(len(x)):
                if r.window and k % r.window == 0 and k > 0:
                    h, c = h.detach(), c.detach()
                t = len(x) - 1 - k if back else k
                h, c = cell_step(r, x[t], h, c, w)
                own[t] = h
            rows.append(torch.stack(own))
            last.append(h)
        x = torch.cat(rows, 1)
    return torch.cat(last) if r.last else x


def attended(q, k, v, a, mask=None, bias=None):
    """q {heads, queries, width}, k and v {kv heads, keys, ...}."""
    share = q.shape[0] // k.shape[0]
    k, v = k.repeat_interleave(share, 0), v.repeat_interleave(share, 0)
    scale = a.scale or 1 / math.sqrt(q.shape[-1])
    s = scale * torch.einsum("hqw,hkw->hqk", q, k)
    if bias is not None:
        s = s + bias
    seen = torch.ones(s.shape, dtype=torch.bool)
    if a.causal:
        seen = seen & (torch.arange(s.shape[2])[None, :] <= torch.arange(s.shape[1])[:, None])
    if mask is not None and a.masked in ("", "added"):
        s = s + mask
    elif mask is not None:
        seen = seen & ((mask != 0) if a.masked == "shown" else (mask == 0))
    greatest = torch.where(seen, s, torch.full_like(s, -1e300)).amax(-1, True).detach()
    greatest = torch.where(seen.any(-1, True), greatest, torch.zeros_like(greatest))
    e = torch.exp(torch.where(seen, s - greatest, torch.zeros_like(s))) * seen
    total = e.sum(-1, True)
    w = e / torch.where(total > 0, total, torch.ones_like(total))
    return w @ v


def attention(v, attr):
    q, k, shown = v[:3]
    flat = q.dim() == 2
    q = q[None] if flat else q
    k, shown = (t[None] if t.dim() == 2 else t for t in (k, shown))
    y = attended(q, k, shown, attr[0], v[3] if len(v) > 3 else None)
    return y[0] if flat else y


def turned(x, rotary):
    """Pairs of features of x {..., steps, width} turned by step times base^(-2i / width)."""
    if rotary == "none":
        return x
    n = x.shape[-1]
    angle = torch.outer(torch.arange(float(x.shape[-2])),
                        torch.tensor([10000 ** (-2 * i / n) for i in range(n // 2)]))
    c, s = torch.cos(angle), torch.sin(angle)
    a, b = (x[..., 0::2], x[..., 1::2]) if rotary == "interleaved" else (
        x[..., :n // 2], x[..., n // 2:])
    parts = (a * c - b * s, b * c + a * s)
    return torch.stack(parts, -1).flatten(-2) if rotary == "interleaved" else torch.cat(parts, -1)


def slopes(count):
    def of_power(n):
        return [2 ** (-8 * (i + 1) / n) for i in range(n)]
    n = 2 ** int(math.log2(count))
    return torch.tensor(of_power(n) + of_power(2 * n)[0::2][:count - n])


def layer_of_heads(x, memory, mask, a, given):
    width = x.shape[1]
    own, kv = width // a.heads, a.kv_heads or a.heads
    sizes = [width, kv * own, kv * own]
    if "in_proj_weight" in given:
        weights = given["in_proj_weight"].split(sizes)
    else:
        weights = [given[f"{n}_proj_weight"] for n in "qkv"]
    shifts = given["in_proj_bias"].split(sizes) if a.bias else [0, 0, 0]
    q, k, v = (t @ w.T + b for t, w, b in zip((x, memory, memory), weights, shifts))
    q, k, v = (t.reshape(len(t), -1, own).transpose(0, 1) for t in (q, k, v))
    q, k = turned(q, a.rotary), turned(k, a.rotary)
    between = torch.arange(len(memory))[None, :] - torch.arange(len(x))[:, None]
    bias = None
    if a.relative == "alibi":
        bias = -slopes(a.heads)[:, None, None] * between.abs()
    elif a.relative == "learnt":
        table = given["relative_attention_bias.weight"]
        bias = table[between.clamp(-a.reach, a.reach) + a.reach].permute(2, 0, 1)
    y = attended(q, k, v, a, mask, bias).transpose(0, 1).reshape(len(x), width)
    y = y @ given["out_proj.weight"].T
    return y + given["out_proj.bias"] if a.bias else y


def heads(v, attr):
    _, a, values = attr
    x, memory = v[0], v[1] if values > 1 else v[0]
    names = a.parameters(x.shape[1], memory.shape[1])
    return layer_of_heads(x, memory, v[2] if values > 2 else None, a, dict(zip(names, v[values:])))


def encoder(v, attr):
    e, x = attr[1], v[0]
    p = dict(zip(e.parameters(x.shape[1]), v[1:]))
    own = {n.removeprefix("self_attn."): t for n, t in p.items() if n.startswith("self_attn.")}

    def norm(n, t):
        return F.layer_norm(t, t.shape[-1:], p[f"norm{n}.weight"], p[f"norm{n}.bias"], 1e-5)

    def attend(t):
        return layer_of_heads(t, t, None, e.attention, own)

    def feed(t):
        h = t @ p["linear1.weight"].T + p["linear1.bias"]
        h = torch.relu(h) if e.activation == "relu" else 0.5 * h * (1 + torch.erf(h / math.sqrt(2)))
        return h @ p["linear2.weight"].T + p["linear2.bias"]
    if e.first:
        x = x + attend(norm(1, x))
        return x + feed(norm(2, x))
    x = norm(1, x + attend(x))
    return norm(2, x + feed(x))


def placed(v, attr):
    x = v[0]
    if attr[0] != "sinusoidal":
        return turned(x, attr[0])
    steps, width = x.shape
    rows = [[(math.sin if i % 2 == 0 else math.cos)(t * 10000 ** (-2 * (i // 2) / width))
             for i in range(width)] for t in range(steps)]
    return x + torch.tensor(rows)


def upsample(v, attr):
    factors, how = attr
    mode = {"nearest": "nearest"}.get(how, "linear" if len(factors) == 1 else "bilinear")
    corners = {} if how == "nearest" else {"align_corners": how == "linear_corners"}
    size = [n * f for n, f in zip(v[0].shape[1:], factors)]
    return F.interpolate(v[0][None], size=size, mode=mode, **corners)[0]


FORMULAS = {
    "recurrent": recurrent, "attention": attention, "heads": heads, "encoder": encoder,
    "glu": lambda v, a: F.glu(v[0], a[0]), "placed": placed,
    "shuffle": lambda v, a: getattr(F, a[0])(v[0][None], a[1])[0], "upsample": upsample,
}
