// The fields of JSON that the bench itself has written: what is missing or of another kind is a BadPlan that names it.
#pragma once

#include "load/plan.hpp"

#include <fmt/format.h>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>

namespace safargo::load {

inline boost::json::object parse_object(std::string_view text) {
    boost::system::error_code failure;
    auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) throw BadPlan("must be a JSON object");
    return std::move(value.as_object());
}

template <class T>
T field(const boost::json::object& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    if (found == nullptr) throw BadPlan(fmt::format("{}: is missing", name));
    const auto value = boost::json::try_value_to<T>(*found);
    if (value.has_error()) throw BadPlan(fmt::format("{}: is of another kind", name));
    return *value;
}

}  // namespace safargo::load
