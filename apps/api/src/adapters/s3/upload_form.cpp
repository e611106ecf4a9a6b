#include "adapters/s3/upload_form.hpp"

#include "contract/writer.hpp"
#include "core/crypto.hpp"

#include <algorithm>
#include <utility>

namespace safargo::s3 {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

// With padding, as S3 wants it.
std::string base64(std::string_view bytes) {
    std::string text = crypto::base64url(bytes);
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

void add_exact(contract::Writer& out, std::string_view name, std::string_view value) {
    out.begin_array();
    out.string("eq");
    out.string('$' + std::string(name));
    out.string(value);
    out.end_array();
}

void add_size(contract::Writer& out, const UploadPermit& permit) {
    out.begin_array();
    out.string("content-length-range");
    out.integer(static_cast<std::int64_t>(permit.min_bytes));
    out.integer(static_cast<std::int64_t>(permit.max_bytes));
    out.end_array();
}

std::string policy_of(const UploadPermit& permit, const std::string& bucket, const Fields& fields, Instant expires_at) {
    std::string json;
    contract::Writer out(json);
    out.begin_object();
    out.key("expiration");
    out.string(format_instant(expires_at));
    out.key("conditions");
    out.begin_array();
    add_exact(out, "bucket", bucket);
    for (const auto& [name, value] : fields) add_exact(out, name, value);
    add_size(out, permit);
    out.end_array();
    out.end_object();
    return json;
}

// What the browser sends beside policy and signature; the policy fixes each of them.
Fields fields_of(const UploadPermit& permit, const FormTarget& target, const Signing& signing) {
    Fields fields{{"key", permit.object.key}, {"Content-Type", permit.content_type}};
    if (target.encrypted) fields.emplace_back("x-amz-server-side-encryption", "AES256");
    fields.emplace_back("x-amz-algorithm", "AWS4-HMAC-SHA256");
    fields.emplace_back("x-amz-credential", signing.credentials.access_key_id + '/' + scope_of(signing));
    fields.emplace_back("x-amz-date", signing_date(signing.at));
    const std::string& token = signing.credentials.session_token;
    if (!token.empty()) fields.emplace_back("x-amz-security-token", token);
    return fields;
}

}  // namespace

UploadForm make_upload_form(const UploadPermit& permit, const FormTarget& target, const Signing& signing) {
    const Instant expires_at =
        std::chrono::floor<std::chrono::seconds>(signing.at) + life_of_signature(permit.valid_for, signing);
    Fields fields = fields_of(permit, target, signing);
    const std::string policy = base64(policy_of(permit, target.bucket, fields, expires_at));
    fields.emplace_back("policy", policy);
    fields.emplace_back("x-amz-signature", sign_policy(policy, signing));
    return {.url = target.url, .fields = std::move(fields), .expires_at = expires_at};
}

}  // namespace safargo::s3
