#include "contract/picture.hpp"
#include "contract/json.hpp"

#include <gtest/gtest.h>

namespace safargo::contract {
namespace {

struct Album {
    std::optional<Picture> cover;
    std::vector<Picture> photos;
};
BOOST_DESCRIBE_STRUCT(Album, (), (cover, photos))

const Picture picture{PictureId::parse("01939f75-0c00-7d2e-9f10-112233445566").value()};
const PictureLinks links{.people = "https://a/people/", .places = "https://a/places/"};

TEST(Picture, IsPrintedWithItsAddresses) {
    EXPECT_EQ(to_json(picture, {Language::ar, &links}),
              R"({"id":"01939f75-0c00-7d2e-9f10-112233445566",)"
              R"("small":"https://a/people/01939f75-0c00-7d2e-9f10-112233445566/small.webp",)"
              R"("medium":"https://a/people/01939f75-0c00-7d2e-9f10-112233445566/medium.webp",)"
              R"("large":"https://a/people/01939f75-0c00-7d2e-9f10-112233445566/large.webp"})");
}

TEST(Picture, OfAPlaceHasAnotherAddress) {
    const Album album{.cover = std::nullopt, .photos = {{picture.id, PictureShelf::places}}};
    const std::string printed = to_json(album, {Language::fr, &links});
    EXPECT_TRUE(printed.starts_with(R"({"cover":null,"photos":[{"id":"01939f75-)"));
    EXPECT_TRUE(printed.contains("https://a/places/01939f75-0c00-7d2e-9f10-112233445566/medium.webp"));
}

TEST(Picture, IsNeverPrintedWithoutItsAddress) {
    EXPECT_THROW(to_json(picture), std::logic_error);
    EXPECT_NO_THROW(to_json(Album{}));
    const PictureLinks nowhere;
    EXPECT_TRUE(to_json(picture, {Language::fr, &nowhere}).contains(R"("small":"01939f75-)"));
}

TEST(Picture, HasOneSchema) {
    Components components;
    EXPECT_EQ(Codec<Picture>::schema(components, Direction::response), R"({"$ref":"#/components/schemas/Picture"})");
    EXPECT_EQ(Codec<Picture>::schema(components, Direction::response), R"({"$ref":"#/components/schemas/Picture"})");
    EXPECT_TRUE(components.schemas().at("Picture").contains(R"("required":["id","small","medium","large"])"));
    EXPECT_TRUE(read_json(components.schemas().at("Picture")).has_value());
}

}  // namespace
}  // namespace safargo::contract
