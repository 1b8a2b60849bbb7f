// Weights for a network that a header declares: from the file to the number in the program.

#include <catch2/catch.hpp>
#include <tapeless/io/safetensors.hpp>

#include "gen/run_gen.hpp"
#include "pt/read_pt.hpp"

namespace gen = tapeless::gen;
using Catch::Contains;

namespace {

constexpr const char* declared =
    "#pragma once\n#include <tapeless/tapeless.hpp>\nnamespace tl = tapeless;\nnamespace robot {\n"
    "struct policy : tl::sequential<tl::input<2>, tl::dense<3>, tl::tanh, tl::dense<1>> {};\n}\n";

constexpr const char* printing =
    "#include <cstdio>\nint main() {\n  for (int i = 0; i < 4; ++i)\n"
    "    std::printf(\"%g \", static_cast<double>(robot::policy_weights.get(i, 0)));\n}\n";

/// A folder with the network's header, from which weights are imported.
struct project {
  scratch_folder folder;
  std::filesystem::path net = folder.with("net.hpp", declared);
  std::filesystem::path out = folder / "weights.hpp";

  std::string import(const std::filesystem::path& file, std::vector<std::string> more = {}) const {
    std::vector<std::string> all{
        "import", file.string(), "--into", net.string() + ":robot::policy",
        "-o",     out.string(),  "-I",     (source_folder() / "include").string()};
    all.insert(all.end(), more.begin(), more.end());
    return run_gen(all);
  }
};

std::filesystem::path pt(const char* name) { return fixture("pt") / name; }

/// The first number of each parameter in a program that includes the header.
std::string printed(const project& p, std::vector<std::string> sources = {}) {
  gen::compile_options options = with_headers();
  options.flags = std::move(sources);
  const std::string include = "#include \"" + gen::include_text(p.out) + "\"\n";
  return gen::compile_and_run(include + printing, "the test", options);
}

constexpr const char* first_numbers = "-1.5 -0.5 0.5 1.5 ";

}  // namespace

TEST_CASE("weights stand in the header, a blob or a source") {
  const project p;
  REQUIRE(p.import(pt("weights.pt")) == "");
  CHECK(printed(p) == first_numbers);
  CHECK_THAT(text_of(p.out), Contains("#include \"net.hpp\"") && Contains("inline constexpr"));
  REQUIRE(p.import(pt("weights.pt"), {"--weights", "blob", "--no-compile"}) == "");
  CHECK(printed(p) == first_numbers);
  REQUIRE(p.import(pt("weights.pt"), {"--weights", "object", "--no-compile"}) == "");
  CHECK(printed(p, {(p.folder / "weights.hpp.weights.cpp").string()}) == first_numbers);
}

TEST_CASE("weights come from safetensors, and go there") {
  const project p;
  const auto content = gen::read_pt(pt("weights.pt"));
  tapeless::write_safetensors(p.folder / "w.safetensors", content);
  REQUIRE(p.import(p.folder / "w.safetensors", {"--weights", "external"}) == "");
  CHECK(tapeless::read_safetensors(p.folder / "weights.safetensors").tensors.size() == 4);
  // The file beside the header would be the one that is read.
  tapeless::write_safetensors(p.folder / "weights.safetensors", content);
  CHECK_THAT(p.import(p.folder / "weights.safetensors", {"--weights", "external"}),
             Contains("would be overwritten, which is read"));
}

TEST_CASE("prefixes are removed, and one that would help is named") {
  const project p;
  CHECK_THAT(p.import(pt("prefixed.pt")), Contains("try --strip-prefix 'module._orig_mod.'"));
  CHECK_FALSE(std::filesystem::exists(p.out));
  CHECK(p.import(pt("prefixed.pt"), {"--strip-prefix", "module.", "--strip-prefix", "_orig_mod.",
                                     "--no-compile"}) == "");
  CHECK_THAT(p.import(pt("weights.pt"), {"--strip-prefix", "actor."}),
             Contains("no tensor's name begins so"));
}

TEST_CASE("tensors that do not fit are listed, and nothing is written") {
  const project p;
  CHECK_THAT(p.import(pt("strided.pt")),
             Contains("strided.pt: tensors do not fit the network: '0.weight' [3, 2] is missing") &&
                 Contains("'base' [2, 3, 4] is not expected"));
  CHECK(p.folder.file_count() == 1);
  // Without a comparison the compiler refuses.
  REQUIRE(p.import(pt("strided.pt"), {"--no-compile"}) == "");
  CHECK_THROWS_WITH(printed(p), Contains("unknown_parameter_path"));
}

TEST_CASE("what is wrong with the command line has a sentence") {
  const project p;
  const std::string weights = pt("weights.pt").string(), out = p.out.string();
  const auto into = [&](const std::string& text) {
    return run_gen({"import", weights, "--into", text, "-o", out});
  };
  CHECK_THAT(into("net"), Contains("write HEADER:NETWORK"));
  CHECK_THAT(into(p.net.string() + ":a b"), Contains("write HEADER:NETWORK"));
  CHECK_THAT(into(p.net.string() + ":net<3>"), Contains("needs a name of its own"));
  CHECK_THAT(into(p.net.string() + ":x;int y"), Contains("write HEADER:NETWORK"));
  CHECK_THAT(into((p.folder / "none.hpp").string() + ":net"), Contains("there is no header"));
  CHECK_THAT(p.import("none.pt"), Contains("none.pt: cannot be opened"));
  CHECK_THAT(p.import(p.folder.path()), Contains("is no regular file"));
  CHECK_THAT(p.import("/dev/zero"), Contains("is no regular file"));
  CHECK_THAT(p.import(p.folder.with("a.bin", "<html>")), Contains("is an HTML page"));
  CHECK_THAT(p.import(p.folder.with("a.pt", "")), Contains("is empty"));
  CHECK_THAT(p.import(pt("weights.pt"), {"--dim", "n=1"}), Contains("excludes"));
  CHECK_THAT(p.import(pt("weights.pt"), {"--compiler", "no-such-compiler"}),
             Contains("no-such-compiler: cannot be started"));
  CHECK_THAT(run_gen({"import", weights, "-o", out}), Contains("give weights with --into"));
  CHECK_THAT(run_gen({"import", weights, "-o", out, "--key", "x"}), Contains("requires --into"));
  const auto other = p.net.string() + ":robot::pilot";
  CHECK_THAT(run_gen({"import", weights, "--into", other, "-o", out, "-I",
                      (source_folder() / "include").string()}),
             Contains("with network robot::pilot does not compile"));
  CHECK(p.folder.file_count() == 3);  // the header, and the two files made above
}
