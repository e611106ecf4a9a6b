// The request bodies of payments.
#pragma once

#include "core/bounded.hpp"
#include "core/text.hpp"

#include <boost/describe/class.hpp>

#include <optional>

namespace safargo::payments {

struct RefundPayment {
    std::optional<Bounded<1, 100'000'000>> amount;  // dinars; absent: all that is left
    Text<300> reason;
};
BOOST_DESCRIBE_STRUCT(RefundPayment, (), (amount, reason))

}  // namespace safargo::payments
