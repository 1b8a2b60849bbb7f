"""A case: a declaration, and how it is compiled, called and compared."""
import random
from dataclasses import dataclass

from random_nets import generate
from random_nets.operations import count

BATCHES = [1, 1, 1, 2, 2, 3, 4, 5, 5, 7, 8, 8, 9, 12, 15, 16, 17, 31, 32, 33]

# C++ type and the constructor of torch.optim that it stands for, with its arguments.
OPTIMIZERS = {
    "tl::sgd": ("SGD", {}),
    "tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>": ("SGD", {"momentum": 0.9}),
    "tl::sgd_with<tl::sgd_settings{.momentum = 0.75, .nesterov = true}>":
        ("SGD", {"momentum": 0.75, "nesterov": True}),
    "tl::sgd_with<tl::sgd_settings{.weight_decay = 0.125}>": ("SGD", {"weight_decay": 0.125}),
    "tl::sgd_with<tl::sgd_settings{.momentum = 0.5, .weight_decay = 0.01}>":
        ("SGD", {"momentum": 0.5, "weight_decay": 0.01}),
    "tl::adam": ("Adam", {}),
    "tl::adam_with<tl::adam_settings{.beta1 = 0.5, .epsilon = 1e-3, .weight_decay = 0.01}>":
        ("Adam", {"betas": (0.5, 0.999), "eps": 1e-3, "weight_decay": 0.01}),
    "tl::adamw": ("AdamW", {"weight_decay": 0.01}),
    "tl::adam_with<tl::adam_settings{.amsgrad = true, .maximize = true}>":
        ("Adam", {"amsgrad": True, "maximize": True}),
    "tl::adadelta": ("Adadelta", {}),
    "tl::adamax": ("Adamax", {}),
    "tl::nadam_with<tl::nadam_settings{.weight_decay = 0.01, .decoupled = true}>":
        ("NAdam", {"weight_decay": 0.01, "decoupled_weight_decay": True}),
    "tl::rmsprop": ("RMSprop", {}),
    "tl::rmsprop_with<tl::rmsprop_settings{.epsilon = 1e-3, .momentum = 0.5, .centered = true}>":
        ("RMSprop", {"eps": 1e-3, "momentum": 0.5, "centered": True}),
    "tl::rmsprop_with<tl::rmsprop_settings{.weight_decay = 0.01, .momentum = 0.9}>":
        ("RMSprop", {"weight_decay": 0.01, "momentum": 0.9}),
    "tl::adagrad": ("Adagrad", {}),
    "tl::adagrad_with<tl::adagrad_settings{.epsilon = 1e-4, .learning_rate_decay = 0.5}>":
        ("Adagrad", {"eps": 1e-4, "lr_decay": 0.5}),
}
# Losses with a number, as C++ types.
NUMBERED_LOSSES = {"huber": "huber<0.5>", "smooth_l1": "smooth_l1<0.25>", "quantile": "quantile<0.3>",
                   "smoothed_cross_entropy": "smoothed_cross_entropy<0.1>", "focal": "focal<1.5>"}
OF_CLASSES = ("cross_entropy", "nll", "smoothed_cross_entropy", "focal")
COSTS = ["tl::cost_model{.straight_budget = 8}", "tl::cost_model{.straight_budget = 0, "
         ".inline_budget = 0, .most_kernels = 0}", "tl::cost_model{.samples_from_batch = 2}",
         "tl::cost_model{.samples_from_batch = 2, .straight_budget = 0, .inline_budget = 0}",
         "tl::cost_model{.straight_budget = 16, .unroll_budget = 16}",
         "tl::cost_model{.vector_bytes = 16}", "tl::cost_model{.parallel_sums = 2}",
         "tl::cost_model{.transpose_from_batch = 1}", "tl::cost_model{.piece_bytes = 100}",
         "tl::cost_model{.samples_from_batch = 2, .piece_bytes = 400}"]
JOBS = ["gradient", "step", "partial_step", "loss", "predict", "accumulate", "derivatives"]


@dataclass
class Case:
    """One random network and its calls."""
    seed: int
    declaration: object
    scalar: str = "double"
    batch: int = 1
    count: int = 1               # rows of partial batches
    steps: int = 1
    loss: str = "mse"
    summed: bool = False
    optimizer: str = "tl::sgd"
    rate: float = 0.0625
    options: tuple = ()          # C++ types
    clip: tuple = ()             # ("norm" or "value", limit)
    frozen: tuple = ()           # paths
    jobs: tuple = ("forward",)
    at_end: bool = True
    constant: bool = False

    @property
    def output_dims(self):
        return self.declaration.dims[self.declaration.output]

    @property
    def row(self):
        """Scalars of one input row."""
        return sum(count(self.declaration.dims[i]) for i in self.declaration.inputs())

    @property
    def target_row(self):
        return 1 if self.loss in OF_CLASSES else count(self.output_dims)

    def all_options(self):
        more = [f"tl::batch<{self.batch}>", f"tl::scalar_type<{self.scalar}>"]
        if self.clip:
            more.append(f"tl::clip_by_{self.clip[0]}<{self.clip[1]}>")
        if self.frozen:
            more.append("tl::frozen_paths<" + ", ".join(f'"{p}"' for p in self.frozen) + ">")
        return more + list(self.options)

    def describe(self):
        loss = f"summed<{self.loss}>" if self.summed else self.loss
        return (f"{'+'.join(self.jobs)} {self.scalar} count {self.count} steps {self.steps} "
                f"{loss} {self.optimizer} {' '.join(self.all_options())}")


def random_case(seed, features=generate.FEATURES):
    """The case of a seed; the same on every machine."""
    rng = random.Random(seed)
    d = generate.declaration(rng, features)
    case = Case(seed, d)
    case.scalar = "double" if rng.random() < 0.75 else "float"
    elements = sum(count(s) for s in d.dims)
    case.batch = rng.choice([b for b in BATCHES if b == 1 or b * elements <= 30000])
    case.count = rng.randint(1, case.batch)
    case.steps = rng.choice([1, 1, 2, 3, 4])
    if any(d.nodes[i].op == "batch_norm" and count(d.dims[i]) == d.dims[i][0] for i in d.live()):
        case.batch = max(case.batch, 2)  # one number per channel has no variance
    choose_loss(case, rng)
    case.optimizer = rng.choice(list(OPTIMIZERS))
    case.rate = rng.choice([0.5, 0.125, 0.0625]) if "sgd" in case.optimizer else 0.03125
    choose_options(case, rng)
    d = case.declaration
    if d.batched[d.output]:
        more = rng.choices([[], ["gradient"], ["step"], ["partial_step"], ["loss", "predict"],
                            ["accumulate"], ["derivatives"]], [30, 24, 24, 10, 8, 4, 8])[0]
    else:
        more = rng.choice([[], ["predict"]])
    case.jobs = tuple((["forward"] if not more or rng.random() < 0.3 else []) + more)
    case.at_end = rng.random() < 0.6
    case.constant = elements <= 150 and rng.random() < 0.15
    return case


def choose_loss(case, rng):
    """A loss that fits the output, whose last operations may change for it."""
    d = case.declaration
    if d.layers is not None:
        case.loss = rng.choice(["mse", "huber", "mae", "smooth_l1", "quantile"])
        return
    loss = rng.choice(["mse", "mse", "mse", "mae", "huber", "smooth_l1", "quantile", "cosine", "bce",
                       "bce_with_logits", "cross_entropy", "cross_entropy_probabilities", "nll",
                       "smoothed_cross_entropy", "focal", "kl"])
    if loss in OF_CLASSES + ("cross_entropy_probabilities",):
        if len(case.output_dims) != 1:
            d.output = d.add("flatten", d.output)
        if count(case.output_dims) < 2:
            loss = "mse"  # a loss over one class is refused
    if loss in ("nll", "kl"):
        if len(case.output_dims) == 0:
            loss = "mse"
        else:
            d.output = d.add("log_softmax", d.output)
    if loss == "bce":
        d.output = d.add("sigmoid", d.output)
    case.loss = loss
    case.summed = rng.random() < 0.15
    case.declaration = d.pruned()


def choose_options(case, rng):
    options, d = [], case.declaration
    if rng.random() < 0.4:
        options.append(f"tl::lanes_over<tl::lane_axis::{rng.choice(['features', 'samples'])}>")
    if rng.random() < 0.4:
        options.append("tl::expand_as<tl::expansion::"
                       f"{rng.choice(['automatic', 'loops', 'shared', 'full'])}>")
    if rng.random() < 0.3:
        options.append(f"tl::costs<{rng.choice(COSTS)}>")
    case.options = tuple(options)
    if rng.random() < 0.15:
        case.clip = rng.choice([("norm", 0.25), ("norm", 1.0), ("value", 0.125)])
    names = [d.name(p) for p in d.parameters()]
    if names and rng.random() < 0.1:
        case.frozen = (rng.choice(names),)
