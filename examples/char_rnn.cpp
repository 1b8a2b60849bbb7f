// A gated recurrent unit learns the manual of this library by character, and writes some text. It is
// trained on windows of 64 characters; the same declaration then reads and writes as a stream, whose
// state goes on from character to character. The net is in char_rnn/net.hpp.
#include <cmath>
#include <exception>

#include "char_rnn/net.hpp"
#include "manual/learn.hpp"

namespace tl = tapeless;

namespace {

/// The cross-entropy of a character drawn by how often it occurs, whatever stands before it.
double by_frequency(const std::string& learnt, const std::string& other) {
  std::vector<double> seen(manual::characters, 1);
  for (const char c : learnt) ++seen[static_cast<std::size_t>(manual::index_of(c))];
  double all = 0, loss = 0;
  for (const double n : seen) all += n;
  for (const char c : other)
    loss -= std::log(seen[static_cast<std::size_t>(manual::index_of(c))] / all);
  return loss / static_cast<double>(other.size());
}

}  // namespace

int main(int argc, char** argv) {
  manual::choice c;
  CLI::App app{
      "A recurrent net learns to write like a folder of Markdown pages, character by character."};
  c.add_to(app);
  CLI11_PARSE(app, argc, argv);
  try {
    const manual::reading pages = manual::read(c, argv[0]);
    fmt::print("{} characters, {} parameters\n", pages.all.size(),
               tl::parameters<rnn::net>::scalar_count);
    const long batches = manual::batches_of(c, pages, rnn::steps, rnn::training::batch);
    rnn::training model(c.seed, c.epochs * batches);
    const auto losses = manual::learn(model, pages, c);
    rnn::save(model.parameters(), c.output / "char_rnn.safetensors");
    tl::plot_curves(c.output / "char_rnn.svg", "A recurrent net learns the manual", losses,
                    {.x_label = "epoch", .y_label = "cross-entropy per character"});
    const std::string own =
        rnn::write(model.parameters(), c.beginning, c.count, c.temperature, c.seed);
    tl::write_file(c.output / "char_rnn.txt", std::as_bytes(std::span(own)));
    if (!c.quick) fmt::print("\n{}\n", own);

    const rnn::listening heard = rnn::listen(model.parameters(), pages.other);
    const auto row = [](double loss, std::string time) {
      return std::vector<std::string>{fmt::format("{:.3f}", loss),
                                      fmt::format("{:.2f}", loss / std::log(2.0)), std::move(time)};
    };
    tl::text_table table{{{"on the test pages", tl::alignment::left},
                          {"cross-entropy"},
                          {"bits a character"},
                          {"us a character"}}};
    const auto add = [&](const char* name, std::vector<std::string> cells) {
      cells.insert(cells.begin(), name);
      table.add_row(std::move(cells));
    };
    add("by frequency alone", row(by_frequency(pages.learnt, pages.other), "-"));
    add("windows of 64", row(losses[1].y.back(), "-"));
    add("stream", row(heard.loss, fmt::format("{:.2f}", heard.microseconds)));
    fmt::print("\n{}\nthe stream keeps {} bytes\n", table.str(), heard.state_bytes);
    fmt::print("{:.0f} % of the words written occur in the pages\n",
               100 * manual::known_words(own, pages.all));
    fmt::print("picture and text: {0}/char_rnn.svg {0}/char_rnn.txt\n", c.output.string());
  } catch (const std::exception& error) {
    fmt::print(stderr, "char_rnn: {}\n", error.what());
    return 1;
  }
}
