#!/usr/bin/env python3
"""Jacobians, Hessians and products with them, by torch.func."""
import torch
import torch.nn.functional as F
from torch.func import grad, hessian, jacrev, jvp, vjp, vmap

from header import Header
from training import flat, waves

ROWS = 5
SHAPES = {"first.weight": (6, 3), "first.bias": (6,), "last.weight": (3, 8), "last.bias": (3,)}
SMALL = {"0.weight": (5, 3), "0.bias": (5,), "2.weight": (1, 5), "2.bias": (1,)}


def network(p, a, b):
    h = torch.tanh(F.linear(a, p["first.weight"], p["first.bias"]))
    z = torch.cat([h, b], dim=-1)
    return torch.softmax(F.linear(z, p["last.weight"], p["last.bias"]), dim=-1)


def small(p, x):
    h = F.gelu(F.linear(x, p["0.weight"], p["0.bias"]))
    return F.linear(h, p["2.weight"], p["2.bias"])


def values(shapes, phase):
    return {name: waves(shape, phase + i, 0.7) for i, (name, shape) in enumerate(shapes.items())}


def inputs_side_by_side(a, b):
    return torch.cat([a, b], dim=-1)


def main():
    header = Header("derivatives", """
y = softmax(last [tanh(first a), b]) of inputs a (3) and b (2), 3 outputs, for 5 rows in which a and
b lie side by side; parameters are in one array of 51 in the order of declaration. The loss is the
mean squared error against `target`. hessian_biases: of the loss with respect to first.bias and
last.bias. small_hessian: of the output of 3-5-1 with gelu with respect to its input, and
small_product that Hessian times small_direction.""")
    p, v = values(SHAPES, 1.0), values(SHAPES, 7.0)
    a, b = waves((ROWS, 3), 0.3, 1.2), waves((ROWS, 2), 2.3, 1.2)
    da, db = waves((ROWS, 3), 4.3, 1.0), waves((ROWS, 2), 5.3, 1.0)
    u, target = waves((ROWS, 3), 6.3, 1.0), waves((ROWS, 3), 3.3, 1.0)

    def of_inputs(a, b):
        return network(p, a, b)

    def of_parameters(p):
        return network(p, a, b)

    def loss(p, a, b):
        return F.mse_loss(network(p, a, b), target)

    header.add("parameters", flat(p.values()))
    header.add("direction", flat(v.values()))
    header.add("x", inputs_side_by_side(a, b))
    header.add("dx", inputs_side_by_side(da, db))
    header.add("cotangent", u)
    header.add("target", target)
    header.add("y", of_inputs(a, b))
    header.add("jacobian_a", vmap(jacrev(of_inputs, argnums=0))(a, b))
    header.add("jacobian_b", vmap(jacrev(of_inputs, argnums=1))(a, b))
    rows = jacrev(lambda p: network(p, a[0], b[0]))(p)
    header.add("jacobian_parameters", torch.cat([r.reshape(3, -1) for r in rows.values()], dim=1))
    header.add("jvp_inputs", jvp(of_inputs, (a, b), (da, db))[1])
    header.add("jvp_b", jvp(lambda b: network(p, a, b), (b,), (db,))[1])
    header.add("jvp_parameters", jvp(of_parameters, (p,), (v,))[1])
    header.add("vjp_inputs", inputs_side_by_side(*vjp(of_inputs, a, b)[1](u)))
    header.add("vjp_parameters", flat(vjp(of_parameters, p)[1](u)[0].values()))
    header.add("loss", loss(p, a, b))
    # The Hessian is symmetric: its product from either side is the same.
    product = vjp(grad(lambda p: loss(p, a, b)), p)[1](v)[0]
    header.add("hvp_parameters", flat(product.values()))
    product = vjp(grad(lambda a, b: loss(p, a, b), argnums=(0, 1)), a, b)[1]((da, db))
    header.add("hvp_inputs", inputs_side_by_side(*product))
    biases = {name: p[name] for name in ("first.bias", "last.bias")}
    h = jacrev(jacrev(lambda biases: loss({**p, **biases}, a, b)))(biases)
    header.add("hessian_biases", torch.cat(
        [torch.cat([h[i][j] for j in biases], dim=1) for i in biases], dim=0))
    q, s = values(SMALL, 2.0), waves((3,), 0.7, 1.0)
    header.add("small_parameters", flat(q.values()))
    header.add("small_x", s)
    header.add("small_hessian", hessian(lambda x: small(q, x)[0])(s))
    ds = waves((3,), 1.7, 1.0)
    header.add("small_direction", ds)
    header.add("small_product", jvp(grad(lambda x: small(q, x)[0]), (s,), (ds,))[1])
    header.write()


if __name__ == "__main__":
    main()
