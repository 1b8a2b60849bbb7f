// Pickles as programs: every instruction that data needs, nothing that runs code.

#include <catch2/catch.hpp>

#include <string>

#include "gen/pt_archive.hpp"
#include "pt/pickle_value.hpp"

namespace gen = tapeless::gen;
using kind = gen::pickle_value::kind;
using Catch::Contains;
using namespace std::string_literals;

namespace {

std::string refused(const std::string& bytes) {
  try {
    gen::read_pickle(bytes);
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "";
}

std::int64_t integer_of(const std::string& bytes) {
  const gen::pickled p = gen::read_pickle(bytes + ".");
  CHECK(p.root->what == kind::integer);
  return p.root->integer;
}

}  // namespace

TEST_CASE("numbers of a pickle") {
  CHECK(integer_of("K\xff"s) == 255);
  CHECK(integer_of("M\x01\x02"s) == 513);
  CHECK(integer_of("J\xfe\xff\xff\xff"s) == -2);
  CHECK(integer_of("\x8a\x00"s) == 0);
  CHECK(integer_of("\x8a\x01\xff"s) == -1);
  CHECK(integer_of("\x8a\x02\x00\x80"s) == -32768);
  CHECK(integer_of("\x8a\x03\x00\x00\x40"s) == 1 << 22);
  CHECK(integer_of("\x8b\x01\x00\x00\x00\x7f"s) == 127);
  CHECK(gen::read_pickle("\x8a\x09"s + std::string(9, 'x') + ".").root->what == kind::other);
  CHECK(gen::read_pickle("G" + std::string(8, 'x') + ".").root->what == kind::other);
  CHECK(gen::read_pickle("\x88."s).root->integer == 1);
  CHECK(gen::read_pickle("N.").root->what == kind::none);
}

TEST_CASE("containers, memo and texts of a pickle") {
  const gen::pickled p = gen::read_pickle(
      "\x80\x04}(\x8c\x01"
      "a\x94]K\x01"
      "aU\x01"
      "bNu."s);
  REQUIRE(p.root->what == kind::dict);
  REQUIRE(p.root->items.size() == 4);
  CHECK(p.root->items[0]->text == "a");
  CHECK(p.root->items[1]->items.size() == 1);
  CHECK(p.root->items[2]->text == "b");
  const gen::pickled same = gen::read_pickle("](X\x01\x00\x00\x00zq\x05h\x05h\x05"s + "e."s);
  REQUIRE(same.root->items.size() == 3);
  CHECK(same.root->items[0] == same.root->items[2]);
  CHECK(gen::read_pickle("K\x01K\x02\x86."s).root->items.size() == 2);
  CHECK(gen::read_pickle("(K\x01Nt."s).root->items.size() == 2);
}

TEST_CASE("what a pickle takes has to be there") {
  for (const char* bytes : {".", "0.", "a.", "]a.", "s.", "}Ns.", "t.", "e.", "u.", "R.", "b.",
                            "Q.", "q\x01.", "(.", "](a.", "N(s."})
    CHECK_THAT(refused(bytes), Contains("that is not there"));
  CHECK_THAT(refused("h\x07."), Contains("entry 7 of the memo"));
  CHECK_THAT(refused("}(NNNu."), Contains("a key that has no value"));
  CHECK_THAT(refused("NNa."), Contains("None where a list is filled"));
  CHECK_THAT(refused("]NNs."), Contains("a list where a dict is filled"));
  CHECK_THAT(refused("]}b."), Contains("attributes of a list"));
  CHECK_THAT(refused(""), Contains("at byte 0 the end"));
  CHECK_THAT(refused("X\xff\xff\xff\xffz."), Contains("at byte 0 the end in an instruction"));
  CHECK_THAT(refused("\x8d\xff\xff\xff\xff\xff\xff\xff\xffz."), Contains("the end"));
  CHECK_THAT(refused("cabc"), Contains("a name without an end"));
  CHECK_THAT(refused("\x80\x01."), Contains("protocol 1, of 2 to 5"));
}

TEST_CASE("names of Python are known or refused") {
  using namespace pickled_as;
  CHECK_THAT(refused(name("posix", "system") + tuple(text("true")) + "R."),
             Contains("'posix.system'") && Contains("nothing of a file is executed"));
  CHECK_THAT(refused(text("os") + text("system") + "\x93."), Contains("'os.system'"));
  CHECK_THAT(refused(name("__main__", "Net") + "."), Contains("a whole model"));
  CHECK_THAT(refused(name("numpy.core.multiarray", "scalar") + "."), Contains("more than weights"));
  CHECK_THAT(refused(name("torch", "FloatStorage") + ")R."), Contains("a call of"));
  CHECK_THAT(refused("])R."), Contains("a call of a list with a tuple"));
  CHECK_THAT(refused(name("collections", "OrderedDict") + tuple("]") + "R."),
             Contains("OrderedDict with arguments"));
  CHECK_THAT(refused(name("torch._utils", "_rebuild_tensor_v2") + ")R."),
             Contains("with 0 arguments"));
  CHECK_THAT(refused(name("torch._utils", "_rebuild_tensor_v2") + tuple("NNNN") + "R."),
             Contains("with None as argument 0, not a storage"));
  CHECK_THAT(refused(tuple(text("module") + "N") + "Q."), Contains("no storage"));
  for (const char code : {'i', 'o', '\x81', '\x92', 'P', '\x82', 'I', 'S', '\x97'})
    CHECK_THAT(refused("N" + std::string(1, code) + "."), Contains("which is not read"));
}

TEST_CASE("pickles that grow without end are refused, deep ones are read") {
  CHECK_THAT(refused(std::string(3'000'000, 'N') + "."), Contains("more than 2000000 values"));
  CHECK_THAT(refused(std::string((32u << 20) + 1, 'N')), Contains("33554433 bytes"));
  CHECK(refused("N" + std::string(1'000'000, '\x85') + ".") == "");
  // A list that holds itself.
  CHECK(gen::read_pickle("]q\x01h\x01"s + "a.").root->items.size() == 1);
  // Lists of the list before, ten times each: short here, 10^6 texts if it were written out.
  std::string bomb = "X\x01\x00\x00\x00zq\x00"s;
  for (char level = 0; level < 6; ++level) {
    bomb += "](";
    for (int i = 0; i < 10; ++i) bomb += "h"s + level;
    bomb += "eq"s + static_cast<char>(level + 1);
  }
  CHECK(gen::read_pickle(bomb + ".").all.size() == 7);
}
