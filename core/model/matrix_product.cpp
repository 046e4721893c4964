#include "model/matrix_product.h"

#include <dlfcn.h>

namespace palimpsest::model {

namespace {

// int is dnnl_status_t, and std::int64_t dnnl_dim_t, of oneDNN's stable C interface (dnnl.h, versions 1 to
// 3).
using Sgemm = int(char transA, char transB, std::int64_t rows, std::int64_t cols, std::int64_t inner,
    float alpha, const float* a, std::int64_t lda, const float* b, std::int64_t ldb, float beta, float* c,
    std::int64_t ldc);

/// Looked up by name because LibTorch decides whether and which oneDNN is in the process.
Sgemm* sgemm()
{
    static auto* const found = reinterpret_cast<Sgemm*>(dlsym(RTLD_DEFAULT, "dnnl_sgemm"));
    return found;
}

} // namespace

bool hasMatrixProduct()
{
    return sgemm() != nullptr;
}

bool multiply(std::int64_t rows, std::int64_t cols, std::int64_t inner, MatrixPart left, MatrixPart right,
    float kept, float* result, std::int64_t resultStride)
{
    constexpr int kSuccess = 0;
    const auto form = [](const MatrixPart& part) { return part.transposed ? 'T' : 'N'; };
    return sgemm()(form(left), form(right), rows, cols, inner, 1.0F, left.data, left.stride, right.data,
               right.stride, kept, result, resultStride)
        == kSuccess;
}

} // namespace palimpsest::model
