#pragma once
// Places as columns of the project file, the same in every table that holds some; private to this module.
// Thread: as the statements.

#include <optional>
#include <string>

#include "project/slide.h"
#include "project/sqlite.h"

namespace palimpsest::project {

inline constexpr const char* kPlaceColumns
    = "view, layer, k, theta, shown, side, concept, tree_high, tree_low, detail";
inline constexpr int kPlaceColumnCount = 10;

/// From column `first` on; nothing where a number cannot be one of a place's.
[[nodiscard]] std::optional<SlidePlace> readPlace(const Statement& row, int first);
/// To parameter `first` on. `theta` holds the text that is bound, until the next step.
void bindPlace(Statement& statement, int first, const SlidePlace& place, std::string& theta);

/// Shortest digits that read back as the same number, in every locale.
[[nodiscard]] std::string numberText(double number);
[[nodiscard]] std::optional<double> numberFrom(std::string_view text);

} // namespace palimpsest::project
