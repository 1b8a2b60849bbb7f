"""Layers over sequences and attention in random declarations: shape rules and C++ text.

Layers with parameters take a value, `values_of` of them, and then the parameters that they declare, in
their order. `recurrent` is an rnn, lstm or gru; `attention` is scaled_dot_product_attention, whose
operands are queries, keys, values and perhaps a mask; `heads` is multi_head_attention of x, perhaps a
memory and a mask; `encoder` is a transformer_encoder_layer.
"""
from dataclasses import dataclass

from random_nets.misfit import require


@dataclass(frozen=True)
class Recurrent:
    """A recurrent layer, as tl::recurrent says."""
    cell: str
    hidden: int
    layers: int = 1
    both: bool = False
    bias: bool = True
    projection: int = 0
    last: bool = False
    learnt: bool = False
    relu: bool = False
    before: bool = False
    window: int = 0
    recompute: int = 0

    @property
    def outputs(self):
        return self.projection or self.hidden

    @property
    def directions(self):
        return 2 if self.both else 1

    def parameters(self, features):
        """Name to shape, in the order in which the layer declares them."""
        rows = {"rnn": 1, "lstm": 4, "gru": 3}[self.cell] * self.hidden
        found = {}
        for level in range(self.layers):
            for back in range(self.directions):
                end = f"l{level}" + ("_reverse" if back else "")
                found[f"weight_ih_{end}"] = (rows, features)
                found[f"weight_hh_{end}"] = (rows, self.outputs)
                if self.bias:
                    found[f"bias_ih_{end}"] = found[f"bias_hh_{end}"] = (rows,)
                if self.projection:
                    found[f"weight_hr_{end}"] = (self.projection, self.hidden)
                if self.learnt:
                    found[f"h0_{end}"] = (self.outputs,)
                    if self.cell == "lstm":
                        found[f"c0_{end}"] = (self.hidden,)
            features = self.directions * self.outputs
        return found

    def text(self):
        own = [f".layers = {self.layers}"] if self.layers > 1 else []
        own += [".bidirectional = true"] if self.both else []
        own += [] if self.bias else [".bias = false"]
        own += [f".projection = {self.projection}"] if self.projection else []
        own += [".yield = tl::yields::last"] if self.last else []
        own += [".start = tl::starts::learnt"] if self.learnt else []
        own += [".activation = tl::recurrent_activation::relu"] if self.relu else []
        own += [".reset = tl::gru_reset::before"] if self.before else []
        own += [f".window = {self.window}"] if self.window else []
        own += [f".recompute = {self.recompute}"] if self.recompute else []
        return f"tl::{self.cell}<{self.hidden}, tl::recurrent{{{', '.join(own)}}}>"


@dataclass(frozen=True)
class Attention:
    """Settings of an attention; the last six are those of layers."""
    causal: bool = False
    masked: str = ""             # added, shown, hidden; no mask without
    scale: float = 0.0
    at_once: int = 0
    kv_heads: int = 0
    bias: bool = True
    rotary: str = "none"
    relative: str = "none"
    reach: int = 32
    heads: int = 1

    def text(self):
        own = [".causal = true"] if self.causal else []
        own += [f".masked = tl::mask::{self.masked}"] if self.masked else []
        own += [f".scale = {self.scale}"] if self.scale else []
        own += [f".queries_at_once = {self.at_once}"] if self.at_once else []
        own += [f".kv_heads = {self.kv_heads}"] if self.kv_heads else []
        own += [] if self.bias else [".bias = false"]
        own += [f".positions = tl::rotary::{self.rotary}"] if self.rotary != "none" else []
        own += [f".relative = tl::score_bias::{self.relative}"] if self.relative != "none" else []
        own += [f".reach = {self.reach}"] if self.relative == "learnt" else []
        return f"tl::attention_settings{{{', '.join(own)}}}"

    def parameters(self, width, given):
        """Of the layer with a memory of `given` features: name to shape."""
        kv = (self.kv_heads or self.heads) * (width // self.heads)
        found = {}
        if given == width:
            found["in_proj_weight"] = (width + 2 * kv, width)
        else:
            found = {"q_proj_weight": (width, width), "k_proj_weight": (kv, given),
                     "v_proj_weight": (kv, given)}
        if self.bias:
            found["in_proj_bias"] = (width + 2 * kv,)
        if self.relative == "learnt":
            found["relative_attention_bias.weight"] = (2 * self.reach + 1, self.heads)
        found["out_proj.weight"] = (width, width)
        if self.bias:
            found["out_proj.bias"] = (width,)
        return found


@dataclass(frozen=True)
class Encoder:
    """A transformer_encoder_layer."""
    hidden: int
    first: bool
    activation: str
    attention: Attention

    def parameters(self, width):
        attention = {f"self_attn.{k}": v for k, v in
                     self.attention.parameters(width, width).items()}
        linear = {"linear1.weight": (self.hidden, width), "linear1.bias": (self.hidden,),
                  "linear2.weight": (width, self.hidden), "linear2.bias": (width,)}
        norms = [{f"norm{n}.weight": (width,), f"norm{n}.bias": (width,)} for n in (1, 2)]
        if self.first:
            return {**norms[0], **attention, **norms[1], **linear}
        return {**attention, **norms[0], **linear, **norms[1]}

    def text(self, width):
        own = [f".norm_first = {'true' if self.first else 'false'}",
               f".attention = {self.attention.text()}"]
        return (f"tl::transformer_encoder_layer<{width}, {self.attention.heads}, {self.hidden}, "
                f"tl::transformer_settings{{{', '.join(own)}}}, tl::{self.activation}>")


def values_of(node):
    """How many operands of a layer are no parameters."""
    return node.attr[2] if node.op == "heads" else 1


def recurrent(s, attr):
    _, r = attr
    require(len(s[0]) == 2)
    require(list(s[1:]) == list(r.parameters(s[0][1]).values()))
    width = r.directions * r.outputs
    return (width,) if r.last else (s[0][0], width)


def attended(q, k, v, mask, a):
    """The shape of an attention's result."""
    require(len(q) in (2, 3) and len(k) == len(v) and len(k) in (2, 3) and len(k) <= len(q))
    require(q[-1] == k[-1] and k[:-1] == v[:-1])
    heads = q[0] if len(q) == 3 else 1
    require(heads % (k[0] if len(k) == 3 else 1) == 0)
    scores = q[:-1] + (k[-2],)
    if mask is not None:
        require(len(mask) <= len(scores))
        require(all(m in (1, n) for m, n in zip(reversed(mask), reversed(scores))))
    return q[:-1] + v[-1:]


def attention(s, attr):
    return attended(s[0], s[1], s[2], s[3] if len(s) > 3 else None, attr[0])


def layer_of_heads(x, memory, mask, a):
    require(len(x) == len(memory) == 2 and x[1] % a.heads == 0)
    require(a.heads % (a.kv_heads or a.heads) == 0)
    own = x[1] // a.heads
    require(a.rotary == "none" or own % 2 == 0)
    attended((a.heads, x[0], own), (a.heads, memory[0], own), (a.heads, memory[0], own), mask, a)
    return x


def heads(s, attr):
    _, a, values = attr
    x, memory = s[0], s[1] if values > 1 else s[0]
    require(list(s[values:]) == list(a.parameters(x[1], memory[1]).values()))
    return layer_of_heads(x, memory, s[2] if values > 2 else None, a)


def encoder(s, attr):
    _, e = attr
    require(len(s[0]) == 2)
    require(list(s[1:]) == list(e.parameters(s[0][1]).values()))
    return layer_of_heads(s[0], s[0], None, e.attention)


def glu(s, attr):
    axis = attr[0]
    require(axis < len(s[0]) and s[0][axis] % 2 == 0)
    return s[0][:axis] + (s[0][axis] // 2,) + s[0][axis + 1:]


def placed(s, attr):
    require(len(s[0]) == 2 and (attr[0] == "sinusoidal" or s[0][1] % 2 == 0))
    return s[0]


def shuffle(s, attr):
    way, n = attr
    require(len(s[0]) == 3)
    c, h, w = s[0]
    if way == "pixel_shuffle":
        require(c % (n * n) == 0)
        return c // (n * n), h * n, w * n
    require(h % n == 0 and w % n == 0)
    return c * n * n, h // n, w // n


def upsample(s, attr):
    factors, _ = attr
    require(len(s[0]) == 1 + len(factors))
    return s[0][:1] + tuple(n * f for n, f in zip(s[0][1:], factors))


def upsample_text(v, attr):
    factors, how = attr
    each = "tl::per_axis{" + ", ".join(map(str, factors)) + "}" if len(factors) == 2 else factors[0]
    return f"tl::lower_layer<tl::upsample<{each}, tl::resize::{how}>>(g, {v[0]})"


def placed_text(v, attr):
    if attr[0] == "sinusoidal":
        return f"tl::lower_layer<tl::sinusoidal_positions<>>(g, {v[0]})"
    return f"tl::math::rotary_positions({v[0]}, tl::rotary::{attr[0]})"


def layer(own, path, values):
    return f'g.layer<{own}>("{path}", {", ".join(values)})'


def heads_text(v, attr):
    path, a, values = attr
    width = a_width(attr)
    return layer(f"tl::multi_head_attention<{width}, {a.heads}, {a.text()}>", path, v[:values])


def a_width(attr):
    return int(attr[0].rpartition("_")[2])


RULES = {
    "recurrent": (recurrent, lambda v, a: layer(a[1].text(), a[0], v[:1])),
    "attention": (attention, lambda v, a: "tl::math::scaled_dot_product_attention("
                  + ", ".join(v + [a[0].text()]) + ")"),
    "heads": (heads, heads_text),
    "encoder": (encoder, lambda v, a: layer(a[1].text(a_width(a)), a[0], v[:1])),
    "glu": (glu, lambda v, a: f"tl::math::glu({v[0]}, {a[0]})"),
    "placed": (placed, placed_text),
    "shuffle": (shuffle, lambda v, a: f"tl::lower_layer<tl::{a[0]}<{a[1]}>>(g, {v[0]})"),
    "upsample": (upsample, upsample_text),
}
LAYERED = ("recurrent", "heads", "encoder")
