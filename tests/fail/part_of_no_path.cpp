// expect: Tapeless: this network has no parameter of that path
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct net : tl::sequential<tl::input<2>, tl::named<"encoder", tl::dense<3>>> {};

#ifdef TAPELESS_FAIL
auto run(tl::parameters<net>& theta) { return tl::part<"enc">(theta).data; }
#else
auto run(tl::parameters<net>& theta) { return tl::part<"encoder">(theta).data; }
#endif
