#include <tapeless/io/weights.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <array>

namespace tl = tapeless;

namespace {

struct net {};
struct other_net {};

/// The least that saving and loading ask of a parameter struct: fc1.weight [2][3], fc1.bias [2].
/// Elements are stored backwards, as a stand-in for a packed layout.
template <class T>
struct two_tensors {
  struct info {
    struct {
      int rank = 0;
      int extent[4] = {};
    } dims;
    struct {
      std::string_view text;
      constexpr std::string_view view() const { return text; }
    } name;
  };
  static constexpr std::array<int, 2> sizes{6, 2};

  static constexpr std::array<info, 2> tensors() {
    return {info{{2, {2, 3}}, {"fc1.weight"}}, info{{1, {2}}, {"fc1.bias"}}};
  }
  T get(int tensor, int flat) const { return data[at(tensor, flat)]; }
  void set(int tensor, int flat, T value) { data[at(tensor, flat)] = value; }

  static std::size_t at(int tensor, int flat) {
    return static_cast<std::size_t>(tensor == 0 ? 7 - flat : 1 - flat);
  }
  std::array<T, 8> data{};
};

template <class T>
two_tensors<T> counted() {
  two_tensors<T> theta;
  for (int i = 0; i < 8; ++i) theta.set(i / 6, i % 6, static_cast<T>(i) / T(10));
  return theta;
}

}  // namespace

template <>
inline constexpr std::uint64_t tapeless::topology_hash<net> = 0x00000000deadbeefu;
template <>
inline constexpr std::uint64_t tapeless::topology_hash<other_net> = 0x1234567812345678u;

static_assert(tl::described_parameters<two_tensors<float>>);
static_assert(!tl::described_parameters<std::array<float, 3>>);

TEMPLATE_TEST_CASE("weights come back", "[io][weights]", float, double) {
  const scratch_folder folder;
  const auto theta = counted<TestType>();
  tl::save<net>(folder / "a", theta, {{"epoch", "5"}});
  const auto raw = tl::read_safetensors(folder / "a");
  CHECK(raw.metadata.at("tapeless.topology") == "00000000deadbeef");
  CHECK(raw.find("fc1.weight")->shape == tl::array_shape{2, 3});
  CHECK(raw.find("fc1.weight")->type == tl::element_type_of<TestType>());
  CHECK(raw.find("fc1.weight")->values<TestType>()[1] == TestType(1) / TestType(10));

  two_tensors<TestType> back;
  CHECK(tl::load<net>(folder / "a", back).at("epoch") == "5");
  CHECK(back.data == theta.data);
}

TEST_CASE("weights made elsewhere are checked by name and shape", "[io][weights]") {
  two_tensors<float> theta;
  CHECK(tl::load<net>(fixture("plain.safetensors"), theta).empty());
  CHECK(theta.get(0, 5) == 1.25f);
  CHECK(theta.get(1, 0) == -1.5f);
  CHECK(theta.get(1, 1) == 1e-40f);

  const auto types = fixture("types.safetensors");
  CHECK_THAT(complaint(types, [&] { tl::load<net>(types, theta); }),
             Catch::StartsWith("tensors do not fit the network: 'fc1.weight' [2, 3] is missing; "
                               "'fc1.bias' [2] is missing; 'u64' [1] is not expected; ") &&
                 Catch::Contains("'f64' [2, 2] is not expected"));
}

TEST_CASE("weights of another network are refused", "[io][weights]") {
  const scratch_folder folder;
  const auto file = folder / "a";
  tl::save<net>(file, counted<float>());
  two_tensors<float> theta;
  CHECK(
      complaint(file, [&] { tl::load<other_net>(file, theta); }) ==
      "found weights of topology '00000000deadbeef', expected '1234567812345678': names and shapes "
      "fit, but the networks differ (activations or connections); "
      "load_options{.allow_other_topology = true} takes them");
  CHECK(theta.data == two_tensors<float>{}.data);
  tl::load<other_net>(file, theta, {.allow_other_topology = true});
  CHECK(theta.data == counted<float>().data);

  auto content = tl::read_safetensors(file);
  content.metadata.clear();
  tl::write_safetensors(file, content);
  tl::load<other_net>(file, theta);
  CHECK(theta.data == counted<float>().data);
}

TEST_CASE("names may stand behind a prefix", "[io][weights]") {
  const scratch_folder folder;
  const auto file = folder / "a";
  const auto saved = [&](const std::vector<std::string>& prefixes) {
    tl::tensor_file content;
    float first = 0;
    for (const std::string& prefix : prefixes) {
      const std::vector<float> values{++first, 2, 3, 4, 5, 6};
      content.tensors.push_back(
          {prefix + "fc1.weight", tl::make_array<float>({2, 3}, std::span(values))});
      content.tensors.push_back(
          {prefix + "fc1.bias", tl::make_array<float>({2}, std::span(values).first(2))});
    }
    tl::write_safetensors(file, content);
  };
  const auto [prefix] = GENERATE(
      table<std::string>({"module.", "_orig_mod.", "module._orig_mod.", "actor.0.", "a b"}));
  saved({"critic.", prefix});
  two_tensors<float> theta;
  CHECK(complaint(file, [&] { tl::load<net>(file, theta); })
            .ends_with("'" + prefix + "fc1.bias' [2] is not expected; all names are there behind " +
                       (prefix < "critic." ? "'" + prefix + "' or 'critic.'"
                                           : "'critic.' or '" + prefix + "'") +
                       ", which load_options{.prefix = ...} takes"));
  tl::load<net>(file, theta, {.prefix = prefix});
  CHECK(theta.get(0, 0) == 2.0f);
  tl::load<net>(file, theta, {.prefix = "critic."});
  CHECK(theta.get(0, 0) == 1.0f);
  CHECK(complaint(file, [&] { tl::load<net>(file, theta, {.prefix = "critic"}); })
            .starts_with("tensors do not fit the network: 'criticfc1.weight' [2, 3] is missing; "
                         "'criticfc1.bias' [2] is missing; 'critic.fc1.weight' [2, 3] is not expected; "
                         "'critic.fc1.bias' [2] is not expected; all names are there behind"));
  // A state has prefixes too. The topology that a file notes is that of the whole.
  std::vector<float> bias(2);
  tl::load_state(file, std::vector{tl::view_of("bias", std::span(bias))},
                 {.allow_unexpected = true, .prefix = prefix + "fc1."});
  CHECK(bias == std::vector<float>{2, 2});
  auto content = tl::read_safetensors(file);
  content.metadata["tapeless.topology"] = "1";
  tl::write_safetensors(file, content);
  CHECK_NOTHROW(tl::load<net>(file, theta, {.prefix = prefix}));
  // A tensor without the prefix and one of another shape.
  saved({"", "x."});
  CHECK(complaint(file, [&] { tl::load<net>(file, theta); }) ==
        "tensors do not fit the network: 'x.fc1.weight' [2, 3] is not expected; 'x.fc1.bias' [2] "
        "is not expected");
}

TEST_CASE("weights are converted between float and double", "[io][weights]") {
  const scratch_folder folder;
  tl::save<net>(folder / "double", counted<double>());
  two_tensors<float> narrow;
  tl::load<net>(folder / "double", narrow);
  CHECK(narrow.data == counted<float>().data);
  tl::save<net>(folder / "float", narrow);
  two_tensors<double> wide;
  tl::load<net>(folder / "float", wide);
  CHECK(wide.get(0, 1) == static_cast<double>(0.1f));
}

TEST_CASE("weights that do not fit leave the parameters as they were", "[io][weights]") {
  const scratch_folder folder;
  const auto file = folder / "a";
  const std::vector<float> values{1, 2, 3};
  auto theta = counted<float>();
  tl::write_safetensors(file,
                        {{{"fc1.weight", tl::make_array<float>({3, 1}, values)},
                          {"fc1.bias", tl::make_array<float>({2}, std::span(values).first(2))}},
                         {}});
  CHECK(complaint(file, [&] { tl::load<net>(file, theta); }) ==
        "tensors do not fit the network: 'fc1.weight' is [3, 1] in the file, expected [2, 3]");
  CHECK(theta.data == counted<float>().data);
}
