#include "adapters/opensearch/index_layout.hpp"

#include "core/crypto.hpp"

#include <boost/json.hpp>

#include <gtest/gtest.h>

namespace safargo::opensearch {
namespace {

TEST(IndexLayout, NumbersItsIndexes) {
    const IndexNames names;
    EXPECT_EQ(names.index(7), "safargo-places-7");
    EXPECT_EQ(names.number_of("safargo-places-7"), 7);
    for (const char* other :
         {"safargo-places", "safargo-places-", "safargo-places-0", "safargo-places--1", "safargo-places-7b",
          "safargo-places-building-7", "safargo-placesx7", "other-7", "safargo-places-99999999999999999999",
          "safargo-places-9223372036854775807", "safargo-places-007", "safargo-places-7 "})
        EXPECT_EQ(names.number_of(other), std::nullopt) << other;
    EXPECT_EQ(names.number_of(names.building(7)), std::nullopt);
}

TEST(IndexLayout, IsTheJsonOfOneLayout) {
    const auto definition_json = boost::json::parse(definition("safargo-places-building-3"));
    const auto& mappings = definition_json.at("mappings");
    EXPECT_EQ(mappings.at("_meta").at("layout").as_int64(), layout_version);
    EXPECT_EQ(mappings.at("dynamic").as_string(), "strict");
    EXPECT_TRUE(definition_json.at("aliases").as_object().contains("safargo-places-building-3"));
}

// An index is rebuilt only if layout_version grows with what it contains.
TEST(IndexLayout, AChangedDefinitionIsANewLayout) {
    EXPECT_EQ(layout_version, 1);
    EXPECT_EQ(crypto::hex(crypto::view(crypto::sha256(definition("x")))).substr(0, 16), "85b2ac00baf8a539")
        << "increase layout_version, then write down the new digest";
}

}  // namespace
}  // namespace safargo::opensearch
