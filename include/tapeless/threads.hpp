#pragma once
// The option threads<N>: a trainer whose steps several threads divide. Apart from tapeless.hpp,
// since the standard headers of threads take their time to compile.

#include <tapeless/core/config.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <tapeless/core/denormals.hpp>
#include <tapeless/core/processor/pause.hpp>
#include <tapeless/run/options.hpp>
#include <thread>

namespace tapeless {

namespace detail {

/// Returns when `word` is no longer `old`, and sees what was written before it changed. Waits in a
/// short loop first, as long as a sleeping thread takes to wake up; then lets others run but stays
/// ready, so that two threads on one core take turns and the system sees that they want two; sleeps
/// after about a millisecond.
TAPELESS_NATIVE inline void wait_while(const std::atomic<unsigned>& word, unsigned old) noexcept {
  constexpr int turns = 200, offers = 3000;
  for (int i = 0; i < turns + offers; ++i) {
    if (word.load(std::memory_order_acquire) != old) return;
    if (i >= turns) {
      std::this_thread::yield();
    } else {
      pause();
    }
  }
  word.wait(old, std::memory_order_acquire);
}

/// Where N threads wait for one another: a call returns when all have called, and each then sees
/// what the others wrote before.
template <int N>
class barrier {
 public:
  TAPELESS_NATIVE void operator()() noexcept {
    // No call can end before this thread has come too, so the phase is the one it came to.
    const unsigned before = phase_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) < N - 1) {
      wait_while(phase_, before);
      return;
    }
    arrived_.store(0, std::memory_order_relaxed);
    phase_.store(before + 1, std::memory_order_release);
    phase_.notify_all();
  }

 private:
  alignas(64) std::atomic<int> arrived_ = 0;
  alignas(64) std::atomic<unsigned> phase_ = 0;
};

/// The caller and N - 1 threads that live as long as the team and sleep between jobs.
template <int N>
class thread_team {
 public:
  static constexpr int size = N;
  using barrier_type = barrier<N>;

  /// Ends the program where the system refuses a thread.
  TAPELESS_NATIVE thread_team() noexcept {
    for (int i = 1; i < N; ++i)
      workers_[static_cast<std::size_t>(i - 1)] = std::thread([this, i] { work(i); });
  }
  TAPELESS_NATIVE ~thread_team() {
    call_ = nullptr;
    publish();
    for (std::thread& w : workers_) w.join();
  }
  thread_team(const thread_team&) = delete;
  thread_team& operator=(const thread_team&) = delete;

  /// Calls f(part, barrier) in every thread, part 0 in the caller, each in the caller's
  /// floating-point mode. The last thing that f does in every thread is barrier(). One caller at a
  /// time; neither allocates nor throws.
  template <class F>
  TAPELESS_NATIVE void run(const F& f) const noexcept {
    call_ = [](const void* job, int part, barrier_type& barrier) noexcept {
      (*static_cast<const F*>(job))(part, barrier);
    };
    job_ = &f;
    mode_ = read_float_control();
    publish();
    f(0, barrier_);
  }

 private:
  TAPELESS_NATIVE void publish() const noexcept {
    if constexpr (N > 1) {
      jobs_.fetch_add(1, std::memory_order_release);
      jobs_.notify_all();
    }
  }

  TAPELESS_NATIVE void work(int part) const noexcept {
    for (unsigned seen = 0;; ++seen) {
      wait_while(jobs_, seen);
      if (call_ == nullptr) return;
      write_float_control(mode_);
      call_(job_, part, barrier_);
    }
  }

  // Written by the caller while all others wait, published by the count of jobs.
  mutable void (*call_)(const void*, int, barrier_type&) noexcept = nullptr;
  mutable const void* job_ = nullptr;
  mutable float_control mode_ = 0;
  alignas(64) mutable std::atomic<unsigned> jobs_ = 0;
  mutable barrier_type barrier_;
  std::array<std::thread, N - 1> workers_;
};

}  // namespace detail

/// Option of a trainer: N threads, the caller among them, divide the work of every step.
///
///   tl::trainer<net, tl::cross_entropy, tl::sgd, tl::batch<256>, tl::threads<2>> t{...};
///
/// Each kernel's tiles are divided, not the samples: every number is computed by one thread in the
/// order of one thread, so the bits do not depend on N. Kernels below cost_model::share_from run
/// in the caller alone.
template <int N>
struct threads {
  static_assert(N >= 1, "Tapeless: a trainer has at least one thread, its caller");
  static constexpr option_kind kind = option_kind::threads;
  using team = detail::thread_team<N>;
};

}  // namespace tapeless
