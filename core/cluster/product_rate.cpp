#include "cluster/product_rate.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace palimpsest::cluster {

double measureProductRate()
{
    constexpr std::int64_t kSide = 2048;
    const at::NoGradGuard noGrad;
    const at::Tensor operand = at::ones({kSide, kSide}, at::kFloat);
    at::Tensor product = at::empty({kSide, kSide}, at::kFloat);
    double fastest = std::numeric_limits<double>::infinity();
    for (int repeat = 0; repeat < 5; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        at::mm_out(product, operand, operand);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        fastest = std::min(fastest, took.count());
    }
    return 2.0 * kSide * kSide * kSide / fastest;
}

} // namespace palimpsest::cluster
