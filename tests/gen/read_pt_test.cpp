// Files of torch.save: what PyTorch writes is read, everything else has a sentence.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

#include "gen/pt_archive.hpp"
#include "io/scratch.hpp"
#include "pt/read_pt.hpp"

namespace gen = tapeless::gen;

namespace {

std::filesystem::path pt(const std::string& name) { return fixture("pt") / name; }

void expect_tensors(const tapeless::tensor_file& got, const nlohmann::json& expected) {
  CHECK(got.tensors.size() == expected.size());
  for (const auto& [name, tensor] : expected.items()) {
    INFO(name);
    const tapeless::array_data* data = got.find(name);
    REQUIRE(data != nullptr);
    CHECK(data->shape == tensor["shape"].get<tapeless::array_shape>());
    const auto numbers = tensor["numbers"].get<std::vector<std::string>>();
    REQUIRE(data->size() == numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) CHECK(data->at(i) == std::stod(numbers[i]));
  }
}

std::string refused(const std::string& content, const gen::pt_options& options = {}) {
  try {
    gen::parse_pt(bytes_of(content), options);
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "";
}

using Catch::Contains;

}  // namespace

TEST_CASE("files of torch.save hold what PyTorch put there") {
  nlohmann::json expected;
  std::ifstream(pt("expected.json")) >> expected;
  CHECK(expected.size() == 8);
  for (const auto& [file, tensors] : expected.items()) {
    INFO(file);
    expect_tensors(gen::read_pt(pt(file)), tensors);
  }
  CHECK(gen::read_pt(pt("types.pt")).find("bfloat16")->type == tapeless::element_type::bf16);
}

TEST_CASE("a state_dict is found by keys") {
  const auto weights = gen::read_pt(pt("weights.pt"));
  CHECK(gen::read_pt(pt("nested.pt"), {{"nets", "critic"}, false}) == weights);
  CHECK(gen::read_pt(pt("checkpoint.pt"), {{"model_state_dict"}, false}) == weights);
  const auto complains = [](const char* file, std::vector<std::string> keys) {
    return complaint(pt(file), [&] { gen::read_pt(pt(file), {keys, false}); });
  };
  CHECK_THAT(complains("nested.pt", {}), Contains("--key KEY; there are 'nets', 'step'"));
  CHECK_THAT(complains("nested.pt", {"nets"}),
             Contains("entry 'actor' is a dict, not a tensor") && Contains("--key"));
  CHECK_THAT(complains("nested.pt", {"nets", "x"}), Contains("there are 'actor', 'critic'"));
  CHECK_THAT(complains("nested.pt", {"step"}), Contains("--key 'step' is another value"));
}

TEST_CASE("other files of PyTorch are refused with what to do") {
  const auto [file, sentence] = GENERATE(table<const char*, const char*>({
      {"compressed.pt", "is compressed, which torch.save never does"},
      {"legacy.pt", "PyTorch before 1.6; save it again"},
      {"module.pt", "the file seems to hold a whole model"},
      {"module.pt", "torch.save(model.state_dict(), FILE)"},
      {"complex.pt", "'torch.ComplexFloatStorage': tensors of that element type"},
      {"sparse.pt", "_rebuild_sparse_tensor"},
      {"script.pt", "a TorchScript archive; save its weights"},
      {"expected.json", "no file of torch.save"},
  }));
  INFO(file);
  CHECK_THAT(complaint(pt(file), [&] { gen::read_pt(pt(file)); }), Contains(sentence));
}

TEST_CASE("archives that lie are refused") {
  const std::string good = pickled_as::state_dict({});
  CHECK(refused(pt_of(good)) == "");
  const std::string four(16, '\1');
  CHECK_THAT(refused(archive_of({{"a/data.pkl", good}})), Contains("no entry 'a/data/0'"));
  CHECK_THAT(refused(archive_of({{"a/data/0", four}})), Contains("0 entries data.pkl"));
  CHECK_THAT(refused(archive_of({{"a/data.pkl", good}, {"b/data.pkl", good}})),
             Contains("2 entries data.pkl"));
  CHECK_THAT(refused(archive_of({{"a/data.pkl", good}, {"a/data/0", four}, {"a/data/0", four}})),
             Contains("two entries of the archive have the name"));
  CHECK_THAT(refused(archive_of({{"a/data.pkl", good, 1u << 30}})), Contains("archive"));
  CHECK_THAT(refused(archive_of({{"a/data.pkl", good}, {"a/data/0", four, 0, 8}})),
             Contains("compressed"));
  const std::string large(100'000, 'x');
  CHECK_THAT(refused(archive_of({{"a/data.pkl", good}, {"a", large}, {"b", large, 0, 0, true}})),
             Contains("archive"));
  CHECK_THAT(refused(archive_of({{"m/policy.pth", "x"}})), Contains("around 'm/policy.pth'"));
  const std::string whole = pt_of(good);
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(refused(whole.substr(0, size)) != "");
}

TEST_CASE("tensors that leave their storage are refused") {
  constexpr std::uint64_t huge = std::uint64_t{1} << 62;
  const auto message = [](const pickled_as::tensor& t) {
    return refused(pt_of(pickled_as::state_dict(t)));
  };
  CHECK(message({"0", 4, 0, {2, 2}, {1, 1}}) == "");
  CHECK(message({"0", 4, 3, {1}, {huge}}) == "");  // steps along extents of 1 mean nothing
  CHECK(message({"0", 4, huge, {0, 7}, {1, 1}}) == "");
  CHECK_THAT(message({"0", 5, 0, {5}, {1}}), Contains("needs 5 elements of a storage of 4"));
  CHECK_THAT(message({"0", 3, 0, {4}, {1}}), Contains("needs 4 elements of a storage of 3"));
  CHECK_THAT(message({"0", 4, 1, {4}, {1}}), Contains("needs 5 elements of a storage of 4"));
  CHECK_THAT(message({"0", 4, huge, {1}, {1}}), Contains("elements of a storage of 4"));
  CHECK_THAT(message({"0", 4, ~std::uint64_t{0}, {1}, {1}}), Contains("before its storage"));
  CHECK_THAT(message({"0", 4, 0, {2, 2}, {huge, huge}}), Contains("beyond every storage"));
  CHECK_THAT(message({"0", 4, 0, {2}, {~std::uint64_t{0}}}), Contains("number from 0 on"));
  CHECK_THAT(message({"0", 4, 0, {2, 2}, {1}}), Contains("2 extents and 1 steps"));
  CHECK_THAT(message({"0", 4, 0, {std::uint64_t{1} << 31}, {0}}), Contains("more than 67108864"));
  CHECK_THAT(message({"0", 4, 0, {huge, huge, huge}, {0, 0, 0}}), Contains("more than 67108864"));
  CHECK_THAT(message({"0", huge * 2, 0, {1}, {1}}), Contains("a storage of -"));
  CHECK_THAT(message({"../0", 4, 0, {1}, {1}}), Contains("no entry"));
  const std::vector<std::uint64_t> many(65, 1);
  CHECK_THAT(message({"0", 4, 0, many, many}), Contains("65 axes"));
}

TEST_CASE("entries that are no tensors are left out on request") {
  using namespace pickled_as;
  const std::string mixed =
      "\x80\x02}" + text("w") + of({}) + "s" + text("_extra_state") + "Ns" + text("n") + "K\x07s.";
  CHECK_THAT(refused(pt_of(mixed)), Contains("'_extra_state' is None, not a tensor"));
  CHECK(refused(pt_of(mixed), {{}, true}) == "");
  const std::string twice = "\x80\x02}" + text("w") + of({}) + "s" + text("w") + of({}) + "s.";
  CHECK_THAT(refused(pt_of(twice)), Contains("the key 'w' twice"));
  CHECK_THAT(refused(pt_of("\x80\x02].")), Contains("is a list, not a state_dict"));
  CHECK_THAT(refused(pt_of("\x80\x02}.")), Contains("there are none"));
}
