// The published contract is valid, complete and consistent.
#include "api/openapi.hpp"
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <regex>
#include <set>
#include <stdexcept>

namespace safargo::api {
namespace {

namespace json = boost::json;

class OpenApiTest : public ::testing::Test {
protected:
    OpenApiTest() : document(json::parse(openapi_document(server.endpoints, "1.2.3")).as_object()) {}

    const json::object& operation(std::string_view path, std::string_view verb) const {
        return document.at("paths").as_object().at(path).as_object().at(verb).as_object();
    }
    const json::object& schema(std::string_view name) const {
        return document.at("components").as_object().at("schemas").as_object().at(name).as_object();
    }
    // The operation's own response, or the shared one.
    const json::object& answer_to(std::string_view path, std::string_view verb, std::string_view status) const {
        const json::object& answer = operation(path, verb).at("responses").as_object().at(status).as_object();
        if (!answer.contains("$ref")) return answer;
        const std::string reference(answer.at("$ref").as_string());
        const json::object& shared = document.at("components").as_object().at("responses").as_object();
        return shared.at(reference.substr(reference.rfind('/') + 1)).as_object();
    }
    static std::vector<std::string> parameter_names(const json::object& operation) {
        std::vector<std::string> names;
        for (const json::value& parameter : operation.at("parameters").as_array()) {
            names.emplace_back(parameter.as_object().at("name").as_string());
        }
        return names;
    }

    testing::NotebookServer server;
    json::object document;
};

// Every "$ref" below `value`.
void collect_references(const json::value& value, std::set<std::string>& found) {
    if (const auto* array = value.if_array()) {
        for (const json::value& item : *array) collect_references(item, found);
    }
    if (const auto* object = value.if_object()) {
        for (const auto& [name, item] : *object) {
            if (name == "$ref") found.emplace(item.as_string());
            collect_references(item, found);
        }
    }
}

TEST_F(OpenApiTest, NamesItsVersion) {
    EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
    EXPECT_EQ(document.at("info").as_object().at("version").as_string(), "1.2.3");
    EXPECT_EQ(document.at("servers").as_array().at(0).as_object().at("url").as_string(), "/api/v1");
}

TEST_F(OpenApiTest, EveryRouteIsAnOperationWithItsOwnName) {
    std::set<std::string> ids;
    std::size_t count = 0;
    for (const auto& [path, methods] : document.at("paths").as_object()) {
        for (const auto& [verb, value] : methods.as_object()) {
            const json::object& one = value.as_object();
            ids.emplace(one.at("operationId").as_string());
            ++count;
            EXPECT_FALSE(one.at("summary").as_string().empty());
            EXPECT_EQ(one.at("tags").as_array().size(), 1U);
            EXPECT_TRUE(one.contains("x-access"));
            EXPECT_TRUE(one.at("parameters").is_array());
            EXPECT_GE(one.at("responses").as_object().size(), 4U) << path << verb;
        }
    }
    EXPECT_EQ(count, server.endpoints.operations().size());
    EXPECT_EQ(ids.size(), count);
    EXPECT_EQ(operation("/notes/{id}/archive", "post").at("operationId").as_string(), "post_notes_id_archive");
}

TEST_F(OpenApiTest, EveryReferenceResolves) {
    std::set<std::string> references;
    collect_references(document, references);
    EXPECT_GE(references.size(), 5U);
    constexpr std::string_view place = "#/components/";
    for (const std::string& reference : references) {
        ASSERT_TRUE(reference.starts_with(place)) << reference;
        const std::string path = reference.substr(place.size());
        const std::size_t slash = path.find('/');
        EXPECT_TRUE(document.at("components")
                        .as_object()
                        .at(path.substr(0, slash))
                        .as_object()
                        .contains(path.substr(slash + 1)))
            << reference;
    }
}

TEST_F(OpenApiTest, StatesWhoMayCall) {
    EXPECT_EQ(operation("/notes", "get").at("x-access").as_string(), "anyone");
    EXPECT_EQ(operation("/notes", "post").at("x-access").as_string(), "user");
    EXPECT_EQ(operation("/journal", "post").at("x-access").as_string(), "driver");
    EXPECT_EQ(operation("/notices", "post").at("x-access").as_string(), "moderator");
    EXPECT_EQ(operation("/laws", "post").at("x-access").as_string(), "admin");
    EXPECT_EQ(operation("/notes", "get").at("security").as_array().size(), 2U) << "with or without a login";
    EXPECT_EQ(operation("/notes", "post").at("security").as_array().size(), 1U);
}

TEST_F(OpenApiTest, NamesEveryInput) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(parameter_names(operation("/notes", "get")), (Names{"containing", "limit"}));
    EXPECT_EQ(parameter_names(operation("/notes/{id}", "patch")), (Names{"id", "If-Match"}));
    EXPECT_EQ(parameter_names(operation("/notes/{id}", "get")), (Names{"id", "If-None-Match"}));
    EXPECT_EQ(parameter_names(operation("/notes/{id}/archive", "post")), (Names{"id", "Idempotency-Key"}));
    const auto& body = operation("/notes", "post").at("requestBody").as_object();
    EXPECT_TRUE(body.at("required").as_bool());
    EXPECT_FALSE(operation("/notes/{id}/archive", "post").contains("requestBody"));
    EXPECT_FALSE(schema("WriteNote").at("additionalProperties").as_bool());
    EXPECT_EQ(schema("WriteNote").at("required").as_array().size(), 1U);
    EXPECT_EQ(schema("NoteView").at("required").as_array().size(), 3U);
}

TEST_F(OpenApiTest, HasExamplesOfBodiesAndResponses) {
    const auto media = [](const json::value& holder) {
        return json::serialize(
            holder.as_object().at("content").as_object().at("application/json").as_object().at("example"));
    };
    EXPECT_EQ(media(operation("/notes", "post").at("requestBody")),
              R"({"text":"Nous avons attendu vingt minutes.","stars":1})");
    EXPECT_EQ(media(answer_to("/notes", "post", "201")),
              R"({"id":1,"text":"Nous avons attendu vingt minutes.","version":1})");
}

struct Whisper {
    Text<50, 10> sign;
};
BOOST_DESCRIBE_STRUCT(Whisper, (), (sign))

TEST_F(OpenApiTest, AnExampleThatItsRouteRefusesStopsTheStart) {
    server.endpoints.post("/whispers", "Whisper").body<Whisper>().handle([](const Whisper&) -> Task<Result<Nothing>> {
        co_return Nothing{};
    });
    EXPECT_THROW(openapi_document(server.endpoints, "1.2.3"), std::logic_error);
}

struct Wish {
    std::optional<Text<50>> text;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (text))

TEST_F(OpenApiTest, SaysWhetherABodyIsRequired) {
    const auto wish = [](const Wish&) -> Task<Result<Nothing>> { co_return Nothing{}; };
    server.endpoints.post("/wishes", "Wish").body<Wish>().handle(wish);
    server.endpoints.patch("/wishes", "Wish otherwise").body<Wish>().handle(wish);
    document = json::parse(openapi_document(server.endpoints, "1.2.3")).as_object();
    const auto required = [&](std::string_view path, std::string_view verb) {
        return operation(path, verb).at("requestBody").at("required").as_bool();
    };
    EXPECT_FALSE(required("/wishes", "post"));
    EXPECT_TRUE(required("/wishes", "patch"));
    EXPECT_TRUE(required("/notes", "post"));
}

TEST_F(OpenApiTest, ADescriptionStandsUnderTheSummary) {
    server.endpoints.get("/quiet", "Say nothing").describes("Nobody hears it.").handle([]() -> Task<Result<Nothing>> {
        co_return Nothing{};
    });
    document = json::parse(openapi_document(server.endpoints, "1.2.3")).as_object();
    EXPECT_EQ(operation("/quiet", "get").at("description").as_string(), "Nobody hears it.");
    EXPECT_FALSE(operation("/notes", "get").contains("description"));
}

TEST_F(OpenApiTest, NamesEveryResponse) {
    const auto statuses = [&](std::string_view path, std::string_view verb) {
        std::set<std::string> found;
        for (const auto& [status, unused] : operation(path, verb).at("responses").as_object()) found.emplace(status);
        return found;
    };
    using Statuses = std::set<std::string>;
    EXPECT_EQ(statuses("/notes", "post"), (Statuses{"201", "400", "401", "403", "405", "408", "409", "413", "414",
                                                    "415", "417", "422", "429", "431", "500", "501", "503", "504"}));
    EXPECT_EQ(statuses("/notes/{id}", "get"), (Statuses{"200", "304", "400", "401", "404", "405", "408", "413", "414",
                                                        "415", "417", "422", "429", "431", "500", "501", "503", "504"}))
        << "a body where none belongs, too";
    for (const char* status : {"400", "413", "415", "422"}) {
        EXPECT_TRUE(statuses("/notes/{id}/archive", "post").contains(status))
            << "a body where none belongs: " << status;
    }
    EXPECT_FALSE(statuses("/auth/notes", "post").contains("403")) << "a suspended account may sign out";
    EXPECT_FALSE(statuses("/notes", "get").contains("304"));
    EXPECT_TRUE(statuses("/notes/{id}", "patch").contains("412"));
    EXPECT_TRUE(statuses("/notes/{id}", "patch").contains("428"));
    EXPECT_TRUE(statuses("/notes/{id}/archive", "post").contains("204"));
    EXPECT_EQ(schema("Code").at("enum").as_array().size(), code_table().size());
}

TEST_F(OpenApiTest, NamesTheHeadersOfResponses) {
    const auto headers = [&](std::string_view path, std::string_view verb, std::string_view status) {
        std::set<std::string> found;
        const json::object& answer = answer_to(path, verb, status);
        for (const auto& [name, reference] : answer.at("headers").as_object()) {
            const std::string target(reference.as_object().at("$ref").as_string());
            EXPECT_EQ(target, "#/components/headers/" + std::string(name));
            EXPECT_TRUE(document.at("components").as_object().at("headers").as_object().contains(name)) << name;
            if (!name.starts_with("RateLimit-")) found.emplace(name);
        }
        EXPECT_GE(answer.at("headers").as_object().size(), 3U);
        return found;
    };
    using Headers = std::set<std::string>;
    EXPECT_EQ(headers("/notes/{id}", "get", "200"), (Headers{"ETag"}));
    EXPECT_EQ(headers("/notes/{id}", "get", "304"), (Headers{"ETag"}));
    EXPECT_EQ(headers("/notes", "get", "200"), (Headers{}));
    EXPECT_EQ(headers("/notes", "get", "429"), (Headers{"Retry-After"}));
    EXPECT_EQ(headers("/notes", "get", "503"), (Headers{"Retry-After"}));
    EXPECT_EQ(headers("/notes", "post", "409"), (Headers{"Retry-After"}));
    EXPECT_EQ(headers("/notes", "get", "401"), (Headers{"WWW-Authenticate"}));
    EXPECT_EQ(headers("/notes", "get", "405"), (Headers{"Allow"}));
    EXPECT_EQ(answer_to("/notes", "get", "431").at("description").as_string(), "headers_too_large");
}

TEST_F(OpenApiTest, ADocumentWithoutAViewStillHasContent) {
    Endpoints& endpoints = server.endpoints;
    endpoints.get("/export", "Everything as a file").returns<Content>().handle([]() -> Task<Result<Content>> {
        co_return Content{};
    });
    document = json::parse(openapi_document(endpoints, "1.2.3")).as_object();
    const json::object& answers = operation("/export", "get").at("responses").as_object();
    EXPECT_TRUE(answers.at("200").as_object().at("content").as_object().contains("application/json"));
    EXPECT_FALSE(
        operation("/notes/{id}/archive", "post").at("responses").as_object().at("204").as_object().contains("content"));
}

TEST_F(OpenApiTest, DescribesHeaderValues) {
    const auto pattern = [&](std::string_view path, std::string_view verb, std::string_view name) {
        for (const json::value& parameter : operation(path, verb).at("parameters").as_array()) {
            if (parameter.at("name").as_string() != name) continue;
            return std::regex(std::string(parameter.at("schema").at("pattern").as_string()));
        }
        throw std::logic_error("no such parameter");
    };
    const std::regex key = pattern("/notes", "post", "Idempotency-Key");
    for (const std::string& good : {std::string("k"), std::string("!~"), std::string(255, 'k')}) {
        EXPECT_TRUE(std::regex_match(good, key) && parse_idempotency_key(good)) << good;
    }
    for (const std::string& bad : {std::string(), std::string("a b"), std::string(256, 'k'), std::string("\x7f")}) {
        EXPECT_FALSE(std::regex_match(bad, key) || parse_idempotency_key(bad)) << bad;
    }
    const std::regex tags = pattern("/notes/{id}", "patch", "If-Match");
    for (const char* good : {"*", "\"1\"", "\"1\", \"2-gzip\""}) EXPECT_TRUE(std::regex_match(good, tags)) << good;
    for (const char* bad : {"", "1", "W/\"1\"", "\"1", "\"1\" \"2\"", "*, \"1\""}) {
        EXPECT_FALSE(std::regex_match(bad, tags)) << bad;
    }
    EXPECT_TRUE(std::regex_match("W/\"1\"", pattern("/notes/{id}", "get", "If-None-Match")));
}

TEST_F(OpenApiTest, NamesEveryRule) {
    EXPECT_EQ(schema("Rule").at("enum").as_array().size(), rule_table().size());
}

struct Problem {
    std::int64_t status;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (status))

TEST_F(OpenApiTest, ItsOwnSchemaNamesAreReserved) {
    EXPECT_THROW(server.endpoints.get("/problem", "A view of that name").returns<Problem>(), std::logic_error);
}

}  // namespace
}  // namespace safargo::api
