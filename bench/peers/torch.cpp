// libtorch with its modules, its autograd and its optimizers, on one thread.
#include <torch/torch.h>

#include "../check.hpp"

namespace {

namespace nn = torch::nn;

class torch_worker : public contest::worker<float> {
 public:
  explicit torch_worker(const contest::job& j) : job_(j) {
    const auto& sizes = j.net->sizes;
    for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
      linear_.push_back(nn::Linear(sizes[l], sizes[l + 1]));
      net_->push_back(linear_.back());
      if (l + 2 == sizes.size()) continue;
      if (j.net->hidden == contest::activation::relu)
        net_->push_back(nn::ReLU());
      else
        net_->push_back(nn::Tanh());
    }
    set_rate(0);
  }

  void load(std::span<const int>, const float* numbers) override {
    torch::NoGradGuard off;
    for (auto& l : linear_) {
      const auto in = l->weight.size(1), out = l->weight.size(0);
      l->weight.copy_(torch::from_blob(const_cast<float*>(numbers), {in, out}).t());
      numbers += in * out;
      l->bias.copy_(torch::from_blob(const_cast<float*>(numbers), {out}));
      numbers += out;
    }
  }
  void save(std::span<const int>, float* numbers) const override {
    for (const auto& l : linear_)
      for (const torch::Tensor& t : {l->weight.detach().t().contiguous(), l->bias.detach()})
        numbers = std::copy_n(t.data_ptr<float>(), t.numel(), numbers);
  }
  void set_rate(float rate) override {
    if (job_.update == contest::optimizer::adam)
      update_ =
          std::make_unique<torch::optim::Adam>(net_->parameters(), torch::optim::AdamOptions(rate));
    else
      update_ = std::make_unique<torch::optim::SGD>(
          net_->parameters(), torch::optim::SGDOptions(rate).momentum(
                                  job_.update == contest::optimizer::momentum ? 0.9 : 0.0));
  }

  void forward(const float* x, float* y) override {
    const c10::InferenceMode on;
    torch::Tensor z = net_->forward(rows(x, job_.net->sizes.front()));
    if (job_.net->last == contest::head::sigmoid) z = z.sigmoid();
    if (job_.net->last == contest::head::softmax) z = z.softmax(1);
    std::copy_n(z.data_ptr<float>(), z.numel(), y);
  }
  float step(const float* x, const float* target) override {
    update_->zero_grad();
    const torch::Tensor z = net_->forward(rows(x, job_.net->sizes.front()));
    const torch::Tensor t = rows(target, 1);
    const torch::Tensor loss = job_.net->last == contest::head::sigmoid
                                   ? torch::binary_cross_entropy_with_logits(z, t)
                                   : torch::cross_entropy_loss(z, t.flatten().to(torch::kLong));
    loss.backward();
    update_->step();
    return loss.item<float>();
  }

 private:
  torch::Tensor rows(const float* from, std::int64_t columns) const {
    return torch::from_blob(const_cast<float*>(from), {job_.batch, columns});
  }

  contest::job job_;
  std::vector<nn::Linear> linear_;
  nn::Sequential net_;
  std::unique_ptr<torch::optim::Optimizer> update_;
};

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) {
  at::set_num_threads(1);
  for (const contest::job& j : contest::jobs())
    if (j.distinct())
      all.push_back({j.name, [&j] { return std::make_unique<torch_worker>(j); }});
}
