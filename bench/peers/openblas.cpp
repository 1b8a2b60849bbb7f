// OpenBLAS: sgemv for one row, sgemm for more.
#include <cblas.h>

#include "by_gemm.hpp"

namespace {

struct product {
  by_gemm::layer& l;
  product(by_gemm::layer& of, bool) : l(of) {}
  void load() {}

  void forward(const float* x, float* y, bool relu) {
    by_gemm::start(l, y);
    if (l.rows == 1)
      cblas_sgemv(CblasRowMajor, CblasTrans, l.in, l.out, 1, l.w.data(), l.out, x, 1, 1, y, 1);
    else
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, l.rows, l.out, l.in, 1, x, l.in,
                  l.w.data(), l.out, 1, y, l.out);
    by_gemm::finish(l, y, relu);
  }
  void back(const float* dy) {
    if (l.rows == 1)
      cblas_sgemv(CblasRowMajor, CblasNoTrans, l.in, l.out, 1, l.w.data(), l.out, dy, 1, 0,
                  l.dx.data(), 1);
    else
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, l.rows, l.in, l.out, 1, dy, l.out,
                  l.w.data(), l.out, 0, l.dx.data(), l.in);
  }
  void gradient(const float* x, const float* dy) {
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, l.in, l.out, l.rows, 1, x, l.in, dy, l.out,
                0, l.gw.data(), l.out);
  }
};

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) {
  openblas_set_num_threads(1);
  by_gemm::offer<product>(all);
}
