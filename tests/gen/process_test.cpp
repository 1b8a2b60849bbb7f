// Other programs: arguments as they are, output, limits.

#include <catch2/catch.hpp>

#include "build/compile.hpp"

namespace gen = tapeless::gen;
using Catch::Contains;

TEST_CASE("a program gets its arguments as they are") {
  const gen::finished_process p = gen::run_process({"printf", "%s|%s", "a b; $HOME", "\"'*"});
  CHECK(p.ok());
  CHECK(p.output == "a b; $HOME|\"'*");
}

TEST_CASE("output, errors and status of a program") {
  const gen::finished_process p =
      gen::run_process({"sh", "-c", "echo out; echo err >&2; cat; exit 3"});
  CHECK(p.status == 3);
  CHECK(p.output == "out\n");
  CHECK(p.errors == "err\n");
  CHECK(gen::run_process({"sh", "-c", "kill -9 $$"}).status == 137);
  CHECK_THROWS_WITH(gen::run_process({"no-such-program"}), Contains("cannot be started"));
}

TEST_CASE("a program that does not end is ended, with what it started") {
  gen::process_limits limits;
  limits.time = std::chrono::seconds(1);
  CHECK_THROWS_WITH(gen::run_process({"sh", "-c", "sleep 60 & sleep 60"}, limits),
                    Contains("ended after the limit of 1 seconds"));
  CHECK_THROWS_WITH(gen::run_process({"sh", "-c", "exec >&- 2>&-; sleep 60"}, limits),
                    Contains("ended after the limit of 1 seconds"));
  limits.output = 1000;
  CHECK_THROWS_WITH(gen::run_process({"yes"}, limits), Contains("bytes of output"));
}

TEST_CASE("temporary folders go with everything in them") {
  std::filesystem::path path;
  {
    const gen::temporary_folder folder;
    path = folder.path();
    CHECK(std::filesystem::exists(path));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("programs are compiled, and errors are the compiler's first lines") {
  gen::compile_options options;
  CHECK(gen::compile_and_run("#include <cstdio>\nint main() { std::puts(\"hi\"); }", "it",
                             options) == "hi\n");
  CHECK_THROWS_WITH(gen::compile_and_run("int main() { return missing; }", "it", options),
                    Contains("it does not compile with") && Contains("missing"));
  CHECK_THROWS_WITH(gen::compile_and_run("int main() { return 4; }", "it", options),
                    Contains("fails with status 4"));
  CHECK_THROWS_WITH(gen::include_text("a\"b.hpp"), Contains("does not take"));
  options.compiler = "c++ -DVALUE=7";
  CHECK_THROWS_WITH(gen::compile_and_run("int main() { return VALUE; }", "it", options),
                    Contains("fails with status 7"));
}
