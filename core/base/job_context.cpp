#include "base/job_context.h"

#include <algorithm>
#include <cmath>

namespace palimpsest::base {

JobContext::JobContext(std::stop_token stop, ProgressSink progress, WarningSink warning)
    : m_stop(std::move(stop))
    , m_progress(std::move(progress))
    , m_warning(std::move(warning))
{
}

void JobContext::progress(double fraction, std::string_view activity) const
{
    if (m_progress)
        m_progress(std::lerp(m_from, m_to, std::clamp(fraction, 0.0, 1.0)), activity);
}

void JobContext::warn(std::string warning) const
{
    if (m_warning)
        m_warning(std::move(warning));
}

JobContext JobContext::part(double from, double to) const
{
    JobContext child = *this;
    // lerp is exact at 1, so a part ends where the next begins and a bar never steps back by rounding.
    child.m_from = std::lerp(m_from, m_to, from);
    child.m_to = std::lerp(m_from, m_to, to);
    return child;
}

Error cancelled()
{
    return {ErrorCode::Cancelled, "Cancelled; everything that was finished is kept"};
}

} // namespace palimpsest::base
