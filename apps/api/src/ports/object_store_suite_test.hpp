// What every object store does, seen by the service and by browsers: the tests of both adapters include this.
#pragma once

#include "core/failures.hpp"
#include "ports/object_store_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace safargo::testing {

// S3 names the signature. Radosgw does not always: not for forms, nor where it takes temporary keys.
inline const auto forged_signature = ::testing::AnyOf("SignatureDoesNotMatch", "AccessDenied");

TEST_P(ObjectStoreSuite, KeepsWhatIsWritten) {
    const std::string body("first\r\n\0last", 12);
    const ObjectName made = written("private", body);
    EXPECT_EQ(run(store().read(made, 12)), body);
    const auto found = run(store().find(made));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->bytes, 12U);
    EXPECT_EQ(found->content_type, "text/plain");
    EXPECT_FALSE(found->etag.empty());
}

TEST_P(ObjectStoreSuite, KeepsAnEmptyObject) {
    const ObjectName made = written("private", "");
    EXPECT_EQ(run(store().read(made, 0)), "");
    EXPECT_EQ(run(store().find(made))->bytes, 0U);
}

TEST_P(ObjectStoreSuite, ReplacesAnOlderObject) {
    const ObjectName made = written("private", "old");
    const std::string etag = run(store().find(made))->etag;
    run(store().write({.name = made, .body = "new", .content_type = "text/html"}));
    EXPECT_EQ(run(store().read(made, 100)), "new");
    EXPECT_EQ(run(store().find(made))->content_type, "text/html");
    EXPECT_NE(run(store().find(made))->etag, etag);
}

TEST_P(ObjectStoreSuite, KnowsNothingOfOthers) {
    const ObjectName made = name("private");
    EXPECT_FALSE(run(store().find(made)));
    EXPECT_FALSE(run(store().read(made, 100)));
    run(store().remove(made));
}

TEST_P(ObjectStoreSuite, RemovesForGood) {
    const ObjectName made = written("private");
    run(store().remove(made));
    EXPECT_FALSE(run(store().find(made)));
    EXPECT_FALSE(run(store().read(made, 100)));
    run(store().remove(made));
}

TEST_P(ObjectStoreSuite, ReadsNothingLargerThanExpected) {
    const ObjectName made = written("private", "12345");
    EXPECT_EQ(run(store().read(made, 5)), "12345");
    EXPECT_THROW(run(store().read(made, 4)), DependencyUnavailable);
}

TEST_P(ObjectStoreSuite, TakesKeysOfAnyText) {
    for (const std::string_view end :
         {"صورة السيارة.webp", "été à la plage.png", "a b+c%20d&e=f?g#h'i(j)!*;:@$,~.x", "ⵜⴰⵙⴽⵍⴰ"}) {
        const ObjectName made = written("private", std::string(end), end);
        EXPECT_EQ(run(store().read(made, 1000)), end);
        EXPECT_EQ(get(signed_url(made, now())).body, end);
        EXPECT_EQ(get(run(store().signed_url(written("public", "p", end), minute, now()))).body, "p");
        run(store().remove(made));
        EXPECT_FALSE(run(store().find(made))) << end;
    }
}

TEST_P(ObjectStoreSuite, RefusesKeysThatMeanSomethingElse) {
    for (const std::string_view key : {"", "/a", "a/../b", "a//b", "a\nb"}) {
        const ObjectName bad{.bucket = Bucket::uploads, .key = std::string(key)};
        EXPECT_THROW(run(store().find(bad)), std::invalid_argument) << key;
        EXPECT_THROW(run(store().read(bad, 1)), std::invalid_argument) << key;
        EXPECT_THROW(run(store().write({.name = bad, .body = "1", .content_type = "text/plain"})),
                     std::invalid_argument);
        EXPECT_THROW(run(store().remove(bad)), std::invalid_argument) << key;
        EXPECT_THROW(signed_url(bad, now()), std::invalid_argument) << key;
        EXPECT_THROW(form(bad, now()), std::invalid_argument) << key;
        EXPECT_THROW(store().public_url(bad), std::invalid_argument) << key;
    }
}

TEST_P(ObjectStoreSuite, ShowsAPrivateObjectToWhoHasItsSignedUrl) {
    const net::Response seen = get(signed_url(written("private"), now()));
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.body, "content");
    EXPECT_EQ(seen.header("content-type"), "text/plain");
    EXPECT_EQ(seen.header("cache-control"), "private, no-store");
    EXPECT_EQ(seen.header("content-disposition"), "attachment");
}

TEST_P(ObjectStoreSuite, ShowsNothingByAnExpiredUrl) {
    const ObjectName made = written("private");
    EXPECT_EQ(get(signed_url(made, now() - minute + std::chrono::seconds{30})).status, 200);
    const net::Response late = get(signed_url(made, now() - minute - std::chrono::seconds{2}));
    EXPECT_EQ(late.status, 403);
    EXPECT_EQ(code(late), "AccessDenied");
    EXPECT_EQ(late.body.find("content"), std::string::npos);
}

TEST_P(ObjectStoreSuite, ShowsNothingByAChangedUrl) {
    const ObjectName made = written("private"), other = written("private", "other");
    const std::string url = signed_url(made, now());
    std::string signature = url;
    change(signature[signature.find("ignature=") + 20]);
    EXPECT_EQ(get(signature).status, 403);
    EXPECT_THAT(code(get(signature)), forged_signature);
    EXPECT_EQ(get(replaced(url, made.key, other.key)).status, 403);
    EXPECT_EQ(get(replaced(url, "xpires=", "xpires=1")).status, 403);
    EXPECT_EQ(get(replaced(url, "uploads", "places")).status, 403);
    const std::string unsigned_url = url.substr(0, url.find("ignature=") - 2);
    EXPECT_EQ(get(unsigned_url).status, 403);
    EXPECT_EQ(get(url).status, 200);
}

TEST_P(ObjectStoreSuite, SaysByASignedUrlThatThereIsNothing) {
    const net::Response seen = get(signed_url(name("private"), now()));
    EXPECT_EQ(seen.status, 404);
    EXPECT_EQ(code(seen), "NoSuchKey");
}

TEST_P(ObjectStoreSuite, ShowsAPublicObjectToAnyone) {
    const net::Response seen = get(store().public_url(written("public", "picture", "é 1.webp")));
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.body, "picture");
    EXPECT_EQ(seen.header("content-type"), "text/plain");
    EXPECT_EQ(seen.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(seen.header("content-disposition"), "");
    EXPECT_EQ(seen.header("access-control-allow-origin"), page_origin);
}

TEST_P(ObjectStoreSuite, HasNoPublicAddressForWhatIsPrivate) {
    const ObjectName made = written("private"), shown = written("public");
    EXPECT_THROW(store().public_url(made), std::invalid_argument);
    EXPECT_EQ(get(replaced(store().public_url(shown), shown.key, made.key)).status, 403);
    EXPECT_EQ(get(store().public_url(name("public"))).status, 403) << "nor does it tell what is missing";
}

TEST_P(ObjectStoreSuite, TakesAnUploadThatIsPermitted) {
    for (const std::string_view file : {"12345", "1234567890"}) {
        const ObjectName made = name("private", "é 1.png");
        const net::Response answer = post(form(made, now()), file);
        EXPECT_EQ(answer.status, 204) << answer.body;
        EXPECT_EQ(answer.header("access-control-allow-origin"), page_origin);
        EXPECT_EQ(run(store().read(made, 100)), file);
        EXPECT_EQ(run(store().find(made))->content_type, "image/png");
    }
}

TEST_P(ObjectStoreSuite, PromisesTheEndOfAPermit) {
    const Instant at = *parse_instant("2026-11-30T08:00:00Z");
    EXPECT_EQ(form(name("private"), at).expires_at, at + minute);
}

TEST_P(ObjectStoreSuite, RefusesAnUploadOfAnotherSize) {
    const ObjectName made = name("private");
    const net::Response large = post(form(made, now()), "12345678901"), small = post(form(made, now()), "1234");
    EXPECT_EQ(large.status, 400);
    EXPECT_EQ(code(large), "EntityTooLarge");
    EXPECT_EQ(small.status, 400);
    EXPECT_EQ(code(small), "EntityTooSmall");
    EXPECT_FALSE(run(store().find(made)));
}

TEST_P(ObjectStoreSuite, RefusesAnUploadOfAnotherTypeOrToAnotherKey) {
    const ObjectName made = name("private"), other = name("private");
    UploadForm type = form(made, now()), key = form(made, now()), more = form(made, now());
    field(type, "Content-Type") = "text/html";
    field(key, "key") = other.key;
    more.fields.insert(more.fields.begin(), {"acl", "public-read"});
    for (const UploadForm& changed : {type, key, more}) {
        const net::Response answer = post(changed, "12345");
        EXPECT_EQ(answer.status, 403) << answer.body;
        EXPECT_EQ(code(answer), "AccessDenied");
    }
    EXPECT_FALSE(run(store().find(made)));
    EXPECT_FALSE(run(store().find(other)));
}

TEST_P(ObjectStoreSuite, RefusesAnUploadAfterItsTime) {
    const ObjectName made = name("private");
    const net::Response answer = post(form(made, now() - minute - std::chrono::seconds{2}), "12345");
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(code(answer), "AccessDenied");
    EXPECT_FALSE(run(store().find(made)));
}

TEST_P(ObjectStoreSuite, RefusesAnUploadWithAForgedPolicy) {
    const ObjectName made = name("private");
    UploadForm policy = form(made, now()), signature = form(made, now());
    change(field(policy, "policy")[20]);
    change(field(signature, "signature")[20]);
    for (const UploadForm& forged : {policy, signature}) {
        const net::Response answer = post(forged, "12345");
        EXPECT_EQ(answer.status, 403);
        EXPECT_THAT(code(answer), forged_signature);
    }
    EXPECT_FALSE(run(store().find(made)));
}

TEST_P(ObjectStoreSuite, RefusesAnUploadWithoutAPolicyOrAFile) {
    const ObjectName made = name("private");
    UploadForm bare = form(made, now());
    bare.fields.resize(2);
    EXPECT_EQ(post(bare, "12345").status, 403);
    std::string body;
    const UploadForm whole = form(made, now());
    for (const auto& [field, value] : whole.fields) body += part("name=\"" + field + '"', value);
    EXPECT_EQ(post_body(whole.url, body + "--XyZ--\r\n").status, 400);
    EXPECT_FALSE(run(store().find(made)));
}

}  // namespace safargo::testing
