// What only S3 does: parts, encryption, wrong keys, and a server that hangs or dies.
#include "adapters/s3/object_store.hpp"

#include "adapters/s3/parts.hpp"
#include "adapters/s3/radosgw_world_test.hpp"
#include "adapters/s3/xml.hpp"
#include "core/failures.hpp"
#include "testing/cancellable.hpp"
#include "testing/tcp_proxy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace safargo::s3 {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

ObjectName named(std::string_view key) {
    static const auto start = std::chrono::steady_clock::now().time_since_epoch().count();
    return {.bucket = Bucket::backups, .key = "tests/" + std::to_string(start) + '/' + std::string(key)};
}

NewObject object(std::string_view key, std::string body) {
    return {.name = named(key), .body = std::move(body), .content_type = "application/octet-stream"};
}

std::string bytes(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
    return text;
}

class S3StoreTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (testing::s3_server() == nullptr) GTEST_SKIP() << testing::why_no_s3_server();
    }

    static StoreOptions options() { return options_of(*testing::s3_server()); }
    static StoreOptions options_at(std::string endpoint) {
        StoreOptions at = options();
        at.endpoint = std::move(endpoint);
        return at;
    }
    static StoreOptions in_parts(StoreOptions options) {
        options.parts_from = smallest_part + 1;
        options.part_bytes = smallest_part;
        return options;
    }
    static CredentialsOptions keys() { return keys_of(*testing::s3_server()); }

    // "" if there is none.
    static std::string unfinished_upload(RadosgwStore& parts, const ObjectName& name) {
        Target target =
            Addresses(options().region, options().endpoint).bucket("GET", options().buckets.of(name.bucket));
        target.query = {{"uploads", ""}, {"prefix", name.key}};
        const net::Response response = run(parts.calls.send({.operation = "list_uploads", .target = target}));
        EXPECT_EQ(response.status, 200);
        return text_at(response.body, "ListMultipartUploadsResult/Upload/UploadId");
    }
};

TEST_F(S3StoreTest, WritesLargeObjectsInParts) {
    RadosgwStore parts(in_parts(options()), keys());
    const NewObject large = object("large", bytes(2 * smallest_part + 1000));
    run(parts.store.write(large));
    EXPECT_EQ(run(parts.store.read(large.name, large.body.size())), large.body);
    const auto found = run(parts.store.find(large.name));
    EXPECT_EQ(found->content_type, "application/octet-stream");
    EXPECT_TRUE(found->etag.ends_with("-3")) << found->etag;
    EXPECT_EQ(unfinished_upload(parts, large.name), "");
    run(parts.store.remove(large.name));
}

TEST_F(S3StoreTest, WritesAnObjectOfWholeParts) {
    RadosgwStore parts(in_parts(options()), keys());
    const NewObject large = object("whole parts", bytes(2 * smallest_part));
    run(parts.store.write(large));
    EXPECT_TRUE(run(parts.store.find(large.name))->etag.ends_with("-2"));
    run(parts.store.remove(large.name));
}

TEST_F(S3StoreTest, AbortsTheUploadOfACancelledCaller) {
    const std::uint16_t port =
        static_cast<std::uint16_t>(std::stoi(options().endpoint.substr(options().endpoint.rfind(':') + 1)));
    testing::TcpProxy proxy("127.0.0.1", port);
    RadosgwStore through(in_parts(options_at("http://127.0.0.1:" + std::to_string(proxy.port()))), keys());
    RadosgwStore direct(options(), keys());
    const NewObject large = object("cancelled", bytes(2 * smallest_part));
    std::size_t sent = 0;
    bool cancelled = false;
    testing::Cancellable writing(through.store.write(large));
    proxy.on_client_bytes([&](std::string_view passed) {
        sent += passed.size();
        if (cancelled || sent < smallest_part + 100'000) return;
        cancelled = true;
        writing.cancel();
    });
    writing.wait();
    EXPECT_TRUE(cancelled);
    EXPECT_FALSE(run(direct.store.find(large.name)));
    EXPECT_EQ(unfinished_upload(direct, large.name), "");
}

TEST_F(S3StoreTest, AbortsAnUploadThatFails) {
    StoreOptions too_small = in_parts(options());
    too_small.part_bytes = 1000;  // S3 refuses such parts, but only when they are put together
    too_small.parts_from = 1001;
    RadosgwStore parts(too_small, keys());
    const NewObject small = object("small parts", bytes(2500));
    EXPECT_THROW(run(parts.store.write(small)), DependencyUnavailable);
    EXPECT_FALSE(run(parts.store.find(small.name)));
    EXPECT_EQ(unfinished_upload(parts, small.name), "");
}

TEST_F(S3StoreTest, AsksForEncryption) {
    StoreOptions encrypted = options();
    encrypted.encrypted = true;
    RadosgwStore parts(encrypted, keys());
    try {
        run(parts.store.write(object("encrypted", "secret")));
        EXPECT_EQ(run(parts.store.read(named("encrypted"), 100)), "secret");
    } catch (const DependencyUnavailable& refused) {
        // Newer servers ask a key store that is not there; the signature was right all the same.
        EXPECT_THAT(refused.what(), Not(HasSubstr("SignatureDoesNotMatch")));
    }
}

// As AWS is addressed: the server takes the host's first label for the bucket.
TEST_F(S3StoreTest, SignsTheBucketInTheHostName) {
    RadosgwStore parts(options(), keys());
    const std::string host = "safargo-backups.localhost" + options().endpoint.substr(options().endpoint.rfind(':'));
    Target target{.method = "PUT", .scheme = "http", .host = host, .path = '/' + named("host é").key};
    EXPECT_EQ(run(parts.calls.send({.operation = "put_object", .target = target, .body = "1"})).status, 200);
    EXPECT_EQ(run(parts.store.read(named("host é"), 1)), "1");
    target.method = "GET";
    target.path += '!';
    EXPECT_EQ(error_code(run(parts.calls.send({.operation = "get_object", .target = target}))), "NoSuchKey");
}

// What the signature says of the body is checked by S3 itself: nobody on the way can put another in its place.
TEST_F(S3StoreTest, KeepsNoBodyThatIsNotTheSignedOne) {
    const StoreOptions used = options();
    RadosgwStore parts(used, keys());
    const Addresses addresses(used.region, used.endpoint);
    const ObjectName name = named("exchanged");
    const Target target = addresses.object("PUT", used.buckets.of(name.bucket), name.key);
    const Credentials credentials = run(parts.credentials.get());
    const std::string hash = hash_of("the signed body");
    const Signing signing{.credentials = credentials, .region = used.region, .at = parts.clock.now()};
    const net::Response response =
        run(parts.client.send({.vendor = "s3",
                               .operation = "put_object",
                               .method = "PUT",
                               .url = url_of(target),
                               .headers = authorize(target, {{"x-amz-content-sha256", hash}}, hash, signing),
                               .body = "another of it!!"}));
    EXPECT_EQ(response.status, 400);
    EXPECT_THAT(error_code(response), HasSubstr("SHA256"));
    EXPECT_FALSE(run(parts.store.find(name)));
}

TEST_F(S3StoreTest, RefusesTemporaryKeysWithAnotherToken) {
    TemporaryKeys temporary;
    RadosgwStore right(temporary.options(), temporary.keys);
    run(right.store.write(object("temporary", "1")));
    temporary.keys.session_token[temporary.keys.session_token.size() / 2] ^= 1;
    RadosgwStore wrong(temporary.options(), temporary.keys);
    EXPECT_THROW(run(wrong.store.write(object("temporary", "2"))), DependencyUnavailable);
    EXPECT_EQ(run(right.store.read(named("temporary"), 1)), "1");
}

TEST_F(S3StoreTest, NamesTheRefusalOfWrongKeysAndNoKey) {
    CredentialsOptions wrong = keys();
    wrong.secret_access_key = "wrong-secret-of-this-test";
    RadosgwStore parts(options(), wrong);
    ::testing::internal::CaptureStderr();
    EXPECT_THROW(run(parts.store.write(object("refused", "1"))), DependencyUnavailable);
    EXPECT_THROW(run(parts.store.find(named("refused"))), DependencyUnavailable);
    EXPECT_THROW(run(parts.store.read(named("refused"), 1)), DependencyUnavailable);
    EXPECT_THROW(run(parts.store.remove(named("refused"))), DependencyUnavailable);
    EXPECT_THROW(run(parts.store.reach(Bucket::uploads)), DependencyUnavailable);
    const std::string log = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(
        log, HasSubstr(R"("event":"s3_refused","operation":"put_object","status":403,"code":"SignatureDoesNotMatch")"));
    EXPECT_THAT(log, Not(HasSubstr("wrong-secret")));
    EXPECT_THAT(log, Not(HasSubstr(wrong.access_key_id)));
}

TEST_F(S3StoreTest, RefusesAnUnknownKeyId) {
    CredentialsOptions unknown = keys();
    unknown.access_key_id = "UNKNOWNKEY0123456789";
    RadosgwStore parts(options(), unknown);
    try {
        run(parts.store.write(object("refused", "1")));
        FAIL() << "keys that nobody has were accepted";
    } catch (const DependencyUnavailable& refused) {
        EXPECT_THAT(refused.what(), HasSubstr("InvalidAccessKeyId"));
    }
}

TEST_F(S3StoreTest, IsReachedIfTheBucketIsThere) {
    StoreOptions elsewhere = options();
    elsewhere.buckets.places = "no-such-bucket";
    RadosgwStore parts(elsewhere, keys());
    EXPECT_NO_THROW(run(parts.store.reach(Bucket::uploads)));
    EXPECT_THROW(run(parts.store.reach(Bucket::places)), DependencyUnavailable);
    EXPECT_THROW(run(parts.store.read({.bucket = Bucket::places, .key = "a"}, 1)), DependencyUnavailable)
        << "a missing bucket is no missing object";
}

TEST_F(S3StoreTest, NamesPublicObjectsByTheOriginOfAssets) {
    StoreOptions assets = options();
    assets.assets_url = "https://assets.safargo.com";
    RadosgwStore parts(assets, keys());
    EXPECT_EQ(parts.store.public_url({.bucket = Bucket::places, .key = "public/places/é.webp"}),
              "https://assets.safargo.com/public/places/%C3%A9.webp");
}

TEST_F(S3StoreTest, GivesUpOnAServerThatHangsAndUsesItAgain) {
    testing::S3Gateway gateway(*testing::s3_server());
    RadosgwStore parts(options_at(gateway.endpoint()), keys(), 2s);
    run(parts.store.write(object("frozen", "1")));
    gateway.freeze();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_THROW(run(parts.store.read(named("frozen"), 1)), DeadlineExceeded);
    const auto waited = std::chrono::steady_clock::now() - start;
    EXPECT_GE(waited, 1'900ms);
    EXPECT_LT(waited, 10s);
    gateway.thaw();
    EXPECT_EQ(run(parts.store.read(named("frozen"), 1)), "1");
}

// Until the client's circuit closes again.
std::optional<std::string> read_within(RadosgwStore& parts, const ObjectName& name, std::chrono::seconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (true) {
        try {
            return run(parts.store.read(name, 100));
        } catch (const DependencyUnavailable&) {
            if (std::chrono::steady_clock::now() > until) throw;
            std::this_thread::yield();
        }
    }
}

TEST_F(S3StoreTest, FailsWhileTheServerIsDeadAndUsesTheNextOne) {
    testing::S3Gateway gateway(*testing::s3_server());
    RadosgwStore parts(options_at(gateway.endpoint()), keys());
    run(parts.store.write(object("killed", "1")));
    gateway.kill();
    EXPECT_THROW(run(parts.store.read(named("killed"), 1)), DependencyUnavailable);
    EXPECT_THROW(run(parts.store.write(object("killed", "2"))), DependencyUnavailable);
    gateway.start();
    EXPECT_EQ(read_within(parts, named("killed"), 30s), "1");
    run(parts.store.write(object("killed", "2")));
    EXPECT_EQ(run(parts.store.read(named("killed"), 1)), "2");
}

}  // namespace
}  // namespace safargo::s3
