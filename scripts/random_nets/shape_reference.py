"""What the operations of shaping.py give, by PyTorch; written independently of the library."""
import torch

FORMULAS = {
    "flip": lambda v, a: torch.flip(v[0], (a[0],)),
    "repeat": lambda v, a: torch.repeat_interleave(v[0], a[1], a[0]),
    "unsqueeze": lambda v, a: v[0].unsqueeze(a[0]),
    "squeeze": lambda v, a: v[0].squeeze(a[0]),
    "index": lambda v, a: v[0][a[0][0]],
    "split": lambda v, a: torch.chunk(v[0], a[1], a[0])[a[2]],
    "join": lambda v, a: torch.cat(v, a[0]),
    "stack": lambda v, a: torch.stack(v, a[0]),
    "cumulative_sum": lambda v, a: torch.cumsum(v[0], a[0]),
    "argmax": lambda v, a: torch.argmax(v[0], a[0], a[1]),
    "argmin": lambda v, a: torch.argmin(v[0], a[0], a[1]),
    "product": lambda v, a: torch.prod(v[0], a[0], a[1]),
    "softmax_along": lambda v, a: torch.softmax(v[0], a[0]),
    "log_softmax_along": lambda v, a: torch.log_softmax(v[0], a[0]),
    "sum_over": lambda v, a: torch.sum(v[0], a[0], a[1]),
    "mean_over": lambda v, a: torch.mean(v[0], a[0], a[1]),
    "maximum_over": lambda v, a: torch.amax(v[0], a[0], a[1]),
    "minimum_over": lambda v, a: torch.amin(v[0], a[0], a[1]),
    "l1_norm_over": lambda v, a: torch.sum(torch.abs(v[0]), a[0], a[1]),
    "l2_norm_over": lambda v, a: torch.linalg.vector_norm(v[0], 2, a[0], a[1]),
    "variance_over": lambda v, a: torch.var(v[0], a[0], correction=0, keepdim=a[1]),
    "log_sum_exp_over": lambda v, a: torch.logsumexp(v[0], a[0], a[1]),
}


def stepped(v, attr):
    axis, begin, size, step = attr
    return torch.index_select(v[0], axis, torch.arange(size) * step + begin)


def tiled(v, attr):
    times = [1] * v[0].dim()
    times[attr[0]] = attr[1]
    return v[0].repeat(times)


def taken(v, attr):
    n = v[0].shape[attr[0]]
    return torch.index_select(v[0], attr[0], torch.tensor([i % n for i in attr[1]]))


def padded(v, attr):
    axis, before, after = attr
    def zeros(n):
        dims = list(v[0].shape)
        dims[axis] = n
        return torch.zeros(dims, dtype=torch.float64)
    return torch.cat([zeros(before), v[0], zeros(after)], axis)


def one_hot(v, attr):
    return v[0].unsqueeze(-1) == torch.arange(attr[0], dtype=torch.float64)


def gathered(v, attr):
    """Rows of a table; zeros where an index is no row's."""
    index = {"": lambda i: i, " - 1.0": lambda i: i - 1, " + 0.5": lambda i: i + 0.5,
             " * 2.0": lambda i: 2 * i}[attr[0]](v[1])
    rows = v[0].shape[0]
    names = (index >= 0) & (index <= rows - 1) & (index == torch.floor(index))
    picked = v[0][torch.where(names, index, torch.zeros_like(index)).long()]
    return torch.where(names.unsqueeze(-1), picked, torch.zeros_like(picked))


FORMULAS |= {"gather": gathered, "stepped": stepped, "tile": tiled, "take": taken, "pad": padded, "one_hot": one_hot}
