// Writes C files of some networks into the current folder, and check.c, which compares what they
// compute with the engine's numbers. For scripts/c_targets.sh.

#include <array>
#include <string>
#include <tapeless/export/source.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::tanh, tl::dense<1>, tl::sigmoid> {};
struct classifier : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                                   tl::dense<32>, tl::relu, tl::dense<5>, tl::softmax> {};
struct digits : tl::sequential<tl::input<784>, tl::dense<128>, tl::relu, tl::dense<64>, tl::relu,
                               tl::dense<10>> {};
struct smooth : tl::sequential<tl::input<6>, tl::dense<10>, tl::gelu, tl::dense<9>, tl::mish,
                               tl::dense<7>, tl::softplus, tl::dense<3>, tl::log_softmax> {};

namespace {

/// A number between -1 and 1.
float number(int stream, int i) {
  const unsigned x =
      static_cast<unsigned>(stream) * 40503u + static_cast<unsigned>(i) * 2654435761u;
  return static_cast<float>((x ^ x >> 15) * 2246822519u >> 16) / 32768.0f - 1.0f;
}
std::vector<float> numbers(int stream, int count) {
  std::vector<float> x;
  for (int i = 0; i < count; ++i) x.push_back(number(stream, i));
  return x;
}

std::string functions, calls;

void array(const std::string& name, const std::vector<float>& x) {
  functions += fmt::format("static const float {}[{}] = {{{}}};\n", name, x.size(),
                           tl::detail::c_elements(x.data(), static_cast<int>(x.size())));
}

/// Outputs of three samples.
template <class Net>
void forward(const std::string& name, const std::string& head = "") {
  const auto theta = tl::init<Net>(tl::seed{5});
  tl::write_c(name + ".c", head + tl::c_source<Net>(theta, {.prefix = name}));
  constexpr int inputs = tl::input_size<Net>, outputs = tl::output_size<Net>;
  const std::vector<float> x = numbers(1, 3 * inputs);
  std::vector<float> y(3 * outputs);
  for (int s = 0; s < 3; ++s)
    tl::forward<Net>(theta, &x[static_cast<std::size_t>(s * inputs)],
                     &y[static_cast<std::size_t>(s * outputs)]);
  functions +=
      fmt::format("extern void {}_forward(const float* restrict x, float* restrict y);\n", name);
  array(name + "_x", x);
  array(name + "_y", y);
  functions += fmt::format(
      "static void check_{0}(void) {{\n  float y[{2}];\n  for (int s = 0; s < 3; ++s) {{\n"
      "    {0}_forward({0}_x + s * {1}, y);\n    compare(y, {0}_y + s * {2}, {2});\n  }}\n"
      "  report(\"{0} forward\");\n}}\n",
      name, inputs, outputs);
  calls += fmt::format("  check_{}();\n", name);
}

/// Losses of five steps.
template <class Net, class Loss, class Optimizer, int Batch>
void training(const std::string& name) {
  const auto theta = tl::init<Net>(tl::seed{6});
  tl::write_c(name + ".c", tl::c_training_source<Net, Loss, Optimizer, tl::batch<Batch>>(
                               theta, {.prefix = name}));
  tl::trainer<Net, Loss, Optimizer, tl::batch<Batch>> trainer{theta};
  std::vector<float> x = numbers(2, Batch * tl::input_size<Net>),
                     t = numbers(3, Batch * trainer.target_size), losses;
  for (float& e : t) e = e > 0 ? 1.0f : 0.0f;
  for (int k = 0; k < 5; ++k) losses.push_back(trainer.step(x.data(), t.data()));
  const std::string upper = tl::detail::c_upper(name);
  functions += fmt::format("#define {0}_DECLARATIONS_ONLY\n#include \"{1}.c\"\n", upper, name);
  array(name + "_x", x);
  array(name + "_t", t);
  array(name + "_losses", losses);
  functions += fmt::format(
      "static {0}_trainer own_{0};\nstatic void check_{0}(void) {{\n"
      "  {0}_start(&own_{0}, {0}_weights, 0);\n  for (int k = 0; k < 5; ++k) {{\n"
      "    const float l = {0}_step(&own_{0}, {0}_x, {0}_t);\n"
      "    compare(&l, {0}_losses + k, 1);\n  }}\n  report(\"{0} training\");\n}}\n",
      name);
  calls += fmt::format("  check_{}();\n", name);
}

}  // namespace

int main() {
  forward<circle>("circle");
  forward<classifier>("classifier");
  forward<digits>("digits");
  forward<smooth>("smooth");
  training<circle, tl::bce, tl::adam, 8>("circle_training");
  training<classifier, tl::mse, tl::sgd, 4>("classifier_training");
  tl::write_c("check.c",
              "#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\n\n"
              "static double worst;\nstatic int wrong;\n"
              "static void compare(const float* got, const float* wanted, int n) {\n"
              "  for (int i = 0; i < n; ++i) {\n"
              "    const double d = fabs((double)got[i] - (double)wanted[i]) /\n"
              "                     (1e-3 + fabs((double)wanted[i]));\n"
              "    if (!(d <= worst)) worst = d;\n  }\n}\n"
              "static void report(const char* what) {\n  const int ok = worst <= 2e-5;\n"
              "  printf(\"%-28s %s, off by %d e-9\\n\", what, ok ? \"equal\" : \"DIFFERS\",\n"
              "         (int)(worst * 1e9));\n  wrong += !ok;\n  worst = 0.0;\n}\n\n" +
                  functions + "int main(void) {\n" + calls +
                  "  fflush(stdout);\n  exit(wrong);\n}\n");
}
