#pragma once
// A network as a header declares it whose engine is compiled in compiled_engine_test.cpp; and what
// that source computes of it in the ordinary way.

#include <tapeless/declare.hpp>
#include <tapeless/threads.hpp>

namespace compiled_once {

namespace tl = tapeless;

struct logits
    : tl::sequential<tl::input<7>, tl::dense<19>, tl::relu, tl::dropout<0.25>, tl::dense<5>> {};
struct tagger : tl::sequential<tl::input<7>, tl::dense<19>, tl::relu, tl::dense<5>, tl::softmax> {};

using one = tl::compiled<tagger>;
using several = tl::compiled<tagger, tl::batch<6>, tl::scalar_type<double>>;

/// Options derive as they like.
struct pairs : tl::batch<2> {};
using in_loops = tl::compiled<tagger, pairs, tl::expand_as<tl::expansion::loops>>;

template <template <class...> class Trainer, class... Options>
using training = Trainer<logits, tl::cross_entropy, tl::adam, tl::batch<8>,
                         tl::frozen_paths<"0.bias">, tl::clip_by_norm<1.0>, Options...>;
using tagger_trainer = training<tl::compiled_trainer>;
using pair_trainer = training<tl::compiled_trainer, tl::threads<2>>;

/// What tl::forward computes with the same options.
void forward_here(const tl::parameters<tagger>& theta, const float* x, float* y);
void forward_here(const tl::parameters<tagger, double>& theta, const double* x, double* y);
void forward_here_in_loops(const tl::parameters<tagger>& theta, const float* x, float* y);

/// What the calls of `train` leave behind.
struct outcome {
  tagger_trainer::state_type state;
  float losses[5];
  float outputs[8 * 5];
};
/// ... when tl::trainer makes them, alone or with a second thread.
outcome train_here(const tl::parameters<logits>& start, const float* xs, const float* ys);
outcome train_here_in_pair(const tl::parameters<logits>& start, const float* xs, const float* ys);

/// Some calls of each kind.
template <class Trainer>
outcome train(const tl::parameters<logits>& start, const float* xs, const float* ys) {
  Trainer t{start, {.learning_rate = 0.05}, 17};
  outcome r{t.state(), {}, {}};
  r.losses[0] = t.step(xs, ys);
  r.losses[1] = t.step(xs, ys, 3);
  r.losses[2] = t.accumulate(xs, ys);
  t.apply();
  r.losses[3] = t.loss(xs, ys);
  r.losses[4] = t.loss(xs, ys, 5);
  t.predict(xs, r.outputs);
  t.predict(xs, r.outputs, 6);
  r.state = t.state();
  return r;
}

}  // namespace compiled_once
