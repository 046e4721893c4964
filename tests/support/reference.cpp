#include "support/reference.h"

namespace palimpsest::testing {

std::filesystem::path referenceDir()
{
    return PALIMPSEST_REFERENCE_DIR;
}

bool hasReference(std::string_view relative)
{
    return std::filesystem::exists(referenceDir() / relative);
}

} // namespace palimpsest::testing
