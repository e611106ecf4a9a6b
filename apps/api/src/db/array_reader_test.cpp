#include "db/array_reader.hpp"

#include "db/database_error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace safargo::db::wire {
namespace {

using namespace std::string_literals;

// smallint[]: one dimension, has NULL, type 21; two elements from 1 on: 7 and NULL.
const std::string two = "\0\0\0\1\0\0\0\1\0\0\0\25\0\0\0\2\0\0\0\1\0\0\0\2\0\7\377\377\377\377"s;
const std::string none = "\0\0\0\0\0\0\0\0\0\0\0\25"s;

Field field(std::string_view bytes) {
    return {"seats", 1005, bytes};
}

TEST(ArrayReader, ReadsElementByElement) {
    ArrayReader array(field(two));
    ASSERT_EQ(array.left(), 2U);
    EXPECT_EQ(array.next_as<std::int16_t>(), 7);
    ASSERT_EQ(array.left(), 1U);
    EXPECT_EQ(array.next_as<std::optional<std::int16_t>>(), std::nullopt);
    EXPECT_EQ(array.left(), 0U);
    EXPECT_EQ(ArrayReader(field(none)).left(), 0U);
}

TEST(ArrayReader, IsStrictAboutElements) {
    ArrayReader array(field(two));
    EXPECT_EQ(array.next_as<std::int64_t>(), 7) << "integers widen";
    EXPECT_THROW(array.next_as<std::int64_t>(), MappingError) << "the NULL";
    ArrayReader other(field(two));
    EXPECT_THROW(other.next_as<double>(), MappingError);
}

TEST(ArrayReader, RefusesOtherFields) {
    EXPECT_THROW(ArrayReader({"seats", 1005, std::nullopt}), MappingError);
    EXPECT_THROW(ArrayReader(field(none + "x")), MappingError);
    EXPECT_THROW(ArrayReader(field("\0\0\0\2"s + two.substr(4))), MappingError) << "two dimensions";
    for (std::size_t size = 0; size < two.size(); ++size) {
        const std::string cut = two.substr(0, size);
        const auto read = [&] {
            ArrayReader array(field(cut));
            while (array.left() > 0) array.next();
        };
        EXPECT_THROW(read(), MappingError) << size;
    }
    const std::string more = two + "x";
    ArrayReader array(field(more));
    array.next();
    EXPECT_THROW(array.next(), MappingError) << "trailing bytes after the last element";
}

}  // namespace
}  // namespace safargo::db::wire
