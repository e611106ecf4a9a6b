#include "adapters/local_objects/links.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace safargo::local_objects {
namespace {

using namespace std::chrono_literals;

const Instant now = *parse_instant("2026-11-30T08:00:00Z");
const ObjectName document{.bucket = Bucket::uploads, .key = "private/kyc/é 1.webp"};
const ObjectName picture{.bucket = Bucket::places, .key = "public/places/1.webp"};

class LinksTest : public ::testing::Test {
protected:
    ReadLink link(Instant expires_at) {
        const std::string url = links.signed_url(document, expires_at);
        const auto after = [&url](std::string_view mark) {
            const std::size_t at = url.find(mark) + mark.size();
            return url.substr(at, url.find('&', at) - at);
        };
        return {
            .bucket = "uploads", .key = document.key, .expires = after("expires="), .signature = after("signature=")};
    }
    SentForm sent(std::uint64_t bytes = 100) {
        const UploadForm form = links.form(
            {.object = document, .content_type = "image/png", .min_bytes = 10, .max_bytes = 200, .valid_for = 600s},
            now);
        const auto field = [&form](std::string_view name) {
            return std::ranges::find(form.fields, name, &std::pair<std::string, std::string>::first)->second;
        };
        return {.bucket = "uploads",
                .key = field("key"),
                .content_type = field("Content-Type"),
                .policy = field("policy"),
                .signature = field("signature"),
                .file_bytes = bytes};
    }
    Refusal refusal(const ReadLink& link, Instant at = now) {
        const auto checked = links.check(link, at);
        EXPECT_FALSE(checked);
        return checked ? Refusal::no_such_key : checked.error();
    }
    Refusal refusal(const SentForm& form, Instant at = now) {
        const auto checked = links.check(form, at);
        EXPECT_FALSE(checked);
        return checked ? Refusal::no_such_key : checked.error();
    }

    crypto::KeyRing keys{std::string("a secret of this test, long enough")};
    Links links{keys, "http://127.0.0.1:3000"};
};

TEST_F(LinksTest, NameTheObjectInTheQuery) {
    EXPECT_TRUE(links.signed_url(document, now)
                    .starts_with("http://127.0.0.1:3000/dev/objects/uploads?key=private/kyc/"
                                 "%C3%A9%201.webp&expires=1796025600&signature="));
    EXPECT_EQ(links.public_url(picture), "http://127.0.0.1:3000/dev/objects/places?key=public/places/1.webp");
    EXPECT_THROW(links.public_url(document), std::invalid_argument);
    EXPECT_THROW(links.signed_url({.bucket = Bucket::uploads, .key = "../a"}, now), std::invalid_argument);
}

TEST_F(LinksTest, AllowWhatWasSignedUntilItExpires) {
    const auto readable = links.check(link(now + 60s), now + 59s);
    ASSERT_TRUE(readable);
    EXPECT_EQ(readable->name, document);
    EXPECT_TRUE(readable->by_signature);
    EXPECT_EQ(refusal(link(now + 60s), now + 60s), Refusal::access_denied);
}

TEST_F(LinksTest, RefuseWhateverWasChanged) {
    const auto change = [this](auto apply) {
        ReadLink changed = link(now + 60s);
        apply(changed);
        return refusal(changed);
    };
    EXPECT_EQ(change([](ReadLink& l) { l.key = "private/kyc/2.webp"; }), Refusal::signature_does_not_match);
    EXPECT_EQ(change([](ReadLink& l) { l.bucket = "places"; }), Refusal::signature_does_not_match);
    EXPECT_EQ(change([](ReadLink& l) { l.expires = "9999999999"; }), Refusal::signature_does_not_match);
    EXPECT_EQ(change([](ReadLink& l) { l.signature.back() = l.signature.back() == 'A' ? 'E' : 'A'; }),
              Refusal::signature_does_not_match);
    EXPECT_EQ(change([](ReadLink& l) { l.signature.clear(); }), Refusal::access_denied);
    EXPECT_EQ(change([](ReadLink& l) { l.bucket = "elsewhere"; }), Refusal::invalid_argument);
    EXPECT_EQ(change([](ReadLink& l) { l.key = "../../etc/passwd"; }), Refusal::invalid_argument);
    EXPECT_EQ(change([](ReadLink& l) { l.key.clear(); }), Refusal::invalid_argument);
}

TEST_F(LinksTest, LetAnyoneReadWhatIsPublic) {
    const auto readable = links.check(ReadLink{.bucket = "places", .key = picture.key}, now);
    ASSERT_TRUE(readable);
    EXPECT_EQ(readable->name, picture);
    EXPECT_FALSE(readable->by_signature);
}

TEST_F(LinksTest, StayValidWhileTheSecretIsRotated) {
    const std::string other = "another secret of this test, as long";
    const Links rotated(crypto::KeyRing(other, "a secret of this test, long enough"), "http://127.0.0.1:3000");
    EXPECT_TRUE(rotated.check(link(now + 60s), now));
    EXPECT_TRUE(rotated.check(sent(), now));
    const Links foreign(crypto::KeyRing(other), "http://127.0.0.1:3000");
    EXPECT_FALSE(foreign.check(link(now + 60s), now));
    EXPECT_FALSE(foreign.check(sent(), now));
}

TEST_F(LinksTest, AllowTheFormThatWasSigned) {
    EXPECT_EQ(links.check(sent(), now + 599s), document);
    EXPECT_EQ(links.check(sent(10), now), document);
    EXPECT_EQ(links.check(sent(200), now), document);
    EXPECT_EQ(refusal(sent(), now + 600s), Refusal::access_denied);
    EXPECT_EQ(refusal(sent(9)), Refusal::entity_too_small);
    EXPECT_EQ(refusal(sent(201)), Refusal::entity_too_large);
}

TEST_F(LinksTest, RefuseAFormWithOtherFields) {
    const auto change = [this](auto apply) {
        SentForm changed = sent();
        apply(changed);
        return refusal(changed);
    };
    EXPECT_EQ(change([](SentForm& f) { f.key = "private/kyc/2.webp"; }), Refusal::access_denied);
    EXPECT_EQ(change([](SentForm& f) { f.content_type = "image/png; a=b"; }), Refusal::access_denied);
    EXPECT_EQ(change([](SentForm& f) { f.bucket = "places"; }), Refusal::access_denied);
    EXPECT_EQ(change([](SentForm& f) { f.has_others = true; }), Refusal::access_denied);
    EXPECT_EQ(change([](SentForm& f) { f.policy.clear(); }), Refusal::access_denied);
    EXPECT_EQ(change([](SentForm& f) { f.signature.clear(); }), Refusal::access_denied);
    EXPECT_EQ(change([](SentForm& f) { f.policy[5] = f.policy[5] == 'a' ? 'b' : 'a'; }),
              Refusal::signature_does_not_match);
    EXPECT_EQ(change([this](SentForm& f) { f.signature = link(now + 60s).signature; }),
              Refusal::signature_does_not_match)
        << "a read is no upload";
}

}  // namespace
}  // namespace safargo::local_objects
