#pragma once
// The functions of a C file that trains: loss, gradient, and steps of an optimizer.

#include <string>
#include <tapeless/export/inference.hpp>
#include <tapeless/export/optimizer.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/run/update.hpp>

namespace tapeless::detail {

/// Forward and loss of a batch whose samples count the same.
template <class Net, class Loss, int Batch>
struct c_loss_stage {
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    const value l = append_loss<Loss>(g, sharing::equal);
    if (!g.failed()) store(l, place::loss);
  }
};

template <class Net, class Loss, class T, class... Options>
TAPELESS_NATIVE void c_add_loss(c_file<T>& file) {
  using O = options_of<Options...>;
  const std::string s = file.scalar();
  c_buffers b = c_buffers_with("theta");
  b[place::target] = "target";
  b[place::loss] = "loss";
  file.add(s, "loss",
           {"const " + s + "* restrict theta", "const " + s + "* restrict x",
            "const " + s + "* restrict target"},
           "The loss of a batch, without dropout.",
           c_plan<Net, c_loss_stage<Net, Loss, batch_in<O>()>, T, O>(), b, "  " + s + " loss[1];\n",
           "  return loss[0];\n");
}

template <class Net, class Loss, class T, class... Options>
TAPELESS_NATIVE void c_add_gradient(c_file<T>& file) {
  using O = options_of<Options...>;
  const std::string s = file.scalar();
  c_buffers b = c_buffers_with("theta");
  b[place::target] = "target";
  b[place::loss] = "loss";
  b[place::gradients] = "gradient";
  file.add(
      s, "gradient",
      {"const " + s + "* restrict theta", "const " + s + "* restrict x",
       "const " + s + "* restrict target", s + "* restrict gradient"},
      "The loss of a batch and its gradient, a block like the parameters.",
      c_plan<Net, gradient_stage<Net, Loss, batch_in<O>(), O>, T, O>(), b,
      fmt::format("  {} loss[1];\n  for (int i = 0; i < {}_PARAMETERS; ++i) gradient[i] = 0.0{};\n",
                  s, file.upper(), sizeof(T) == 4 ? "f" : ""),
      "  return loss[0];\n");
}

/// Indented lines.
TAPELESS_NATIVE inline std::string c_indented(const std::string& lines) {
  std::string out;
  std::size_t at = 0;
  while (at < lines.size()) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    out += "  " + lines.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

template <class Net, class Loss, class Optimizer, class T, class... Options>
TAPELESS_NATIVE void c_add_step(c_file<T>& file) {
  using O = options_of<Options...>;
  using stage =
      step_stage<Net, Loss, Optimizer, batch_in<O>(), O, sharing::equal, gradient_source::samples>;
  const std::string s = file.scalar(), trainer = file.about().prefix + "_trainer";
  const int size = std::max(file.about().parameters.size, 1);
  std::string fields = fmt::format("{} theta[{}];  /* parameters */\n", s, size);
  if (Optimizer::states > 0)
    fields += fmt::format("{} state[{}];  /* of the optimizer: blocks like the parameters */\n", s,
                          Optimizer::states * size);
  fields +=
      c_optimizer<Optimizer>::fields() + "uint32_t seed;  /* of dropout */\nuint32_t steps;\n";
  file.declare(fmt::format("typedef struct {{\n{}}} {};\n", c_indented(fields), trainer));
  std::string start =
      fmt::format("for (int i = 0; i < {}; ++i) trainer->theta[i] = theta[i];\n", size);
  if (Optimizer::states > 0)
    start += fmt::format("for (int i = 0; i < {}; ++i) trainer->state[i] = 0.0{};\n",
                         Optimizer::states * size, sizeof(T) == 4 ? "f" : "");
  start += c_optimizer<Optimizer>::start() + "trainer->seed = seed;\ntrainer->steps = 0;\n";
  file.add_plain(fmt::format("void {}_start({}* trainer, const {}* theta, uint32_t seed)",
                             file.about().prefix, trainer, s),
                 c_indented(start), "A trainer that starts from these parameters.");
  c_buffers b = c_buffers_with("theta");
  b[place::target] = "target";
  b[place::loss] = "loss";
  b[place::state] = "state";
  b[place::scalars] = "numbers";
  b.state_stride = size;
  std::string before = s + " loss[1], numbers[8];\ndouble scalars[6];\n" + s +
                       "* restrict theta = trainer->theta;\n";
  if (Optimizer::states > 0) before += s + "* restrict state = trainer->state;\n";
  before += c_optimizer<Optimizer>::advance();
  for (int i = 0; i < Optimizer::scalars; ++i)
    before += fmt::format("numbers[{0}] = ({1})scalars[{0}];\n", i, s);
  before += fmt::format(
      "numbers[6] = ({0})(trainer->seed & 0xffffff);\nnumbers[7] = ({0})(trainer->steps & "
      "0xffffff);\n"
      "trainer->steps += 1;\n",
      s);
  file.add(
      s, "step",
      {trainer + "* trainer", "const " + s + "* restrict x", "const " + s + "* restrict target"},
      "One step of training with a batch; its loss before the step.", c_plan<Net, stage, T, O>(), b,
      c_indented(before), "  return loss[0];\n",
      {"theta", "numbers", Optimizer::states > 0 ? "state" : "theta"});
}

}  // namespace tapeless::detail
