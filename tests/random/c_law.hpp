#pragma once
// The law of random networks for exported C: the functions of a file give the numbers of the
// reference semantics. Takes the place of random/law.hpp under --export-c; what a C file has no
// call for is left out: batches are whole, and nothing is accumulated.

#include <cstring>
#include <export/c_library.hpp>
#include <random/law.hpp>
#include <tapeless/export/source.hpp>

namespace random_nets {

/// The instruction set of this source, for the C compiler too.
#if defined(__AVX512F__)
inline constexpr const char* c_flags = "-O2 -mavx512f -mavx512vl -mavx512dq -mfma";
#elif defined(__AVX2__)
inline constexpr const char* c_flags = "-O2 -mavx2 -mfma";
#else
inline constexpr const char* c_flags = "-O2";
#endif

template <class Setting, class... Options>
class c_law : law<Setting, Options...> {
  using base = law<Setting, Options...>;
  using net = typename Setting::net;
  using scalar = typename Setting::scalar;
  using loss_type = typename Setting::loss;
  using optimizer = typename Setting::optimizer;
  using O = tl::detail::options_of<Options...>;
  static constexpr int batch = tl::detail::batch_in<O>();
  static constexpr int inputs = tl::input_size<net>, outputs = tl::output_size<net>;
  static constexpr int size = std::max(tl::parameters<net, scalar>::size, 1);
  static constexpr bool at_end = Setting::at_end;
  static constexpr int target_row() { return tl::target_size<net, loss_type>; }
  using file = tl::detail::c_file<scalar>;

 public:
  explicit c_law(results& out) : base{out} { alarm(900); }  // compilers take their time

  void forward() {
    with_file([](file& f) { tl::detail::c_add_forward<net, scalar, Options...>(f, false); },
              [&](const c_export::library& c, const std::string& form) {
                const row<scalar> theta{size, at_end}, x{batch * inputs, at_end},
                    y{batch * outputs, at_end};
                start(theta.data());
                fill_inputs(x.data(), batch * inputs, 0, {});
                const auto f =
                    c.function<void(const scalar*, const scalar*, scalar*)>("net_forward");
                spoil_stack();
                f(theta.data(), x.data(), y.data());
                compare(out_, ("forward" + form).c_str(), copied(y.data(), batch * outputs),
                        base::interpreted_outputs);
              });
  }
  void predict(int) { forward(); }
  void constant() {}

  void gradient() {
    with_file([](file& f) { tl::detail::c_add_gradient<net, loss_type, scalar, Options...>(f); },
              [&](const c_export::library& c, const std::string& form) {
                const row<scalar> theta{size, at_end}, x{batch * inputs, at_end},
                    t{batch * target_row(), at_end}, d{size, at_end};
                start(theta.data());
                fill_rows(x.data(), t.data(), 0);
                const auto f =
                    c.function<scalar(const scalar*, const scalar*, const scalar*, scalar*)>(
                        "net_gradient");
                spoil_stack();
                numbers engine{static_cast<double>(f(theta.data(), x.data(), t.data(), d.data()))};
                tl::parameters<net, scalar> packed{};
                std::copy(d.data(), d.data() + tl::parameters<net, scalar>::size, packed.data);
                append(engine, block<scalar>{packed});
                compare(out_, ("gradient" + form).c_str(), engine, base::interpreted_gradient);
              });
  }

  void loss(int) {
    with_file([](file& f) { tl::detail::c_add_loss<net, loss_type, scalar, Options...>(f); },
              [&](const c_export::library& c, const std::string& form) {
                const row<scalar> theta{size, at_end}, x{batch * inputs, at_end},
                    t{batch * target_row(), at_end};
                start(theta.data());
                fill_rows(x.data(), t.data(), 0);
                const auto f =
                    c.function<scalar(const scalar*, const scalar*, const scalar*)>("net_loss");
                spoil_stack();
                const auto l = static_cast<double>(f(theta.data(), x.data(), t.data()));
                compare(out_, ("loss" + form).c_str(), {l}, [](perturbed p) {
                  const numbers xs = base::inputs_of(0, batch, p), ts = base::targets_of(0, batch);
                  return numbers{base::interpreted(p)->loss(xs.data(), ts.data(), batch)};
                });
              });
  }

  void steps(int how_many, int) {
    with_file(
        [](file& f) { tl::detail::c_add_step<net, loss_type, optimizer, scalar, Options...>(f); },
        [&](const c_export::library& c, const std::string& form) {
          const row<scalar> x{batch * inputs, at_end}, t{batch * target_row(), at_end};
          auto trainer = started(c);
          const auto f = c.function<scalar(void*, const scalar*, const scalar*)>("net_step");
          numbers engine;
          for (int k = 0; k < how_many; ++k) {
            fill_rows(x.data(), t.data(), k);
            spoil_stack();
            engine.push_back(static_cast<double>(f(trainer.data(), x.data(), t.data())));
          }
          tl::parameters<net, scalar> theta{};
          std::memcpy(theta.data, trainer.data(),
                      tl::parameters<net, scalar>::size * sizeof(scalar));
          append(engine, block<scalar>{theta});
          compare(out_, ("steps" + form).c_str(), engine, [how_many](perturbed p) {
            const auto r = base::interpreted(p);
            numbers result;
            for (int k = 0; k < how_many; ++k) {
              const numbers xs = base::inputs_of(k, batch, p), ts = base::targets_of(k, batch);
              result.push_back(r->step(xs.data(), ts.data()));
            }
            append(result, block<double>{r->state.theta});
            return result;
          });
        });
  }
  void accumulate(int how_many) { steps(how_many, batch); }

 private:
  using base::out_;

  /// Calls f with the library of a file: as the budgets say, and all in loops.
  template <class Add, class F>
  static void with_file(Add&& add, F&& f) {
    for (const double budget : {256.0, 0.0}) {
      const tl::c_options options{
          .prefix = "net", .straight_budget = budget, .unroll_budget = budget / 8};
      file made{tl::detail::c_subject_of<net, scalar, batch>(options), options};
      add(made);
      const c_export::library c{made.text(), c_export::compilers()[0], c_flags};
      f(c, budget > 0 ? "" : " in loops");
    }
  }

  static void start(scalar* theta) {
    tl::parameters<net, scalar> packed{};
    set_parameters(block<scalar>{packed}, Setting::scales);
    std::copy(packed.data, packed.data + tl::parameters<net, scalar>::size, theta);
  }
  static void fill_rows(scalar* x, scalar* t, int step) {
    fill_inputs(x, batch * inputs, step, {});
    fill_targets(t, batch * target_row(), step, Setting::target, outputs);
  }

  /// The bytes of a trainer: parameters, state, the learning rate.
  static std::vector<double> started(const c_export::library& c) {
    constexpr std::size_t held = sizeof(scalar) * size * (1 + optimizer::states);
    std::vector<double> trainer(held / sizeof(double) + 64);
    std::vector<scalar> theta(size);
    start(theta.data());
    c.function<void(void*, const scalar*, std::uint32_t)>("net_start")(trainer.data(), theta.data(),
                                                                       0);
    trainer[(held + sizeof(double) - 1) / sizeof(double)] = Setting::rate;
    return trainer;
  }
};

}  // namespace random_nets
