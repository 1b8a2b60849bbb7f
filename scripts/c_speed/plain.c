/* The networks of scripts/c_speed.sh as one would write them by hand: a loop over the outputs of a
   layer around a loop over its inputs, weights as [outputs][inputs]. */
#include <math.h>

static inline void dense(const float* restrict w, int inputs, int outputs, const float* restrict x,
                         float* restrict y) {
  const float* restrict b = w + inputs * outputs;
  for (int o = 0; o < outputs; ++o) {
    float s = b[o];
    for (int i = 0; i < inputs; ++i) s += w[o * inputs + i] * x[i];
    y[o] = s;
  }
}
static inline void relu(float* x, int n) {
  for (int i = 0; i < n; ++i) x[i] = x[i] > 0.0f ? x[i] : 0.0f;
}
static inline void softmax(float* x, int n) {
  float m = x[0], sum = 0.0f;
  for (int i = 1; i < n; ++i) m = x[i] > m ? x[i] : m;
  for (int i = 0; i < n; ++i) sum += x[i] = expf(x[i] - m);
  for (int i = 0; i < n; ++i) x[i] /= sum;
}

void circle_plain(const float* restrict w, const float* restrict x, float* restrict y);
void classifier_plain(const float* restrict w, const float* restrict x, float* restrict y);
void digits_plain(const float* restrict w, const float* restrict x, float* restrict y);

void circle_plain(const float* restrict w, const float* restrict x, float* restrict y) {
  float a[8];
  dense(w, 2, 8, x, a);
  for (int i = 0; i < 8; ++i) a[i] = tanhf(a[i]);
  dense(w + 24, 8, 1, a, y);
  y[0] = 1.0f / (1.0f + expf(-y[0]));
}
void classifier_plain(const float* restrict w, const float* restrict x, float* restrict y) {
  float a[64], b[32], c[32];
  dense(w, 16, 64, x, a);
  relu(a, 64);
  dense(w + 1088, 64, 32, a, b);
  relu(b, 32);
  dense(w + 3168, 32, 32, b, c);
  relu(c, 32);
  dense(w + 4224, 32, 5, c, y);
  softmax(y, 5);
}
void digits_plain(const float* restrict w, const float* restrict x, float* restrict y) {
  float a[128], b[64];
  dense(w, 784, 128, x, a);
  relu(a, 128);
  dense(w + 100480, 128, 64, a, b);
  relu(b, 64);
  dense(w + 108736, 64, 10, b, y);
}
