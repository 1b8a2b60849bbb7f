#pragma once
// Dense networks of run-time sizes over somebody's matrix product: what a user of a BLAS writes.
#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "../check.hpp"

namespace by_gemm {

/// Floats on a cache line of their own.
class floats {
 public:
  explicit floats(std::size_t count = 0)
      : count_(count), data_(new (std::align_val_t{64}) float[count]()) {}
  ~floats() { ::operator delete[](data_, std::align_val_t{64}); }
  floats(floats&& other) noexcept
      : count_(other.count_), data_(std::exchange(other.data_, nullptr)) {}
  floats& operator=(floats&&) = delete;
  float* data() const { return data_; }
  std::size_t size() const { return count_; }
  float& operator[](std::size_t i) const { return data_[i]; }

 private:
  std::size_t count_;
  float* data_;
};

struct layer {
  int rows, in, out;
  floats w, b, gw, gb, mw, mb, vw, vb;  ///< parameters, gradients, first and second moments
  floats h, dx;                         ///< output [rows][out], gradient of the input [rows][in]

  layer(int r, int i, int o)
      : rows(r),
        in(i),
        out(o),
        w(size(i, o)),
        b(size(o)),
        gw(size(i, o)),
        gb(size(o)),
        mw(size(i, o)),
        mb(size(o)),
        vw(size(i, o)),
        vb(size(o)),
        h(size(r, o)),
        dx(size(r, i)) {}
  static std::size_t size(int a, int b = 1) { return static_cast<std::size_t>(a * b); }
};

/// Product(layer) offers, all matrices row-major:
///   load():               the weights are new
///   forward(x, y, relu):  y[n][o] = max(b[o] + sum_i x[n][i] w[i][o], 0 if relu)
///   back(dy):             dx[n][i] = sum_o dy[n][o] w[i][o]
///   gradient(x, dy):      gw[i][o] = sum_n x[n][i] dy[n][o]
template <class Product>
class worker : public contest::worker<float> {
 public:
  explicit worker(const contest::job& j) : job_(j) {
    const auto& sizes = j.net->sizes;
    for (std::size_t l = 0; l + 1 < sizes.size(); ++l)
      layers_.push_back(std::make_unique<layer>(j.batch, sizes[l], sizes[l + 1]));
    for (auto& l : layers_) products_.push_back(std::make_unique<Product>(*l, j.trains()));
  }

  void load(std::span<const int>, const float* numbers) override {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      layer& l = *layers_[i];
      for (floats* f : {&l.w, &l.b}) {
        std::copy_n(numbers, f->size(), f->data());
        numbers += f->size();
      }
      for (floats* f : {&l.mw, &l.mb, &l.vw, &l.vb}) std::fill_n(f->data(), f->size(), 0.0f);
      products_[i]->load();
    }
  }

  void save(std::span<const int>, float* numbers) const override {
    for (const auto& l : layers_)
      for (const floats* f : {&l->w, &l->b}) numbers = std::copy_n(f->data(), f->size(), numbers);
  }

  void set_rate(float rate) override { rate_ = rate; }

  void forward(const float* x, float* y) override {
    all_layers(x);
    layer& last = *layers_.back();
    if (job_.net->last == contest::head::sigmoid) last.h[0] = 1 / (1 + std::exp(-last.h[0]));
    if (job_.net->last == contest::head::softmax) softmax(last.h.data(), last.out);
    std::copy_n(last.h.data(), last.out, y);
  }

  float step(const float* x, const float* target) override {
    all_layers(x);
    float loss = 0;
    layer& last = *layers_.back();
    for (int n = 0; n < last.rows; ++n)
      loss += head(last.h.data() + n * last.out, last.out, target[n]);
    const float* dy = last.h.data();
    ++steps_;
    for (std::size_t i = layers_.size(); i-- > 0;) {
      layer& l = *layers_[i];
      const float* input = i == 0 ? x : layers_[i - 1]->h.data();
      if (i > 0) {
        products_[i]->back(dy);
        for (std::size_t k = 0; k < l.dx.size(); ++k) l.dx[k] = input[k] > 0 ? l.dx[k] : 0;
      }
      products_[i]->gradient(input, dy);
      std::fill_n(l.gb.data(), l.out, 0.0f);
      for (int n = 0; n < l.rows; ++n)
        for (int o = 0; o < l.out; ++o) l.gb.data()[o] += dy[n * l.out + o];
      update(l.w, l.gw, l.mw, l.vw);
      update(l.b, l.gb, l.mb, l.vb);
      dy = l.dx.data();
    }
    return loss / static_cast<float>(last.rows);
  }

 private:
  void all_layers(const float* x) {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      layer& l = *layers_[i];
      const bool relu = i + 1 < layers_.size() && job_.net->hidden == contest::activation::relu;
      products_[i]->forward(x, l.h.data(), relu);
      if (i + 1 < layers_.size() && job_.net->hidden == contest::activation::tanh)
        for (std::size_t k = 0; k < l.h.size(); ++k) l.h[k] = std::tanh(l.h[k]);
      x = l.h.data();
    }
  }

  static void softmax(float* y, int count) {
    const float top = *std::max_element(y, y + count);
    float sum = 0;
    for (int o = 0; o < count; ++o) y[o] = std::exp(y[o] - top);
    for (int o = 0; o < count; ++o) sum += y[o];
    for (int o = 0; o < count; ++o) y[o] /= sum;
  }

  // One row's loss; y becomes d(mean loss)/d(output).
  float head(float* y, int count, float target) const {
    const float scale = 1 / static_cast<float>(job_.batch);
    float loss;
    if (job_.net->last == contest::head::sigmoid) {
      const float p = 1 / (1 + std::exp(-*y));
      loss = -target * std::log(p) - (1 - target) * std::log(1 - p);
      *y = p - target;
    } else {
      softmax(y, count);
      float& hit = y[static_cast<int>(target)];
      loss = -std::log(hit);
      hit -= 1;
    }
    for (int o = 0; o < count; ++o) y[o] *= scale;
    return loss;
  }

  void update(floats& weights, const floats& gradient, floats& first, floats& second) const {
    float *w = weights.data(), *m = first.data(), *v = second.data();
    const float* g = gradient.data();
    const std::size_t count = weights.size();
    if (job_.update == contest::optimizer::sgd) {
      for (std::size_t i = 0; i < count; ++i) w[i] -= rate_ * g[i];
    } else if (job_.update == contest::optimizer::momentum) {
      for (std::size_t i = 0; i < count; ++i) w[i] -= rate_ * (m[i] = 0.9f * m[i] + g[i]);
    } else {
      const auto steps = static_cast<float>(steps_);
      const float scale = rate_ / (1 - std::pow(0.9f, steps));
      const float correct = 1 / std::sqrt(1 - std::pow(0.999f, steps));
      for (std::size_t i = 0; i < count; ++i) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
        w[i] -= scale * m[i] / (std::sqrt(v[i]) * correct + 1e-8f);
      }
    }
  }

  contest::job job_;
  std::vector<std::unique_ptr<layer>> layers_;
  std::vector<std::unique_ptr<Product>> products_;
  float rate_ = 0;
  int steps_ = 0;
};

/// b in all rows of y, before a product is added to it; and relu after it.
inline void start(const layer& l, float* y) {
  for (int n = 0; n < l.rows; ++n) std::copy_n(l.b.data(), l.out, y + n * l.out);
}
inline void finish(const layer& l, float* y, bool relu) {
  if (!relu) return;
  for (int k = 0; k < l.rows * l.out; ++k) y[k] = y[k] > 0 ? y[k] : 0;
}

/// Offers every job.
template <class Product>
void offer(std::vector<contest::contender>& all) {
  for (const contest::job& j : contest::jobs())
    if (j.distinct())
      all.push_back({j.name, [&j] { return std::make_unique<worker<Product>>(j); }});
}

}  // namespace by_gemm
