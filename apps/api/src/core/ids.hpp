// One identifier type per table, so that a trip id cannot be passed as a booking id: SAFARGO_ID(Trip) in the
// declared.def of a feature declares TripId.
#pragma once

#include "core/uuid.hpp"

#include <functional>

namespace safargo {

template <class Tag>
struct Id {
    Uuid value;

    static Id make(Instant now) { return {Uuid::v7(now)}; }
    static Checked<Id> parse(std::string_view text) {
        auto uuid = Uuid::parse(text);
        if (!uuid) return std::unexpected(uuid.error());
        return Id{*uuid};
    }
    std::string str() const { return value.str(); }
    auto operator<=>(const Id&) const = default;
};

#define SAFARGO_ID(name) using name##Id = Id<struct name##Tag>;
#include "core/ids.def"
#undef SAFARGO_ID

}  // namespace safargo

template <class Tag>
struct std::hash<safargo::Id<Tag>> {
    std::size_t operator()(const safargo::Id<Tag>& id) const noexcept {
        return std::hash<std::string_view>{}(
            {reinterpret_cast<const char*>(id.value.bytes.data()), id.value.bytes.size()});
    }
};
