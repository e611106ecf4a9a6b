#include "adapters/local_objects/links.hpp"

#include "core/enum_names.hpp"
#include "core/percent_encoding.hpp"
#include "ports/object_key.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace safargo::local_objects {
namespace {

// What a form's policy says; signed, so that it can be neither made nor changed by others. One line each.
struct Policy {
    std::string bucket, key, content_type;
    std::int64_t min_bytes = 0, max_bytes = 0, expires = 0;
};

std::int64_t seconds_of(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::string sign(const crypto::Key& key, std::string_view text) {
    return crypto::base64url(crypto::view(crypto::hmac_sha256(key, text)));
}

std::string read_text(std::string_view bucket, std::string_view key, std::string_view expires) {
    return "read\n" + std::string(bucket) + '\n' + std::string(key) + '\n' + std::string(expires);
}

std::string upload_text(std::string_view policy) {
    return "upload\n" + std::string(policy);
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string seal_policy(const Policy& policy) {
    std::string text;
    for (const std::string& line : {policy.bucket, policy.key, policy.content_type, std::to_string(policy.min_bytes),
                                    std::to_string(policy.max_bytes), std::to_string(policy.expires)}) {
        if (line.contains('\n')) throw std::invalid_argument("a permit's fields are lines");
        text += line + '\n';
    }
    return crypto::base64url(text);
}

std::optional<Policy> open_policy(std::string_view encoded) {
    const auto text = crypto::from_base64url(encoded);
    if (!text) return std::nullopt;
    std::string_view rest = *text;
    std::array<std::string_view, 6> lines;
    for (std::string_view& line : lines) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
    }
    const auto min = number_of(lines[3]), max = number_of(lines[4]), expires = number_of(lines[5]);
    if (!rest.empty() || !min || !max || !expires) return std::nullopt;
    return Policy{.bucket = std::string(lines[0]),
                  .key = std::string(lines[1]),
                  .content_type = std::string(lines[2]),
                  .min_bytes = *min,
                  .max_bytes = *max,
                  .expires = *expires};
}

bool allows_fields(const Policy& policy, const SentForm& form) {
    return policy.bucket == form.bucket && policy.key == form.key && policy.content_type == form.content_type &&
           !form.has_others;
}

}  // namespace

Links::Links(const crypto::KeyRing& keys, std::string origin)
    : keys_(keys.derive("local-objects")), origin_(std::move(origin)) {}

// The key is a parameter, since a segment of our paths cannot hold a slash.
std::string Links::address(const ObjectName& name) const {
    require_object_key(name.key);
    return origin_ + "/dev/objects/" + std::string(enum_name(name.bucket)) + "?key=" + percent_encode(name.key, "/");
}

std::string Links::signed_url(const ObjectName& name, Instant expires_at) const {
    const std::string expires = std::to_string(seconds_of(expires_at));
    return address(name) + "&expires=" + expires +
           "&signature=" + sign(keys_.first(), read_text(enum_name(name.bucket), name.key, expires));
}

std::string Links::public_url(const ObjectName& name) const {
    if (!is_public(name.key)) throw std::invalid_argument("not a public object");
    return address(name);
}

UploadForm Links::form(const UploadPermit& permit, Instant now) const {
    require_object_key(permit.object.key);
    const std::string bucket(enum_name(permit.object.bucket));
    const Instant expires_at = std::chrono::floor<std::chrono::seconds>(now) + permit.valid_for;
    const std::string policy = seal_policy({.bucket = bucket,
                                            .key = permit.object.key,
                                            .content_type = permit.content_type,
                                            .min_bytes = static_cast<std::int64_t>(permit.min_bytes),
                                            .max_bytes = static_cast<std::int64_t>(permit.max_bytes),
                                            .expires = seconds_of(expires_at)});
    return {.url = origin_ + "/dev/objects/" + bucket,
            .fields = {{"key", permit.object.key},
                       {"Content-Type", permit.content_type},
                       {"policy", policy},
                       {"signature", sign(keys_.first(), upload_text(policy))}},
            .expires_at = expires_at};
}

std::expected<Links::Readable, Refusal> Links::check(const ReadLink& link, Instant now) const {
    const auto bucket = enum_from<Bucket>(link.bucket);
    if (!bucket || !is_object_key(link.key)) return std::unexpected(Refusal::invalid_argument);
    ObjectName name{.bucket = *bucket, .key = link.key};
    if (link.signature.empty()) {
        if (!is_public(link.key)) return std::unexpected(Refusal::access_denied);
        return Readable{std::move(name), false};
    }
    const std::string text = read_text(link.bucket, link.key, link.expires);
    if (!keys_.any_makes(link.signature, [&](const crypto::Key& key) { return sign(key, text); })) {
        return std::unexpected(Refusal::signature_does_not_match);
    }
    const auto expires = number_of(link.expires);
    if (!expires || seconds_of(now) >= *expires) return std::unexpected(Refusal::access_denied);
    return Readable{std::move(name), true};
}

std::expected<ObjectName, Refusal> Links::check(const SentForm& form, Instant now) const {
    const std::string text = upload_text(form.policy);
    if (form.policy.empty() || form.signature.empty()) return std::unexpected(Refusal::access_denied);
    if (!keys_.any_makes(form.signature, [&](const crypto::Key& key) { return sign(key, text); })) {
        return std::unexpected(Refusal::signature_does_not_match);
    }
    const auto policy = open_policy(form.policy);
    const auto bucket = enum_from<Bucket>(form.bucket);
    if (!policy || !bucket || seconds_of(now) >= policy->expires || !allows_fields(*policy, form)) {
        return std::unexpected(Refusal::access_denied);
    }
    const auto bytes = static_cast<std::int64_t>(form.file_bytes);
    if (bytes < policy->min_bytes) return std::unexpected(Refusal::entity_too_small);
    if (bytes > policy->max_bytes) return std::unexpected(Refusal::entity_too_large);
    return ObjectName{.bucket = *bucket, .key = form.key};
}

}  // namespace safargo::local_objects
