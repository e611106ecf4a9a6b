// What Stripe is sent: application/x-www-form-urlencoded, nested names in brackets.
#pragma once

#include "core/dinars.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::stripe {

class Form {
public:
    Form& add(std::string_view name, std::string_view value);
    Form& add(std::string_view name, std::int64_t value);
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

// Stripe counts dinars in centimes. Throws std::overflow_error past what they can be counted in.
std::int64_t centimes_of(Dinars amount);

}  // namespace safargo::stripe
