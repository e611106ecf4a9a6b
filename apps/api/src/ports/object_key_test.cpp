#include "ports/object_key.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace safargo {
namespace {

TEST(ObjectKey, AllowsSegmentsOfAnyText) {
    for (const std::string_view key :
         {"a", "public/pictures/0193.webp", "private/صورة/été 1+2%.jpg", "a/..b/c.", "~$x"}) {
        EXPECT_TRUE(is_object_key(key)) << key;
    }
}

TEST(ObjectKey, RefusesWhatAFolderOrAUrlWouldReadDifferently) {
    for (const std::string_view key : {"", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a/.", "a/.."}) {
        EXPECT_FALSE(is_object_key(key)) << key;
    }
}

TEST(ObjectKey, RefusesControlCharactersAndBrokenText) {
    EXPECT_FALSE(is_object_key("a\nb"));
    EXPECT_FALSE(is_object_key(std::string_view("a\0b", 3)));
    EXPECT_FALSE(is_object_key("a\x7f"));
    EXPECT_FALSE(is_object_key("a\xff"));
    EXPECT_FALSE(is_object_key("\xc3"));
}

TEST(ObjectKey, RefusesWhatAnUploadFormReplaces) {
    EXPECT_FALSE(is_object_key("uploads/${filename}"));
}

TEST(ObjectKey, IsLimitedInBytes) {
    EXPECT_TRUE(is_object_key(std::string(longest_object_key, 'a')));
    EXPECT_FALSE(is_object_key(std::string(longest_object_key + 1, 'a')));
}

TEST(ObjectKey, OfOurOwnCodeIsRequired) {
    EXPECT_NO_THROW(require_object_key("a"));
    EXPECT_THROW(require_object_key("../a"), std::invalid_argument);
}

TEST(ObjectKey, IsPublicByItsFirstSegment) {
    EXPECT_TRUE(is_public("public/a"));
    EXPECT_FALSE(is_public("private/public/a"));
    EXPECT_FALSE(is_public("publicity"));
}

}  // namespace
}  // namespace safargo
