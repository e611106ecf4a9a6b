#include "features/notifications/templates.hpp"

#include "core/texts.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::notifications {
namespace {

constexpr std::array templates{
#define SAFARGO_NOTIFICATION(name, kind, ...) \
    Template{                                 \
        #name, MessageKind::kind, "notifications." #name ".subject", "notifications." #name ".text", {__VA_ARGS__}},
#include "core/notifications.def"
#undef SAFARGO_NOTIFICATION
};

}  // namespace

std::size_t Template::parameter_count() const {
    return static_cast<std::size_t>(std::ranges::find(parameters, std::string_view()) - parameters.begin());
}

std::span<const Template> all_templates() {
    return templates;
}

const Template& template_of(std::string_view name) {
    const auto found = std::ranges::find(templates, name, &Template::name);
    if (found == templates.end()) throw std::logic_error("no such message template: " + std::string(name));
    return *found;
}

Rendered render(std::string_view name, Language language, const std::vector<std::string>& parameters) {
    const Template& found = template_of(name);
    if (found.parameter_count() != parameters.size())
        throw std::logic_error("a message template has other parameters: " + std::string(name));
    std::vector<TextArgument> arguments;
    arguments.reserve(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) arguments.push_back({found.parameters[i], parameters[i]});
    return {format_text(found.subject_key, language, arguments), format_text(found.text_key, language, arguments)};
}

}  // namespace safargo::notifications
