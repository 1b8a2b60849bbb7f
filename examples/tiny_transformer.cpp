// A small transformer learns the manual of this library by character, and writes some text. The net
// is in tiny_transformer/net.hpp, its training and its writing beside it.
#include <exception>
#include <tapeless/io/weights.hpp>

#include "manual/learn.hpp"
#include "tiny_transformer/net.hpp"

namespace tl = tapeless;

int main(int argc, char** argv) {
  manual::choice c;
  CLI::App app{"Learns to write like a folder of Markdown pages, character by character."};
  c.add_to(app);
  CLI11_PARSE(app, argc, argv);
  try {
    const manual::reading pages = manual::read(c, argv[0]);
    fmt::print("{} characters, {} parameters\n", pages.all.size(),
               tl::parameters<tiny::net>::scalar_count);
    const long batches = manual::batches_of(c, pages, tiny::steps, tiny::training::batch);
    tiny::training model(c.seed, c.epochs * batches);
    const auto losses = manual::learn(model, pages, c);
    tl::save<tiny::net>(c.output / "tiny_transformer.safetensors", model.parameters());
    tl::plot_curves(c.output / "tiny_transformer.svg", "A small transformer learns the manual",
                    losses, {.x_label = "epoch", .y_label = "cross-entropy per character"});
    const std::string own =
        tiny::write(model.parameters(), c.beginning, c.count, c.temperature, c.seed);
    tl::write_file(c.output / "tiny_transformer.txt", std::as_bytes(std::span(own)));
    if (!c.quick) fmt::print("\n{}\n\n", own);
    fmt::print("{:.0f} % of the words written occur in the pages\n",
               100 * manual::known_words(own, pages.all));
  } catch (const std::exception& error) {
    fmt::print(stderr, "tiny_transformer: {}\n", error.what());
    return 1;
  }
}
