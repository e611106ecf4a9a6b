// What SafarGo says, in three languages. {0}, {1}… are the parameters in their order.
#pragma once

#include "core/language.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

struct Wording {
    std::string_view subject;
    std::string_view text;
};

struct Template {
    std::string_view name;
    std::size_t parameters;
    Wording fr, ar, en;
};

std::span<const Template> all_templates();

struct Rendered {
    std::string subject, text;
};

// Throws std::logic_error for an unknown name or a wrong number of parameters.
Rendered render(std::string_view name, Language language, const std::vector<std::string>& parameters);

}  // namespace safargo::notifications
