// The host side: files, data sets, the training loop, metrics, reports. Some numbers of every call
// go to the report. check.py compiles this source for several instruction sets and links the
// objects; ENTRY is the name of what an object exports.
#include <tapeless/host.hpp>

#include "cases.hpp"

namespace {

namespace fs = std::filesystem;

tl::dataset<float> rows() {
  tl::dataset<float> data;
  data.inputs = 5;
  data.targets = 1;
  tl::random_state random(3);
  for (int i = 0; i < 40; ++i) {
    for (int k = 0; k < 5; ++k) data.xs.push_back(static_cast<float>(random.normal()));
    data.ys.push_back(static_cast<float>(i % 3));
  }
  return data;
}

using trainer = tl::trainer<net, tl::cross_entropy, tl::adam, tl::batch<16>>;

void loops(isa_mix::report& r, const fs::path& folder) {
  const tl::dataset<float> all = rows();
  const tl::standardizer<float> scale = tl::standardize(all);
  const auto split = tl::train_test_split(scale(all), 0.25, 1);
  const tl::dataset<float>& train = split.train;
  const tl::dataset<float>& test = split.test;
  trainer learner{tl::init<net>(tl::seed{1}), {.learning_rate = 0.01}};
  tl::fit_options<float> options{
      .epochs = 3,
      .validation = &test,
      .metrics = {{"accuracy", [](const auto& p) { return tl::accuracy(p); }}}};
  options.table = nullptr;
  options.csv = folder / "log.csv";
  options.checkpoint = folder / "state";
  options.stop_early = tl::early_stopping_options{.patience = 2};
  const tl::history h = tl::fit(learner, train, options);
  for (const tl::epoch_record& e : h.epochs) {
    r.add(e.train_loss);
    r.add(e.validation_loss);
  }
  r.add(tl::mean_loss(learner, test) + tl::accuracy(learner, test));
  const auto predicted = tl::predict_all(learner, test);
  r.add(tl::confusion_matrix::of(predicted.view()).accuracy());
  tl::save<net>(folder / "net.safetensors", learner.parameters());
  tl::parameters<net> copy;
  tl::load<net>(folder / "net.safetensors", copy);
  r.add(static_cast<double>(copy.get(0, 3)));
  r.add(tl::read_csv(folder / "log.csv", {.header = true}).at(0, 1));
  tl::plot_history(folder / "curves.svg", "loss", h);
  r.add(static_cast<double>(tl::read_file(folder / "curves.svg").size()));
}

}  // namespace

extern "C" int ENTRY(double* numbers) {
  isa_mix::report r{numbers, isa_mix::most_numbers};
  const fs::path folder = fs::temp_directory_path() / fmt::format("isa_mix.{}", getpid());
  fs::create_directories(folder);
  loops(r, folder);
  fs::remove_all(folder);
  return r.count;
}
