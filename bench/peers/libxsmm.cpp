// libxsmm: a kernel made for each product at load. It reads matrices by columns, so that row-major
// y[n][o] is its y(o, n). Products with a transposed first matrix it does not make: the weights are
// transposed before dx.
#include <libxsmm.h>

#include <stdexcept>

#include "by_gemm.hpp"

namespace {

using kernel = libxsmm_smmfunction;

kernel make(int m, int n, int k, int lda, int ldb, float beta, int flags) {
  const float alpha = 1;
  const int ldc = m;
  return libxsmm_smmdispatch(m, n, k, &lda, &ldb, &ldc, &alpha, &beta, &flags, nullptr);
}

struct product {
  by_gemm::layer& l;
  by_gemm::floats transposed;
  kernel ahead, behind, outer;

  product(by_gemm::layer& of, bool trains)
      : l(of),
        transposed(by_gemm::layer::size(l.in, l.out)),
        ahead(make(l.out, l.rows, l.in, l.out, l.in, 1, LIBXSMM_GEMM_FLAG_NONE)),
        behind(make(l.in, l.rows, l.out, l.in, l.out, 0, LIBXSMM_GEMM_FLAG_NONE)),
        outer(make(l.out, l.in, l.rows, l.out, l.in, 0, LIBXSMM_GEMM_FLAG_TRANS_B)) {
    if (ahead == nullptr || (trains && (behind == nullptr || outer == nullptr)))
      throw std::runtime_error("libxsmm makes no kernel for a product");
  }
  void load() {}

  void forward(const float* x, float* y, bool relu) {
    by_gemm::start(l, y);
    ahead(l.w.data(), x, y);
    by_gemm::finish(l, y, relu);
  }
  void back(const float* dy) {
    libxsmm_otrans(transposed.data(), l.w.data(), sizeof(float), l.out, l.in, l.out, l.in);
    behind(transposed.data(), dy, l.dx.data());
  }
  void gradient(const float* x, const float* dy) { outer(dy, x, l.gw.data()); }
};

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) {
  libxsmm_init();
  by_gemm::offer<product>(all);
}
