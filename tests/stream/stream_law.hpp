#pragma once
// The law of streams: the numbers are those of the network on the whole sequence, by its reference
// semantics, however the samples are cut into blocks.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <forbidden_pages.hpp>
#include <limits>
#include <memory>
#include <new>
#include <random>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace stream_law {

namespace tl = tapeless;

constexpr tl::kernel causal(int size, int dilation = 1) {
  return {.size = size, .dilation = dilation, .padding = tl::padding::causal};
}
constexpr tl::kernel valid(int size, int dilation = 1) {
  return {.size = size, .dilation = dilation};
}

template <class Net, class T>
tl::parameters<Net, T> random_parameters(std::uint32_t seed) {
  std::mt19937 random{seed};
  std::uniform_real_distribution<double> number{-0.6, 0.6};
  tl::parameters<Net, T> theta;
  for (int i = 0; i < theta.tensors().count; ++i)
    for (int k = 0; k < theta.tensors()[i].dims.count(); ++k)
      theta.set(i, k, static_cast<T>(number(random)));
  return theta;
}

/// A stream that ends at a forbidden page, and where its numbers are compared.
template <class Net, class... Options>
class lab {
 public:
  using stream = tl::stream<Net, Options...>;
  using T = typename stream::scalar;
  using options = tl::detail::options_of<Options...>;
  static constexpr int axis = tl::detail::time_axis_in<options>();
  static constexpr const auto& known =
      tl::detail::streamed<Net, axis, stream::largest_block>;
  static constexpr tl::shape input_dims = tl::declared<Net>.tensors[known.input].dims;
  static constexpr int input_axis = axis < 0 ? axis + input_dims.rank : axis;
  static constexpr int samples = input_dims[input_axis];
  static constexpr tl::shape output_dims = tl::output_shape<Net>;
  static constexpr int output_axis = known.axis[known.output];

  lab()
      : theta_{std::make_unique<tl::parameters<Net, T>>(random_parameters<Net, T>(7))},
        pages_{(sizeof(stream) + 63) / 64 * 64, true},
        x_(static_cast<std::size_t>(samples * stream::inputs)),
        wanted_(static_cast<std::size_t>(samples * stream::outputs), std::numeric_limits<T>::quiet_NaN()) {
    own_ = ::new (pages_.data()) stream;
    std::mt19937 random{3};
    std::uniform_real_distribution<double> number{-1, 1};
    std::vector<T> x(x_.size()), y(static_cast<std::size_t>(tl::output_size<Net>));
    for (T& v : x) v = static_cast<T>(number(random));
    tl::forward<Net, tl::by_reference>(*theta_, x.data(), y.data());
    for (std::size_t i = 0; i < x.size(); ++i)
      x_[place(input_dims, input_axis, static_cast<int>(i), stream::inputs, 0)] = x[i];
    for (std::size_t i = 0; i < y.size(); ++i) {
      const std::size_t to =
          place(output_dims, output_axis, static_cast<int>(i), stream::outputs, stream::missing);
      if (to < wanted_.size()) wanted_[to] = y[i];
    }
  }

  /// Element of rows of samples that an element of a sequence is.
  static std::size_t place(const tl::shape& dims, int time, int flat, int row, int first) {
    int behind = 1;
    for (int i = time + 1; i < dims.rank; ++i) behind *= dims[i];
    const int inner = flat % behind, t = flat / behind % dims[time],
              outer = flat / behind / dims[time];
    return static_cast<std::size_t>((t + first) * row + outer * behind + inner);
  }

  /// The outputs of a run over the whole sequence: `run(stream, theta, in, out, count, rest)` is
  /// called until nothing is left and says how many samples it took.
  template <class Run>
  void check(Run run) {
    own_->reset();
    // One sample more than is there would be read, or written, beyond the end.
    forbidden_pages::guarded out_pages{sizeof(T) * wanted_.size(), true};
    forbidden_pages::guarded in_pages{sizeof(T) * x_.size(), true};
    T* const out = static_cast<T*>(out_pages.data());
    T* const in = static_cast<T*>(in_pages.data());
    std::copy(x_.begin(), x_.end(), in);
    for (int t = 0; t < samples;)
      t += run(*own_, *theta_, in + t * stream::inputs, out + t * stream::outputs, samples - t);
    double worst = 0, largest = 1;
    std::size_t compared = 0;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (std::isnan(wanted_[i])) continue;  // before the first window, or behind the last output
      worst = std::max(worst, std::abs(static_cast<double>(out[i]) - static_cast<double>(wanted_[i])));
      largest = std::max(largest, std::abs(static_cast<double>(wanted_[i])));
      ++compared;
    }
    CHECK(compared > 0);
    CHECK(worst <= largest * (sizeof(T) == 4 ? 3e-6 : 1e-14));
  }

  template <int Block>
  void check_block() {
    INFO("block " << Block);
    check([](stream& s, const auto& theta, const T* in, T* out, int rest) {
      if (rest >= Block) {
        s.template process<Block>(theta, in, out);
        return Block;
      }
      s.process(theta, in, out, rest);
      return rest;
    });
  }
  /// Mixtures of all block sizes, by the run-time form.
  void check_mixtures(int count) {
    for (int k = 0; k < count; ++k) {
      std::mt19937 random{static_cast<std::uint32_t>(k + 1)};
      check([&](stream& s, const auto& theta, const T* in, T* out, int rest) {
        const int n = std::min(rest, static_cast<int>(random() % 130));
        s.process(theta, in, out, n);
        return n;
      });
    }
  }
  template <int... Blocks>
  void check_all() {
    (check_block<Blocks>(), ...);
    check_mixtures(3);
    check([](stream& s, const auto& theta, const T* in, T* out, int) {
      s.step(theta, in, out);
      return 1;
    });
  }

  const tl::parameters<Net, T>& theta() const { return *theta_; }
  stream& own() { return *own_; }

 private:
  std::unique_ptr<tl::parameters<Net, T>> theta_;
  forbidden_pages::guarded pages_;
  stream* own_;
  std::vector<T> x_, wanted_;
};

}  // namespace stream_law
