// The notifications that features declare, SAFARGO_NOTIFICATION(booking_taken, bookings, way, pickup): their names,
// their kind, and the names of their parameters in the texts, stored in this order while a message waits. The texts are
// in the catalogues.
#pragma once

#include "core/language.hpp"
#include "features/notifications/kinds.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

struct Template {
    std::string_view name;
    MessageKind kind;
    std::string_view subject_key, text_key;        // "notifications.booking_taken.subject"
    std::array<std::string_view, 6> parameters{};  // empty from the first that it does not have

    std::size_t parameter_count() const;
};

std::span<const Template> all_templates();

// Throws std::logic_error for an unknown name.
const Template& template_of(std::string_view name);

struct Rendered {
    std::string subject, text;
};

// Throws std::logic_error for a wrong number of parameters, too.
Rendered render(std::string_view name, Language language, const std::vector<std::string>& parameters);

}  // namespace safargo::notifications
