#include "app/server_process.hpp"

#include "api/schema_check_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <functional>
#include <set>

namespace safargo::app {
namespace {

namespace json = boost::json;
using Node = json::value;

const Node* find(const Node& node, std::string_view name) {
    return node.is_object() ? node.get_object().if_contains(name) : nullptr;
}

std::string text(const Node& node, std::string_view name) {
    const Node* found = find(node, name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

void visit(const Node& node, const std::function<void(const Node&)>& see) {
    see(node);
    if (node.is_array()) {
        for (const Node& item : node.get_array()) visit(item, see);
    } else if (node.is_object()) {
        for (const auto& member : node.get_object()) visit(member.value(), see);
    }
}

// The contract of the whole service, as the server publishes it. Opens no connection.
class ContractTest : public ::testing::Test {
protected:
    static const Node& contract() {
        static const Node document = [] {
            Config config;
            config.environment = Environment::development;
            config.database_url = config.database_direct_url = "postgresql://nobody@127.0.0.1:1/none";
            config.jwt_secret = "0123456789abcdef0123456789abcdef";
            config.data_dir = SAFARGO_DATA_DIR;
            return json::parse(contract_document(std::move(config)));
        }();
        return document;
    }
    static void each_operation(const std::function<void(std::string, const Node&)>& see) {
        for (const auto& [path, methods] : find(contract(), "paths")->as_object()) {
            for (const auto& [method, operation] : methods.as_object())
                see(std::string(method) + ' ' + std::string(path), operation);
        }
    }
};

TEST_F(ContractTest, NamesItsVersionAndServer) {
    EXPECT_EQ(text(contract(), "openapi"), "3.1.0");
    EXPECT_EQ(text(*find(contract(), "info"), "version"), version());
    EXPECT_EQ(text(find(contract(), "servers")->as_array().at(0), "url"), "/api/v1");
}

TEST_F(ContractTest, EveryReferenceIsASchema) {
    const Node& schemas = *find(*find(contract(), "components"), "schemas");
    std::set<std::string> used;
    visit(contract(), [&](const Node& node) {
        const std::string reference = text(node, "$ref");
        constexpr std::string_view prefix = "#/components/schemas/";
        if (!reference.starts_with(prefix)) return;
        used.insert(reference.substr(prefix.size()));
    });
    EXPECT_FALSE(used.empty());
    for (const std::string& name : used) EXPECT_NE(find(schemas, name), nullptr) << name;
    for (const auto& [name, unused] : schemas.as_object()) EXPECT_TRUE(used.contains(name)) << name << " is orphaned";
}

TEST_F(ContractTest, EveryOperationHasItsOwnNameAndDescribesItsErrors) {
    std::set<std::string> names;
    each_operation([&](const std::string& where, const Node& operation) {
        EXPECT_TRUE(names.insert(text(operation, "operationId")).second) << where;
        EXPECT_FALSE(text(operation, "summary").empty()) << where;
        EXPECT_TRUE(text(operation, "description").ends_with('.')) << where << " is described in sentences";
        bool answers = false, refuses = false;
        for (const auto& [status, answer] : find(operation, "responses")->as_object()) {
            answers |= status.starts_with('2');
            refuses |= !status.starts_with('2');
            // Responses of the server itself are described once for all.
            EXPECT_FALSE((text(answer, "description") + text(answer, "$ref")).empty()) << where << ' ' << status;
        }
        EXPECT_TRUE(answers && refuses) << where;
    });
    EXPECT_GT(names.size(), 40U);
}

// A body's example was parsed by its route when the document was built.
TEST_F(ContractTest, EveryExampleMatchesItsSchema) {
    const api::testing::SchemaCheck check(*find(*find(contract(), "components"), "schemas"));
    std::size_t examples = 0;
    visit(contract(), [&](const Node& node) {
        const Node *example = find(node, "example"), *schema = find(node, "schema");
        if (example == nullptr || schema == nullptr) return;
        ++examples;
        EXPECT_EQ(check.troubles(*schema, *example), "") << json::serialize(*example);
    });
    EXPECT_GT(examples, 50U);
}

TEST_F(ContractTest, EveryJsonAnswerAndBodyHasAnExample) {
    each_operation([](const std::string& where, const Node& operation) {
        if (const Node* body = find(operation, "requestBody")) {
            for (const auto& [type, media] : find(*body, "content")->as_object())
                EXPECT_NE(find(media, "example"), nullptr) << where << ' ' << type;
        }
        for (const auto& [status, answer] : find(operation, "responses")->as_object()) {
            const Node* content = find(answer, "content");
            const Node* media = content == nullptr ? nullptr : find(*content, "application/json");
            if (media == nullptr || find(*find(*media, "schema"), "$ref") == nullptr) continue;
            EXPECT_NE(find(*media, "example"), nullptr) << where << ' ' << status;
        }
    });
}

TEST_F(ContractTest, EveryPathPlaceholderIsAParameter) {
    each_operation([](const std::string& where, const Node& operation) {
        std::set<std::string> declared;
        for (const Node& parameter : find(operation, "parameters")->as_array()) {
            if (text(parameter, "in") == "path") declared.insert(text(parameter, "name"));
        }
        std::set<std::string> placed;
        for (auto open = where.find('{'); open != std::string::npos; open = where.find('{', open + 1)) {
            placed.insert(where.substr(open + 1, where.find('}', open) - open - 1));
        }
        EXPECT_EQ(declared, placed) << where;
    });
}

// Other users' profiles contain no contact details. Choices of messages and verifications say only yes or no.
TEST_F(ContractTest, OnlyTheOwnProfileCarriesContacts) {
    const Node& schemas = *find(*find(contract(), "components"), "schemas");
    std::set<std::string> reachable;
    for (const auto& [name, schema] : schemas.as_object()) {
        const Node* properties = find(schema, "properties");
        if (properties == nullptr) continue;
        for (const auto& [property, unused] : properties->as_object()) {
            if (property == "email" || property == "phone") reachable.insert(name);
        }
    }
    EXPECT_EQ(reachable, (std::set<std::string>{"KindChoice", "MyProfile", "SignedInUser", "Verifications"}));
}

}  // namespace
}  // namespace safargo::app
