// Weights of real networks: PyTorch's names and orientation, round trips, refusals.

#include <catch2/catch.hpp>
#include <cstring>
#include <tapeless/tapeless.hpp>

#include <tapeless/io/weights.hpp>

#include "scratch.hpp"

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<3>, tl::dense<5>, tl::relu, tl::dense<2>> {};
struct other_activation : tl::sequential<tl::input<3>, tl::dense<5>, tl::tanh, tl::dense<2>> {};
struct wider : tl::sequential<tl::input<3>, tl::dense<6>, tl::relu, tl::dense<2>> {};

static_assert(tl::topology_hash<net> != tl::topology_hash<other_activation>);
static_assert(tl::topology_hash<net> != tl::topology_hash<wider>);

template <class Net>
std::string refusal(const std::filesystem::path& file) {
  tl::parameters<Net> theta;
  try {
    tl::load<Net>(file, theta);
  } catch (const tl::file_error& e) {
    for (const float x : theta.data) CHECK(x == 0);  // nothing was changed
    return e.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a file of weights has PyTorch's names and row-major [outputs][inputs]") {
  const scratch_folder folder;
  auto theta = tl::init<net>(tl::seed{3});
  tl::save<net>(folder / "net.safetensors", theta);
  const tl::tensor_file file = tl::read_safetensors(folder / "net.safetensors");
  REQUIRE(file.tensors.size() == 4);
  const tl::array_data* weight = file.find("0.weight");
  REQUIRE(weight != nullptr);
  CHECK(weight->shape == std::vector<std::int64_t>{5, 3});
  float row1[3];
  std::memcpy(row1, weight->content.data() + 3 * sizeof(float), sizeof row1);
  for (int i = 0; i < 3; ++i) CHECK(row1[i] == theta.view<"0.weight">()(1, i));
  CHECK(file.find("2.bias") != nullptr);
}

TEST_CASE("what is saved is loaded to the bit, padding included") {
  const scratch_folder folder;
  const auto theta = tl::init<net, tl::he_normal, double>(tl::seed{4});
  tl::save<net>(folder / "net.safetensors", theta);
  tl::parameters<net, double> loaded;
  tl::load<net>(folder / "net.safetensors", loaded);
  CHECK(std::memcmp(&theta, &loaded, sizeof theta) == 0);
}

TEST_CASE("weights of another network are refused with the reason") {
  const scratch_folder folder;
  tl::save<net>(folder / "net.safetensors", tl::init<net>(tl::seed{5}));
  const std::string shapes = refusal<wider>(folder / "net.safetensors");
  CHECK_THAT(shapes, Catch::Contains("0.weight"));
  CHECK_THAT(shapes, Catch::Contains("[5, 3]"));
  CHECK_THAT(shapes, Catch::Contains("[6, 3]"));
  CHECK_THAT(refusal<other_activation>(folder / "net.safetensors"), Catch::Contains("topology"));
}
