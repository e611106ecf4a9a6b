#include "adapters/s3/parts.hpp"

#include "adapters/s3/xml.hpp"
#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <utility>

namespace safargo::s3 {
namespace {

constexpr std::chrono::seconds patience_for_parts{30}, patience_for_abort{2};

class PartedUpload {
public:
    PartedUpload(Calls& calls, Target target, std::string body, std::size_t part_bytes)
        : calls_(calls), target_(std::move(target)), body_(std::move(body)), part_bytes_(part_bytes) {}

    Task<void> begin(net::Headers headers) {
        const net::Response response = co_await calls_.send({.operation = "create_multipart_upload",
                                                             .target = asking("POST", {{"uploads", ""}}),
                                                             .headers = std::move(headers),
                                                             .repeatable = false});
        id_ = text_at(response.body, "InitiateMultipartUploadResult/UploadId");
        if (response.status != 200 || id_.empty()) refuse("create_multipart_upload", response);
    }

    Task<void> write() {
        for (std::size_t at = 0; at < body_.size(); at += part_bytes_) co_await put_part(at);
        co_await complete();
    }

    Task<void> abort() {
        try {
            co_await calls_.send({.operation = "abort_multipart_upload",
                                  .target = asking("DELETE", {{"uploadId", id_}}),
                                  .patience = patience_for_abort});
        } catch (...) {
            log::warning("s3_upload_not_aborted", {{"what", std::string_view(describe_current_failure())}});
        }
    }

private:
    Target asking(std::string method, Parameters query) const {
        Target target = target_;
        target.method = std::move(method);
        target.query = std::move(query);
        return target;
    }

    Task<void> put_part(std::size_t at) {
        const std::string number = std::to_string(etags_.size() + 1);
        const net::Response response =
            co_await calls_.send({.operation = "upload_part",
                                  .target = asking("PUT", {{"partNumber", number}, {"uploadId", id_}}),
                                  .body = body_.substr(at, part_bytes_),
                                  .patience = patience_for_parts});
        etags_.emplace_back(response.header("etag"));
        if (response.status != 200 || etags_.back().empty()) refuse("upload_part", response);
    }

    // Its 200 is sent before the work is done: only the document tells. (Its ETag is empty at radosgw.)
    Task<void> complete() {
        const net::Response response = co_await calls_.send({.operation = "complete_multipart_upload",
                                                             .target = asking("POST", {{"uploadId", id_}}),
                                                             .headers = {{"content-type", "application/xml"}},
                                                             .body = completion_of(etags_),
                                                             .repeatable = false,
                                                             .patience = patience_for_parts});
        if (response.status != 200 || text_at(response.body, "CompleteMultipartUploadResult/Key").empty()) {
            refuse("complete_multipart_upload", response);
        }
    }

    Calls& calls_;
    Target target_;
    std::string body_;
    std::size_t part_bytes_;
    std::string id_;
    std::vector<std::string> etags_;
};

}  // namespace

std::string completion_of(const std::vector<std::string>& etags) {
    std::string xml = "<CompleteMultipartUpload>";
    for (std::size_t i = 0; i < etags.size(); ++i) {
        xml += "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" + etags[i] + "</ETag></Part>";
    }
    return xml + "</CompleteMultipartUpload>";
}

// A cancelled caller's upload is aborted, too: it would be paid for until the bucket's rule removes it.
Task<void> write_in_parts(Calls& calls, Target target, net::Headers headers, std::string body, std::size_t part_bytes) {
    PartedUpload upload(calls, std::move(target), std::move(body), part_bytes);
    co_await upload.begin(std::move(headers));
    std::exception_ptr failure;
    try {
        co_await upload.write();
    } catch (...) {
        failure = std::current_exception();
    }
    if (!failure) co_return;
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    co_await upload.abort();
    std::rethrow_exception(failure);
}

}  // namespace safargo::s3
