"""A C++ program of several cases."""
from random_nets.case import NUMBERED_LOSSES, OF_CLASSES
from random_nets.declaration import cpp

# The law that programs put their cases through: of the engine, or of exported C.
LAW = {"header": "random/law.hpp", "name": "law", "libraries": []}

TARGETS = {"bce": "unit_with_ends", "bce_with_logits": "unit", "kl": "unit_with_ends",
           "cross_entropy_probabilities": "unit", **dict.fromkeys(OF_CLASSES, "classes")}


def calls(case):
    """The calls of a case on its law."""
    lines = {"forward": "forward()", "gradient": "gradient()",
             "step": f"steps({case.steps}, {case.batch})",
             "partial_step": f"steps({case.steps}, {case.count})",
             "loss": f"loss({case.count})", "predict": f"predict({case.count})",
             "accumulate": f"accumulate({case.steps})", "derivatives": "derivatives()"}
    return [lines[j] for j in case.jobs] + (["constant()"] if case.constant else [])


def case_text(case, number):
    d = case.declaration
    scales = ", ".join(str(d.nodes[p].attr[2]) for p in d.parameters()) or "0"
    loss = f"tl::{NUMBERED_LOSSES.get(case.loss, case.loss)}"
    loss = f"tl::summed<{loss}>" if case.summed else loss
    run = "".join(f"  law.{c};\n" for c in calls(case))
    return (f"{cpp(d, f'net_{number}')}"
            f"struct setting_{number} {{\n"
            f"  using net = net_{number};\n  using scalar = {case.scalar};\n"
            f"  using loss = {loss};\n  using optimizer = {case.optimizer};\n"
            f"  static constexpr double rate = {case.rate}, scales[] = {{{scales}}};\n"
            f"  static constexpr auto target = targets::{TARGETS.get(case.loss, 'any')};\n"
            f"  static constexpr bool at_end = {'true' if case.at_end else 'false'};\n}};\n"
            f"void run_{number}(results& out) {{\n"
            f"  {LAW['name']}<setting_{number}, {', '.join(case.all_options())}> law{{out}};\n"
            f"{run}}}\n")


def export_c():
    """Lets programs check exported C instead of the engine."""
    LAW.update(header="random/c_law.hpp", name="c_law", libraries=["-lfmt"])


def program(cases):
    """A program that runs numbered cases, or those of its arguments."""
    texts = "\n".join(case_text(c, i) for i, c in enumerate(cases))
    table = ", ".join(f"run_{i}" for i in range(len(cases)))
    return (f"#include <{LAW['header']}>\n\nnamespace {{\n\nusing namespace random_nets;\n\n"
            f"{texts}\n}}  // namespace\n\nint main(int count, char** arguments) {{\n"
            "  results out{count > 1 ? arguments[1] : \"results.bin\"};\n"
            "  if (!out.good()) return 2;\n"
            f"  void (*const runs[])(results&) = {{{table}}};\n"
            "  for (int i = 0; i < static_cast<int>(sizeof(runs) / sizeof(runs[0])); ++i)\n"
            "    run_alone(i, out, runs[i]);\n}\n")
