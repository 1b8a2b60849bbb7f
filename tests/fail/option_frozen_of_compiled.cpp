// expect: Tapeless: frozen_paths<...> is an option of trainer, compiled_trainer, value_and_grad and
// c_training_source; forward and compiled train nothing
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::dense<2>> {};

#ifdef TAPELESS_FAIL
using engine = tl::compiled<net, tl::frozen_paths<"0">>;
#else
using engine = tl::compiled<net, tl::batch<2>>;
#endif
static_assert(engine::input_size == 2);
