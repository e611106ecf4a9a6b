// The wire format of uploads (PRODUCT section 2).
#pragma once

#include "contract/described.hpp"
#include "features/media/types.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::media {

// One of the types that are accepted, exactly as browsers name them. Everything else is refused with the advice to
// convert it.
class PictureType {
public:
    static Checked<PictureType> parse(std::string_view text);
    const std::string& str() const { return value_; }

private:
    std::string value_;
};

inline constexpr std::int64_t largest_upload = 12'000'000;  // bytes

// POST /uploads
struct AskUpload {
    Purpose purpose;
    PictureType content_type;
    Bounded<1, largest_upload> bytes;
};
BOOST_DESCRIBE_STRUCT(AskUpload, (), (purpose, content_type, bytes))

// The fields of a form, in an object.
struct FormFields {
    std::vector<std::pair<std::string, std::string>> all;
};

// How to send the file: as multipart/form-data to `url`, first these fields, then the field `file`.
struct PermittedUpload {
    UploadId id;
    std::string url;
    FormFields fields;
    Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(PermittedUpload, (), (id, url, fields, expires_at))

// POST /uploads/{id}/finish. The addresses are those of the public picture; null for a document, which is private.
struct FinishedUpload {
    PictureId id;
    std::optional<std::string> small, medium, large;
};
BOOST_DESCRIBE_STRUCT(FinishedUpload, (), (id, small, medium, large))

}  // namespace safargo::media

namespace safargo::contract {

template <>
struct SpelledSchema<media::PictureType> {
    static std::string text() { return R"({"type":"string","enum":["image/jpeg","image/png","image/webp"]})"; }
};

template <>
struct Codec<media::FormFields> {
    static void print(Writer& out, const media::FormFields& fields) {
        out.begin_object();
        for (const auto& [name, value] : fields.all) {
            out.key(name);
            out.string(value);
        }
        out.end_object();
    }
    static std::string schema(Components&, Direction) {
        return R"({"type":"object","additionalProperties":{"type":"string"}})";
    }
};

template <>
inline constexpr std::string_view example_of<media::AskUpload> =
    R"({"purpose":"profile_photo","content_type":"image/jpeg","bytes":2483121})";

template <>
inline constexpr std::string_view example_of<media::PermittedUpload> =
    R"({"id":"01939f75-0c00-7d2e-9f10-112233445566","url":"https://uploads.example.dz/",)"
    R"("fields":{"key":"uploads/01939f75-0c00-7d2e-9f10-112233445566","Content-Type":"image/jpeg",)"
    R"("policy":"eyJleHBpcmF0aW9uIjoi…","x-amz-signature":"4f1c…"},"expires_at":"2026-12-08T18:40:00Z"})";

template <>
inline constexpr std::string_view example_of<media::FinishedUpload> =
    R"({"id":"01939f75-0c00-7d2e-9f10-112233445566",)"
    R"("small":"https://assets.example.dz/public/pictures/01939f75-0c00-7d2e-9f10-112233445566/small.webp",)"
    R"("medium":"https://assets.example.dz/public/pictures/01939f75-0c00-7d2e-9f10-112233445566/medium.webp",)"
    R"("large":"https://assets.example.dz/public/pictures/01939f75-0c00-7d2e-9f10-112233445566/large.webp"})";

}  // namespace safargo::contract
