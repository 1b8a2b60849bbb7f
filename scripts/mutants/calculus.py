"""Mutants of gradients and of simplifications."""
from mutants.mutant import mutant

DIFFERENTIATE, SUM = "transform/differentiate.hpp", "ops/sum.hpp"
SLICE, MAXIMUM, SOFTMAX = "ops/slice.hpp", "ops/maximum.hpp", "ops/softmax.hpp"

MUTANTS = [
    mutant("gradient_of_one_use", DIFFERENTIATE,
           "the gradient of a value that is used twice comes from one use",
           "(adjoint[at] == 0 ? d : value{g, adjoint[at] - 1} + d).id + 1", "d.id + 1",
           "parameters"),
    mutant("gradient_of_half_the_batch", DIFFERENTIATE,
           "the sum of a gradient over the batch is a mean",
           "shared == gradient_of_shared::summed) dx = sum_batch(dx);",
           "shared == gradient_of_shared::summed)\n"
           "    dx = sum_batch(dx) * value{1.0 / g.batch};"),
    mutant("sum_over_another_axis", SUM,
           "the gradient of a broadcast square sums over the other axis",
           "      bits |= 1u << (full.rank - i);",
           "      bits |= 1u << (full.rank == 2 && full[0] == full[1] ? i - 1 : full.rank - i);",
           "views"),
    mutant("sum_of_spread", SUM,
           "the sum of equal samples is one of them",
           "return value{g, n.in[0]} * value{static_cast<double>(g.batch)};",
           "return value{g, n.in[0]};", "views"),
    mutant("sum_of_constants", SUM,
           "the sum of a constant over the batch is the constant",
           "number_of(n) * times, type.dims", "number_of(n) * (a.batch ? 1.0 : times), type.dims",
           "views"),
    mutant("gradient_of_mul", "ops/mul.hpp",
           "the gradients of the factors of a product are exchanged",
           "return {dy * b, dy * a};", "return {dy * a, dy * b};", "parameters"),
    mutant("gradient_of_slice", SLICE,
           "the gradient of a slice is that of the elements mirrored",
           "apply_with<pad>({a.axis, a.begin, after}, dy)",
           "apply_with<pad>({a.axis, after, a.begin}, dy)", "parameters"),
    mutant("gradient_of_pad", SLICE,
           "the gradient of padding begins with the padding",
           "apply_with<slice>({a.axis, a.before, g", "apply_with<slice>({a.axis, 0, g", "views"),
    mutant("gradient_of_concat", "ops/concat.hpp",
           "the gradients of two halves are exchanged",
           "dx[0] = apply_with<slice>({axis, 0, left}, dy);",
           "dx[0] = apply_with<slice>({axis, n.dims[axis] - left, left}, dy);", "views"),
    mutant("gradient_of_contract", "ops/contract.hpp",
           "the gradient of a product of squares is transposed",
           "dx[1] = apply_with<contract>({at.out, at.left, at.right}, dy, value{g, n.in[0]});",
           "const bool square = n.dims.rank == 2 && n.dims == g[n.in[0]].dims &&\n"
           "                        n.dims == g[n.in[1]].dims;\n"
           "    dx[1] = square ? apply_with<contract>({at.left, at.out, at.right}, dy,\n"
           "                                          value{g, n.in[0]})\n"
           "                   : apply_with<contract>({at.out, at.left, at.right}, dy,\n"
           "                                          value{g, n.in[0]});", "views"),
    mutant("gradient_of_transpose", "ops/transpose.hpp",
           "the gradient of a permutation of axes is permuted once more",
           "inverse.order.extent[a.order[i]] = i;", "inverse.order.extent[i] = a.order[i];",
           "views"),
    mutant("gradient_of_ties", MAXIMUM,
           "elements that share a maximum get its whole gradient each",
           "dx[0] = hit * (math::reshape(dy, k) / hits);",
           "dx[0] = hit * math::reshape(dy, k);", "views"),
    mutant("gradient_of_maximum", MAXIMUM,
           "all elements get the gradient of their maximum",
           "const value hit = x == math::reshape", "const value hit = x <= math::reshape", "views"),
    mutant("gradient_of_softmax", SOFTMAX,
           "the gradient of softmax leaves its normaliser out",
           "dx[0] = y * (dy - math::sum(dy * y, y.dims().rank - 1, true));", "dx[0] = y * dy;"),
    mutant("gradient_of_log_softmax", SOFTMAX,
           "the gradient of log_softmax leaves its normaliser out",
           "dx[0] = dy - math::exp(y) * math::sum(dy, y.dims().rank - 1, true);", "dx[0] = dy;",
           "forms"),
    mutant("gradient_of_tanh", "ops/tanh.hpp",
           "the derivative of tanh is that of another function",
           "1) - y * y", "1) - y"),
]
