#include "figures/word_writing.h"

namespace palimpsest::app {

WordWriting& WordWriting::instance()
{
    static WordWriting writing;
    return writing;
}

QString WordWriting::written(std::string_view utf8) const
{
    const Writer writer = m_writer;
    return writer ? writer(utf8) : QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

void WordWriting::setWriter(Writer writer)
{
    m_writer = writer;
    Q_EMIT changed();
}

} // namespace palimpsest::app
