// Snippets of docs/streaming.md; they are compiled, not run.
#include <atomic>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

constexpr tl::kernel causal(int size, int dilation) {
  return {.size = size, .dilation = dilation, .padding = tl::padding::causal};
}
struct amp : tl::sequential<tl::input<1, 4096>, tl::conv1d<8, causal(3, 1)>, tl::tanh,
                            tl::conv1d<8, causal(3, 8)>, tl::tanh, tl::conv1d<1, 1>> {};
using stream = tl::stream<amp, tl::blocks<64, 8, 1>>;
static_assert(stream::receptive_field == 19 && stream::latency == 0);

void play(const tl::parameters<amp>& theta, const float* in, float* out, int count) {
  stream s;            // in front of the first sample stands what the network pads with
  s.prewarm(theta);    // ... or what silence leaves behind
  s.process<64>(theta, in, out);
  s.process(theta, in + 64, out + 64, count - 64);  // any number: blocks of 64, of 8, of 1
  out[0] = s.step(theta, in[0]);                    // one sample
}

// A player whose parameters another thread may exchange.
class player {
 public:
  // From any thread; what was set before must live until process() has been called twice more.
  void set(const tl::parameters<amp>& next) { next_.store(&next, std::memory_order_release); }

  // From the thread of sound.
  void process(const float* in, float* out) {
    const tl::parameters<amp>* const next = next_.load(std::memory_order_acquire);
    s_.process<64>(*now_, in, out);
    if (next == now_) return;
    float fresh[64];
    stream& other = other_;
    other.prewarm(*next);  // or, where that takes too long, over several blocks
    other.process<64>(*next, in, fresh);
    for (int i = 0; i < 64; ++i) out[i] += (fresh[i] - out[i]) * static_cast<float>(i + 1) / 64;
    s_ = other;
    now_ = next;
  }

  explicit player(const tl::parameters<amp>& first) : now_{&first}, next_{&first} {}

 private:
  stream s_, other_;
  const tl::parameters<amp>* now_;
  std::atomic<const tl::parameters<amp>*> next_;
};

[[maybe_unused]] void use_stream(const tl::parameters<amp>& theta, const float* in, float* out) {
  play(theta, in, out, 100);
  player p{theta};
  p.set(theta);
  p.process(in, out);
}

}  // namespace
