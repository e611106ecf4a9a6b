// Expected errors are values; exceptions are for breakage.
#pragma once

#include "core/error.hpp"

#include <expected>
#include <utility>

namespace safargo {

template <class T>
using Result = std::expected<T, Error>;

// The result of an action with no content (204).
struct Nothing {
    bool operator==(const Nothing&) const = default;
};

inline std::unexpected<Error> fail(Code code) {
    return std::unexpected(Error{.code = code});
}
inline std::unexpected<Error> fail(Error error) {
    return std::unexpected(std::move(error));
}

// 422 for one field.
inline std::unexpected<Error> fail(std::string field, Violation violation) {
    return std::unexpected(
        Error{.code = Code::validation_failed, .fields = {{std::move(field), std::move(violation)}}});
}

// Returned by the constructors of value types: the value, or the rule it breaks.
template <class T>
using Checked = std::expected<T, Violation>;

inline std::unexpected<Violation> refuse(Rule rule, std::string first = {}, std::string second = {}) {
    return std::unexpected(Violation{rule, std::move(first), std::move(second)});
}

}  // namespace safargo
