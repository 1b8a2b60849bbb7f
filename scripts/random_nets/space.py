"""Operations over space: windows, convolutions, pools, normalisation; shape rules and C++ text.

Those with parameters are layers: an operation of the declaration whose operands are a value and the
parameters that the layer declares. A kernel is a tuple (size, stride, dilation, before, after,
groups, mode, output padding), the first five with a number per axis of space, mode one of zeros,
reflect, replicate, circular; paddings may be "same" or "causal" instead of numbers.
"""
from dataclasses import dataclass

from random_nets.misfit import MOST_AXES, require

EPSILON, MOMENTUM = 1e-5, 0.1
# Layers with parameters, by the number of operands that are none.
LAYERED = ("dense", "conv", "depthwise", "conv_transpose", "batch_norm", "norm")


@dataclass(frozen=True)
class Kernel:
    size: tuple
    stride: tuple = ()
    dilation: tuple = ()
    before: tuple = ()
    after: tuple = ()
    rule: str = "given"
    groups: int = 1
    mode: str = "zeros"
    more: tuple = ()             # output padding
    counts_padding: bool = True

    def stride_of(self, axis, pools=False):
        return self.stride[axis] if self.stride else self.size[axis] if pools else 1

    def dilation_of(self, axis):
        return self.dilation[axis] if self.dilation else 1

    def reach(self, axis):
        return (self.size[axis] - 1) * self.dilation_of(axis)

    def padding(self, axis, extent, pools=False):
        """Elements before and after an axis."""
        if self.rule == "causal":
            return self.reach(axis), 0
        if self.rule == "same":
            stride = self.stride_of(axis, pools)
            total = max(0, (-(-extent // stride) - 1) * stride + self.reach(axis) + 1 - extent)
            return total // 2, total - total // 2
        return (self.before[axis], self.after[axis]) if self.before else (0, 0)

    def positions(self, axis, extent, pools=False):
        before, after = self.padding(axis, extent, pools)
        most = extent - 1 if self.mode == "reflect" else extent
        require(self.mode in ("zeros", "replicate") or max(before, after) <= most)
        room = extent + before + after - self.reach(axis) - 1
        require(room >= 0)
        return room // self.stride_of(axis, pools) + 1

    def text(self):
        def pair(p):
            return "{" + ", ".join(map(str, p)) + "}" if len(p) == 2 else str(p[0])
        parts = [f".size = {pair(self.size)}"]
        parts += [f".stride = {pair(self.stride)}"] if self.stride else []
        parts += [f".dilation = {pair(self.dilation)}"] if self.dilation else []
        if self.rule != "given":
            parts.append(f".padding = tl::padding::{self.rule}")
        elif self.before:
            b, a = self.before, self.after
            four = (b[0], a[0], b[1], a[1]) if len(b) == 2 else (0, 0, b[0], a[0])
            parts.append(".padding = {" + ", ".join(map(str, four)) + "}")
        parts += [f".groups = {self.groups}"] if self.groups > 1 else []
        parts += [f".mode = tl::padding_mode::{self.mode}"] if self.mode != "zeros" else []
        parts += [f".output_padding = {pair(self.more)}"] if self.more else []
        parts += [".counts_padding = false"] if not self.counts_padding else []
        return "tl::kernel{" + ", ".join(parts) + "}"


def with_channels(dims, kernel):
    require(len(dims) == 1 + len(kernel.size))
    return dims[0], dims[1:]


def conv_weights(channels, outputs, k):
    require(channels % k.groups == 0 and outputs % k.groups == 0)
    return (outputs, channels // k.groups) + k.size


def conv(s, attr):
    _, outputs, k, _ = attr
    channels, space = with_channels(s[0], k)
    require(s[1] == conv_weights(channels, outputs, k) and s[2:] in ([], [(outputs,)]))
    return (outputs,) + tuple(k.positions(i, n) for i, n in enumerate(space))


def depthwise(s, attr):
    _, multiplier, k, _ = attr
    channels, space = with_channels(s[0], k)
    outputs = channels * multiplier
    require(s[1] == (outputs, 1) + k.size and s[2:] in ([], [(outputs,)]))
    return (outputs,) + tuple(k.positions(i, n) for i, n in enumerate(space))


def transposed_extent(k, i, n):
    more = k.more[i] if k.more else 0
    require(more == 0 or more < max(k.stride_of(i), k.dilation_of(i)))
    size = (n - 1) * k.stride_of(i) - sum(k.padding(i, n)) + k.reach(i) + more + 1
    require(size > 0)
    return size


def conv_transpose(s, attr):
    _, outputs, k, _ = attr
    channels, space = with_channels(s[0], k)
    require(channels % k.groups == 0 and outputs % k.groups == 0)
    require(s[1] == (channels, outputs // k.groups) + k.size and s[2:] in ([], [(outputs,)]))
    return (outputs,) + tuple(transposed_extent(k, i, n) for i, n in enumerate(space))


def pool(s, attr):
    kind, k = attr
    channels, space = with_channels(s[0], k)
    for i, n in enumerate(space):  # no window of padding alone
        before, _ = k.padding(i, n, True)
        for o in range(k.positions(i, n, True)):
            first = o * k.stride_of(i, True) - before
            require(any(0 <= first + t * k.dilation_of(i) < n for t in range(k.size[i])))
    return (channels,) + tuple(k.positions(i, n, True) for i, n in enumerate(space))


def adaptive_pool(s, attr):
    require(len(s[0]) == 1 + len(attr[1]))
    return s[0][:1] + attr[1]


def global_pool(s, attr):
    require(len(s[0]) in (2, 3))
    return s[0][:1]


def batch_norm(s, attr):
    require(len(s[0]) in (1, 2, 3) and all(p == s[0][:1] for p in s[1:]))
    return s[0]


def norm(s, attr):
    _, kind, n, affine = attr
    dims = s[0]
    require(dims)
    if kind in ("layer", "rms"):
        require(0 < n <= len(dims))
        own = dims[len(dims) - n:]
    else:
        groups = n if kind == "group" else dims[0]
        require(dims[0] % groups == 0)
        own = dims[:1]
        n = 1
        for d in dims:
            n *= d
        require(n > groups)
    require(all(p == own for p in s[1:]))
    return dims


def window(s, attr):
    axis, taps, stride, dilation, before, after = attr
    dims = s[0]
    require(0 <= axis < len(dims) < MOST_AXES)
    room = dims[axis] + before + after - (taps - 1) * dilation - 1
    require(room >= 0)
    return dims[:axis] + (room // stride + 1, taps) + dims[axis + 1:]


def layer(name, path, arguments, x):
    """A layer under a scope, or a layer without parameters."""
    own = f"tl::{name}<{', '.join(arguments)}>"
    return f'g.layer<{own}>("{path}", {x})' if path else f"tl::lower_layer<{own}>(g, {x})"


def conv_text(v, attr, name):
    path, outputs, k, bias = attr
    own = [str(outputs), k.text()]
    if name == "depthwise_conv":
        own.reverse()
    return layer(f"{name}{len(k.size)}d", path, own + ([] if bias else ["tl::bias::off"]), v[0])


def norm_text(v, attr):
    path, kind, n, affine = attr
    own = [] if kind == "instance" else [str(n)]
    how = "tl::affine::on" if affine else "tl::affine::off"
    return layer(f"{kind}_norm", path, own + [str(EPSILON), how], v[0])


def batch_norm_text(v, attr):
    path, momentum, affine = attr
    how = "tl::affine::on" if affine else "tl::affine::off"
    return layer("batch_norm", path, [str(EPSILON), str(momentum), how], v[0])


def adaptive_text(v, attr):
    kind, parts = attr
    size = "{" + ", ".join(map(str, parts)) + "}" if len(parts) == 2 else str(parts[0])
    size = f"tl::per_axis{size}" if len(parts) == 2 else size
    return layer(f"adaptive_{kind}_pool{len(parts)}d", "", [size], v[0])


RULES = {
    "conv": (conv, lambda v, a: conv_text(v, a, "conv")),
    "depthwise": (depthwise, lambda v, a: conv_text(v, a, "depthwise_conv")),
    "conv_transpose": (conv_transpose, lambda v, a: conv_text(v, a, "conv_transpose")),
    "pool": (pool, lambda v, a: layer(f"{a[0]}_pool{len(a[1].size)}d", "", [a[1].text()], v[0])),
    "adaptive_pool": (adaptive_pool, adaptive_text),
    "global_pool": (global_pool, lambda v, a:
                    f"tl::lower_layer<tl::global_{a[0]}_pool>(g, {v[0]})"),
    "batch_norm": (batch_norm, batch_norm_text),
    "norm": (norm, norm_text),
    "window": (window, lambda v, a: f"tl::math::window({v[0]}, " + ", ".join(map(str, a)) + ")"),
}
