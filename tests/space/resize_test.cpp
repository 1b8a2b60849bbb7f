// Upsampling and shuffled pixels against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("upsample nearest") { space::check_in<cases::upsample_nearest, double>(); }
TEST_CASE("upsample nearest uneven") { space::check_in<cases::upsample_nearest_uneven, double>(); }
TEST_CASE("upsample line") { space::check_in<cases::upsample_line, double>(); }
TEST_CASE("upsample linear") { space::check_in<cases::upsample_linear, double>(); }
TEST_CASE("upsample linear line") { space::check_in<cases::upsample_linear_line, double>(); }
TEST_CASE("upsample corners") { space::check_in<cases::upsample_corners, double>(); }
TEST_CASE("upsample corners line") { space::check_in<cases::upsample_corners_line, double>(); }
TEST_CASE("pixel shuffle") { space::check_in<cases::pixel_shuffle, double>(); }
TEST_CASE("pixel shuffle one") { space::check_in<cases::pixel_shuffle_one, double>(); }
TEST_CASE("pixel unshuffle") { space::check_in<cases::pixel_unshuffle, double>(); }
TEST_CASE("pixel unshuffle all") { space::check_in<cases::pixel_unshuffle_all, double>(); }
