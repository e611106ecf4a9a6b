#include "adapters/dev_outbox/routes.hpp"

#include "contract/json.hpp"
#include "contract/query.hpp"
#include "core/email_address.hpp"
#include "core/phone_number.hpp"
#include "http/loopback_name.hpp"
#include "http/problem.hpp"
#include "pages/pages.hpp"

namespace safargo::dev_outbox {
namespace {

constexpr db::Statement newest_messages{"dev_message_list", R"(
    select id, channel, recipient, template, locale, subject, text, created_at from dev_messages
    where $1::text is null or recipient = $1 order by created_at desc, id desc limit 100)"};

struct Filter {
    std::optional<Text<254>> to;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (to))

// In the form that messages use. An unescaped '+' of a query arrives as a space.
std::string recipient_from(const std::string& typed) {
    if (const auto email = EmailAddress::parse(typed)) return email->str();
    if (const auto phone = PhoneNumber::parse(typed)) return phone->str();
    if (const auto phone = PhoneNumber::parse('+' + typed)) return phone->str();
    return typed;
}

// The column is named template, a C++ keyword, so the wire name of this field differs.
struct Item {
    std::string id, channel, to, template_, locale, subject, text;  // NOLINT(readability-identifier-naming): above
    Instant created_at;
};

void print(contract::Writer& out, const Item& item) {
    out.begin_object();
    const auto field = [&out](std::string_view name, const std::string& value) {
        out.key(name);
        out.string(value);
    };
    field("id", item.id);
    field("channel", item.channel);
    field("to", item.to);
    field("template", item.template_);
    field("locale", item.locale);
    field("subject", item.subject);
    field("text", item.text);
    field("created_at", format_instant(item.created_at));
    out.end_object();
}

std::string as_json(const std::vector<Item>& items) {
    std::string body;
    contract::Writer out(body);
    out.begin_object();
    out.key("items");
    out.begin_array();
    for (const Item& item : items) print(out, item);
    out.end_array();
    out.end_object();
    return body;
}

Task<std::vector<Item>> read_newest(db::Database& database, std::optional<std::string> to) {
    const db::Rows rows = co_await database.query(newest_messages, to);
    std::vector<Item> items;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const db::Row row = rows[i];
        items.push_back({row.get<Uuid>(0).str(), row.get<std::string>(1), row.get<std::string>(2),
                         row.get<std::string>(3), row.get<std::string>(4), row.get<std::string>(5),
                         row.get<std::string>(6), row.get<Instant>(7)});
    }
    co_return items;
}

// Browsers get the page, whose script requests JSON.
Task<http::Response> show_outbox(db::Database& database, http::Handler page, http::Request& request) {
    if (!request.header("accept").contains("application/json")) co_return co_await page(request);
    const auto filter = contract::parse_query<Filter>(request.query);
    if (!filter) co_return http::problem(filter.error(), request.context);
    std::optional<std::string> to;
    if (filter->to) to = recipient_from(filter->to->str());
    co_return http::Response{.body = as_json(co_await read_newest(database, to))};
}

}  // namespace

void add_routes(http::Router& router, db::Database& database) {
    const auto add = [&](std::string pattern, http::Handler handler) {
        router.add({.method = http::Method::get,
                    .pattern = std::move(pattern),
                    .handler = http::for_loopback_names(std::move(handler))});
    };
    add("/dev/outbox", [&database, page = pages::page("outbox/index.html")](http::Request& request) {
        return show_outbox(database, page, request);
    });
    add("/dev/outbox/page.js", pages::page("outbox/page.js"));
    add("/dev/outbox/page.css", pages::page("outbox/page.css"));
}

}  // namespace safargo::dev_outbox
