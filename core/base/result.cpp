#include "base/result.h"

namespace palimpsest::base {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
        return "InvalidArgument";
    case ErrorCode::NotFound:
        return "NotFound";
    case ErrorCode::Unreadable:
        return "Unreadable";
    case ErrorCode::Malformed:
        return "Malformed";
    case ErrorCode::Unsupported:
        return "Unsupported";
    case ErrorCode::ShapeMismatch:
        return "ShapeMismatch";
    case ErrorCode::TooFewRows:
        return "TooFewRows";
    case ErrorCode::NotFinite:
        return "NotFinite";
    case ErrorCode::TooLarge:
        return "TooLarge";
    case ErrorCode::DiskFull:
        return "DiskFull";
    case ErrorCode::WriteFailed:
        return "WriteFailed";
    case ErrorCode::NewerVersion:
        return "NewerVersion";
    case ErrorCode::Cancelled:
        return "Cancelled";
    case ErrorCode::Internal:
        return "Internal";
    }
    return "Internal";
}

} // namespace palimpsest::base
