#!/usr/bin/env python3
"""Attention, positions and transformer blocks: outputs and gradients in several configurations, and
the losses of ten training steps of a small transformer."""
import math
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

from space import literal, numbers, projections

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

BATCH = 3
INF = float("inf")


class Value:
    """An input: known numbers, or a mask made of them."""

    def __init__(self, *shape, kind="any"):
        self.shape, self.kind = shape, kind

    def numbers(self, stream):
        x = numbers(stream, BATCH * math.prod(self.shape)).reshape(BATCH, *self.shape)
        if self.kind == "any":
            return x.requires_grad_(True)
        if self.kind == "shown":
            return (x > -0.25).to(x)
        if self.kind == "hidden":
            m = (x > 0.25).to(x)
            m[..., 0] = 0  # no step of which all keys are hidden: PyTorch has NaN there
            return m
        if self.kind == "some":  # whole rows too
            m = (x > -0.25).to(x)
            m[..., 1, :] = 0
            return m
        if self.kind == "added":
            return torch.where(x > 0.5, torch.full_like(x, -INF), x)
        raise ValueError(self.kind)


def start(parameters):
    """Known numbers, smaller for more inputs."""
    with torch.no_grad():
        for k, (_, p) in enumerate(parameters):
            inputs = p.numel() / p.shape[0] if p.dim() > 1 else 4
            p.copy_(numbers(10 + k, p.numel()).reshape(p.shape) / inputs ** 0.5)


def sdpa(masked=None, **options):
    def run(q, k, v, m=None):
        if m is not None:
            if masked == "shown":
                m = m != 0
            if masked == "hidden":
                m = m == 0
            if m.dim() == 2:
                m = m[:, None, :]
            if q.dim() == 4 and m.dim() == 3:
                m = m[:, None]
        if q.dim() == 3:
            return F.scaled_dot_product_attention(q[:, None], k[:, None], v[:, None],
                                                  None if m is None else m[:, None], **options)[:, 0]
        if k.dim() == 3:
            k, v = k[:, None], v[:, None]
        return F.scaled_dot_product_attention(q, k, v, m, enable_gqa=q.shape[1] != k.shape[1],
                                              **options)
    return run


def causal_mask(n, m=None):
    return torch.triu(torch.ones(n, m or n, dtype=torch.bool), 1)


class Attention(nn.Module):
    """nn.MultiheadAttention for a batch, with masks as this library has them."""

    def __init__(self, width, heads, causal=False, **options):
        super().__init__()
        self.own = nn.MultiheadAttention(width, heads, batch_first=True, **options)
        self.heads, self.causal = heads, causal

    def forward(self, x, memory=None, mask=None):
        memory = x if memory is None else memory
        hidden = causal_mask(x.shape[1], memory.shape[1]) if self.causal else None
        padding = None
        if mask is not None and mask.dim() == 2:
            padding = mask != 0
        elif mask is not None:
            hidden = (mask != 0).repeat_interleave(self.heads, 0)
        return self.own(x, memory, memory, attn_mask=hidden, key_padding_mask=padding,
                        need_weights=False)[0]


def rotate(x, pairs, base=10000.0):
    """x (..., steps, width)."""
    steps, width = x.shape[-2:]
    w = base ** (-2 * torch.arange(width // 2) / width)
    angle = torch.arange(steps)[:, None] * w
    c, s = angle.cos(), angle.sin()
    if pairs == "half_split":
        a, b = x.chunk(2, -1)
        return torch.cat([a * c - b * s, b * c + a * s], -1)
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * c - b * s, b * c + a * s], -1).flatten(-2)


def slopes(heads):
    """As the code of the paper has them."""
    n = 2 ** math.floor(math.log2(heads))
    own = [2 ** (-8 * (h + 1) / n) for h in range(n)]
    twice = [2 ** (-8 * (h + 1) / (2 * n)) for h in range(2 * n)]
    return torch.tensor(own + twice[0::2][:heads - n])


class Special(nn.Module):
    """Self attention with grouped heads, rotary positions or a bias by distance, written out."""

    def __init__(self, width, heads, kv_heads=None, causal=False, rotary=None, bias=None, reach=32,
                 base=10000.0):
        super().__init__()
        kv_heads = kv_heads or heads
        self.sizes = [width, width // heads * kv_heads, width // heads * kv_heads]
        self.heads, self.kv_heads, self.causal = heads, kv_heads, causal
        self.rotary, self.kind, self.reach, self.base = rotary, bias, reach, base
        self.in_proj_weight = nn.Parameter(torch.empty(sum(self.sizes), width))
        self.in_proj_bias = nn.Parameter(torch.empty(sum(self.sizes)))
        if bias == "learnt":
            self.relative_attention_bias = nn.Embedding(2 * reach + 1, heads)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x):
        n, steps, width = x.shape
        own = width // self.heads
        q, k, v = F.linear(x, self.in_proj_weight, self.in_proj_bias).split(self.sizes, -1)
        q, k, v = (t.reshape(n, steps, -1, own).transpose(1, 2) for t in (q, k, v))
        if self.rotary:
            q, k = rotate(q, self.rotary, self.base), rotate(k, self.rotary, self.base)
        k = k.repeat_interleave(self.heads // self.kv_heads, 1)
        v = v.repeat_interleave(self.heads // self.kv_heads, 1)
        scores = q @ k.transpose(-1, -2) / own ** 0.5
        t = torch.arange(steps)
        distance = t[None, :] - t[:, None]
        if self.kind == "learnt":
            index = distance.clamp(-self.reach, self.reach) + self.reach
            scores = scores + self.relative_attention_bias(index).permute(2, 0, 1)
        if self.kind == "alibi":
            scores = scores - slopes(self.heads)[:, None, None] * distance.abs()
        if self.causal:
            scores = scores.masked_fill(distance > 0, -INF)
        return self.out_proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(n, steps, width))


class Encoder(nn.Module):
    def __init__(self, width, heads, hidden, causal=False, **options):
        super().__init__()
        self.own = nn.TransformerEncoderLayer(width, heads, hidden, dropout=0.0, batch_first=True,
                                              **options)
        self.heads, self.causal = heads, causal

    def forward(self, x, mask=None):
        hidden = causal_mask(x.shape[1]) if self.causal else None
        if mask is not None:
            hidden = (mask != 0).repeat_interleave(self.heads, 0)
        return self.own(x, src_mask=hidden)


class EncoderStack(nn.Module):
    def __init__(self, count, norm, width, *sizes, causal=False, **options):
        super().__init__()
        layer = nn.TransformerEncoderLayer(width, *sizes, dropout=0.0, batch_first=True, **options)
        self.own = nn.TransformerEncoder(layer, count, nn.LayerNorm(width) if norm else None,
                                         enable_nested_tensor=False)
        self.causal = causal

    def forward(self, x):
        return self.own(x, causal_mask(x.shape[1]) if self.causal else None)


class Decoder(nn.Module):
    def __init__(self, width, heads, hidden, causal=False, count=0, **options):
        super().__init__()
        layer = nn.TransformerDecoderLayer(width, heads, hidden, dropout=0.0, batch_first=True,
                                           **options)
        self.own = nn.TransformerDecoder(layer, count, nn.LayerNorm(width)) if count else layer
        self.heads, self.causal = heads, causal

    def forward(self, x, memory, mask=None, memory_mask=None):
        hidden = causal_mask(x.shape[1]) if self.causal else None
        if mask is not None:
            hidden = (mask != 0).repeat_interleave(self.heads, 0)
        if memory_mask is not None:
            memory_mask = (memory_mask != 0).repeat_interleave(self.heads, 0)
        return self.own(x, memory, tgt_mask=hidden, memory_mask=memory_mask)


def causal(conv, x):
    return conv(F.pad(x, ((conv.kernel_size[0] - 1) * conv.dilation[0], 0)))


class Residual(nn.Module):
    """A block of the paper's code, without weight normalisation."""

    def __init__(self, inputs, outputs, size, dilation, activation=F.relu):
        super().__init__()
        self.conv1 = nn.Conv1d(inputs, outputs, size, dilation=dilation)
        self.conv2 = nn.Conv1d(outputs, outputs, size, dilation=dilation)
        if inputs != outputs:
            self.downsample = nn.Conv1d(inputs, outputs, 1)
        self.activation = activation

    def forward(self, x):
        f = self.activation
        y = f(causal(self.conv2, f(causal(self.conv1, x))))
        return f((self.downsample(x) if hasattr(self, "downsample") else x) + y)


class Stack(nn.Module):
    def __init__(self, size, inputs, *channels, dilation=1, growth=2):
        super().__init__()
        self.network = nn.Sequential()
        for outputs in channels:
            self.network.append(Residual(inputs, outputs, size, dilation))
            inputs, dilation = outputs, dilation * growth

    def forward(self, x):
        return self.network(x)


def gate(x):
    a, b = x.chunk(2, 1)
    return a.tanh() * b.sigmoid()


class Gated(nn.Module):
    def __init__(self, inputs, outputs, size, padded=True, **options):
        super().__init__()
        self.own, self.padded = nn.Conv1d(inputs, 2 * outputs, size, **options), padded

    def forward(self, x):
        return gate(causal(self.own, x) if self.padded else self.own(x))


class WaveNet(nn.Module):
    def __init__(self, channels, skips, size, *dilations):
        super().__init__()
        self.layers = nn.ModuleList()
        for i, d in enumerate(dilations):
            layer = nn.ModuleDict({"conv": nn.Conv1d(channels, 2 * channels, size, dilation=d),
                                   "skip": nn.Conv1d(channels, skips, 1)})
            if i + 1 < len(dilations):
                layer["residual"] = nn.Conv1d(channels, channels, 1)
            self.layers.append(layer)

    def forward(self, x):
        skips = 0
        for layer in self.layers:
            z = gate(causal(layer["conv"], x))
            skips = skips + layer["skip"](z)
            if "residual" in layer:
                x = x + layer["residual"](z)
        return skips


def sinusoids(x):
    steps, width = x.shape[-2:]
    w = 10000.0 ** (-2 * (torch.arange(width) // 2) / width)
    angle = torch.arange(steps)[:, None] * w
    return x + torch.where(torch.arange(width) % 2 == 0, angle.sin(), angle.cos())


class Positions(nn.Module):
    def __init__(self, count, width):
        super().__init__()
        self.own = nn.Embedding(count, width)

    def forward(self, x):
        return x + self.own(torch.arange(x.shape[1]))


ORDER = ["causal", "masked", "scale", "dropout", "kv_heads", "bias", "positions", "rotary_base",
         "relative", "reach"]


def settings(**given):
    named = {k: {True: "true", False: "false"}.get(v, v) if isinstance(v, bool) else v
             for k, v in sorted(given.items(), key=lambda item: ORDER.index(item[0]))}
    return "tl::attention_settings{" + ", ".join(f".{k} = {v}" for k, v in named.items()) + "}"


def block(name, *sizes, activation="relu", **given):
    text = ", ".join(f".{k} = {v}" for k, v in given.items())
    return f"tl::{name}<{', '.join(map(str, sizes))}, tl::transformer_settings{{{text}}}, tl::{activation}>"


def cases():
    v = Value
    for name, o, run, values in (
            ("plain", settings(), sdpa(), [v(5, 4), v(5, 4), v(5, 4)]),
            ("heads", settings(), sdpa(), [v(2, 7, 3), v(2, 7, 3), v(2, 7, 3)]),
            ("cross", settings(), sdpa(), [v(4, 6), v(9, 6), v(9, 5)]),
            ("causal", settings(causal=True), sdpa(is_causal=True),
             [v(2, 17, 4), v(2, 17, 4), v(2, 17, 4)]),
            ("causal_longer", settings(causal=True, scale=0.7), sdpa(is_causal=True, scale=0.7),
             [v(3, 5), v(6, 5), v(6, 2)]),
            ("causal_shorter", settings(causal=True), sdpa(is_causal=True),
             [v(6, 5), v(3, 5), v(3, 2)]),
            ("added", settings(), sdpa(), [v(2, 5, 4), v(2, 6, 4), v(2, 6, 3), v(5, 6, kind="added")]),
            ("shown", settings(masked="tl::mask::shown"), sdpa("shown"),
             [v(2, 5, 4), v(2, 6, 4), v(2, 6, 3), v(2, 5, 6, kind="some")]),
            ("hidden_keys", settings(masked="tl::mask::hidden"), sdpa("hidden"),
             [v(5, 4), v(6, 4), v(6, 16), v(6, kind="hidden")]),
            ("grouped", settings(), sdpa(), [v(6, 5, 4), v(3, 8, 4), v(3, 8, 4)]),
            ("grouped_shown", settings(masked="tl::mask::shown"), sdpa("shown"),
             [v(4, 5, 4), v(2, 5, 4), v(2, 5, 4), v(4, 5, 5, kind="shown")]),
            ("multi_query", settings(scale=0.25), sdpa(scale=0.25), [v(4, 5, 3), v(7, 3), v(7, 3)])):
        yield f"sdpa_{name}", f"dot_product<{o}>", run, values
    mha = "tl::multi_head_attention"
    hidden = settings(masked="tl::mask::hidden")
    yield "mha_self", f"{mha}<8, 2>", Attention(8, 2), [v(6, 8)]
    yield "mha_one_head", f"{mha}<5, 1>", Attention(5, 1), [v(4, 5)]
    yield ("mha_wide", f"{mha}<48, 3, {settings(causal=True)}>", Attention(48, 3, causal=True), [v(9, 48)])
    yield ("mha_bare", f"{mha}<8, 4, {settings(bias=False)}>", Attention(8, 4, bias=False), [v(5, 8)])
    yield "mha_cross", f"{mha}<8, 2>", Attention(8, 2), [v(4, 8), v(7, 8)]
    yield ("mha_memory", f"{mha}<8, 2>", Attention(8, 2, kdim=6, vdim=6), [v(4, 8), v(7, 6)])
    yield ("mha_hidden", f"{mha}<8, 2, {hidden}>", Attention(8, 2),
           [v(5, 8), v(6, 8), v(5, 6, kind="hidden")])
    yield ("mha_padding", f"{mha}<6, 3, {hidden}>", Attention(6, 3),
           [v(5, 6), v(6, 6), v(6, kind="hidden")])
    yield ("mha_grouped", f"{mha}<12, 6, {settings(kv_heads=2, causal=True)}>",
           Special(12, 6, 2, True), [v(5, 12)])
    yield ("mha_multi_query", f"{mha}<8, 4, {settings(kv_heads=1)}>", Special(8, 4, 1), [v(5, 8)])
    for pairs in ("interleaved", "half_split"):
        p = f"tl::rotary::{pairs}"
        yield (f"rotary_{pairs}", f"turned<{p}, 10000.0>", lambda x, p=pairs: rotate(x, p), [v(7, 6)])
        yield (f"rotary_{pairs}_heads", f"turned<{p}, 100.0>",
               lambda x, p=pairs: rotate(x, p, 100.0), [v(2, 5, 32)])
        yield (f"mha_{pairs}", f"{mha}<16, 2, {settings(causal=True, kv_heads=1, positions=p)}>",
               Special(16, 2, 1, True, pairs), [v(6, 16)])
    learnt = "tl::score_bias::learnt"
    yield ("mha_bias_far", f"{mha}<8, 2, {settings(relative=learnt, reach=32)}>",
           Special(8, 2, bias="learnt"), [v(5, 8)])
    yield ("mha_bias_clipped", f"{mha}<8, 2, {settings(causal=True, relative=learnt, reach=2)}>",
           Special(8, 2, causal=True, bias="learnt", reach=2), [v(7, 8)])
    yield ("mha_bias_grouped", f"{mha}<8, 4, {settings(kv_heads=2, relative=learnt, reach=1)}>",
           Special(8, 4, 2, bias="learnt", reach=1), [v(5, 8)])
    alibi = "tl::score_bias::alibi"
    yield ("mha_alibi", f"{mha}<8, 4, {settings(causal=True, relative=alibi)}>",
           Special(8, 4, causal=True, bias="alibi"), [v(6, 8)])
    yield ("mha_alibi_six", f"{mha}<12, 6, {settings(relative=alibi)}>",
           Special(12, 6, bias="alibi"), [v(6, 12)])
    yield "sinusoidal", "tl::sinusoidal_positions<>", sinusoids, [v(9, 6)]
    yield "sinusoidal_odd", "tl::sinusoidal_positions<>", sinusoids, [v(40, 7)]
    yield "learnt_all", "tl::learnt_positions<7>", Positions(7, 6), [v(7, 6)]
    yield "learnt_part", "tl::learnt_positions<9>", Positions(9, 5), [v(4, 5)]
    e, d = "transformer_encoder_layer", "transformer_decoder_layer"
    causal = ".attention = {.causal = true}"
    yield "encoder_post", f"tl::{e}<8, 2, 12>", Encoder(8, 2, 12), [v(5, 8)]
    yield ("encoder_pre", block(e, 8, 2, 20, activation="gelu", norm_first="true"),
           Encoder(8, 2, 20, norm_first=True, activation="gelu"), [v(5, 8)])
    yield ("encoder_causal", block(e, 6, 3, 16, attention="{.causal = true}"),
           Encoder(6, 3, 16, causal=True), [v(7, 6)])
    yield ("encoder_hidden", block(e, 8, 2, 7, activation="gelu", attention="{.masked = tl::mask::hidden}"),
           Encoder(8, 2, 7, activation="gelu"), [v(5, 8), v(5, 5, kind="hidden")])
    yield ("encoder_wide", block(e, 32, 4, 64, norm_first="true", attention="{.causal = true}"),
           Encoder(32, 4, 64, causal=True, norm_first=True), [v(16, 32)])
    yield ("encoder_epsilon", block(e, 20, 5, 9, epsilon="0.01"),
           Encoder(20, 5, 9, layer_norm_eps=0.01), [v(4, 20)])
    yield "decoder_post", f"tl::{d}<8, 2, 12>", Decoder(8, 2, 12), [v(5, 8), v(3, 8)]
    yield ("decoder_pre", block(d, 8, 2, 20, activation="gelu", norm_first="true"),
           Decoder(8, 2, 20, norm_first=True, activation="gelu"), [v(4, 8), v(6, 8)])
    yield ("decoder_causal", block(d, 6, 3, 16, attention="{.causal = true}"),
           Decoder(6, 3, 16, causal=True), [v(7, 6), v(5, 6)])
    yield ("decoder_masks",
           block(d, 8, 2, 7, attention="{.masked = tl::mask::hidden}", masked_memory="tl::mask::hidden"),
           Decoder(8, 2, 7), [v(5, 8), v(6, 8), v(5, 5, kind="hidden"), v(5, 6, kind="hidden")])
    yield ("decoder_wide", block(d, 32, 2, 48, norm_first="true", attention="{.causal = true}"),
           Decoder(32, 2, 48, causal=True, norm_first=True), [v(8, 32), v(10, 32)])
    yield ("encoder_stack", f"tl::transformer_encoder<2, {block(e, 8, 2, 12, norm_first='true', attention='{.causal = true}')}, tl::final_norm::on>",
           EncoderStack(2, True, 8, 2, 12, causal=True, norm_first=True), [v(5, 8)])
    yield ("encoder_stack_bare", f"tl::transformer_encoder<3, tl::{e}<6, 2, 9>>",
           EncoderStack(3, False, 6, 2, 9), [v(4, 6)])
    yield ("decoder_stack", f"tl::transformer_decoder<2, {block(d, 8, 2, 12, attention='{.causal = true}')}, tl::final_norm::on>",
           Decoder(8, 2, 12, causal=True, count=2), [v(5, 8), v(4, 8)])


def temporal_cases():
    v, s = Value, "tl::temporal_settings"
    yield "tcn_block", "tl::tcn_block<4, 3>", Residual(4, 4, 3, 1), [v(4, 9)]
    yield "tcn_block_wider", "tl::tcn_block<6, 2>", Residual(3, 6, 2, 1), [v(3, 8)]
    yield ("tcn_block_dilated", f"tl::tcn_block<5, {s}{{.size = 3, .dilation = 4}}>",
           Residual(5, 5, 3, 4), [v(5, 20)])
    yield ("tcn_block_tanh", f"tl::tcn_block<2, {s}{{.size = 4, .dilation = 2}}, tl::tanh>",
           Residual(3, 2, 4, 2, torch.tanh), [v(3, 11)])
    yield ("tcn_block_beyond", f"tl::tcn_block<16, {s}{{.size = 5, .dilation = 3}}>",
           Residual(1, 16, 5, 3), [v(1, 7)])
    yield "tcn", "tl::tcn<3, 4, 4, 4>", Stack(3, 4, 4, 4, 4), [v(4, 18)]
    yield "tcn_uneven", "tl::tcn<2, 6, 3>", Stack(2, 2, 6, 3), [v(2, 10)]
    yield ("tcn_growth", f"tl::tcn<{s}{{.size = 2, .dilation = 2, .growth = 3}}, 4, 5>",
           Stack(2, 4, 4, 5, dilation=2, growth=3), [v(4, 16)])
    k = "tl::kernel"
    yield ("gated", f"tl::gated_conv1d<3, {k}{{.size = 2, .padding = tl::padding::causal}}>",
           Gated(3, 3, 2), [v(3, 9)])
    yield ("gated_dilated", f"tl::gated_conv1d<8, {k}{{.size = 3, .dilation = 4, .padding = tl::padding::causal}}>",
           Gated(2, 8, 3, dilation=4), [v(2, 17)])
    yield ("gated_wide", f"tl::gated_conv1d<16, {k}{{.size = 3, .padding = tl::padding::causal}}>",
           Gated(16, 16, 3), [v(16, 6)])
    yield "gated_bare", "tl::gated_conv1d<2, 3>", Gated(4, 2, 3, padded=False), [v(4, 8)]
    yield ("gated_stride", f"tl::gated_conv1d<2, {k}{{.size = 3, .stride = 2, .padding = 1}}>",
           Gated(3, 2, 3, padded=False, stride=2, padding=1), [v(3, 9)])
    yield "wavenet_one", "tl::wavenet<3, 2, 1>", WaveNet(4, 3, 2, 1), [v(4, 8)]
    yield "wavenet_two", "tl::wavenet<4, 3, 1, 2>", WaveNet(3, 4, 3, 1, 2), [v(3, 12)]
    yield "wavenet", "tl::wavenet<5, 2, 1, 2, 4, 8>", WaveNet(4, 5, 2, 1, 2, 4, 8), [v(4, 24)]
    yield "wavenet_again", "tl::wavenet<2, 2, 1, 3, 1, 3>", WaveNet(6, 2, 2, 1, 3, 1, 3), [v(6, 10)]
    yield "wavenet_wide", "tl::wavenet<16, 3, 1, 5>", WaveNet(16, 16, 3, 1, 5), [v(16, 16)]


def printed(name, layer, run, values):
    module = run if isinstance(run, nn.Module) else None
    parameters = [(n.removeprefix("own."), p) for n, p in module.named_parameters()] if module else []
    start(parameters)
    given = [v.numbers(1 + 100 * i) for i, v in enumerate(values)]
    y = run(*given)
    weights = numbers(2, y.numel()).reshape(y.shape)
    loss = (y * weights).sum()
    loss.backward()
    learnt = [i for i, v in enumerate(values) if v.kind == "any"]
    inputs = [projections(given[i].grad.sum(0)) for i in learnt]
    gradients = [projections(p.grad if p.grad is not None else torch.zeros_like(p))
                 for _, p in parameters]

    def shape(s):
        return f"tl::shape{{{', '.join(map(str, s))}}}"
    names = ", ".join(f'"{n}"' for n, _ in parameters)
    return [f"struct {name} {{",
            f"  using layer = {layer};",
            f"  static constexpr int values = {len(values)}, learnt = {len(learnt)}, "
            f"parameters = {len(parameters)};",
            f"  static constexpr tl::shape input[] = {{{', '.join(shape(v.shape) for v in values)}}};",
            f"  static constexpr kind kinds[] = {{{', '.join('kind::' + v.kind for v in values)}}};",
            f"  static constexpr tl::shape output = {shape(y.shape[1:])};",
            f"  static constexpr double loss = {float(loss.detach())!r};",
            f"  static constexpr products y = {literal(projections(y))};",
            f"  static constexpr products input_gradients[] = {{{', '.join(map(literal, inputs))}}};",
            f"  static constexpr const char* names[] = {{{names or 'nullptr'}}};",
            f"  static constexpr products gradients[] = {{{', '.join(map(literal, gradients or [[0.0]]))}}};",
            "};", ""]


STEPS, CLASSES = 7, 5


def sequence_losses():
    """Cross-entropy per step: loss, and gradient of the logits summed over samples."""
    for name, ignored, reduction in (("mean", False, "mean"), ("sum", False, "sum"),
                                     ("ignoring_mean", True, "mean"), ("ignoring_sum", True, "sum")):
        y = (4 * numbers(1, BATCH * STEPS * CLASSES)).reshape(-1, CLASSES).requires_grad_(True)
        t = ((numbers(2, BATCH * STEPS) + 1) / 2 * CLASSES).long()
        if ignored:
            t[numbers(3, BATCH * STEPS) > 0.25] = -100
        loss = F.cross_entropy(y, t, reduction=reduction)
        loss.backward()
        gradient = y.grad.reshape(BATCH, STEPS * CLASSES).sum(0)
        yield [f"inline constexpr double sequence_{name} = {float(loss.detach())!r};",
               f"inline constexpr products sequence_{name}_gradient = {literal(projections(gradient))};"]


class Small(nn.Module):
    """A small transformer over characters."""

    def __init__(self, norm_first):
        super().__init__()
        self.tokens = nn.Embedding(11, 16)
        self.places = nn.Embedding(8, 16)
        layer = nn.TransformerEncoderLayer(16, 2, 32, dropout=0.0, batch_first=True,
                                           activation="gelu" if norm_first else "relu",
                                           norm_first=norm_first)
        self.body = nn.TransformerEncoder(layer, 2, nn.LayerNorm(16), enable_nested_tensor=False)
        self.head = nn.Linear(16, 11)

    def forward(self, x):
        x = self.tokens(x) + self.places(torch.arange(x.shape[1]))
        return self.head(self.body(x, causal_mask(x.shape[1])))


def training(name, norm_first, make):
    """Losses of ten steps from known weights; factors of normalisations start at 1."""
    model = Small(norm_first)
    parameters = list(model.named_parameters())
    start(parameters)
    with torch.no_grad():
        for n, p in parameters:
            if "norm" in n and n.endswith("weight"):
                p.fill_(1)
    optimizer, result = make(model.parameters()), []
    for step in range(10):
        x = ((numbers(1000 + step, 4 * 9) + 1) / 2 * 11).long().reshape(4, 9)
        t = x[:, 1:].clone()
        t[numbers(2000 + step, 4 * 8).reshape(4, 8) > 0.5] = -100
        loss = F.cross_entropy(model(x[:, :-1]).reshape(-1, 11), t.reshape(-1), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        result.append(float(loss.detach()))
    names = ", ".join(f'"{n}"' for n, _ in parameters)
    return [f"inline constexpr const char* {name}_names[] = {{{names}}};",
            f"inline constexpr double {name}[] = {literal(result)};"]


HEAD = """#pragma once
// Written by tests/golden/attention.py from PyTorch in double precision. Each array of products has
// three products of a value with known numbers, which stand for all of its elements.
#include <tapeless/tapeless.hpp>

namespace golden::attention {

namespace tl = tapeless;
using products = double[3];

/// What the numbers of an input are: any, or a mask made of them.
enum class kind { any, shown, hidden, some, added };

/// The function as a layer of three or four values.
template <tl::attention_settings S>
struct dot_product {
  static constexpr tl::value lower(tl::graph&, tl::value q, tl::value k, tl::value v) {
    return tl::math::scaled_dot_product_attention(q, k, v, S);
  }
  static constexpr tl::value lower(tl::graph&, tl::value q, tl::value k, tl::value v,
                                   tl::value masked) {
    return tl::math::scaled_dot_product_attention(q, k, v, masked, S);
  }
};
template <tl::rotary Pairs, double Base>
struct turned {
  static constexpr tl::value lower(tl::graph&, tl::value x) {
    return tl::math::rotary_positions(x, Pairs, Base);
  }
};
"""


def main():
    lines, count = [HEAD], 0
    for name, layer, run, values in [*cases(), *temporal_cases()]:
        lines += printed(name, layer, run, values)
        count += 1
    for more in sequence_losses():
        lines += more
    lines += training("adam_losses", True, lambda p: torch.optim.Adam(p, lr=0.01))
    lines += training("sgd_losses", False, lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9))
    lines += ["", "}  // namespace golden::attention", ""]
    path = pathlib.Path(__file__).with_name("attention.hpp")
    path.write_text("\n".join(lines))
    print(f"{path.name}: {count} cases")


if __name__ == "__main__":
    main()
