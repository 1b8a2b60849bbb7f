#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <tapeless/train/checkpoint.hpp>

#include "linear_trainer.hpp"
#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;
using trainer = fixture::linear_trainer<2, 8>;

namespace {

trainer trained() {
  trainer t;
  const double xs[]{1, 2, 3, 4}, ys[]{1, 2};
  for (int i = 0; i < 3; ++i) t.step(xs, ys, 2);
  return t;
}

template <class Other>
void refused_by(const std::filesystem::path& file, const std::string& why) {
  Other other;
  const auto before = other.parameters();
  CHECK_THROWS_WITH(tl::load_checkpoint(file, other),
                    Contains(file.string() + ": this checkpoint does not fit: " + why));
  CHECK(other.parameters() == before);
}

void rewrite(const std::filesystem::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary) << content;
}

}  // namespace

TEST_CASE("a checkpoint brings everything back", "[train][checkpoint]") {
  scratch_folder folder;
  trainer saved = trained();
  saved.options().learning_rate = 0.0123;
  tl::early_stopping stopping({.patience = 3});
  stopping.update(1, 0.5, tl::bytes_of(saved.parameters()));
  stopping.update(2, 0.7, tl::bytes_of(saved.parameters()));
  tl::save_checkpoint(folder / "c", saved, {2, 17, 99}, &stopping);

  trainer loaded;
  tl::early_stopping resumed({.patience = 3});
  const auto position = tl::load_checkpoint(folder / "c", loaded, &resumed);
  CHECK(position.epoch == 2);
  CHECK(position.step == 17);
  CHECK(position.seed == 99);
  CHECK(std::memcmp(loaded.state().data(), saved.state().data(), saved.state().size()) == 0);
  CHECK(loaded.options().learning_rate == 0.0123);
  CHECK(resumed.best_loss == 0.5);
  CHECK(resumed.best_epoch == 1);
  CHECK(resumed.epochs_waited == 1);
  CHECK(resumed.best_weights == stopping.best_weights);

  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
    ++files;
  CHECK(files == 1);
}

TEST_CASE("early stopping may join or leave at a resumption", "[train][checkpoint]") {
  scratch_folder folder;
  trainer t = trained();
  tl::early_stopping stopping({.patience = 3});
  tl::save_checkpoint(folder / "plain", t, {});
  tl::load_checkpoint(folder / "plain", t, &stopping);
  CHECK(stopping.best_epoch == 0);
  CHECK(stopping.update(1, 5.0, tl::bytes_of(t.parameters())));
  CHECK(stopping.best_epoch == 1);
  tl::save_checkpoint(folder / "watched", t, {}, &stopping);
  CHECK_NOTHROW(tl::load_checkpoint(folder / "watched", t));
}

TEST_CASE("a checkpoint of another run is refused", "[train][checkpoint][errors]") {
  scratch_folder folder;
  trainer t = trained();
  tl::save_checkpoint(folder / "c", t, {});
  refused_by<fixture::linear_trainer<3, 8>>(folder / "c",
                                            "the number of inputs is 2 in the file, 3 here");
  refused_by<fixture::linear_trainer<2, 16>>(folder / "c",
                                             "the batch size is 8 in the file, 16 here");
  refused_by<fixture::linear_trainer<2, 8, float>>(
      folder / "c", "the size of a scalar in bytes is 8 in the file, 4 here");
  refused_by<fixture::linear_trainer<2, 8, double, true>>(
      folder / "c",
      "it was written by another network (topology 0000000000011ea5, here "
      "0000000000010615)");
}

TEST_CASE("a damaged checkpoint is refused and changes nothing", "[train][checkpoint][errors]") {
  scratch_folder folder;
  trainer t = trained();
  tl::save_checkpoint(folder / "c", t, {});
  const std::string good = read_text(folder / "c");
  trainer other;
  const auto load = [&](const std::string& content) {
    rewrite(folder / "c", content);
    tl::load_checkpoint(folder / "c", other);
  };
  for (std::size_t i = 0; i < good.size(); ++i) {  // every single byte is guarded
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x20);
    CHECK_THROWS_AS(load(bad), tl::file_error);
  }
  std::string bad = good;
  bad.back() = static_cast<char>(bad.back() ^ 1);
  CHECK_THROWS_WITH(load(bad), Contains("this checkpoint is damaged"));
  CHECK_THROWS_WITH(load(good.substr(0, good.size() - 1)),
                    Contains("this checkpoint is 167 bytes long instead of 168"));
  CHECK_THROWS_WITH(load(good + "x"), Contains("169 bytes long instead of 168"));
  CHECK_THROWS_WITH(load("hello"), Contains("this is not a checkpoint of a training run"));
  CHECK_THROWS_WITH(load(""), Contains("this is not a checkpoint of a training run"));
  CHECK(other.parameters() == trainer{}.parameters());
  CHECK_NOTHROW(load(good));
}

TEST_CASE("sizes and counts that cannot be are refused, whatever the checksum", "[train][checkpoint]") {
  scratch_folder folder;
  trainer t = trained();
  tl::save_checkpoint(folder / "c", t, {});
  const std::string good = read_text(folder / "c");
  trainer other;
  const auto load = [&](auto change, std::size_t size) {
    std::string bad = good.substr(0, size);
    tl::checkpoint_header h{};
    std::memcpy(&h, bad.data(), sizeof h);
    change(h);
    std::memcpy(bad.data(), &h, sizeof h);
    h.crc = tl::checkpoint_crc(std::as_bytes(std::span(bad)));
    std::memcpy(bad.data(), &h, sizeof h);
    rewrite(folder / "c", bad);
    tl::load_checkpoint(folder / "c", other);
  };
  // The sum of the sizes wraps around to the length of the file.
  CHECK_THROWS_WITH(load([](auto& h) { h.best_bytes = 0 - h.state_bytes; }, sizeof(tl::checkpoint_header)),
                    Contains("this checkpoint is 120 bytes long instead of 120"));
  CHECK_THROWS_WITH(load([](auto& h) { h.epoch = 0x80000000u; }, good.size()),
                    Contains("this checkpoint is damaged"));
  CHECK_THROWS_WITH(load([](auto& h) { h.best_epoch = 0xffffffffu; }, good.size()),
                    Contains("this checkpoint is damaged"));
  CHECK_THROWS_WITH(load([](auto& h) { h.step = std::uint64_t{1} << 63; }, good.size()),
                    Contains("this checkpoint is damaged"));
  CHECK(other.parameters() == trainer{}.parameters());
  CHECK_NOTHROW(load([](auto&) {}, good.size()));
}

TEST_CASE("files of other kinds are named", "[train][checkpoint][errors]") {
  scratch_folder folder;
  trainer t;
  const std::pair<const char*, const char*> kinds[] = {
      {"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "a Git LFS pointer"},
      {"<!DOCTYPE html><html></html>", "a web page (HTML)"},
      {"{\"epoch\": 3}", "JSON text"},
      {"\x93NUMPY\x01", "a NumPy array (.npy)"}};
  for (const auto& [content, kind] : kinds) {
    rewrite(folder / "c", content);
    CHECK_THROWS_WITH(tl::load_checkpoint(folder / "c", t),
                      Contains(std::string("found ") + kind) &&
                          Contains(", expected a checkpoint of a training run: "));
  }
}

TEST_CASE("a checkpoint file out of reach says so", "[train][checkpoint][errors]") {
  trainer t;
  CHECK_THROWS_WITH(tl::load_checkpoint("/no/such/file", t),
                    Contains("/no/such/file: cannot be opened for reading"));
  CHECK_THROWS_WITH(tl::save_checkpoint("/no/such/folder/c", t, {}),
                    Contains("/no/such/folder/c: cannot be opened for writing"));
}
