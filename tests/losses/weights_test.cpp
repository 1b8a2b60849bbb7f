// Weights of samples and classes against PyTorch, in whole and partial batches.

#include <cmath>
#include <losses/golden_loss.hpp>
#include <vector>

namespace tl = tapeless;
using losses_test::rows;

namespace {

struct result {
  double loss;
  std::array<double, 20> gradient;
};

const std::array<double, 20> logits{0.5,  -1.2, 2.0, 0.1,  -0.7, 1.5,  0.3, -0.4, 0.9, 0.2,
                                    -2.0, 0.8,  0.6, -0.1, 1.1,  0.05, 0.4, -1.3, 2.2, -0.6};
const std::array<double, 4> labels{2, 0, 4, 3}, labels_of_three{2, -100, 4, 3};
constexpr double weight[] = {0.5, 2, 0, 1.25};

// torch.nn.functional (2.15) in float64.
const result class_weighted{0.4398510402238173,
                            {0.008864456359896179,
                             0.0016193901266375102,
                             -0.01909579222912925,
                             0.005942022795246524,
                             0.0026699229473490372,
                             -0.13173640920615345,
                             0.031190982381292098,
                             0.01548898346136644,
                             0.056833675399601456,
                             0.02822276796389344,
                             0.0,
                             0.0,
                             0.0,
                             0.0,
                             -0.0,
                             0.05989560085543956,
                             0.08499590347744881,
                             0.015527351177306439,
                             -0.1916871009833405,
                             0.03126824547314572}};
const result class_weighted_sum{1.8693669209512236,
                                {0.03767393952955876,
                                 0.006882408038209419,
                                 -0.08115711697379932,
                                 0.025253596879797727,
                                 0.011347172526233408,
                                 -0.5598797391261522,
                                 0.1325616751204914,
                                 0.06582817971080737,
                                 0.2415431204483062,
                                 0.11994676384654712,
                                 0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 -0.0,
                                 0.25455630363561815,
                                 0.3612325897791575,
                                 0.06599124250355237,
                                 -0.8146701791791972,
                                 0.1328900432608693}};
const result class_weighted_nll{-2.0235294117647062,
                                {0.0,
                                 0.0,
                                 -0.058823529411764705,
                                 0.0,
                                 0.0,
                                 -0.23529411764705882,
                                 0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 -0.0,
                                 0.0,
                                 0.0,
                                 0.0,
                                 -0.7058823529411764,
                                 0.0}};
const result class_weighted_smoothed{
    0.8044055876426561,
    {0.006544256741930766, -0.01590862718381719,  0.022098162222861456,  -0.017539653086203318,
     0.004805861305228266, -0.08891146496057876,  0.013927002088591992,  0.013910491457964172,
     0.03144006505193447,  0.02963390636208811,   -0.008427965826152852, -0.0026453043408120555,
     0.010892669219335559, -0.021657718655343012, 0.021838319602972348,  0.04349601604975593,
     0.056256185326648424, 0.011362885696816767,  -0.13873537057449975,  0.027620283501278722}};
const result class_weighted_probabilities{
    2.3578741278268103,
    {0.001553635423625211, -0.08635741786496977,  0.19674811005662726,   -0.12600485772584535,
     0.014060530110562627, 0.09121169619430979,   -0.05382054140287337,  0.007923479070031212,
     -0.08247179968471315, 0.037157165823245485,  -0.039948019858574414, -0.009686689478405036,
     0.057286129909350336, -0.12265786697433942,  0.11500644640196847,   -0.018843444077482292,
     -0.05758462570760194, -0.005654539685397316, 0.06836036243534535,   0.013722247035136194}};
const result class_weighted_ignoring{0.32266450821663906,
                                     {0.011591981393710388,
                                      0.0021176640117567445,
                                      -0.02497142060732287,
                                      0.007770337501476224,
                                      0.0034914377003795105,
                                      0.0,
                                      0.0,
                                      0.0,
                                      0.0,
                                      0.0,
                                      0.0,
                                      0.0,
                                      0.0,
                                      0.0,
                                      -0.0,
                                      0.07832501650326712,
                                      0.1111484891628177,
                                      0.02030499769340073,
                                      -0.250667747439753,
                                      0.040889244080267485}};
const result class_weighted_smoothed_ignoring{0.7292249583913184,
                                              {0.008557874200986392,
                                               -0.020803589394222475,
                                               0.02889759675297269,
                                               -0.022936469420419717,
                                               0.006284587860683119,
                                               0.0,
                                               0.0,
                                               0.0,
                                               0.0,
                                               0.0,
                                               -0.011021186080353728,
                                               -0.0034592441379849956,
                                               0.014244259748361885,
                                               -0.028321632087756243,
                                               0.028557802557733065,
                                               0.05687940560352699,
                                               0.07356578081177102,
                                               0.014859158218914236,
                                               -0.1814231769051151,
                                               0.03611883227090295}};
const result sample_weighted{0.5584294010011758,
                             {0.01883696976477938,
                              0.0034412040191047094,
                              -0.04057855848689966,
                              0.012626798439898864,
                              0.005673586263116704,
                              -0.2799398695630761,
                              0.0662808375602457,
                              0.032914089855403686,
                              0.1207715602241531,
                              0.05997338192327356,
                              0.0,
                              0.0,
                              0.0,
                              0.0,
                              -0.0,
                              0.026516281628710222,
                              0.03762839476866224,
                              0.006874087760786705,
                              -0.08486147699783303,
                              0.013842712839673888}};
const result sample_weighted_mse{0.9533437500000002,
                                 {0.034999999999999996,
                                  -0.05249999999999999,
                                  0.10500000000000001,
                                  0.0075,
                                  -0.034999999999999996,
                                  0.32000000000000006,
                                  0.06999999999999999,
                                  -0.08000000000000002,
                                  0.17000000000000004,
                                  0.019999999999999997,
                                  -0.0,
                                  0.0,
                                  0.0,
                                  -0.0,
                                  0.0,
                                  -0.006250000000000004,
                                  0.03125,
                                  -0.1875,
                                  0.24375000000000002,
                                  -0.11249999999999999}};
const result positive_weighted{
    1.5744616237044071,
    {2.786635819066463e-05, -0.03781761732070836, 0.01768921019103421,   -0.018852593430145958,
     -0.04181877721681661,  0.011837594972230348, -0.014091400973585123, -0.0348687660112452,
     -0.006858453546015086, -0.02708987513164548, -0.06307970779778824,  -0.009034464876827153,
     -0.01679431885609257,  -0.0388382099595506,  -0.010894423805401555, -0.031101478267957096,
     -0.025103284672168713, -0.0723124957088446,  0.004278699841004397,  -0.06373319342033261}};

double number(int i, int j) { return 0.1 * i + 0.05 * j - 0.2; }
std::array<double, 20> values() {
  std::array<double, 20> t;
  for (int i = 0; i < 20; ++i) t[static_cast<std::size_t>(i)] = number(i / 5, i % 5);
  return t;
}
std::array<double, 20> shares() {
  std::array<double, 20> t;
  for (std::size_t i = 0; i < 4; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < 5; ++j) sum += t[5 * i + j] = std::exp(values()[5 * i + j]);
    for (std::size_t j = 0; j < 5; ++j) t[5 * i + j] /= sum;
  }
  return t;
}
std::array<double, 20> bits() {
  std::array<double, 20> t;
  for (std::size_t i = 0; i < 20; ++i) t[i] = 1 / (1 + std::exp(-3 * values()[i]));
  return t;
}
/// Targets with the weights of their samples behind them.
template <std::size_t N>
std::array<double, N + 4> with_weights(const std::array<double, N>& t) {
  std::array<double, N + 4> all;
  for (std::size_t i = 0; i < N + 4; ++i) {
    const std::size_t row = i / (N / 4 + 1), at = i % (N / 4 + 1);
    all[i] = at == N / 4 ? weight[row] : t[row * (N / 4) + at];
  }
  return all;
}

template <class Loss>
using weighted = tl::class_weights<Loss, 1, 2.0, 0.25, 3.0, 0.0>;

template <class Loss, std::size_t N>
void check(const std::array<double, N>& targets, const result& r) {
  using samples = tl::lanes_over<tl::lane_axis::samples>;
  losses_test::check<Loss, double, samples>(logits, targets, r.loss, r.gradient, 1e-13);
}

/// A trainer's loss and steps on batches that are not full equal those of whole batches.
template <class Loss, std::size_t N>
void check_partial(const std::array<double, N>& targets, const result& r) {
  using trainer = tl::trainer<rows, Loss, tl::sgd, tl::batch<6>, tl::scalar_type<double>>;
  double x[16] = {};
  for (int s = 0; s < 4; ++s) x[5 * s] = 1;
  tl::parameters<rows, double> theta;
  for (int i = 0; i < 20; ++i) theta.set(0, i, logits[static_cast<std::size_t>(i)]);
  trainer t{theta, {.learning_rate = 1}};
  CHECK(t.loss(x, targets.data(), 4) == Approx(r.loss).epsilon(1e-12));
  CHECK(t.step(x, targets.data(), 4) == Approx(r.loss).epsilon(1e-12));
  for (int i = 0; i < 20; ++i)
    CHECK(theta.get(0, i) - t.parameters().get(0, i) ==
          Approx(r.gradient[static_cast<std::size_t>(i)]).epsilon(1e-12).margin(1e-13));
  // Nine rows in batches of six, of which the last overlap.
  std::vector<double> xs, ys;
  double sum = 0, share = 0;
  constexpr std::size_t row = trainer::target_size;
  for (int k = 0; k < 9; ++k) {
    const std::size_t s = static_cast<std::size_t>(k % 4);
    xs.insert(xs.end(), x + 4 * s, x + 4 * s + 4);
    ys.insert(ys.end(), targets.begin() + static_cast<long>(row * s),
              targets.begin() + static_cast<long>(row * s + row));
    const trainer one{theta, {}};
    const double own = trainer::counted_share(ys.data() + row * static_cast<std::size_t>(k), 1);
    if (own > 0)
      sum += own * one.loss(xs.data() + 4 * k, ys.data() + row * static_cast<std::size_t>(k), 1);
    share += own;
  }
  const trainer again{theta, {}};
  CHECK(again.loss(xs.data(), ys.data(), 9) == Approx(sum / share).epsilon(1e-12));
}

}  // namespace

TEST_CASE("weights of classes") {
  losses_test::check_all<weighted<tl::cross_entropy>>(logits, labels, class_weighted.loss,
                                                      class_weighted.gradient);
  check<tl::summed<weighted<tl::cross_entropy>>>(labels, class_weighted_sum);
  check<weighted<tl::nll>>(labels, class_weighted_nll);
  check<weighted<tl::smoothed_cross_entropy<0.2>>>(labels, class_weighted_smoothed);
  check<weighted<tl::cross_entropy_probabilities>>(shares(), class_weighted_probabilities);
  check<tl::ignore_index<weighted<tl::cross_entropy>>>(labels_of_three, class_weighted_ignoring);
  check<tl::ignore_index<weighted<tl::smoothed_cross_entropy<0.2>>>>(
      labels_of_three, class_weighted_smoothed_ignoring);
  check_partial<weighted<tl::cross_entropy>>(labels, class_weighted);
  check_partial<tl::ignore_index<weighted<tl::cross_entropy>>>(labels_of_three,
                                                               class_weighted_ignoring);
  check<tl::weighted_bce_with_logits<3>>(bits(), positive_weighted);
}

TEST_CASE("weights of samples") {
  check<tl::sample_weights<tl::cross_entropy>>(with_weights(labels), sample_weighted);
  check<tl::sample_weights<tl::mse>>(with_weights(values()), sample_weighted_mse);
  check_partial<tl::sample_weights<tl::cross_entropy>>(with_weights(labels), sample_weighted);
  check_partial<tl::sample_weights<tl::mse>>(with_weights(values()), sample_weighted_mse);
  // The mean of both kinds: shares are those of the classes, weights multiply.
  using both = tl::sample_weights<tl::ignore_index<weighted<tl::cross_entropy>>>;
  using trainer = tl::trainer<rows, both, tl::sgd, tl::batch<4>, tl::scalar_type<double>>;
  static_assert(trainer::target_size == 2 && trainer::classes == 5 && trainer::ignores_label);
  static_assert(trainer::reads_sample_weights);
  const auto t = with_weights(labels_of_three);
  CHECK(trainer::counted_share(t.data(), 4) == 3.25);
  CHECK(trainer::is_target(t.data()));
  CHECK_FALSE(trainer::is_target(t.data() + 1));
}

TEST_CASE("where no class has a weight the loss is NaN and the gradient 0") {
  using loss = tl::class_weights<tl::cross_entropy, 0, 0, 0, 0, 1>;
  using trainer = tl::trainer<rows, loss, tl::sgd, tl::batch<2>>;
  const float x[8] = {1, 0, 0, 0, 0, 1, 0, 0}, y[2] = {0, 3};
  trainer t{tl::seed{1}};
  const auto before = t.parameters();
  CHECK(std::isnan(t.step(x, y)));
  CHECK(std::isnan(t.step(x, y, 1)));
  CHECK(std::isnan(t.loss(x, y, 2)));
  for (int i = 0; i < before.size; ++i) CHECK(t.parameters().data[i] == before.data[i]);
}
