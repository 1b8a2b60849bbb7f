#include <tapeless/io/state.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

namespace tl = tapeless;

TEST_CASE("a checkpoint of floats, doubles and notes comes back", "[io][state]") {
  const scratch_folder folder;
  const std::vector<float> weights{1, 2, 3, 4, 5, 6};
  const std::vector<double> moments{0.1, -1e300};
  const std::vector saved{tl::view_of("theta", std::span(weights), {2, 3}),
                          tl::view_of("adam.m", std::span(moments))};
  tl::save_state(folder / "a", saved, {{"epoch", "7"}});

  const auto raw = tl::read_safetensors(folder / "a");
  CHECK(raw.find("theta")->type == tl::element_type::f32);
  CHECK(raw.find("theta")->shape == tl::array_shape{2, 3});
  CHECK(raw.find("adam.m")->type == tl::element_type::f64);

  std::vector<float> weights_back(6);
  std::vector<double> moments_back(2);
  const std::vector restored{tl::view_of("adam.m", std::span(moments_back)),
                             tl::view_of("theta", std::span(weights_back), {2, 3})};
  CHECK(tl::load_state(folder / "a", restored) == tl::file_metadata{{"epoch", "7"}});
  CHECK(weights_back == weights);
  CHECK(moments_back == moments);
}

TEST_CASE("a checkpoint that does not fit changes nothing", "[io][state]") {
  const scratch_folder folder;
  const auto file = folder / "a";
  std::vector<float> a{1, 2};
  std::vector<double> b{3, 1e300};
  tl::save_state(file, std::vector{tl::view_of("a", std::span(a)), tl::view_of("b", std::span(b))});

  std::vector<float> x{7, 8};
  std::vector<float> y{9, 10};
  const auto about = [&](std::vector<tl::array_view> views, tl::load_options options = {}) {
    const auto text = complaint(file, [&] { tl::load_state(file, views, options); });
    CHECK(x == std::vector<float>{7, 8});
    CHECK(y == std::vector<float>{9, 10});
    return text;
  };
  CHECK(about({tl::view_of("a", std::span(x)), tl::view_of("c", std::span(y))}) ==
        "tensors do not fit: 'c' [2] is missing; 'b' [2] is not expected");
  CHECK(about({tl::view_of("a", std::span(x), {1, 2})}, {.allow_unexpected = true}) ==
        "tensors do not fit: 'a' is [2] in the file, expected [1, 2]");
  CHECK(about({tl::view_of("a", std::span(x)), tl::view_of("b", std::span(y))}) ==
        "tensors do not fit: element 1 of 'b' is 1e+300, expected a value that fits a float");
  CHECK(
      tl::load_state(file, std::vector{tl::view_of("a", std::span(x))}, {.allow_unexpected = true})
          .empty());
  CHECK(x == a);
}

TEST_CASE("a view must have the shape of its values", "[io][state]") {
  std::vector<float> values(6);
  CHECK_THROWS_WITH(tl::view_of("w", std::span(values), {2, 2}),
                    "view_of: 6 values of 'w' do not fill shape [2, 2]");
}

TEST_CASE("PyTorch's count of batches beside running statistics is passed over", "[io][state]") {
  const scratch_folder folder;
  const auto file = folder / "a";
  const auto saved = [&](const char* count_of) {
    tl::tensor_file content;
    const std::vector<float> values{1, 2}, batches{7};
    for (const char* name : {"m.1.running_mean", "m.1.running_var"})
      content.tensors.push_back({name, tl::make_array<float>({2}, std::span(values))});
    content.tensors.push_back({count_of, tl::make_array<float>({1}, std::span(batches))});
    tl::write_safetensors(file, content);
  };
  std::vector<float> mean(2), variance(2);
  const std::vector views{tl::view_of("1.running_mean", std::span(mean)),
                          tl::view_of("1.running_var", std::span(variance))};
  saved("m.1.num_batches_tracked");
  tl::load_state(file, views, {.prefix = "m."});
  CHECK(variance == std::vector<float>{1, 2});
  // Nobody asks for statistics there.
  for (const char* other : {"m.2.num_batches_tracked", "m.num_batches_tracked", "m.1.batches"}) {
    saved(other);
    CHECK_THROWS_AS(tl::load_state(file, views, {.prefix = "m."}), tl::file_error);
  }
}
