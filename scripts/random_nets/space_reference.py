"""What the operations of space.py give, by PyTorch; of one sample, but for batch_norm."""
import torch
import torch.nn.functional as F

from random_nets.space import EPSILON


def surrounded(x, k, pools=False, number=0.0):
    """A batch of one with what stands around it."""
    pad = []
    for i in reversed(range(len(k.size))):
        pad += k.padding(i, x.shape[1 + i], pools)
    x = x.unsqueeze(0)
    if not any(pad):
        return x
    return F.pad(x, pad, value=number) if k.mode == "zeros" else F.pad(x, pad, mode=k.mode)


def steps(k, pools=False):
    axes = range(len(k.size))
    return [k.stride_of(i, pools) for i in axes], [k.dilation_of(i) for i in axes]


def convolution(v, attr, groups):
    k = attr[2]
    f = F.conv2d if len(k.size) == 2 else F.conv1d
    stride, dilation = steps(k)
    bias = v[2] if len(v) > 2 else None
    return f(surrounded(v[0], k), v[1], bias, stride, 0, dilation, groups)[0]


def conv_transpose(v, attr):
    """Without padding, and cut then: both sides may differ."""
    k = attr[2]
    f = F.conv_transpose2d if len(k.size) == 2 else F.conv_transpose1d
    stride, dilation = steps(k)
    y = f(v[0].unsqueeze(0), v[1], None, stride, 0, 0, k.groups, dilation)[0]
    for i in range(len(k.size)):
        before, after = k.padding(i, 0)
        y = torch.cat([y, torch.zeros_like(y.narrow(1 + i, 0, 1)).repeat_interleave(
            k.more[i] if k.more else 0, 1 + i)], 1 + i)
        y = y.narrow(1 + i, before, y.shape[1 + i] - before - after)
    return y + v[2].reshape((-1,) + (1,) * len(k.size)) if len(v) > 2 else y


def pool(v, attr):
    kind, k = attr
    stride, dilation = steps(k, True)
    two = len(k.size) == 2
    if kind == "max":
        x = surrounded(v[0], k, True, float("-inf"))
        return (F.max_pool2d if two else F.max_pool1d)(x, k.size, stride, 0, dilation)[0]
    f = F.avg_pool2d if two else F.avg_pool1d
    y = f(surrounded(v[0], k, True), k.size, stride)
    if not k.counts_padding and k.mode == "zeros":
        y = y / f(surrounded(torch.ones_like(v[0]), k, True), k.size, stride)
    return y[0]


def adaptive_pool(v, attr):
    kind, parts = attr
    f = getattr(F, f"adaptive_{kind}_pool{len(parts)}d")
    return f(v[0].unsqueeze(0), parts)[0]


def global_pool(v, attr):
    return adaptive_pool(v, (attr[0], (1,) * (v[0].dim() - 1))).reshape(-1)


def norm(v, attr):
    _, kind, n, affine = attr
    x = v[0]
    own = list(x.shape[x.dim() - n:]) if kind in ("layer", "rms") else None
    weight, bias = (list(v[1:]) + [None, None])[:2]
    if kind == "layer":
        return F.layer_norm(x, own, weight, bias, EPSILON)
    if kind == "rms":
        return F.rms_norm(x, own, weight, EPSILON)
    groups = n if kind == "group" else x.shape[0]
    return F.group_norm(x.unsqueeze(0), groups, weight, bias, EPSILON)[0]


def batch_norm(samples, own, attr, training):
    """All samples of a batch; while training the running statistics change."""
    _, momentum, affine = attr
    mean, variance = own[-2:]
    x = torch.stack(samples)
    one = (1, -1) + (1,) * (x.dim() - 2)
    if training:
        axes = [i for i in range(x.dim()) if i != 1]
        n = x.numel() // x.shape[1]
        m = x.mean(axes)
        s = ((x - m.reshape(one)) ** 2).mean(axes)
        with torch.no_grad():
            mean += momentum * (m - mean)
            variance += momentum * (s * n / max(n - 1, 1) - variance)
    else:
        m, s = mean, variance
    y = (x - m.reshape(one)) / torch.sqrt(s.reshape(one) + EPSILON)
    if affine:
        y = y * own[0].reshape(one) + own[1].reshape(one)
    return list(y)


def window(v, attr):
    axis, taps, stride, dilation, before, after = attr
    x = v[0].movedim(axis, -1)
    x = F.pad(x, (before, after))
    y = x.unfold(-1, (taps - 1) * dilation + 1, stride)[..., ::dilation]
    return y.movedim((-2, -1), (axis, axis + 1))


FORMULAS = {
    "conv": lambda v, a: convolution(v, a, a[2].groups),
    "depthwise": lambda v, a: convolution(v, a, v[0].shape[0]),
    "conv_transpose": conv_transpose, "pool": pool, "adaptive_pool": adaptive_pool,
    "global_pool": global_pool, "norm": norm, "window": window,
}
