#pragma once
// The calls of trainers with a buffer for each input, output and target.

#include <tapeless/run/port_calls.hpp>
#include <tapeless/run/training.hpp>

namespace tapeless::detail {

/// What `training` does on rows, on buffers by name. Where rows are the same the calls are those on
/// rows. Jobs is a `training`.
template <class Jobs>
struct training_on_ports {
  using scalar = typename Jobs::scalar;
  using state_type = typename Jobs::state_type;
  using memory_type = typename Jobs::memory_type;
  using base = typename Jobs::base;
  using team = typename Jobs::team;
  using Net = typename base::network;
  using Loss = typename base::loss_type;
  using rows = port_rows<scalar>;
  static constexpr int batch_size = Jobs::batch_size;
  static constexpr bool one_row = trains_on_one_row<Net, Loss>;
  static constexpr const auto& table = ports_of<Net, Loss>;

  template <sharing Share, gradient_source Source>
  using job = typename Jobs::template compiled_stage<
      with_ports<typename Jobs::template stage<Share, Source>>>;
  using loss_job =
      typename Jobs::template compiled_stage<with_ports<loss_stage<Net, Loss, batch_size>>>;
  template <unsigned Outputs>
  using predict_job =
      typename Jobs::template compiled_stage<stage_for_ports<Net, batch_size, Outputs>>;

  TAPELESS_NATIVE static constexpr scalar step(state_type& state, const team& workers,
                                               const memory_type& memory, const rows& p,
                                               int count) noexcept {
    if constexpr (one_row)
      return count == batch_size
                 ? Jobs::step(state, workers, memory, p.inputs[0], p.targets[0])
                 : Jobs::step(state, workers, memory, p.inputs[0], p.targets[0], count);
    else
      return train<gradient_source::samples>("trainer::step", state, workers, memory, p, count);
  }
  TAPELESS_NATIVE static constexpr scalar accumulate(state_type& state, const team& workers,
                                                     const memory_type& memory, const rows& p,
                                                     int count) noexcept {
    if constexpr (one_row) {
      return count == batch_size
                 ? Jobs::accumulate(state, workers, memory, p.inputs[0], p.targets[0])
                 : Jobs::accumulate(state, workers, memory, p.inputs[0], p.targets[0], count);
    } else {
      if (count < 1) {
        check("trainer::accumulate", state, p, 0, count, batch_size, true);
        return Jobs::mean_of_none;
      }
      return Jobs::without_step(state, [&] {
        return train<gradient_source::accumulate>("trainer::accumulate", state, workers, memory, p,
                                                  count);
      });
    }
  }

  TAPELESS_NATIVE [[gnu::flatten]] static constexpr scalar loss(const state_type& state,
                                                                const team& workers,
                                                                const memory_type& memory,
                                                                const rows& p, int count) noexcept {
    if constexpr (one_row) {
      return Jobs::loss(state, workers, memory, p.inputs[0], p.targets[0], count);
    } else {
      check("trainer::loss", state, p, 0, count, 0, false);
      if (count < 1) return Jobs::mean_of_none;
      const double counted = counted_share<Net, Loss>(p.targets[0], count);
      constexpr long long arena = loss_job::arena_elements;
      return with_memory<scalar, arena + Jobs::copied_rows, Jobs::limit>(
          memory, arena + (count < batch_size ? Jobs::copied_rows : batch_size),
          [&](scalar * room) __attribute__((always_inline)) {
            scalar scalars[group_slot] = {};
            loss_options_in<Loss>::put(state.loss_options, scalars);
            scalar* const share = room + arena;
            const bool partial = count < batch_size;
            rows own = p;
            if (partial) copy(p, count, share + batch_size, own);
            double sum = 0;
            for (int done = 0; done < count; done += batch_size) {
              const int first = Jobs::first_of(done, count);
              Jobs::share_rows(share, done - first, count - first, counted);
              call_memory<scalar> m;
              set_ports<Net, Loss, 0>(m, own, partial ? 0 : first);
              sum += static_cast<double>(Jobs::template execute<loss_job>(
                  const_cast<state_type&>(state), workers, scalars, m, share, room));
              if (count - done <= batch_size) break;
            }
            return counted > 0 || is_summed<Loss> ? static_cast<scalar>(sum) : Jobs::mean_of_none;
          });
    }
  }

  template <unsigned Outputs>
  TAPELESS_NATIVE [[gnu::flatten]] static constexpr void predict(const state_type& state,
                                                                 const memory_type& memory,
                                                                 const rows& p,
                                                                 int count) noexcept {
    if constexpr (is_one_row<Net, Outputs>) {
      Jobs::predict(state, memory, p.inputs[0], p.outputs[0], count);
    } else {
      using job_type = predict_job<Outputs>;
      check<without_loss>("trainer::predict", state, p, Outputs, count, 0, false);
      if (count < 1) return;
      constexpr long long arena = job_type::arena_elements;
      constexpr long long copies =
          batch_size > 1 ? (row_of(port_kind::input, ~0u) + row_of(port_kind::output, Outputs)) *
                               long{batch_size}
                         : 0;
      with_memory<scalar, arena + copies, Jobs::limit>(
          memory, arena + (count < batch_size ? copies : 0),
          [&](scalar * room) __attribute__((always_inline)) {
            const bool partial = count < batch_size;
            rows own = p;
            if (partial) copy_for_predict<Outputs>(p, count, room + arena, own);
            for (int done = 0; done < count; done += batch_size) {
              const int first = Jobs::first_of(done, count);
              call_memory<scalar> m;
              m.parameters = const_cast<scalar*>(state.theta.data);
              m.scalars = no_scalars<scalar>;
              m.arena = room;
              set_ports<Net, without_loss, Outputs>(m, own, partial ? 0 : first);
              if constexpr (std::is_same_v<team, reference_semantics>)
                call_job<job_type, false, true>(m, reference_semantics{});
              else
                call_job<job_type, false, true>(m);
              if (count - done <= batch_size) break;
            }
            if (partial)
              for (int k = 0; k < table.count_of(port_kind::output); ++k)
                if ((Outputs >> k & 1) != 0)
                  for (int i = 0; i < count * table.size_of(port_kind::output, k); ++i)
                    p.outputs[k][i] = own.outputs[k][i];
            return 0;
          });
    }
  }

 private:
  /// Scalars of a sample in the ports of a kind and a mask.
  static constexpr int row_of(port_kind k, unsigned mask) {
    int n = 0;
    for (int i = 0; i < table.count_of(k); ++i)
      if ((mask >> i & 1) != 0) n += table.size_of(k, i);
    return n;
  }

  template <class OwnLoss = Loss>
  static TAPELESS_INLINE constexpr void check(const char* where, const state_type& state,
                                              const rows& p, unsigned outputs, int count, int most,
                                              bool changes) noexcept {
    checked([&]() __attribute__((always_inline)) {
      require_count(count, most, where);
      require_aligned(state.theta, where);
      require_ports<Net, OwnLoss>(p, outputs, count, {&state, 1}, changes, where);
      if constexpr (!std::is_same_v<OwnLoss, without_loss>)
        require_labels_of_ports<Net, OwnLoss>(p, count, where);
    });
  }

  /// Copies the first `count` rows of all inputs and targets; rows that do not exist repeat the
  /// last one.
  TAPELESS_NATIVE static constexpr void copy(const rows& from, int count, scalar* to,
                                             rows& own) noexcept {
    for (int i = 0; i < table.count_of(port_kind::input); ++i)
      to = copy_port(from.inputs[i], count, table.size_of(port_kind::input, i), to, own.inputs[i]);
    for (int i = 0; i < table.count_of(port_kind::target); ++i)
      to = copy_port(from.targets[i], count, table.size_of(port_kind::target, i), to,
                     own.targets[i]);
  }
  template <unsigned Outputs>
  TAPELESS_NATIVE static constexpr void copy_for_predict(const rows& from, int count, scalar* to,
                                                         rows& own) noexcept {
    for (int i = 0; i < table.count_of(port_kind::input); ++i)
      to = copy_port(from.inputs[i], count, table.size_of(port_kind::input, i), to, own.inputs[i]);
    for (int k = 0; k < table.count_of(port_kind::output); ++k) {
      if ((Outputs >> k & 1) == 0) continue;
      own.outputs[k] = to;
      to += batch_size * table.size_of(port_kind::output, k);
    }
  }
  TAPELESS_NATIVE static constexpr scalar* copy_port(const scalar* from, int count, int row,
                                                     scalar* to, const scalar*& own) noexcept {
    Jobs::copy_rows(from, to, count, row);
    own = to;
    return to + batch_size * row;
  }

  template <gradient_source Source>
  TAPELESS_NATIVE static constexpr scalar train(const char* where, state_type& state,
                                                const team& workers, const memory_type& memory,
                                                const rows& p, int count) noexcept {
    check(where, state, p, 0, count, batch_size, true);
    if (count < 1) return Jobs::mean_of_none;
    if (count >= batch_size) {
      using job_type = job<sharing::equal, Source>;
      return with_memory<scalar, job_type::arena_elements, Jobs::limit>(
          memory, job_type::arena_elements, [&](scalar * room) __attribute__((always_inline)) {
            call_memory<scalar> m;
            set_ports<Net, Loss, 0>(m, p);
            return Jobs::template run<job_type>(state, workers, m, nullptr, room);
          });
    }
    using job_type = job<sharing::weighted, Source>;
    constexpr long long elements = job_type::arena_elements + Jobs::copied_rows;
    return with_memory<scalar, elements, Jobs::limit>(
        memory, elements, [&](scalar * room) __attribute__((always_inline)) {
          scalar* const share = room + job_type::arena_elements;
          rows own = p;
          copy(p, count, share + batch_size, own);
          const double counted = counted_share<Net, Loss>(p.targets[0], count);
          Jobs::share_rows(share, 0, count, counted);
          call_memory<scalar> m;
          set_ports<Net, Loss, 0>(m, own);
          const scalar l = Jobs::template run<job_type>(state, workers, m, share, room);
          return counted > 0 || is_summed<Loss> ? l : Jobs::mean_of_none;
        });
  }
};

}  // namespace tapeless::detail
