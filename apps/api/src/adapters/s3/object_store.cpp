#include "adapters/s3/object_store.hpp"

#include "adapters/s3/parts.hpp"
#include "adapters/s3/upload_form.hpp"
#include "core/failures.hpp"
#include "core/percent_encoding.hpp"
#include "ports/object_key.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace safargo::s3 {
namespace {

constexpr const char* never_kept = "private, no-store";

std::uint64_t bytes_of(const net::Response& response) {
    const std::string_view text = response.header("content-length");
    std::uint64_t bytes = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    if (error != std::errc{} || end != text.data() + text.size()) refuse("head_object", response);
    return bytes;
}

std::string without_quotes(std::string_view etag) {
    if (etag.size() >= 2 && etag.starts_with('"') && etag.ends_with('"')) etag = etag.substr(1, etag.size() - 2);
    return std::string(etag);
}

}  // namespace

const std::string& BucketNames::of(Bucket bucket) const {
    switch (bucket) {
        case Bucket::places:
            return places;
        case Bucket::backups:
            return backups;
        case Bucket::logs:
            return logs;
        case Bucket::uploads:
            break;
    }
    return uploads;
}

S3ObjectStore::S3ObjectStore(net::Client& client, CredentialCache& credentials, const Clock& clock, Presence& presence,
                             StoreOptions options)
    : calls_(client, credentials, clock, presence, options.region),
      options_(std::move(options)),
      addresses_(options_.region, options_.endpoint) {}

Target S3ObjectStore::object(std::string method, const ObjectName& name) const {
    require_object_key(name.key);
    return addresses_.object(std::move(method), options_.buckets.of(name.bucket), name.key);
}

Task<UploadForm> S3ObjectStore::permit_upload(UploadPermit permit, Instant now) {
    require_object_key(permit.object.key);
    calls_.require_presence();
    const std::string& bucket = options_.buckets.of(permit.object.bucket);
    const FormTarget target{
        .bucket = bucket, .url = url_of(addresses_.bucket("POST", bucket)), .encrypted = options_.encrypted};
    const Credentials credentials = co_await calls_.credentials().get();
    co_return make_upload_form(permit, target, {.credentials = credentials, .region = options_.region, .at = now});
}

Task<std::optional<StoredObject>> S3ObjectStore::find(ObjectName name) {
    const net::Response response = co_await calls_.send({.operation = "head_object", .target = object("HEAD", name)});
    if (response.status == 404) co_return std::nullopt;
    if (response.status != 200) refuse("head_object", response);
    co_return StoredObject{.bytes = bytes_of(response),
                           .content_type = std::string(response.header("content-type")),
                           .etag = without_quotes(response.header("etag"))};
}

Task<std::optional<std::string>> S3ObjectStore::read(ObjectName name, std::uint64_t max_bytes) {
    constexpr std::size_t room_for_an_error = std::size_t{64} * 1024;
    net::Response response = co_await calls_.send({.operation = "get_object",
                                                   .target = object("GET", name),
                                                   .max_answer = std::max<std::size_t>(max_bytes, room_for_an_error)});
    if (response.status == 404 && error_code(response) == "NoSuchKey") co_return std::nullopt;
    if (response.status != 200) refuse("get_object", response);
    if (response.body.size() > max_bytes) throw DependencyUnavailable("s3", "an object is larger than expected");
    co_return std::move(response.body);
}

// A private object is shown by no browser as a page, even by one that is given its URL.
net::Headers S3ObjectStore::headers_of(const NewObject& object) const {
    net::Headers headers{{"content-type", object.content_type},
                         {"cache-control", object.cache_control.empty() ? never_kept : object.cache_control}};
    if (!is_public(object.name.key)) headers.emplace_back("content-disposition", "attachment");
    if (options_.encrypted) headers.emplace_back("x-amz-server-side-encryption", "AES256");
    return headers;
}

Task<void> S3ObjectStore::write(NewObject object) {
    Target target = this->object("PUT", object.name);
    net::Headers headers = headers_of(object);
    if (object.body.size() >= options_.parts_from) {
        co_return co_await write_in_parts(calls_, std::move(target), std::move(headers), std::move(object.body),
                                          options_.part_bytes);
    }
    const net::Response response = co_await calls_.send({.operation = "put_object",
                                                         .target = std::move(target),
                                                         .headers = std::move(headers),
                                                         .body = std::move(object.body)});
    if (response.status != 200) refuse("put_object", response);
}

Task<void> S3ObjectStore::remove(ObjectName name) {
    const net::Response response =
        co_await calls_.send({.operation = "delete_object", .target = object("DELETE", name)});
    const bool gone = response.status == 404 && error_code(response) == "NoSuchKey";
    if (response.status != 204 && response.status != 200 && !gone) refuse("delete_object", response);
}

Task<std::string> S3ObjectStore::signed_url(ObjectName name, std::chrono::seconds valid_for, Instant now) {
    Target target = object("GET", name);
    if (!is_public(name.key)) {
        target.query = {{"response-cache-control", never_kept}, {"response-content-disposition", "attachment"}};
    }
    const Credentials credentials = co_await calls_.credentials().get();
    co_return presign(std::move(target), valid_for, {.credentials = credentials, .region = options_.region, .at = now});
}

std::string S3ObjectStore::public_url(const ObjectName& name) const {
    const Target target = object("GET", name);
    if (!is_public(name.key)) throw std::invalid_argument("not a public object");
    if (options_.assets_url.empty()) return url_of(target);
    return options_.assets_url + '/' + percent_encode(name.key, "/");
}

Task<void> S3ObjectStore::reach(Bucket bucket) {
    const net::Response response = co_await calls_.send(
        {.operation = "head_bucket", .target = addresses_.bucket("HEAD", options_.buckets.of(bucket)), .looks = true});
    if (response.status != 200) refuse("head_bucket", response);
}

}  // namespace safargo::s3
