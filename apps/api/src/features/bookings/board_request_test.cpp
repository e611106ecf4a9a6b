// What may be sent as a boarding PIN: it is validated before an attempt is counted.
#include "contract/json.hpp"
#include "features/bookings/types.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace safargo::bookings {
namespace {

TEST(BoardRequest, RefusesWhatCannotBeAPinAndReadsDigitsOfAnyScript) {
    for (const char* typed : {"482", "48210", "48a1", "", "12 3"})
        EXPECT_FALSE(contract::parse_json<Board>(fmt::format(R"({{"pin":"{}"}})", typed))) << typed;
    for (const char* typed : {"4821", "٤٨٢١", "48 21", "4-8-2-1", "\u200f4821\u00a0", "４８２１"})
        EXPECT_EQ(contract::parse_json<Board>(fmt::format(R"({{"pin":"{}"}})", typed))->pin->str(), "4821") << typed;
}

}  // namespace
}  // namespace safargo::bookings
