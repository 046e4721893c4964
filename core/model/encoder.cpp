#include "model/encoder.h"

#include "model/random_stream.h"

namespace palimpsest::model {

at::Tensor Dropout::operator()(const at::Tensor& values)
{
    if (m_probability <= 0.0)
        return values;
    auto mask = at::empty(values.sizes(), at::kFloat);
    auto* to = mask.data_ptr<float>();
    const std::int64_t count = mask.numel();
    const auto threshold = static_cast<std::uint64_t>(m_probability * 0x1p32);
    const auto kept = static_cast<float>(1.0 / (1.0 - m_probability));
    const std::uint64_t first = m_used;
    at::parallel_for(0, count, 1 << 14, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const std::uint64_t bits = randomBits(m_seed, first + static_cast<std::uint64_t>(i));
            to[i] = (bits >> 32U) < threshold ? 0.0F : kept;
        }
    });
    m_used += static_cast<std::uint64_t>(count);
    return values * mask.to(values.device());
}

at::Tensor Encoder::pooled(const at::Tensor&, const Forward&) const
{
    return {};
}

at::Tensor runEncoder(const Encoder& encoder, std::size_t layerCount, const Forward& run)
{
    at::Tensor state = encoder.embed(encoder.embedWords(run.batch.ids()), run);
    for (std::size_t index = 0; index < layerCount; ++index)
        state = encoder.layer(index, state, run);
    return state;
}

} // namespace palimpsest::model
