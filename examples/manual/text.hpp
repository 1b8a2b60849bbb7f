#pragma once
// The text that is learnt: the pages of the manual, as printable characters, cut into windows.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <tapeless/core/mt19937.hpp>
#include <vector>

namespace manual {

/// Printable ASCII, and the end of a line as the last one.
inline constexpr int characters = 96;

inline int index_of(char c) { return c == '\n' ? characters - 1 : c - ' '; }
inline char character_of(int index) {
  return index == characters - 1 ? '\n' : static_cast<char>(' ' + index);
}

/// The folder docs/ of the repository: where the build says, else beside a folder above the current
/// one or above the program.
inline std::filesystem::path docs_above(const std::filesystem::path& program) {
  namespace fs = std::filesystem;
#ifdef TAPELESS_SOURCE_DIR
  if (fs::path docs = fs::path(TAPELESS_SOURCE_DIR) / "docs"; fs::exists(docs)) return docs;
#endif
  for (fs::path at : {fs::current_path(), fs::absolute(program).parent_path()})
    for (;; at = at.parent_path()) {
      if (fs::exists(at / "docs" / "design.md")) return at / "docs";
      if (at == at.parent_path()) break;
    }
  return {};
}

/// All pages of a folder in the order of their names, without characters that are not known.
inline std::string pages_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  std::sort(pages.begin(), pages.end());
  std::string text;
  for (const auto& page : pages) {
    std::ifstream file(page, std::ios::binary);
    for (std::istreambuf_iterator<char> c(file), end; c != end; ++c)
      if (*c == '\n' || (*c >= ' ' && *c <= '~')) text += *c;
  }
  return text;
}

/// The words of a text, without signs.
inline std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  if (words.back().empty()) words.pop_back();
  return words;
}

/// The share of a text's words that occur in another one.
inline double known_words(const std::string& text, const std::string& of) {
  const std::vector<std::string> all = words_of(of), own = words_of(text);
  const std::set<std::string> known(all.begin(), all.end());
  const auto found = std::count_if(own.begin(), own.end(),
                                   [&](const std::string& w) { return known.contains(w); });
  return own.empty() ? 0 : static_cast<double>(found) / static_cast<double>(own.size());
}

/// Windows of a text, each with the characters that follow as its targets.
template <int Steps>
struct windows {
  std::vector<float> xs, ys;
  std::size_t count() const { return xs.size() / Steps; }

  void add(const std::string& text, std::size_t begin) {
    for (std::size_t i = begin; i < begin + Steps; ++i) {
      xs.push_back(static_cast<float>(index_of(text[i])));
      ys.push_back(static_cast<float>(index_of(text[i + 1])));
    }
  }
};

/// An index drawn with the probabilities softmax(scores / temperature).
inline int drawn(const float* scores, double temperature, tapeless::mt19937& random) {
  double share[characters], sum = 0;
  const float most = *std::max_element(scores, scores + characters);
  for (int i = 0; i < characters; ++i)
    sum += share[i] = std::exp(static_cast<double>(scores[i] - most) / temperature);
  double left = random.uniform(0, sum);
  for (int i = 0; i < characters; ++i)
    if ((left -= share[i]) < 0) return i;
  return 0;
}

}  // namespace manual
