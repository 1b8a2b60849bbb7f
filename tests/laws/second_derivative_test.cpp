// Differentiating twice: Hessian times a direction, as the gradient of the gradient's projection.

#include <catch2/catch.hpp>
#include <run/golden_network.hpp>

namespace tl = tapeless;
namespace pytorch = golden::training;
using golden_network::net;

namespace {

/// H v = d/dw (dloss/dw . v), stored as gradients; the projection itself as loss. v is kept in slot
/// 0 of the optimizer's state.
struct hessian_stage {
  static consteval void build(tl::graph& g) {
    tl::detail::declare<net, 8, true>::build(g);
    tl::detail::loss_graph l{g.tensor_count};
    l.loss = tl::detail::append_loss<tl::cross_entropy>(g, tl::detail::sharing::equal);
    tl::detail::append_gradients<tl::detail::default_options>(g, l);
    tl::value projection{0.0};
    for (int i = 0; i < l.count; ++i) {
      const tl::tensor parameter = g.tensors[l.tensor[i]];
      const tl::value v = g.leaf(parameter.name, tl::place::state, parameter.dims, false);
      g.tensors[g.tensor_count - 1].transposed = parameter.transposed;
      projection = projection + tl::math::sum(l.gradient[i] * v);
    }
    tl::store(projection, tl::place::loss);
    tl::value second[16];
    tl::differentiate(g, projection, l.parameter, l.count, second);
    for (int i = 0; i < l.count; ++i) tl::store(second[i], tl::place::gradients, 0, l.tensor[i]);
  }
};

using job =
    tl::detail::compiled<net, hessian_stage, double, tl::simd::native, tl::detail::default_options>;

struct result {
  double projection = 0;
  tl::parameters<net, double> product;
};

result hessian_times(const tl::parameters<net, double>& theta, tl::parameters<net, double> v,
                     bool by_kernels) {
  result r;
  tl::detail::call_memory<double> m;
  m.parameters = const_cast<double*>(theta.data);
  m.state = v.data;
  m.input = pytorch::x.data();
  m.target = pytorch::labels.data();
  m.gradients = r.product.data;
  m.loss = &r.projection;
  if (!by_kernels) {
    tl::detail::interpret<job::pruned>(m);
    return r;
  }
  alignas(64) double arena[job::plan.memory.arena + 16];
  tl::buffers<double> b;
  b[tl::place::arena] = arena;
  b[tl::place::parameters] = m.parameters;
  b[tl::place::state] = m.state;
  b[tl::place::input] = const_cast<double*>(m.input);
  b[tl::place::target] = const_cast<double*>(m.target);
  b[tl::place::gradients] = m.gradients;
  b[tl::place::loss] = m.loss;
  job::run(b);
  return r;
}

}  // namespace

static_assert(job::built.error.what == tl::problem::none);

TEST_CASE("Hessian times a direction equals PyTorch's") {
  const auto theta = golden_network::from<double>(pytorch::initial);
  const auto v = golden_network::from<double>(pytorch::direction);
  for (const bool by_kernels : {false, true}) {
    INFO((by_kernels ? "kernels" : "interpreter"));
    const result r = hessian_times(theta, v, by_kernels);
    CHECK(r.projection == Approx(pytorch::loss_tangent).epsilon(1e-13));
    golden_network::for_each_parameter([&](int t, int e, std::size_t at) {
      CHECK(r.product.get(t, e) ==
            Approx(pytorch::hessian_times_direction[at]).epsilon(1e-12).margin(1e-14));
    });
  }
}

TEST_CASE("Hessian times a direction equals differences of gradients") {
  const auto theta = golden_network::from<double>(pytorch::initial);
  const auto v = golden_network::from<double>(pytorch::direction);
  const double h = 1e-5;
  tl::parameters<net, double> above = theta, below = theta;
  for (int i = 0; i < theta.size; ++i) {
    above.data[i] += h * v.data[i];
    below.data[i] -= h * v.data[i];
  }
  const auto gradient = [](const tl::parameters<net, double>& at) {
    return tl::value_and_grad<net, tl::cross_entropy, tl::batch<8>>(at, pytorch::x.data(),
                                                                    pytorch::labels.data())
        .gradient;
  };
  const auto up = gradient(above), down = gradient(below);
  const result r = hessian_times(theta, v, false);
  for (int i = 0; i < theta.size; ++i)
    CHECK(r.product.data[i] == Approx((up.data[i] - down.data[i]) / (2 * h)).margin(1e-9));
}
