#include "support/local_hub.h"

namespace palimpsest::testing {

LocalHub::LocalHub()
{
    constexpr int kStartMs = 60000;
    qunsetenv("http_proxy");
    m_server.start(QStringLiteral("python3"), {QStringLiteral(PALIMPSEST_LOCAL_HUB)});
    if (m_server.waitForStarted() && m_server.waitForReadyRead(kStartMs))
        m_endpoint = "http://127.0.0.1:" + m_server.readLine().split(' ').first();
}

LocalHub::~LocalHub()
{
    m_server.closeWriteChannel();
    m_server.waitForFinished();
}

} // namespace palimpsest::testing
