#include "hub/http.h"

#include <cstdlib>
#include <mutex>
#include <optional>
#include <utility>

#include <curl/curl.h>

namespace palimpsest::hub {

using base::Error;
using base::ErrorCode;
using base::Status;

namespace {

constexpr int kMostRedirects = 8;
constexpr std::size_t kLongestHeaders = 256U << 10U;

std::string small(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty()
        && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

struct UrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCloser>;

std::string urlPart(CURLU* url, CURLUPart part, unsigned int flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK)
        return {};
    std::string result(text);
    curl_free(text);
    return result;
}

/// `location` seen from `url`.
std::string joined(const std::string& url, const std::string& location)
{
    const Url parsed(curl_url());
    if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK
        || curl_url_set(parsed.get(), CURLUPART_URL, location.c_str(), 0) != CURLUE_OK)
        return {};
    return urlPart(parsed.get(), CURLUPART_URL);
}

/// What one transfer hands to its callbacks.
struct Transfer {
    const HttpClient::Request& request;
    const base::JobContext& ctx;
    HttpReply reply;
    std::size_t headerBytes = 0;
    bool started = false;
    std::optional<Error> error;

    bool isContent() const { return reply.status == 200 || reply.status == 206; }

    std::size_t takeHeader(std::string_view line)
    {
        headerBytes += line.size();
        if (headerBytes > kLongestHeaders)
            return 0;
        if (line.starts_with("HTTP/")) {
            reply.headers.clear(); // a new answer, after "100 Continue" or a proxy's
            const std::size_t space = line.find(' ');
            reply.status
                = space == std::string_view::npos ? 0 : std::strtol(line.data() + space, nullptr, 10);
        } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            reply.headers[small(line.substr(0, colon))] = trimmed(line.substr(colon + 1));
        }
        return line.size();
    }

    Status start()
    {
        if (std::exchange(started, true) || !request.started)
            return {};
        return request.started(reply);
    }

    std::size_t takeBody(std::string_view part)
    {
        if (!isContent() || !request.body)
            return part.size();
        Status status = start();
        if (status)
            status = request.body(part);
        if (status)
            return part.size();
        error = status.error();
        return 0;
    }
};

std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* transfer)
{
    // A copy, since strtol wants an end.
    const std::string line(data, size * count);
    return static_cast<Transfer*>(transfer)->takeHeader(line);
}

std::size_t onBody(char* data, std::size_t size, std::size_t count, void* transfer)
{
    return static_cast<Transfer*>(transfer)->takeBody({data, size * count});
}

int onProgress(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<Transfer*>(transfer)->ctx.stopRequested() ? 1 : 0;
}

} // namespace

struct HttpClient::Parts {
    std::string origin;
    std::string token;
    CURL* handle = nullptr;

    base::Result<HttpReply> once(const std::string& url, const Request& request, const base::JobContext& ctx);
};

std::string originOf(const std::string& url)
{
    const Url parsed(curl_url());
    if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return {};
    const std::string scheme = small(urlPart(parsed.get(), CURLUPART_SCHEME));
    if (scheme != "http" && scheme != "https")
        return {};
    return scheme + "://" + small(urlPart(parsed.get(), CURLUPART_HOST)) + ":"
        + urlPart(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

HttpClient::HttpClient(std::string endpoint, std::string token)
    : m_parts(std::make_unique<Parts>())
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    m_parts->origin = originOf(endpoint);
    m_parts->token = std::move(token);
    m_parts->handle = curl_easy_init();
}

HttpClient::~HttpClient()
{
    curl_easy_cleanup(m_parts->handle);
}

base::Result<HttpReply> HttpClient::Parts::once(
    const std::string& url, const Request& request, const base::JobContext& ctx)
{
    const std::string server = originOf(url);
    if (handle == nullptr || server.empty())
        return Error{
            ErrorCode::Unsupported, "\"" + url + "\" is not an address that can be fetched (http or https)"};
    Transfer transfer{request, ctx, {}, 0, false, std::nullopt};
    transfer.reply.url = url;
    struct curl_slist* list = nullptr;
    if (!token.empty() && server == origin)
        list = curl_slist_append(list, ("Authorization: Bearer " + token).c_str());
    // Sizes and checksums are those of what lies on the server.
    list = curl_slist_append(list, "Accept-Encoding: identity");
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(list, curl_slist_free_all);
    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_NOBODY, request.headOnly ? 1L : 0L);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "palimpsest");
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 20L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 60L);
    if (request.firstByte > 0)
        curl_easy_setopt(handle, CURLOPT_RANGE, (std::to_string(request.firstByte) + "-").c_str());
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    const CURLcode code = curl_easy_perform(handle);
    if (ctx.stopRequested())
        return base::cancelled();
    if (transfer.error)
        return *transfer.error;
    if (code != CURLE_OK) {
        return Error{ErrorCode::Unreadable,
            "The connection to " + server + " failed (" + curl_easy_strerror(code)
                + "); check the network and start again: what has arrived is kept"};
    }
    if (transfer.isContent() && !request.headOnly)
        PALIMPSEST_CHECK(transfer.start()); // an empty body
    return transfer.reply;
}

base::Result<HttpReply> HttpClient::send(const Request& request, const base::JobContext& ctx)
{
    std::string url = request.url;
    std::map<std::string, std::string> linked; // what a redirect said of the file it leads to
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
        PALIMPSEST_TRY(reply, m_parts->once(url, request, ctx));
        for (const char* name : {"x-linked-etag", "x-linked-size", "x-repo-commit"}) {
            if (const auto header = reply.headers.find(name); header != reply.headers.end())
                linked.insert(*header);
        }
        reply.headers.insert(linked.begin(), linked.end());
        const bool moved = reply.status == 301 || reply.status == 302 || reply.status == 303
            || reply.status == 307 || reply.status == 308;
        const auto location = reply.headers.find("location");
        if (!moved || location == reply.headers.end())
            return reply;
        const std::string next = joined(url, location->second);
        if (request.redirects == Redirects::WithinEndpoint && originOf(next) != m_parts->origin)
            return reply;
        if (originOf(next).empty()
            || (originOf(url).starts_with("https") && !originOf(next).starts_with("https"))) {
            return Error{ErrorCode::Unsupported,
                originOf(url) + " leads to an address that is not https; the download is refused"};
        }
        url = next;
    }
    return Error{ErrorCode::Unsupported, request.url + " leads from one address to the next without an end"};
}

} // namespace palimpsest::hub
