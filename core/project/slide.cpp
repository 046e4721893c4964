#include "project/slide.h"

#include <algorithm>
#include <string_view>

#include "base/utf8.h"

namespace palimpsest::project {

namespace {

bool isText(std::string_view text, std::size_t longest)
{
    return text.size() <= longest && base::validUtf8Prefix(text) == text.size();
}

bool isOneLine(std::string_view text)
{
    return std::none_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isViewId(std::string_view id)
{
    return !id.empty() && id.size() <= 40
        && std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

/// What is wrong with a slide; empty: nothing.
std::string_view faultOf(const Slide& slide)
{
    const SlidePlace& place = slide.place;
    if (!isText(slide.title, kLongestTitle) || !isOneLine(slide.title))
        return "an unusable title; give one line of at most 300 bytes";
    if (!isText(slide.caption, kLongestCaption))
        return "a caption that is not UTF-8 or longer than 4,000 bytes; shorten it";
    if (!isText(slide.notes, kLongestSpeakerNotes))
        return "notes that are not UTF-8 or longer than 20,000 bytes; shorten them";
    if (!isViewId(place.view) || !isText(place.detail, kLongestDetail))
        return "a place that no view can be";
    if (place.layer < 0 || place.conceptId < -1 || place.shown < 0 || place.shown > 2)
        return "a number that is out of range";
    if (!(place.theta >= 0.0 && place.theta <= 1.0)) // refuses NaN too
        return "a θ outside of 0 to 1";
    if (slide.picture && slide.picture->size() > kLargestPicture)
        return "a picture larger than 1 MB";
    return {};
}

} // namespace

bool operator==(const Slide& a, const Slide& b)
{
    const auto samePicture = a.picture == b.picture || (a.picture && b.picture && *a.picture == *b.picture);
    return a.title == b.title && a.caption == b.caption && a.notes == b.notes && a.place == b.place
        && a.maskedPicture == b.maskedPicture && samePicture;
}

base::Status checkSlides(const Slides& slides)
{
    if (slides.size() > kMostSlides) {
        return base::Error{base::ErrorCode::InvalidArgument,
            "A story has at most 500 slides; remove some before adding others"};
    }
    for (std::size_t at = 0; at < slides.size(); ++at) {
        if (const auto fault = faultOf(slides[at]); !fault.empty()) {
            return base::Error{base::ErrorCode::InvalidArgument,
                "Slide " + std::to_string(at + 1) + " has " + std::string(fault)};
        }
    }
    return {};
}

} // namespace palimpsest::project
