// The sign-in identifier: a phone number or an email address, normalised.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo::auth {

class Identifier {
public:
    static Checked<Identifier> parse(std::string_view typed);
    const std::string& str() const { return value_; }
    bool is_phone() const { return value_.starts_with('+'); }
    auto operator<=>(const Identifier&) const = default;

private:
    std::string value_;
};

}  // namespace safargo::auth
