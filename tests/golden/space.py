#!/usr/bin/env python3
"""Layers over space: outputs and gradients of each in several configurations."""
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

BATCH = 3


def numbers(stream, count):
    """The numbers of tests/space/hashed.hpp: multiples of 2^-15 in [-1, 1)."""
    h = (torch.arange(count, dtype=torch.int64) * 2654435761 + stream * 40503 + 12345) & 0xFFFFFFFF
    h = h ^ (h >> 15)
    h = (h * 0x2C1B3C6D) & 0xFFFFFFFF
    h = h ^ (h >> 12)
    return ((h >> 8) & 0xFFFF).to(torch.float64) / 32768 - 1


def projections(value):
    """Three numbers that stand for all of a value: its products with known numbers."""
    flat = value.detach().reshape(-1)
    return [float(flat @ numbers(1000 + k, flat.numel())) for k in range(3)]


class Run:
    def __init__(self, f, shape, parameters=(), module=None):
        self.f, self.shape, self.parameters = f, shape, list(parameters)
        self.module = module
        self.statistics = []
        if module:
            self.statistics = [(n, b) for n, b in module.named_buffers() if "running" in n]

    def start(self):
        """Known numbers in all parameters and running statistics."""
        with torch.no_grad():
            for k, p in enumerate(self.parameters):
                p.copy_(numbers(10 + k, p.numel()).reshape(p.shape) / 2)
            for k, (name, b) in enumerate(self.statistics):
                b.copy_(numbers(50 + k, b.numel()) / 2 + ("var" in name))

    def output(self, x):
        """What inference computes."""
        if self.module:
            self.module.eval()
        y = self.f(x)
        if self.module:
            self.module.train()
        return y


def module(m, shape):
    return Run(m, shape, m.parameters(), m)


def padded(mode, pad, conv, shape):
    return Run(lambda x: conv(F.pad(x, pad, mode=mode)), shape, conv.parameters())


def same(conv, shape, stride, size, dilation=1):
    """TensorFlow's padding: as many outputs as inputs, divided by the stride."""
    pad = []
    for axis in reversed(range(len(size))):
        n = shape[1 + axis]
        total = max(0, (-(-n // stride) - 1) * stride + (size[axis] - 1) * dilation + 1 - n)
        pad += [total // 2, total - total // 2]
    return Run(lambda x: conv(F.pad(x, pad)), shape, conv.parameters())


def cases():
    c2, c1 = nn.Conv2d, nn.Conv1d
    t2, t1 = nn.ConvTranspose2d, nn.ConvTranspose1d
    k = "tl::kernel"
    yield "conv2d_one", "tl::conv2d<1, 1>", module(c2(1, 1, 1), (1, 1, 1))
    yield "conv2d_3x3", "tl::conv2d<5, 3>", module(c2(3, 5, 3), (3, 6, 7))
    yield ("conv2d_padded", f"tl::conv2d<17, {k}{{.size = 3, .padding = 1}}>",
           module(c2(4, 17, 3, padding=1), (4, 5, 4)))
    yield ("conv2d_stride", f"tl::conv2d<8, {k}{{.size = 3, .stride = 2, .padding = 1}}>",
           module(c2(2, 8, 3, 2, 1), (2, 8, 7)))
    yield ("conv2d_uneven",
           f"tl::conv2d<6, {k}{{.size = {{2, 5}}, .stride = {{3, 2}}, .padding = {{3, 1}}, "
           ".dilation = 1}>".replace(".padding = {3, 1}, .dilation = 1", ".dilation = {2, 1}, .padding = {3, 1}"),
           module(c2(3, 6, (2, 5), (3, 2), (3, 1), (2, 1)), (3, 9, 10)))
    yield ("conv2d_dilated", f"tl::conv2d<4, {k}{{.size = 3, .dilation = 2, .padding = 2}}, tl::bias::off>",
           module(c2(2, 4, 3, padding=2, dilation=2, bias=False), (2, 6, 6)))
    yield ("conv2d_stride_beyond", f"tl::conv2d<3, {k}{{.size = 2, .stride = 5}}>",
           module(c2(2, 3, 2, 5), (2, 13, 11)))
    yield ("conv2d_stride_dilated", f"tl::conv2d<3, {k}{{.size = 3, .stride = 4, .dilation = 2, .padding = 3}}>",
           module(c2(2, 3, 3, 4, 3, 2), (2, 11, 9)))
    yield ("conv2d_groups", f"tl::conv2d<6, {k}{{.size = 3, .padding = 1, .groups = 2}}>",
           module(c2(4, 6, 3, padding=1, groups=2), (4, 5, 5)))
    yield ("conv2d_groups_stride", f"tl::conv2d<12, {k}{{.size = 3, .stride = 2, .padding = 1, .groups = 3}}>",
           module(c2(6, 12, 3, 2, 1, groups=3), (6, 6, 5)))
    yield ("conv2d_depthwise", f"tl::depthwise_conv2d<{k}{{.size = 3, .padding = 1}}>",
           module(c2(16, 16, 3, padding=1, groups=16), (16, 5, 6)))
    yield ("conv2d_depthwise_stride", f"tl::depthwise_conv2d<{k}{{.size = 3, .stride = 2, .padding = 1}}, 2>",
           module(c2(5, 10, 3, 2, 1, groups=5), (5, 7, 6)))
    yield ("conv2d_padding_beyond", f"tl::conv2d<2, {k}{{.size = 3, .padding = 4}}>",
           module(c2(1, 2, 3, padding=4), (1, 3, 2)))
    yield ("conv2d_same", f"tl::conv2d<3, {k}{{.size = {{4, 3}}, .padding = tl::padding::same}}>",
           same(c2(2, 3, (4, 3)), (2, 5, 6), 1, (4, 3)))
    yield ("conv2d_same_stride", f"tl::conv2d<3, {k}{{.size = 3, .stride = 2, .padding = tl::padding::same}}>",
           same(c2(2, 3, 3, 2), (2, 6, 7), 2, (3, 3)))
    yield ("conv2d_reflect", f"tl::conv2d<3, {k}{{.size = 3, .padding = {{1, 2, 2, 0}}, .mode = tl::padding_mode::reflect}}>",
           padded("reflect", (2, 0, 1, 2), c2(2, 3, 3), (2, 5, 4)))
    yield ("conv2d_replicate", f"tl::conv2d<3, {k}{{.size = 3, .padding = 2, .mode = tl::padding_mode::replicate}}>",
           padded("replicate", (2, 2, 2, 2), c2(2, 3, 3), (2, 3, 4)))
    yield ("conv2d_circular", f"tl::conv2d<3, {k}{{.size = 3, .padding = 1, .mode = tl::padding_mode::circular}}>",
           padded("circular", (1, 1, 1, 1), c2(2, 3, 3), (2, 3, 4)))
    yield "conv1d_wide", "tl::conv1d<16, 5>", module(c1(1, 16, 5), (1, 33))
    yield ("conv1d_few", f"tl::conv1d<3, {k}{{.size = 4, .stride = 2, .padding = 3}}>",
           module(c1(2, 3, 4, 2, 3), (2, 19)))
    yield ("conv1d_causal", f"tl::conv1d<4, {k}{{.size = 3, .dilation = 4, .padding = tl::padding::causal}}>",
           padded("constant", (8, 0), c1(3, 4, 3, dilation=4), (3, 20)))
    yield ("conv1d_groups", f"tl::conv1d<8, {k}{{.size = 3, .groups = 4}}>",
           module(c1(4, 8, 3, groups=4), (4, 9)))
    yield ("conv1d_depthwise", f"tl::depthwise_conv1d<{k}{{.size = 3, .padding = 1}}, 1, tl::bias::off>",
           module(c1(7, 7, 3, padding=1, groups=7, bias=False), (7, 18)))
    yield "transpose2d", "tl::conv_transpose2d<5, 3>", module(t2(3, 5, 3), (3, 4, 5))
    yield ("transpose2d_stride", f"tl::conv_transpose2d<4, {k}{{.size = 2, .stride = 2}}>",
           module(t2(6, 4, 2, 2), (6, 3, 4)))
    yield ("transpose2d_overlap",
           f"tl::conv_transpose2d<4, {k}{{.size = 3, .stride = 2, .padding = 1, .output_padding = 1}}>",
           module(t2(2, 4, 3, 2, 1, 1), (2, 4, 3)))
    yield ("transpose2d_groups",
           f"tl::conv_transpose2d<6, {k}{{.size = 3, .stride = 3, .dilation = 2, .groups = 2}}>",
           module(t2(4, 6, 3, 3, dilation=2, groups=2), (4, 3, 2)))
    yield ("transpose1d", f"tl::conv_transpose1d<3, {k}{{.size = 5, .stride = 3, .padding = 2}}>",
           module(t1(2, 3, 5, 3, 2), (2, 7)))
    yield ("transpose1d_bare", f"tl::conv_transpose1d<1, {k}{{.size = 4, .stride = 4}}, tl::bias::off>",
           module(t1(8, 1, 4, 4, bias=False), (8, 5)))
    yield "max2d", "tl::max_pool2d<2>", module(nn.MaxPool2d(2), (3, 6, 5))
    yield ("max2d_overlap", f"tl::max_pool2d<{k}{{.size = 3, .stride = 2, .padding = 1}}>",
           module(nn.MaxPool2d(3, 2, 1), (2, 7, 8)))
    yield ("max2d_dilated", f"tl::max_pool2d<{k}{{.size = {{2, 3}}, .stride = 1, .dilation = 2}}>",
           module(nn.MaxPool2d((2, 3), 1, dilation=2), (17, 5, 6)))
    yield ("max2d_ties", f"tl::sequential<tl::relu, tl::max_pool2d<{k}{{.size = 3, .stride = 2}}>>",
           Run(lambda x: F.max_pool2d(F.relu(x), 3, 2), (2, 9, 7)))
    yield "max1d", "tl::max_pool1d<3>", module(nn.MaxPool1d(3), (4, 20))
    yield ("max1d_overlap", f"tl::max_pool1d<{k}{{.size = 5, .stride = 2, .padding = 2}}>",
           module(nn.MaxPool1d(5, 2, 2), (2, 9)))
    yield "avg2d", "tl::avg_pool2d<2>", module(nn.AvgPool2d(2), (3, 6, 4))
    yield ("avg2d_overlap", f"tl::avg_pool2d<{k}{{.size = 3, .stride = 2, .padding = 1}}>",
           module(nn.AvgPool2d(3, 2, 1), (2, 7, 6)))
    yield ("avg2d_inside", f"tl::avg_pool2d<{k}{{.size = 3, .stride = 1, .padding = 1, .counts_padding = false}}>",
           module(nn.AvgPool2d(3, 1, 1, count_include_pad=False), (16, 4, 5)))
    yield ("avg2d_inside_stride",
           f"tl::avg_pool2d<{k}{{.size = {{2, 3}}, .stride = {{2, 3}}, .padding = {{1, 1}}, .counts_padding = false}}>",
           module(nn.AvgPool2d((2, 3), (2, 3), (1, 1), count_include_pad=False), (2, 6, 8)))
    yield ("avg1d", f"tl::avg_pool1d<{k}{{.size = 4, .stride = 2, .padding = 1}}>",
           module(nn.AvgPool1d(4, 2, 1), (3, 11)))
    mp, ap = nn.MaxPool2d, nn.AvgPool2d
    yield ("max2d_ceil", f"tl::max_pool2d<{k}{{.size = 2, .ceil_mode = true}}>",
           module(mp(2, ceil_mode=True), (3, 5, 7)))
    yield ("max2d_ceil_overlap", f"tl::max_pool2d<{k}{{.size = 3, .stride = 2, .padding = 1, .ceil_mode = true}}>",
           module(mp(3, 2, 1, ceil_mode=True), (2, 6, 7)))
    yield ("max2d_ceil_dilated", f"tl::max_pool2d<{k}{{.size = {{2, 3}}, .stride = {{3, 2}}, .dilation = 2, .ceil_mode = true}}>",
           module(mp((2, 3), (3, 2), dilation=2, ceil_mode=True), (5, 7, 8)))
    yield ("max2d_ceil_left_out", f"tl::max_pool2d<{k}{{.size = 2, .stride = 3, .padding = 1, .ceil_mode = true}}>",
           module(mp(2, 3, 1, ceil_mode=True), (2, 5, 6)))
    yield ("max2d_ceil_beyond", f"tl::max_pool2d<{k}{{.size = 4, .stride = 3, .ceil_mode = true}}>",
           module(mp(4, 3, ceil_mode=True), (16, 3, 5)))
    yield ("max1d_ceil", f"tl::max_pool1d<{k}{{.size = 3, .stride = 4, .ceil_mode = true}}>",
           module(nn.MaxPool1d(3, 4, ceil_mode=True), (4, 18)))
    yield ("avg2d_ceil", f"tl::avg_pool2d<{k}{{.size = 2, .ceil_mode = true}}>",
           module(ap(2, ceil_mode=True), (3, 5, 7)))
    yield ("avg2d_ceil_overlap", f"tl::avg_pool2d<{k}{{.size = 3, .stride = 2, .padding = 1, .ceil_mode = true}}>",
           module(ap(3, 2, 1, ceil_mode=True), (2, 6, 7)))
    yield ("avg2d_ceil_inside",
           f"tl::avg_pool2d<{k}{{.size = 3, .stride = 2, .padding = 1, .counts_padding = false, .ceil_mode = true}}>",
           module(ap(3, 2, 1, ceil_mode=True, count_include_pad=False), (2, 6, 8)))
    yield ("avg2d_ceil_left_out", f"tl::avg_pool2d<{k}{{.size = 2, .stride = 3, .padding = 1, .ceil_mode = true}}>",
           module(ap(2, 3, 1, ceil_mode=True), (2, 5, 6)))
    yield ("avg2d_ceil_uneven",
           f"tl::avg_pool2d<{k}{{.size = {{5, 3}}, .stride = {{4, 2}}, .padding = {{2, 0}}, .ceil_mode = true}}>",
           module(ap((5, 3), (4, 2), (2, 0), ceil_mode=True), (16, 8, 6)))
    yield ("avg1d_ceil", f"tl::avg_pool1d<{k}{{.size = 4, .stride = 3, .padding = 2, .ceil_mode = true}}>",
           module(nn.AvgPool1d(4, 3, 2, ceil_mode=True), (3, 10)))
    lp = nn.LPPool2d
    yield "lp2d", "tl::lp_pool2d<2, 2>", module(lp(2, 2), (3, 6, 5))
    yield "lp2d_sum", "tl::lp_pool2d<1, tl::per_axis{2, 3}>", module(lp(1, (2, 3)), (2, 4, 7))
    yield ("lp2d_four", f"tl::lp_pool2d<4, {k}{{.size = 3, .stride = 2}}>",
           module(lp(4, 3, 2), (2, 7, 8)))
    yield ("lp2d_half", f"tl::sequential<tl::sigmoid, tl::lp_pool2d<1.5, {k}{{.size = 2, .stride = 1}}>>",
           Run(lambda x: F.lp_pool2d(torch.sigmoid(x), 1.5, 2, 1), (2, 3, 4)))
    yield ("lp2d_ceil", f"tl::lp_pool2d<2, {k}{{.size = 3, .stride = 2, .ceil_mode = true}}>",
           module(lp(2, 3, 2, ceil_mode=True), (2, 6, 8)))
    yield "lp1d", "tl::lp_pool1d<2, 3>", module(nn.LPPool1d(2, 3), (4, 10))
    pads, mode = "tl::paddings", "tl::padding_mode"
    yield "pad2d_zeros", "tl::pad2d<2>", module(nn.ZeroPad2d(2), (3, 2, 3))
    yield ("pad2d_uneven", f"tl::pad2d<{pads}{{1, 2, 3, 0}}>",
           module(nn.ZeroPad2d((3, 0, 1, 2)), (2, 3, 4)))
    yield ("pad2d_number", f"tl::pad2d<{pads}{{1, 2}}, {mode}::zeros, -1.5>",
           module(nn.ConstantPad2d((2, 2, 1, 1), -1.5), (2, 3, 4)))
    yield ("pad2d_reflect", f"tl::pad2d<{pads}{{2, 1, 0, 3}}, {mode}::reflect>",
           module(nn.ReflectionPad2d((0, 3, 2, 1)), (2, 3, 4)))
    yield ("pad2d_replicate", f"tl::pad2d<{pads}{{4, 0, 1, 5}}, {mode}::replicate>",
           module(nn.ReplicationPad2d((1, 5, 4, 0)), (2, 3, 4)))
    yield ("pad2d_circular", f"tl::pad2d<{pads}{{3, 1, 2, 4}}, {mode}::circular>",
           module(nn.CircularPad2d((2, 4, 3, 1)), (2, 3, 4)))
    yield ("pad2d_conv", f"tl::sequential<tl::pad2d<1, {mode}::replicate>, tl::conv2d<4, 3>, tl::relu, "
           f"tl::pad2d<{pads}{{0, 1, 0, 1}}>, tl::max_pool2d<2>>",
           module(nn.Sequential(nn.ReplicationPad2d(1), c2(2, 4, 3), nn.ReLU(),
                                nn.ZeroPad2d((0, 1, 0, 1)), nn.MaxPool2d(2)), (2, 5, 7)))
    yield "pad1d_zeros", "tl::pad1d<3>", module(nn.ZeroPad1d(3), (4, 1))
    yield ("pad1d_number", f"tl::pad1d<{pads}{{0, 0, 1, 4}}, {mode}::zeros, 2>",
           module(nn.ConstantPad1d((1, 4), 2.0), (3, 9)))
    yield ("pad1d_reflect", f"tl::pad1d<4, {mode}::reflect>", module(nn.ReflectionPad1d(4), (3, 5)))
    yield ("pad1d_replicate", f"tl::pad1d<{pads}{{0, 0, 7, 0}}, {mode}::replicate>",
           module(nn.ReplicationPad1d((7, 0)), (3, 5)))
    yield ("pad1d_circular", f"tl::pad1d<5, {mode}::circular>", module(nn.CircularPad1d(5), (2, 5)))
    each = "tl::prelu_with<tl::prelu_settings{.per_channel = true}>"
    yield "prelu_vector", "tl::prelu", module(nn.PReLU(), (19,))
    yield "prelu_image", "tl::prelu", module(nn.PReLU(), (3, 4, 5))
    yield "prelu_channels", each, module(nn.PReLU(5), (5, 3, 4))
    yield "prelu_channels_line", each, module(nn.PReLU(17), (17, 6))
    yield "prelu_channels_vector", each, module(nn.PReLU(8), (8,))
    yield ("prelu_deep", f"tl::sequential<tl::conv2d<6, 3>, {each}, tl::flatten, tl::dense<7>, tl::prelu>",
           module(nn.Sequential(c2(2, 6, 3), nn.PReLU(6), nn.Flatten(), nn.Linear(36, 7), nn.PReLU()),
                  (2, 4, 5)))
    yield "glu_vector", "tl::glu<>", module(nn.GLU(), (18,))
    yield "glu_rows", "tl::glu<>", module(nn.GLU(), (5, 6))
    yield "glu_channels", "tl::glu<0>", module(nn.GLU(1), (6, 3, 4))
    yield "glu_height", "tl::glu<1>", module(nn.GLU(2), (3, 4, 5))
    yield "glu_from_the_end", "tl::glu<-2>", module(nn.GLU(-2), (3, 2, 5))
    yield ("glu_conv", "tl::sequential<tl::conv1d<8, 3>, tl::glu<0>, tl::conv1d<2, 1>>",
           module(nn.Sequential(c1(3, 8, 3), nn.GLU(1), c1(4, 2, 1)), (3, 9)))
    yield ("global_avg", "tl::global_avg_pool", Run(lambda x: x.mean((2, 3)), (5, 4, 3)))
    yield ("global_max", "tl::global_max_pool", Run(lambda x: x.amax((2, 3)), (5, 4, 3)))
    yield ("adaptive_avg2d", "tl::adaptive_avg_pool2d<tl::per_axis{2, 3}>",
           module(nn.AdaptiveAvgPool2d((2, 3)), (2, 6, 7)))
    yield ("adaptive_max2d", "tl::adaptive_max_pool2d<tl::per_axis{3, 2}>",
           module(nn.AdaptiveMaxPool2d((3, 2)), (2, 7, 6)))
    yield "adaptive_avg1d", "tl::adaptive_avg_pool1d<4>", module(nn.AdaptiveAvgPool1d(4), (3, 10))
    yield "adaptive_max1d", "tl::adaptive_max_pool1d<5>", module(nn.AdaptiveMaxPool1d(5), (3, 12))
    up = nn.Upsample
    yield "upsample_nearest", "tl::upsample<2>", module(up(scale_factor=2), (3, 4, 5))
    yield ("upsample_nearest_uneven", "tl::upsample<tl::per_axis{3, 5}>",
           module(up(scale_factor=(3, 5)), (2, 3, 4)))
    yield "upsample_line", "tl::upsample<4>", module(up(scale_factor=4), (2, 7))
    yield ("upsample_linear", "tl::upsample<2, tl::resize::linear>",
           module(up(scale_factor=2, mode="bilinear"), (3, 4, 5)))
    yield ("upsample_linear_line", "tl::upsample<3, tl::resize::linear>",
           module(up(scale_factor=3, mode="linear"), (2, 1)))
    yield ("upsample_corners", "tl::upsample<2, tl::resize::linear_corners>",
           module(up(scale_factor=2, mode="bilinear", align_corners=True), (3, 4, 5)))
    yield ("upsample_corners_line", "tl::upsample<3, tl::resize::linear_corners>",
           module(up(scale_factor=3, mode="linear", align_corners=True), (2, 5)))
    yield "pixel_shuffle", "tl::pixel_shuffle<2>", module(nn.PixelShuffle(2), (12, 3, 4))
    yield "pixel_shuffle_one", "tl::pixel_shuffle<3>", module(nn.PixelShuffle(3), (9, 2, 3))
    yield "pixel_unshuffle", "tl::pixel_unshuffle<2>", module(nn.PixelUnshuffle(2), (3, 4, 6))
    yield "pixel_unshuffle_all", "tl::pixel_unshuffle<3>", module(nn.PixelUnshuffle(3), (2, 3, 6))
    bn = "tl::batch_norm<>"
    yield "batch_norm_vector", bn, module(nn.BatchNorm1d(7), (7,))
    yield "batch_norm1d", bn, module(nn.BatchNorm1d(5), (5, 6))
    yield "batch_norm2d", bn, module(nn.BatchNorm2d(17), (17, 3, 4))
    yield "batch_norm2d_one", bn, module(nn.BatchNorm2d(1), (1, 5, 5))
    yield ("batch_norm_bare", "tl::batch_norm<0.01, 0.3, tl::affine::off>",
           module(nn.BatchNorm2d(4, 0.01, 0.3, affine=False), (4, 2, 3)))
    yield ("conv_norm", f"tl::sequential<tl::conv2d<6, {k}{{.size = 3, .padding = 1}}, tl::bias::off>, {bn}, tl::relu, "
           f"tl::conv2d<3, 3>, {bn}, tl::tanh>",
           module(nn.Sequential(c2(2, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
                                c2(6, 3, 3), nn.BatchNorm2d(3), nn.Tanh()), (2, 5, 6)))
    yield "layer_norm", "tl::layer_norm<>", module(nn.LayerNorm(19), (19,))
    yield "layer_norm_rows", "tl::layer_norm<>", module(nn.LayerNorm(8), (3, 8))
    yield "layer_norm_image", "tl::layer_norm<3>", module(nn.LayerNorm([3, 4, 5]), (3, 4, 5))
    yield ("layer_norm_bare", "tl::layer_norm<2, 0.1, tl::affine::off>",
           module(nn.LayerNorm([4, 5], 0.1, elementwise_affine=False), (3, 4, 5)))
    yield "rms_norm", "tl::rms_norm<>", module(nn.RMSNorm(16, eps=1e-5), (16,))
    yield "rms_norm_rows", "tl::rms_norm<2, 0.5>", module(nn.RMSNorm([3, 7], eps=0.5), (3, 7))
    yield "group_norm", "tl::group_norm<3>", module(nn.GroupNorm(3, 6), (6, 4, 5))
    yield "group_norm_vector", "tl::group_norm<2>", module(nn.GroupNorm(2, 16), (16,))
    yield "group_norm_one", "tl::group_norm<1>", module(nn.GroupNorm(1, 4), (4, 9))
    yield "instance_norm", "tl::instance_norm<>", module(nn.InstanceNorm2d(5), (5, 4, 3))
    yield ("instance_norm_affine", "tl::instance_norm<0.001, tl::affine::on>",
           module(nn.InstanceNorm1d(5, 0.001, affine=True), (5, 7)))
    yield ("deep", "tl::sequential<"
           f"tl::conv2d<4, {k}{{.size = 3, .padding = 1}}>, tl::relu, tl::max_pool2d<2>, "
           f"tl::conv2d<5, {k}{{.size = 3, .stride = 2, .padding = 1}}>, tl::tanh, tl::flatten, tl::dense<6>>",
           module(nn.Sequential(c2(2, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
                                c2(4, 5, 3, 2, 1), nn.Tanh(), nn.Flatten(), nn.Linear(20, 6)),
                  (2, 8, 6)))


def literal(values):
    return "{" + ", ".join(repr(v) for v in values) + "}"


def write_header(name_of_header, all_cases, includes=()):
    """Writes the cases to the header of that name: outputs, losses and gradients of each."""
    lines = ["#pragma once",
             f"// Written by tests/golden/{name_of_header}.py from PyTorch in double precision. Each array has three",
             "// products of a value with known numbers, which stand for all of its elements.",
             "#include <tapeless/tapeless.hpp>", *(f"#include <{i}>" for i in includes), "",
             f"namespace golden::{name_of_header} {{", "",
             "namespace tl = tapeless;", "using products = double[3];", ""]
    count = 0
    for name, layer, run in all_cases:
        x = numbers(1, BATCH * torch.Size(run.shape).numel()).reshape(BATCH, *run.shape)
        x.requires_grad_(True)
        run.start()
        output = run.output(x)
        y = run.f(x)
        weights = numbers(2, y.numel()).reshape(y.shape)
        (y * weights).sum().backward()
        gradients = [projections(p.grad) for p in run.parameters]
        lines += [f"struct {name} {{",
                  f"  using layer = {layer};",
                  f"  static constexpr tl::shape input{{{', '.join(map(str, run.shape))}}};",
                  f"  static constexpr tl::shape output{{{', '.join(map(str, y.shape[1:]))}}};",
                  f"  static constexpr double loss = {float((y * weights).sum().detach())!r};",
                  f"  static constexpr products y = {literal(projections(output))};",
                  f"  static constexpr products input_gradient = {literal(projections(x.grad.sum(0)))};",
                  f"  static constexpr int parameters = {len(gradients)};",
                  "  static constexpr products gradients[] = {"
                  + ", ".join(map(literal, gradients or [[0.0]])) + "};",
                  f"  static constexpr int statistic_count = {len(run.statistics)};",
                  "  static constexpr products statistics[] = {"
                  + ", ".join([literal(projections(b)) for _, b in run.statistics] or ["{0.0}"])
                  + "};",
                  "};", ""]
        count += 1
    lines += [f"}}  // namespace golden::{name_of_header}", ""]
    path = pathlib.Path(__file__).with_name(f"{name_of_header}.hpp")
    path.write_text("\n".join(lines))
    print(f"{path.name}: {count} cases")


def main():
    write_header("space", cases())


if __name__ == "__main__":
    main()
