#pragma once
// Well-known data sets, read from files as their publishers made them.

#include <tapeless/core/config.hpp>
#include <tapeless/io/csv.hpp>
#include <tapeless/io/dataset.hpp>
#include <tapeless/io/idx.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace tapeless {

/// Where a data file or folder is: in the folder of the environment variable TAPELESS_DATA, else in
/// data/ or examples/data/ of the current folder or one above it.
/// Errors: file_error that lists the places if it is in none.
TAPELESS_NATIVE inline std::filesystem::path find_data(const std::filesystem::path& name) {
  std::vector<std::filesystem::path> places;
  if (const char* folder = std::getenv("TAPELESS_DATA")) places.emplace_back(folder);
  for (std::filesystem::path at = std::filesystem::current_path();; at = at.parent_path()) {
    places.push_back(at / "data");
    places.push_back(at / "examples" / "data");
    if (at == at.parent_path()) break;
  }
  std::string tried;
  for (const std::filesystem::path& place : places) {
    std::error_code code;
    if (std::filesystem::exists(place / name, code)) return place / name;
    tried += (tried.empty() ? "" : ", ") + place.string();
  }
  throw file_error(name, "not found in " + tried + "; set TAPELESS_DATA to the folder that has it");
}

/// Images with labels from two IDX files: inputs pixel / 255 in [0, 1], target the class index.
/// Errors: file_error if the files are no u8 images and labels of one count, or a label has no
/// name.
template <class T>
TAPELESS_NATIVE dataset<T> labelled_images(const std::filesystem::path& images_file,
                                           const std::filesystem::path& labels_file,
                                           std::vector<std::string> class_names) {
  const array_data images = read_idx(images_file);
  const array_data labels = read_idx(labels_file);
  if (images.type != element_type::u8 || images.shape.size() != 3) {
    throw file_error(images_file,
                     fmt::format("found {} {}, expected u8 images [count, rows, columns]",
                                 element_name(images.type), shape_text(images.shape)));
  }
  if (labels.type != element_type::u8 || labels.shape != array_shape{images.shape[0]}) {
    throw file_error(
        labels_file,
        fmt::format("found {} {}, expected u8 [{}], a label for each image",
                    element_name(labels.type), shape_text(labels.shape), images.shape[0]));
  }
  dataset<T> data;
  data.inputs = static_cast<int>(images.shape[1] * images.shape[2]);
  data.targets = 1;
  data.xs.reserve(images.size());
  data.ys.reserve(labels.size());
  for (const std::byte pixel : images.content) {
    data.xs.push_back(static_cast<T>(std::to_integer<int>(pixel)) / T(255));
  }
  for (const std::byte label : labels.content) {
    if (std::to_integer<std::size_t>(label) >= class_names.size()) {
      throw file_error(labels_file,
                       fmt::format("label of image {}: found {}, expected below {}", data.ys.size(),
                                   std::to_integer<int>(label), class_names.size()));
    }
    data.ys.push_back(static_cast<T>(std::to_integer<int>(label)));
  }
  data.class_names = std::move(class_names);
  return data;
}

/// "0" to "9".
TAPELESS_NATIVE inline std::vector<std::string> digit_names() {
  return {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
}

/// MNIST from a folder with its four files, plain or gzip: 60000 and 10000 digits of 28 x 28 pixels
/// in [0, 1]. Data sets of the same layout, such as Fashion-MNIST, bring their class names.
/// Errors: file_error if a file is missing or wrong.
template <class T = float>
TAPELESS_NATIVE train_test<T> mnist(const std::filesystem::path& folder,
                                    const std::vector<std::string>& class_names = digit_names()) {
  const auto file = [&](const char* name) {
    const std::filesystem::path plain = folder / name;
    const std::filesystem::path packed = folder / (std::string(name) + ".gz");
    return std::filesystem::exists(plain) ? plain : packed;
  };
  return {labelled_images<T>(file("train-images-idx3-ubyte"), file("train-labels-idx1-ubyte"),
                             class_names),
          labelled_images<T>(file("t10k-images-idx3-ubyte"), file("t10k-labels-idx1-ubyte"),
                             class_names)};
}

/// The UCI handwritten digits that come with the examples: 1797 samples of 8 x 8 pixels, scaled
/// from 0 ... 16 to [0, 1]; the target is the digit. Errors: file_error if the file is missing or
/// not this table.
template <class T = float>
TAPELESS_NATIVE dataset<T> digits(const std::filesystem::path& file = find_data("digits.csv.gz")) {
  const csv_table table = read_csv(file);
  if (table.columns != 65) {
    throw file_error(
        file, fmt::format("found {} columns, expected 65: 64 pixels and the digit", table.columns));
  }
  dataset<T> data = dataset_from<T>(table);
  for (T& pixel : data.xs) pixel /= T(16);
  data.class_names = digit_names();
  return data;
}

}  // namespace tapeless
