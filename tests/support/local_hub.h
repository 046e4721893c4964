#pragma once
// A server of the test's own that speaks like Hugging Face's hub (local_hub.py), on free ports of this
// machine. Thread: the test's.

#include <QByteArray>
#include <QProcess>

namespace palimpsest::testing {

class LocalHub {
public:
    /// Waits until it serves; endpoint() is empty where python3 does not start.
    LocalHub();
    ~LocalHub();
    LocalHub(const LocalHub&) = delete;
    LocalHub& operator=(const LocalHub&) = delete;

    /// "http://127.0.0.1:PORT".
    [[nodiscard]] const QByteArray& endpoint() const { return m_endpoint; }

private:
    QProcess m_server;
    QByteArray m_endpoint;
};

} // namespace palimpsest::testing
