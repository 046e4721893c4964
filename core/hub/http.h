#pragma once
// Requests to the hub over libcurl. Redirects are followed here, so that the token reaches one server only.
// Thread: an HttpClient belongs to one thread.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::hub {

struct HttpReply {
    long status = 0;
    std::map<std::string, std::string> headers; ///< names in small letters; of the last answer
    std::string url; ///< that gave it
};

class HttpClient {
public:
    /// `token` is sent as bearer only where scheme, host and port are those of `endpoint`.
    HttpClient(std::string endpoint, std::string token);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    enum class Redirects {
        Follow,
        /// Only to the endpoint itself (a model that was renamed): the answer that leads elsewhere is
        /// returned.
        WithinEndpoint,
    };

    struct Request {
        std::string url;
        bool headOnly = false;
        Redirects redirects = Redirects::Follow;
        std::uint64_t firstByte = 0; ///< ask for the rest from here
        /// Takes the body; called only for an answer of status 200 or 206, after `started`.
        std::function<base::Status(std::string_view part)> body;
        std::function<base::Status(const HttpReply& reply)> started;
    };

    /// Any status is an answer. Fails with Unreadable (no connection, broken off; the sentence names the
    /// host), Unsupported (a redirect that leaves https, or too many), what the callbacks fail with, or
    /// Cancelled.
    [[nodiscard]] base::Result<HttpReply> send(const Request& request, const base::JobContext& ctx);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// "https://host:port" of a URL; empty where it is none of http or https.
[[nodiscard]] std::string originOf(const std::string& url);

} // namespace palimpsest::hub
