// One step of the policy.
#include <tapeless/tapeless.hpp>

#include "controller/net.hpp"

namespace controller {

forces pilot::operator()(const observation& seen) {
  std::array<float, motors> action;
  tl::forward<policy, tl::batch<1>>(
      *theta_, tl::in<"x">(seen.data()), tl::in<"h">(static_cast<const float*>(h_[turn_])),
      tl::out<"h_next">(h_[1 - turn_]), tl::out<"action">(action.data()));
  turn_ = 1 - turn_;
  forces u{};
  std::copy(action.begin(), action.end(), u.begin());
  return u;
}

}  // namespace controller
