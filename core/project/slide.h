#pragma once
// One slide of a project's story: a place of the program, and what is said there.
// Thread: values.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::project {

inline constexpr std::size_t kMostSlides = 500;
inline constexpr std::size_t kLongestTitle = 300; ///< bytes
inline constexpr std::size_t kLongestCaption = 4000; ///< bytes
inline constexpr std::size_t kLongestSpeakerNotes = 20000; ///< bytes
inline constexpr std::size_t kLongestDetail = 16000; ///< bytes
inline constexpr std::size_t kLargestPicture = std::size_t{1} << 20; ///< bytes

/// What has to be set for the same thing to be seen again.
struct SlidePlace {
    std::string view; ///< id of the view: lower-case letters and '-'
    int layer = 0;
    std::size_t k = 0;
    double theta = 0.0;
    int shown = 2; ///< whose concepts lists show: 0 base, 1 fine-tuned, 2 both
    Side side = Side::Base; ///< of the selected concept
    int conceptId = -1; ///< -1: none
    base::Fingerprint
        tree; ///< stage key of the linkage of `side` at `layer`: what the concept's number means
    std::string detail; ///< what the view itself shows, a JSON object; the views know what it means
    friend bool operator==(const SlidePlace&, const SlidePlace&) = default;
};

struct Slide {
    std::string title; ///< one line
    std::string caption;
    std::string notes; ///< for the speaker
    SlidePlace place;
    std::shared_ptr<const std::vector<std::byte>> picture; ///< PNG, shared by all copies; null: none
    bool maskedPicture = false; ///< it was taken while offensive words were masked
};

/// Same texts, same place, same bytes of the picture.
[[nodiscard]] bool operator==(const Slide& a, const Slide& b);

using Slides = std::vector<Slide>;

/// Fails with InvalidArgument: texts that are too long, not UTF-8 or (titles) hold control characters,
/// numbers out of range, a picture that is too large, too many slides. Whether `detail` is JSON is for its
/// reader.
[[nodiscard]] base::Status checkSlides(const Slides& slides);

} // namespace palimpsest::project
