#include "features/notifications/preview.hpp"

#include "contract/json.hpp"
#include "contract/query.hpp"
#include "features/notifications/sms_parts.hpp"
#include "features/notifications/templates.hpp"
#include "http/loopback_name.hpp"
#include "http/problem.hpp"
#include "pages/pages.hpp"

#include <string>
#include <vector>

namespace safargo::notifications {
namespace {

struct Shown {
    std::string name, locale, subject, text;
    std::int64_t sms_parts;
};
BOOST_DESCRIBE_STRUCT(Shown, (), (name, locale, subject, text, sms_parts))

struct AllShown {
    std::vector<Shown> items;
};
BOOST_DESCRIBE_STRUCT(AllShown, (), (items))

struct Choice {
    std::optional<Bounded<0, 1'000'000>> count;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (count))

// A text may count with what is a number in the end; anything else shows its name.
std::string sample_of(std::string_view parameter, const std::string& count) {
    if (parameter == "seats" || parameter == "minutes") return count;
    if (parameter == "code") return "482913";
    return "[" + std::string(parameter) + "]";
}

Shown show(const Template& entry, Language language, const std::string& count) {
    std::vector<std::string> parameters;
    parameters.reserve(entry.parameter_count());
    for (std::size_t i = 0; i < entry.parameter_count(); ++i)
        parameters.push_back(sample_of(entry.parameters[i], count));
    Rendered rendered = render(entry.name, language, parameters);
    const auto parts = static_cast<std::int64_t>(sms_parts(rendered.text));
    return {std::string(entry.name), std::string(code(language)), std::move(rendered.subject), std::move(rendered.text),
            parts};
}

// Browsers get the page, whose script requests JSON.
Task<http::Response> show_all(http::Handler page, http::Request& request) {
    if (!request.header("accept").contains("application/json")) co_return co_await page(request);
    const auto choice = contract::parse_query<Choice>(request.query);
    if (!choice) co_return http::problem(choice.error(), request.context);
    const std::string count = std::to_string(choice->count ? choice->count->value() : 3);
    AllShown all;
    for (const Template& entry : all_templates()) {
        for (const Language language : {Language::fr, Language::ar, Language::en})
            all.items.push_back(show(entry, language, count));
    }
    co_return http::Response{.body = contract::to_json(all)};
}

}  // namespace

void add_preview_routes(http::Router& router) {
    const auto add = [&](std::string pattern, http::Handler handler) {
        router.add({.method = http::Method::get,
                    .pattern = std::move(pattern),
                    .handler = http::for_loopback_names(std::move(handler))});
    };
    add("/dev/messages",
        [page = pages::page("messages/index.html")](http::Request& request) { return show_all(page, request); });
    add("/dev/messages/page.js", pages::page("messages/page.js"));
}

}  // namespace safargo::notifications
