#include "adapters/dev_outbox/routes.hpp"

#include "contract/json.hpp"
#include "contract/query.hpp"
#include "core/email_address.hpp"
#include "core/phone_number.hpp"
#include "http/loopback_name.hpp"
#include "http/problem.hpp"

namespace safargo::dev_outbox {
namespace {

constexpr db::Statement newest_messages{"dev_message_list", R"(
    select id, channel, recipient, template, locale, subject, text, created_at from dev_messages
    where $1::text is null or recipient = $1 order by created_at desc, id desc limit 100)"};

struct Filter {
    std::optional<Text<254>> to;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (to))

// As messages name their recipient. An unescaped '+' of a query arrives as the space that it means there.
std::string recipient_from(const std::string& typed) {
    if (const auto email = EmailAddress::parse(typed)) return email->str();
    if (const auto phone = PhoneNumber::parse(typed)) return phone->str();
    if (const auto phone = PhoneNumber::parse('+' + typed)) return phone->str();
    return typed;
}

// The column is called template, which is a keyword here: one field of the wire needs its own name.
struct Item {
    std::string id, channel, to, template_, locale, subject, text;
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

std::string escape(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '&':
                escaped += "&amp;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                escaped.push_back(c);
        }
    }
    return escaped;
}

constexpr std::string_view page_head = R"(<!doctype html><html lang="fr"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>SafarGo · boîte d'envoi locale</title>
<style>body{font:16px/1.5 system-ui,sans-serif;background:#FAF8F3;color:#1B1F24;margin:0 auto;max-width:44rem;padding:1rem}
h1{color:#006233;font-size:1.3rem}article{background:#fff;border:1px solid #E6E1D6;border-radius:12px;padding:.8rem 1rem;margin:.8rem 0}
small{color:#5B6470}p{margin:.3rem 0 0}</style><h1>Boîte d'envoi locale</h1>
<p><small>Ce que SMS et courriels auraient porté. Développement seulement. · <a href="">Actualiser</a></small></p>)";

std::string as_page(const std::vector<Item>& items) {
    std::string page(page_head);
    if (items.empty()) page += "<p>Rien pour l'instant. Demandez un code de connexion, il apparaîtra ici.</p>";
    for (const Item& item : items) {
        page += "<article><small>" + escape(format_instant(item.created_at)) + " · " + escape(item.channel) + " → " +
                escape(item.to) + " · " + escape(item.template_) + "</small>";
        if (!item.subject.empty()) page += "<p><strong>" + escape(item.subject) + "</strong></p>";
        page += "<p dir=\"auto\">" + escape(item.text) + "</p></article>";
    }
    return page;
}

Task<http::Response> show_outbox(db::Database& database, http::Request& request) {
    const auto filter = contract::parse_query<Filter>(request.query);
    if (!filter) co_return http::problem(filter.error(), request.context);
    std::optional<std::string> to;
    if (filter->to) to = recipient_from(filter->to->str());
    const db::Rows rows = co_await database.query(newest_messages, to);
    std::vector<Item> items;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const db::Row row = rows[i];
        items.push_back({row.get<Uuid>(0).str(), row.get<std::string>(1), row.get<std::string>(2),
                         row.get<std::string>(3), row.get<std::string>(4), row.get<std::string>(5),
                         row.get<std::string>(6), row.get<Instant>(7)});
    }
    const bool json = request.header("accept").contains("application/json");
    http::Response response;
    response.body = json ? as_json(items) : as_page(items);
    if (!json) {
        response.content_type = "text/html; charset=utf-8";
        response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }
    co_return response;
}

}  // namespace

void add_routes(http::Router& router, db::Database& database) {
    router.add({.method = http::Method::get,
                .pattern = "/dev/outbox",
                .handler = http::for_loopback_names(
                    [&database](http::Request& request) { return show_outbox(database, request); })});
}

}  // namespace safargo::dev_outbox
