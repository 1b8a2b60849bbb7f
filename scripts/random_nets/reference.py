"""What a case must give, by PyTorch in float64: sample by sample, with autograd and torch.optim.

The formulas of operations are in operation_reference.py, those of losses here, all of them written
independently of the library. Data and parameters are the numbers of tests/random/memory.hpp, by the
same formula.
"""
import torch

from random_nets import space_reference
from random_nets.case import OF_CLASSES, OPTIMIZERS
from random_nets.operation_reference import evaluate
from random_nets.operations import count

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
F = torch.nn.functional
GREATEST = 1e4  # of any value of an accepted case


class BadlyConditioned(Exception):
    """A case whose numbers are too large, not finite, or jump where the inputs hardly move."""


def numbers(stream, n):
    """Numbers 0 to n - 1 of a stream, see tests/random/memory.hpp."""
    x = (torch.arange(n, dtype=torch.int64) * 40503 + stream * 2654435761 + 12345) & 0xffffffff
    x = ((x ^ (x >> 15)) * 2246822519) & 0xffffffff
    x = ((x ^ (x >> 13)) * 3266489917) & 0xffffffff
    x = x ^ (x >> 16)
    return ((x % 2048).double() - 1023.5) / 1024


def is_statistic(name):
    """Whether a parameter is changed by batches instead of gradients."""
    return name.rpartition(".")[2].startswith("running_")


class Model:
    """A declaration with parameters of its own."""

    def __init__(self, case, by=0.0):
        self.cancels = False  # a gradient is 0 by cancellation
        d = self.d = case.declaration
        self.case, self.by = case, by
        self.live = d.live()
        self.parameters = {}
        for k, p in enumerate(d.parameters()):
            dims, name, scale, _ = d.nodes[p].attr
            x = numbers(16 + k, count(dims)) * scale
            if name.endswith("running_var"):
                x = x / 2 + 1
            x = self.moved(x, 16 + k).reshape(dims)
            self.parameters[p] = x.requires_grad_(not is_statistic(name))
        self.follows_inputs = False  # a derivative with respect to the inputs is wanted
        self.differentiates = any(d.nodes[i].op == "gradient" for i in self.live)

    def moved(self, x, stream):
        return x * (1 + self.by * numbers(stream + 1000, len(x)))

    def rows(self, step, n):
        """Inputs of n samples: rows of all inputs."""
        row = self.case.row
        return self.moved(numbers(100 * step + 1, n * row), 100 * step + 1).reshape(n, row)

    def value(self, i, args):
        """What an operation gives for one sample."""
        node = self.d.nodes[i]
        y = evaluate(node.op, args, node.attr)
        self.cancels = self.cancels or (
            "softmax" in node.op and args[0].dim() > 0 and args[0].shape[-1] == 1)
        # A gradient with respect to what no gradient flows through is one all the same.
        return y.detach().requires_grad_(True) if self.differentiates and not y.requires_grad else y

    def outputs(self, step, n, training=False):
        """The outputs of n samples, operation by operation: batch_norm looks across samples."""
        d, values, begin = self.d, {}, 0
        rows = self.rows(step, n)
        if self.follows_inputs:
            rows = self.inputs = rows.detach().requires_grad_()
        for i in self.live:
            node = d.nodes[i]
            if node.op == "input":
                end = begin + count(d.dims[i])
                values[i] = [r[begin:end].reshape(d.dims[i]) for r in rows]
                if not self.follows_inputs:
                    values[i] = [v.detach().requires_grad_(self.differentiates) for v in values[i]]
                begin = end
                continue
            if node.op == "parameter":
                values[i] = [self.parameters[i]] * n
                continue
            args = [values[a] if isinstance(a, int) else [torch.tensor(float(a))] * n
                    for a in node.args]
            if node.op == "batch_norm":
                own = [self.parameters[a] for a in node.args[1:]]
                values[i] = space_reference.batch_norm(args[0], own, node.attr, training)
            else:
                values[i] = [self.value(i, list(of_sample)) for of_sample in zip(*args)] \
                    if args else [self.value(i, []) for _ in range(n)]
            greatest = max(v.detach().abs().max().item() for v in values[i])
            if not greatest <= GREATEST:
                raise BadlyConditioned(f"{node.op} gives {greatest}")
        return torch.stack(values[d.output])

    def targets(self, step, n):
        case = self.case
        x = numbers(100 * step + 2, n * case.target_row)
        unit = (x + 1) / 2
        if case.loss in OF_CLASSES:
            return ((unit * 2048).long() % count(case.output_dims))
        i = torch.arange(len(x))
        if case.loss in ("bce", "kl"):
            unit = torch.where(i % 7 == 3, 0.0, torch.where(i % 7 == 5, 1.0, unit))
        signed = ("mse", "mae", "huber", "smooth_l1", "quantile", "cosine")
        chosen = x if case.loss in signed else unit
        return chosen.reshape((n,) + case.output_dims)

    def loss(self, step, n, training=False):
        """The loss of the first n rows."""
        y, t = self.outputs(step, n, training), self.targets(step, n)
        kind, how = self.case.loss, "sum" if self.case.summed else "mean"
        self.cancels = self.cancels or ("cross_entropy" in kind and y.shape[-1] == 1)
        if kind == "huber":
            return F.huber_loss(y, t, reduction=how, delta=0.5)
        if kind == "smooth_l1":
            return F.smooth_l1_loss(y, t, reduction=how, beta=0.25)
        if kind == "quantile":
            terms = torch.maximum(0.3 * (t - y), -0.7 * (t - y))
            return getattr(terms, how)()
        if kind == "cosine":
            a, b = (z.reshape(n, -1) for z in (y, t))
            long = [torch.sqrt((z * z).sum(1)) for z in (a, b)]
            if min(z.min().item() for z in long) < 1e-2:
                raise BadlyConditioned("a norm near 0 of the cosine loss")
            return getattr(1 - (a * b).sum(1) / (long[0] * long[1]), how)()
        if kind == "smoothed_cross_entropy":
            return F.cross_entropy(y, t, reduction=how, label_smoothing=0.1)
        if kind == "focal":
            log_p = torch.log_softmax(y, -1)[torch.arange(n), t]
            return getattr(-((1 - log_p.exp()) ** 1.5) * log_p, how)()
        if kind == "kl":
            return F.kl_div(y, t, reduction=how)
        if kind == "cross_entropy_probabilities":
            return F.cross_entropy(y, t, reduction=how)
        f = {"mse": F.mse_loss, "mae": F.l1_loss, "bce": F.binary_cross_entropy,
             "bce_with_logits": F.binary_cross_entropy_with_logits,
             "cross_entropy": F.cross_entropy, "nll": F.nll_loss}[kind]
        return f(y, t, reduction=how)

    def trained(self):
        """Parameters that an optimizer changes."""
        d, frozen = self.d, self.case.frozen
        def is_frozen(name):
            return any(name == f or name.startswith(f + ".") for f in frozen)
        return [p for p in self.parameters
                if p not in d.frozen and not is_statistic(d.name(p)) and not is_frozen(d.name(p))]

    def flat_parameters(self):
        """All parameters in order, and a 0 for what lies between them."""
        flat = [p.detach().reshape(-1) for p in self.parameters.values()]
        return [x for p in flat for x in p.tolist()] + [0.0]

    def gradient(self):
        """The loss and its gradient, 0 for what is not trained."""
        loss = self.loss(0, self.case.batch, True)
        if loss.requires_grad:
            loss.backward()
        result, trained = [loss.item()], self.trained()
        for p, x in self.parameters.items():
            g = x.grad if p in trained and x.grad is not None else torch.zeros_like(x)
            result += g.reshape(-1).tolist()
        return result + [0.0]

    def all_parameters(self):
        return [p for i, p in self.parameters.items() if not is_statistic(self.d.name(i))]

    def by_parameter(self, found):
        """Numbers for all_parameters in the order of the block, 0 where there are none."""
        found = iter(found)
        result = []
        for i, p in self.parameters.items():
            x = None if is_statistic(self.d.name(i)) else next(found)
            result += (torch.zeros_like(p) if x is None else x).reshape(-1).tolist()
        return result + [0.0]

    def jvp(self):
        """J v of the inputs, by the derivative of J^T u with respect to u."""
        self.follows_inputs = True
        y = self.outputs(0, self.case.batch)
        v = numbers(6001, self.inputs.numel()).reshape(self.inputs.shape)
        u = torch.zeros_like(y).requires_grad_()
        if not y.requires_grad:
            return torch.zeros_like(y).reshape(-1).tolist()
        back, = torch.autograd.grad(y, self.inputs, u, create_graph=True, allow_unused=True)
        if back is None or not back.requires_grad:
            return torch.zeros_like(y).reshape(-1).tolist()
        dy, = torch.autograd.grad(back, u, v, allow_unused=True)
        return (torch.zeros_like(y) if dy is None else dy).reshape(-1).tolist()

    def vjp(self):
        y = self.outputs(0, self.case.batch)
        u = numbers(6101, y.numel()).reshape(y.shape)
        own = self.all_parameters()
        if not y.requires_grad:
            return self.by_parameter([None] * len(own))
        return self.by_parameter(torch.autograd.grad(y, own, u, allow_unused=True))

    def hvp(self):
        """The loss and its second derivative along the parameters' own first numbers."""
        loss, own = self.loss(0, self.case.batch, True), self.all_parameters()
        along = [numbers(16 + k, p.numel()).reshape(p.shape) * self.d.nodes[i].attr[2]
                 for k, (i, p) in enumerate(self.parameters.items())
                 if not is_statistic(self.d.name(i))]
        none = self.by_parameter([None] * len(own))
        if not loss.requires_grad:
            return [loss.item()] + none
        first = torch.autograd.grad(loss, own, create_graph=True, allow_unused=True)
        total = sum((g * v).sum() for g, v in zip(first, along) if g is not None)
        if not torch.is_tensor(total) or not total.requires_grad:
            return [loss.item()] + none
        return [loss.item()] + self.by_parameter(
            torch.autograd.grad(total, own, allow_unused=True))

    def expect_clear_gradients(self, optimizer, parameters):
        """Adam and its relatives divide a gradient by its own size: rounding errors around a
        gradient that is 0 by cancellation become whole steps."""
        if optimizer == "SGD":
            return
        sizes = torch.cat([p.grad.reshape(-1).abs() for p in parameters if p.grad is not None]
                          or [torch.zeros(1)])
        # Numbers of a case are around 1: a gradient below 1e-9 is what a cancellation left.
        least = max(1e-6 * sizes.max().item(), 1e-9)
        if self.cancels or bool(((sizes > 0) & (sizes < least)).any()):
            raise BadlyConditioned(f"{optimizer} divides a gradient that is all rounding")

    def expect_no_hidden_start(self, own):
        """Where windows of truncated backpropagation keep a start from the loss in all steps, PyTorch
        leaves the start out of the update, and the library decays it with a gradient of 0."""
        if any(p.grad is None for p in own) and any(map(self.d.uses, ("nest", "recurrent"))):
            raise BadlyConditioned("a parameter has no gradient, perhaps since windows hide it")

    def train(self, steps, n, every=1):
        """Losses of some steps, an update after each `every` of them, and the parameters then."""
        case = self.case
        name, more = OPTIMIZERS[case.optimizer]
        own = [self.parameters[p] for p in self.trained()]
        optimizer = getattr(torch.optim, name)(own, lr=case.rate, **more) if own else None
        losses = []
        for k in range(steps):
            loss = self.loss(k, n, True)
            losses.append(loss.item())
            if loss.requires_grad:
                loss.backward()
            for p in set(self.parameters) - set(self.trained()):
                self.parameters[p].grad = None
            if optimizer and (k + 1) % every == 0:
                self.expect_clear_gradients(name, own)
                self.expect_no_hidden_start(own)
                if case.clip and any(p.grad is not None for p in own):
                    getattr(torch.nn.utils, f"clip_grad_{case.clip[0]}_")(own, case.clip[1])
                optimizer.step()
                optimizer.zero_grad()
        return losses + self.flat_parameters()


def job_result(case, name, by=0.0):
    """The numbers that a call of the engine must give."""
    m = Model(case, by)
    if name in ("forward", "predict", "constant"):
        n = {"forward": case.batch, "predict": case.count, "constant": 1}[name]
        return m.outputs(0, n).detach().reshape(-1).tolist()
    if name in ("gradient", "jvp", "vjp", "hvp"):
        return getattr(m, name)()
    if name == "loss":
        return [m.loss(0, case.count).item()]
    if name in ("steps", "partial steps"):
        return m.train(case.steps, case.batch if name == "steps" else case.count)
    return m.train(2 * case.steps, case.batch, 2)


def record_names(case):
    """Names of the records that the jobs of a case write."""
    names = {"step": "steps", "partial_step": "partial steps"}
    result = [names.get(j, j) for j in case.jobs]
    if "partial_step" in case.jobs and case.count == case.batch:
        result[result.index("partial steps")] = "steps"
    if "derivatives" in result:
        at = result.index("derivatives")
        result[at:at + 1] = ["jvp", "vjp", "hvp"] if case.declaration.parameters() else ["jvp"]
    return result + (["constant"] if case.constant else [])


def distance(a, b):
    return max((abs(x - y) for x, y in zip(a, b)), default=0.0)


def expected(case):
    """Name of each record to the numbers it must hold. Raises BadlyConditioned."""
    result = {}
    for name in record_names(case):
        result[name] = job_result(case, name)
        scale = max(map(abs, result[name]), default=0.0)
        if not scale <= GREATEST:
            raise BadlyConditioned(f"{name} gives {scale}")
        if not distance(result[name], job_result(case, name, 1e-7)) <= 1e-4 * scale + 1e-9:
            raise BadlyConditioned(f"{name} jumps")
    return result
