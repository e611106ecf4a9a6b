#include "adapters/opensearch/endpoint.hpp"

#include <gmock/gmock.h>

namespace safargo::opensearch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Endpoint, KeepsUserAndPasswordOutOfTheAddress) {
    const Endpoint endpoint = Endpoint::parse("https://app:hunter2@search:9200");
    EXPECT_EQ(endpoint.base, "https://search:9200");
    EXPECT_EQ(endpoint.authorization, "Basic YXBwOmh1bnRlcjI=");
}

TEST(Endpoint, DecodesUserAndPassword) {
    EXPECT_EQ(Endpoint::parse("https://app:a%40b%3ac@search").authorization, "Basic YXBwOmFAYjpj");
    EXPECT_EQ(Endpoint::parse("https://app:%c3%bf%c3%bf>@search").authorization, "Basic YXBwOsO/w78+") << "+ and /";
}

TEST(Endpoint, NeedsNoUser) {
    EXPECT_EQ(Endpoint::parse("http://127.0.0.1:9200/").base, "http://127.0.0.1:9200");
    EXPECT_EQ(Endpoint::parse("http://127.0.0.1:9200").authorization, "");
}

TEST(Endpoint, RefusesWithoutQuoting) {
    for (const char* bad : {"search:9200", "https://app:hunter%2@search:9200"}) {
        try {
            Endpoint::parse(bad);
            ADD_FAILURE() << bad;
        } catch (const std::invalid_argument& refused) {
            EXPECT_THAT(refused.what(), Not(HasSubstr("hunter")));
        }
    }
}

}  // namespace
}  // namespace safargo::opensearch
