#include <catch2/catch.hpp>
#include <tapeless/train/history.hpp>
#include <vector>

namespace tl = tapeless;

TEST_CASE("a history gives its columns", "[train][history]") {
  tl::history h;
  CHECK(h.empty());
  h.metric_names = {"accuracy", "mae"};
  for (int i = 1; i <= 3; ++i) {
    tl::epoch_record r;
    r.epoch = i;
    r.train_loss = 1.0 / i;
    r.metrics = {0.5 * i, 2.0 * i};
    h.epochs.push_back(r);
  }
  CHECK(h.column(&tl::epoch_record::epoch) == std::vector<double>{1, 2, 3});
  CHECK(h.column(&tl::epoch_record::train_loss) == std::vector<double>{1, 0.5, 1.0 / 3});
  CHECK(h.metric("mae") == std::vector<double>{2, 4, 6});
  CHECK(h.metric("f1").empty());
  CHECK(h.back().epoch == 3);
}
