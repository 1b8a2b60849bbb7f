// Eigen with fixed-size matrices. Its matrices lie by columns: w(o, i) is w[i][o] of worker::load.
#include <Eigen/Core>
#include <cmath>
#include <memory>
#include <tuple>

#include "../check.hpp"

namespace {

using contest::activation;
using contest::head;
using contest::optimizer;

template <int In, int Out>
struct layer {
  using matrix = Eigen::Matrix<float, Out, In>;
  using vector = Eigen::Matrix<float, Out, 1>;
  matrix w, gw, mw, vw;
  vector b, gb, mb, vb;
};

/// Layers of Sizes and their activations for Batch columns.
template <int Batch, int... Sizes>
struct stack;
template <int Batch, int Only>
struct stack<Batch, Only> {
  static constexpr int out = Only;
};
template <int Batch, int In, int Out, int... Rest>
struct stack<Batch, In, Out, Rest...> {
  static constexpr bool last = sizeof...(Rest) == 0;
  static constexpr int out = stack<Batch, Out, Rest...>::out;
  layer<In, Out> here;
  Eigen::Matrix<float, Out, Batch> h, dh;
  stack<Batch, Out, Rest...> rest;

  void each(auto f) {
    f(here);
    if constexpr (!last) rest.each(f);
  }
  // The logits.
  template <activation Hidden>
  auto& forward(const auto& x) {
    h.noalias() = here.w * x;
    if constexpr (last) {
      h.colwise() += here.b;
      return h;
    } else {
      if constexpr (Hidden == activation::relu)
        h = (h.colwise() + here.b).cwiseMax(0.0f);
      else
        h = (h.colwise() + here.b).array().tanh();
      return rest.template forward<Hidden>(h);
    }
  }
  // From dh of the last layer; `below` takes the gradient of x where there is a layer below.
  void backward(const auto& x, auto update, auto below) {
    if constexpr (!last)
      rest.backward(h, update, [&](const auto& w, const auto& d) {
        dh.noalias() = w.transpose() * d;
        dh = (h.array() > 0).select(dh, 0.0f);
      });
    below(here.w, dh);
    here.gw.noalias() = dh * x.transpose();
    here.gb = dh.rowwise().sum();
    update(here.w, here.gw, here.mw, here.vw);
    update(here.b, here.gb, here.mb, here.vb);
  }
  auto& last_gradient() {
    if constexpr (last)
      return dh;
    else
      return rest.last_gradient();
  }
};

template <head Last, activation Hidden, optimizer Update, int Batch, int In, int... Sizes>
class net_worker : public contest::worker<float> {
  static constexpr int out = stack<Batch, In, Sizes...>::out;
  using input = Eigen::Map<const Eigen::Matrix<float, In, Batch>>;

 public:
  void load(std::span<const int>, const float* numbers) override {
    net_->each([&](auto& l) {
      std::copy_n(numbers, l.w.size(), l.w.data());
      std::copy_n(numbers + l.w.size(), l.b.size(), l.b.data());
      numbers += l.w.size() + l.b.size();
      l.mw.setZero(), l.mb.setZero(), l.vw.setZero(), l.vb.setZero();
    });
    steps_ = 0;
  }
  void save(std::span<const int>, float* numbers) const override {
    net_->each([&](auto& l) {
      numbers = std::copy_n(l.w.data(), l.w.size(), numbers);
      numbers = std::copy_n(l.b.data(), l.b.size(), numbers);
    });
  }
  void set_rate(float rate) override { rate_ = rate; }

  void forward(const float* x, float* y) override {
    auto& z = net_->template forward<Hidden>(input(x));
    Eigen::Map<Eigen::Matrix<float, out, Batch>> result(y);
    if constexpr (Last == head::sigmoid)
      result = 1 / (1 + (-z.array()).exp());
    else if constexpr (Last == head::softmax) {
      result = (z.array() - z.maxCoeff()).exp();
      result /= result.sum();
    } else
      result = z;
  }

  float step(const float* xs, const float* target) override {
    const input x(xs);
    auto& z = net_->template forward<Hidden>(x);
    auto& dy = net_->last_gradient();
    float loss = 0;
    if constexpr (Last == head::sigmoid) {
      const Eigen::Map<const Eigen::Array<float, 1, Batch>> t(target);
      const Eigen::Array<float, 1, Batch> p = 1 / (1 + (-z.array()).exp());
      loss = -(t * p.log() + (1 - t) * (1 - p).log()).sum();
      dy = (p - t) / Batch;
    } else {
      for (int n = 0; n < Batch; ++n) {
        const int hit = static_cast<int>(target[n]);
        dy.col(n) = (z.col(n).array() - z.col(n).maxCoeff()).exp();
        dy.col(n) /= dy.col(n).sum();
        loss -= std::log(dy(hit, n));
        dy(hit, n) -= 1;
      }
      dy /= static_cast<float>(Batch);
    }
    ++steps_;
    const auto steps = static_cast<float>(steps_);
    const float scale = rate_ / (1 - std::pow(0.9f, steps));
    const float correct = 1 / std::sqrt(1 - std::pow(0.999f, steps));
    const auto update = [&](auto& w, const auto& g, auto& m, auto& v) {
      if constexpr (Update == optimizer::sgd) {
        w -= rate_ * g;
      } else if constexpr (Update == optimizer::momentum) {
        m = 0.9f * m + g;
        w -= rate_ * m;
      } else {
        m = 0.9f * m + 0.1f * g;
        v = 0.999f * v + 0.001f * g.cwiseAbs2();
        w.array() -= scale * m.array() / (v.array().sqrt() * correct + 1e-8f);
      }
    };
    net_->backward(x, update, [](const auto&, const auto&) {});
    return loss / Batch;
  }

 private:
  std::unique_ptr<stack<Batch, In, Sizes...>> net_ = std::make_unique<stack<Batch, In, Sizes...>>();
  float rate_ = 0;
  int steps_ = 0;
};

template <head Last, activation Hidden, optimizer Update, int Batch, int... Sizes>
contest::contender offer(const char* job) {
  return {job,
          [] { return std::make_unique<net_worker<Last, Hidden, Update, Batch, Sizes...>>(); }};
}

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) {
  using enum optimizer;
  constexpr auto relu = activation::relu, tanh = activation::tanh;
  constexpr auto logits = head::identity, softmax = head::softmax, sigmoid = head::sigmoid;
  all.push_back(offer<sigmoid, relu, sgd, 1, 2, 8, 1>("A_forward"));
  all.push_back(offer<softmax, relu, sgd, 1, 16, 64, 32, 32, 5>("B_forward"));
  all.push_back(offer<logits, relu, sgd, 1, 784, 128, 64, 10>("C_forward"));
  all.push_back(offer<logits, tanh, sgd, 1, 24, 64, 64, 4>("D_forward"));
  all.push_back(offer<sigmoid, relu, sgd, 32, 2, 8, 1>("A_step_32"));
  all.push_back(offer<softmax, relu, sgd, 1, 16, 64, 32, 32, 5>("B_step_1"));
  all.push_back(offer<softmax, relu, sgd, 128, 16, 64, 32, 32, 5>("B_step_128"));
  all.push_back(offer<logits, relu, sgd, 64, 784, 128, 64, 10>("C_step_64_sgd"));
  all.push_back(offer<logits, relu, momentum, 64, 784, 128, 64, 10>("C_step_64_momentum"));
  all.push_back(offer<logits, relu, adam, 64, 784, 128, 64, 10>("C_step_64_adam"));
}
