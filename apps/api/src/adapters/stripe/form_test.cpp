#include "adapters/stripe/form.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace safargo::stripe {
namespace {

TEST(StripeForm, EncodesNamesAndValues) {
    Form form;
    form.add("metadata[key]", "a b&c=d+é").add("amount", 157'500);
    EXPECT_EQ(form.text(), "metadata[key]=a%20b%26c%3Dd%2B%C3%A9&amount=157500");
    EXPECT_EQ(Form().text(), "");
}

TEST(StripeForm, CountsDinarsInCentimes) {
    EXPECT_EQ(centimes_of({1575}), 157'500);
    EXPECT_EQ(centimes_of({0}), 0);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(centimes_of({most / 100}), most / 100 * 100);
    EXPECT_THROW(centimes_of({most / 100 + 1}), std::overflow_error);
    EXPECT_THROW(centimes_of({-most}), std::overflow_error);
}

}  // namespace
}  // namespace safargo::stripe
