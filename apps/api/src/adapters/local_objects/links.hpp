// URLs and upload forms that the local store gives out, signed with the process's own secret, and what they allow.
#pragma once

#include "core/key_ring.hpp"
#include "ports/object_store.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::local_objects {

// As S3 refuses: the status and the code of its answer.
enum class Refusal {
    access_denied,             // 403: no signature, an expired one, or another field than the policy has
    signature_does_not_match,  // 403
    invalid_argument,          // 400: no file, or a URL without a key
    malformed_form,            // 400
    entity_too_small,          // 400
    entity_too_large,          // 400
    no_such_key                // 404
};

struct ReadLink {
    std::string bucket;  // as in the URL: "uploads"
    std::string key;
    std::string expires{}, signature{};  // "" if the URL has none
};

// The fields of an upload form as they were sent, by what they mean; "" if absent.
struct SentForm {
    std::string bucket;
    std::string key, content_type, policy, signature;
    bool has_others = false;  // fields that no policy of ours allows
    std::uint64_t file_bytes = 0;
};

class Links {
public:
    // `origin`: of this service, as browsers see it.
    Links(const crypto::KeyRing& keys, std::string origin);

    std::string signed_url(const ObjectName& name, Instant expires_at) const;
    std::string public_url(const ObjectName& name) const;
    UploadForm form(const UploadPermit& permit, Instant now) const;

    // The object that may be read, and whether by its signature: others are public.
    struct Readable {
        ObjectName name;
        bool by_signature = false;
    };
    std::expected<Readable, Refusal> check(const ReadLink& link, Instant now) const;
    std::expected<ObjectName, Refusal> check(const SentForm& form, Instant now) const;

private:
    std::string address(const ObjectName& name) const;

    crypto::PurposeKeys keys_;
    std::string origin_;
};

}  // namespace safargo::local_objects
