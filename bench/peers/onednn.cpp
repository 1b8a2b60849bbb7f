// oneDNN: its matmul with bias and relu as one primitive. Where nothing is trained the weights are
// put into the order it likes best.
#include <dnnl.hpp>

#include "by_gemm.hpp"

namespace {

using dnnl::memory;

dnnl::engine& engine() {
  static dnnl::engine e(dnnl::engine::kind::cpu, 0);
  return e;
}
dnnl::stream& stream() {
  static dnnl::stream s(engine());
  return s;
}

memory::desc matrix(int rows, int columns, memory::format_tag order) {
  return {{rows, columns}, memory::data_type::f32, order};
}

/// c = a b (+ bias) (relu), with the arrays given at each call.
class matmul {
 public:
  matmul(const memory::desc& a, const memory::desc& b, const memory::desc& c,
         const memory::desc* bias = nullptr, bool relu = false) {
    dnnl::primitive_attr attributes;
    if (relu) {
      dnnl::post_ops after;
      after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
      attributes.set_post_ops(after);
    }
    const auto what =
        bias != nullptr ? dnnl::matmul::desc(a, b, *bias, c) : dnnl::matmul::desc(a, b, c);
    const dnnl::matmul::primitive_desc made(what, attributes, engine());
    b_layout = made.weights_desc();
    run_ = dnnl::matmul(made);
    arguments_ = {{DNNL_ARG_SRC, {made.src_desc(), engine(), nullptr}},
                  {DNNL_ARG_WEIGHTS, {b_layout, engine(), nullptr}},
                  {DNNL_ARG_DST, {made.dst_desc(), engine(), nullptr}}};
    if (bias != nullptr) arguments_[DNNL_ARG_BIAS] = {*bias, engine(), nullptr};
  }

  void operator()(const float* a, const float* b, float* c, const float* bias = nullptr) {
    arguments_[DNNL_ARG_SRC].set_data_handle(const_cast<float*>(a));
    arguments_[DNNL_ARG_WEIGHTS].set_data_handle(const_cast<float*>(b));
    arguments_[DNNL_ARG_DST].set_data_handle(c);
    if (bias != nullptr) arguments_[DNNL_ARG_BIAS].set_data_handle(const_cast<float*>(bias));
    run_.execute(stream(), arguments_);
  }

  memory::desc b_layout;

 private:
  dnnl::matmul run_;
  std::unordered_map<int, memory> arguments_;
};

struct product {
  using tag = memory::format_tag;
  by_gemm::layer& l;
  bool trains;
  memory::desc plain, bias;
  matmul linear, with_relu, behind, outer;
  by_gemm::floats packed;

  product(by_gemm::layer& of, bool training)
      : l(of),
        trains(training),
        plain(matrix(l.in, l.out, tag::ab)),
        bias(matrix(1, l.out, tag::ab)),
        linear(ahead(false)),
        with_relu(ahead(true)),
        behind(matrix(l.rows, l.out, tag::ab), matrix(l.out, l.in, tag::ba),
               matrix(l.rows, l.in, tag::ab)),
        outer(matrix(l.in, l.rows, tag::ba), matrix(l.rows, l.out, tag::ab), plain),
        packed(trains ? 0 : with_relu.b_layout.get_size() / sizeof(float)) {}

  matmul ahead(bool relu) {
    return {matrix(l.rows, l.in, tag::ab), trains ? plain : matrix(l.in, l.out, tag::any),
            matrix(l.rows, l.out, tag::ab), &bias, relu};
  }
  void load() {
    if (trains) return;
    memory from(plain, engine(), l.w.data()), to(with_relu.b_layout, engine(), packed.data());
    dnnl::reorder(from, to).execute(stream(), from, to);
    stream().wait();
  }
  void forward(const float* x, float* y, bool relu) {
    (relu ? with_relu : linear)(x, trains ? l.w.data() : packed.data(), y, l.b.data());
  }
  void back(const float* dy) { behind(dy, l.w.data(), l.dx.data()); }
  void gradient(const float* x, const float* dy) { outer(x, dy, l.gw.data()); }
};

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) { by_gemm::offer<product>(all); }
