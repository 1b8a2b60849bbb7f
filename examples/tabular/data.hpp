#pragma once
// The diabetes data of scikit-learn as rows for a network: two categories, then eight numbers.
#include <tapeless/io/datasets.hpp>

#include <algorithm>
#include <filesystem>

namespace tabular {

namespace tl = tapeless;

inline constexpr int bands = 6;    ///< of age: below 30, the thirties, ..., from 70 on
inline constexpr int numbers = 8;  ///< bmi, blood pressure, six measurements of blood serum
inline constexpr int columns = 2 + numbers;

/// Band of an age in years.
inline float band_of(double age) {
  return static_cast<float>(std::clamp(static_cast<int>(age / 10) - 2, 0, bands - 1));
}

/// Columns of a row: sex, band of age, numbers as they were measured. The target is the progression
/// of the disease one year later, from 25 to 346.
inline tl::dataset<float> patients() {
  const tl::csv_options spaces{.delimiter = ' '};
  const auto table = tl::read_csv(tl::find_data("sklearn/diabetes_data_raw.csv.gz"), spaces);
  const auto target = tl::read_csv(tl::find_data("sklearn/diabetes_target.csv.gz"), spaces);
  tl::dataset<float> data{{}, {}, columns, 1, {}};
  for (std::size_t i = 0; i < table.rows; ++i) {
    data.xs.push_back(static_cast<float>(table.at(i, 1) - 1));  // 1 and 2 in the file
    data.xs.push_back(band_of(table.at(i, 0)));
    for (std::size_t k = 2; k < 10; ++k) data.xs.push_back(static_cast<float>(table.at(i, k)));
    data.ys.push_back(static_cast<float>(target.at(i, 0)));
  }
  return data;
}

}  // namespace tabular
