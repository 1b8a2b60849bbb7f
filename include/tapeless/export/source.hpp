#pragma once
// A network as one C99 file: without dependencies, heap or branches on data.

#include <stdexcept>
#include <string>
#include <tapeless/export/file.hpp>
#include <tapeless/export/optimizer.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/run/forward.hpp>
#include <tapeless/run/topology.hpp>
#include <tapeless/run/trainer.hpp>

namespace tapeless {

namespace detail {

/// Forward and loss of a batch whose samples count the same.
template <class Net, class Loss, int Batch>
struct c_loss_stage {
  static consteval void build(graph& g) {
    load(g, forward_table<Net, Batch, false>);
    const value l = append_loss<Loss>(g, sharing::equal);
    if (!g.failed()) store(l, place::loss);
  }
};

/// A plan for the vectors of most processors, whatever this source is compiled for: the file is the
/// same everywhere.
template <class Net, class Stage, class T, class O>
TAPELESS_NATIVE c_program c_plan() {
  using job = compiled<Net, Stage, T, simd::avx2, O>;
  static_assert(check_plan<job::plan, job::ready>());
  return c_program::of<job::plan, T>();
}

template <class Net, class T, int Batch>
TAPELESS_NATIVE c_subject c_subject_of(const c_options& options) {
  const std::string name = short_name_of<Net>();
  const std::string prefix = options.prefix.empty() ? name : options.prefix;
  if (prefix != c_identifier(prefix) || (prefix[0] >= '0' && prefix[0] <= '9'))
    throw std::invalid_argument("the prefix '" + prefix + "' of a C file is no identifier of C");
  return {.network = name,
          .prefix = prefix,
          .types = c_types_of<T>,
          .scalar_bytes = sizeof(T),
          .batch = Batch,
          .inputs = input_size<Net>,
          .outputs = output_size<Net>,
          .parameters = c_parameters::from<Net>(),
          .topology = topology_hash<Net>,
          .packing = packing_hash<Net>};
}

/// Buffers of every function: parameters by a pointer or an array of that name.
TAPELESS_NATIVE inline c_buffers c_buffers_with(const std::string& theta) {
  c_buffers b;
  b[place::arena] = "m";
  b[place::parameters] = theta;
  b[place::input] = "x";
  return b;
}

/// The parameters as an array: for everyone, or for a function of the file that reads them.
template <class T>
TAPELESS_NATIVE void c_add_weights(c_file<T>& file, const T* theta, bool shared) {
  const std::string name = file.about().prefix + "_weights";
  const std::string type = "const " + file.scalar() + " ";
  const std::string size = fmt::format("[{}_PARAMETERS]", file.upper());
  if (!shared && !file.reads(name)) return;
  if (shared)
    file.declare("/* The parameters that the file was written with. */\nextern " + type + name +
                 size + ";\n");
  file.define(fmt::format("{}{}{}{} {}_ALIGNED = {{{}}};\n", shared ? "" : "static ", type, name,
                          size, file.upper(),
                          c_elements(theta, std::max(file.about().parameters.size, 1))));
}

/// Functions that convert parameters from and to plain tensors.
template <class T>
TAPELESS_NATIVE void c_add_packing(c_file<T>& file) {
  if (file.about().parameters.count == 0) return;
  const std::string& prefix = file.about().prefix;
  const std::string s = file.scalar();
  file.add_plain(
      fmt::format("void {0}_pack(const {1}* restrict plain, {1}* restrict theta)", prefix, s),
      fmt::format("  for (int i = 0; i < {}_PARAMETERS; ++i) theta[i] = 0.0{};\n", file.upper(),
                  sizeof(T) == 4 ? "f" : "") +
          c_packing_loops(file.about().parameters, true),
      "The block of parameters from plain tensors, row-major, one behind the other.");
  file.add_plain(
      fmt::format("void {0}_unpack(const {1}* restrict theta, {1}* restrict plain)", prefix, s),
      c_packing_loops(file.about().parameters, false), "Plain tensors from the block.");
}

template <class Net, class T, class... Options>
TAPELESS_NATIVE void c_add_forward(c_file<T>& file, bool embedded) {
  using O = options_of<Options...>;
  const std::string s = file.scalar();
  std::vector<std::string> head;
  if (!embedded) head.push_back("const " + s + "* restrict theta");
  head.push_back("const " + s + "* restrict x");
  head.push_back(s + "* restrict y");
  c_buffers b = c_buffers_with(embedded ? file.about().prefix + "_weights" : "theta");
  b[place::output] = "y";
  file.add("void", "forward", head, "y = network(x): rows of outputs from rows of inputs.",
           c_plan<Net, forward_stage<Net, batch_in<O>()>, T, O>(), b);
}

template <class Net, class T, class... Options>
TAPELESS_NATIVE std::string c_forward_source(const T* theta, const c_options& options) {
  c_file<T> file{c_subject_of<Net, T, batch_in<options_of<Options...>>()>(options), options};
  if (theta == nullptr) c_add_packing(file);
  c_add_forward<Net, T, Options...>(file, theta != nullptr);
  if (theta != nullptr) c_add_weights(file, theta, false);
  return file.text();
}

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

template <class Net, class Loss, class Optimizer, class T, class... Options>
TAPELESS_NATIVE std::string c_training_file(const T* theta, const c_options& options) {
  c_subject about = c_subject_of<Net, T, batch_in<options_of<Options...>>()>(options);
  about.targets = target_size<Net, Loss>;
  c_file<T> file{about, options};
  if (theta != nullptr) c_add_weights(file, theta, true);
  c_add_packing(file);
  if (options.forward) c_add_forward<Net, T, Options...>(file, false);
  if (options.loss) c_add_loss<Net, Loss, T, Options...>(file);
  if (options.gradient) c_add_gradient<Net, Loss, T, Options...>(file);
  if (options.step) c_add_step<Net, Loss, Optimizer, T, Options...>(file);
  return file.text();
}

}  // namespace detail

/// Inference as a C file whose function takes the parameters: `PREFIX_forward(theta, x, y)`, with
/// functions that pack and unpack them. Options: batch<N>, scalar_type<T>, lanes_over<Axis>,
/// costs<Model>. Errors: std::invalid_argument for a prefix that is no identifier.
template <class Net, class... Options>
TAPELESS_NATIVE std::string c_source(const c_options& options = {}) {
  using T = typename detail::scalar_in<detail::options_of<Options...>>::type;
  return detail::c_forward_source<Net, T, Options...>(nullptr, options);
}

/// The same with the parameters in the file: `PREFIX_forward(x, y)`.
template <class Net, class... Options, class T>
TAPELESS_NATIVE std::string c_source(const parameters<Net, T>& theta,
                                     const c_options& options = {}) {
  return detail::c_forward_source<Net, T, Options...>(theta.data, options);
}

/// Inference and training as a C file: forward, loss, gradient and step, as the options say.
/// Options: those of c_source, clip_by_norm<L>, clip_by_value<L>, frozen_paths<...>.
template <class Net, class Loss, class Optimizer, class... Options>
TAPELESS_NATIVE std::string c_training_source(const c_options& options = {}) {
  using T = typename detail::scalar_in<detail::options_of<Options...>>::type;
  return detail::c_training_file<Net, Loss, Optimizer, T, Options...>(nullptr, options);
}

/// The same with parameters to start from, as the array `PREFIX_weights`.
template <class Net, class Loss, class Optimizer, class... Options, class T>
TAPELESS_NATIVE std::string c_training_source(const parameters<Net, T>& theta,
                                              const c_options& options = {}) {
  return detail::c_training_file<Net, Loss, Optimizer, T, Options...>(theta.data, options);
}

/// Writes such a text to a file. Errors: file_error.
TAPELESS_NATIVE inline void write_c(const std::filesystem::path& file, const std::string& source) {
  write_file(file, std::as_bytes(std::span{source.data(), source.size()}));
}

}  // namespace tapeless
