#include "model/torch_guard.h"

#include <string_view>

namespace palimpsest::model {

base::Error torchError(const std::exception& exception)
{
    std::string text = exception.what();
    if (const auto* error = dynamic_cast<const c10::Error*>(&exception))
        text = error->what_without_backtrace();
    const bool outOfMemory = dynamic_cast<const std::bad_alloc*>(&exception) != nullptr
        || text.find("out of memory") != std::string::npos
        || text.find("can't allocate memory") != std::string::npos
        || text.find("not enough memory") != std::string::npos;
    if (outOfMemory) {
        return {base::ErrorCode::TooLarge,
            "The memory does not suffice for the model and one batch; close other programs or take a smaller "
            "model"};
    }
    return {base::ErrorCode::Internal, "LibTorch failed: " + text.substr(0, text.find('\n'))};
}

} // namespace palimpsest::model
