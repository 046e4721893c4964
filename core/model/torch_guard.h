#pragma once
// Torch-facing. The one place where exceptions of LibTorch become Errors.
// Thread: reentrant.

#include <exception>
#include <new>
#include <string>

#include <torch/torch.h>

#include "base/result.h"

namespace palimpsest::model {

/// TooLarge where memory ran out, else Internal, with the first line of what LibTorch says.
[[nodiscard]] base::Error torchError(const std::exception& exception);

/// Calls `body`, which returns a Result or Status, with no exception passing through.
template <typename Body>
[[nodiscard]] auto guardTorch(Body&& body) -> decltype(body())
{
    try {
        return body();
    } catch (const std::exception& exception) {
        return torchError(exception);
    }
}

} // namespace palimpsest::model
