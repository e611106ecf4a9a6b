#include "adapters/sendgrid/double_test.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <iterator>

namespace safargo::sendgrid {
namespace {

namespace json = boost::json;
using testing::Answer;
using testing::Asked;

constexpr const char* key = "SG.the-key-of-a-double";

json::value read_spec() {
    std::ifstream in(SAFARGO_SENDGRID_SPEC_DIR "/mail_send.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return json::parse(text);
}

Answer problem(int status, const std::string& field) {
    return {.status = status, .body = R"({"errors":[{"message":"no","field":")" + field + R"(","help":null}]})"};
}

bool is_of_type(const json::value& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    return type == "integer" && value.is_int64();
}

}  // namespace

SendGridDouble::SendGridDouble() : spec_(read_spec()), server_([this](const Asked& asked) { return answer(asked); }) {}

Account SendGridDouble::account() const {
    return {.api_key = key, .from = "no-reply@safargo.test", .api_base = server_.url()};
}

Answer SendGridDouble::answer(const Asked& asked) {
    if (asked.header("authorization") != std::string("Bearer ") + key) return problem(401, "authorization");
    if (asked.method != "POST" || asked.target != "/v3/mail/send") return problem(404, "");
    const json::value& content = spec_.at("paths").at("/mail/send").at("post").at("requestBody").at("content");
    const std::size_t before = objections.size();
    if (!content.as_object().contains(asked.header("content-type"))) object("content type");
    const json::value mail = json::parse(asked.body);
    check(mail, content.at("application/json").at("schema"), "mail");
    if (objections.size() > before) return problem(400, "mail");
    if (!answers_.empty()) {
        Answer given = std::move(answers_.front());
        answers_.pop_front();
        return given;
    }
    mails.push_back(mail);
    return {.status = 202, .headers = {{"X-Message-Id", "KuXE8xcXS1uxZ2fB3SF5lw"}}};
}

// Stricter than SendGrid: what the description does not name is objected to, except in custom arguments.
void SendGridDouble::check(const json::value& value, const json::value& rules, const std::string& where) {
    const json::object& schema = rules.as_object();
    if (const json::value* reference = schema.if_contains("$ref")) {
        const std::string_view path = reference->as_string();
        return check(value, spec_.at("components").at("schemas").at(path.substr(path.rfind('/') + 1)), where);
    }
    if (!is_of_type(value, schema.at("type").as_string())) return object(where + " is of another type");
    if (value.is_object()) check_object(value.get_object(), schema, where);
    if (value.is_array()) check_array(value.get_array(), schema, where);
    if (!value.is_string()) return;
    const std::string_view text = value.get_string();
    if (text.empty() && schema.contains("minLength")) object(where + " is empty");
    if (schema.contains("format") && text.find('@') == text.npos) object(where + " is no address");
}

void SendGridDouble::check_object(const json::object& given, const json::object& schema, const std::string& where) {
    if (const json::value* required = schema.if_contains("required")) {
        for (const json::value& name : required->as_array()) {
            if (!given.contains(name.as_string())) object(where + " lacks " + json::serialize(name));
        }
    }
    const json::value* properties = schema.if_contains("properties");
    for (const auto& [name, value] : given) {
        const std::string inside = where + '.' + std::string(name);
        if (!properties) {
            if (!value.is_string()) object(inside + " is no text");
        } else if (const json::value* known = properties->as_object().if_contains(name)) {
            check(value, *known, inside);
        } else {
            object(inside + " is unknown");
        }
    }
}

void SendGridDouble::check_array(const json::array& given, const json::object& schema, const std::string& where) {
    if (given.empty()) object(where + " is empty");
    const json::value* most = schema.if_contains("maxItems");
    if (most && given.size() > most->to_number<std::size_t>()) object(where + " is too long");
    for (const json::value& item : given) check(item, schema.at("items"), where + "[]");
}

}  // namespace safargo::sendgrid
