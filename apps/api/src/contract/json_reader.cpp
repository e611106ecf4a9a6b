#include "contract/node.hpp"

#include "core/text.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>

namespace safargo::contract {
namespace {

using boost::json::error_code;
using boost::json::string_view;

// Where the parser stands: open containers from the document down, and the key waiting for its value.
struct Frame {
    Node node;
    std::string key;
};

// Boost.JSON's handler: builds Nodes and remembers the path for error messages.
class Builder {
public:
    static constexpr std::size_t max_object_size = 1'000;
    static constexpr std::size_t max_array_size = 10'000;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 1 << 20;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(Object{}); }
    bool on_array_begin(error_code&) { return open(Array{}); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_end(std::size_t, error_code&) { return close(); }

    bool on_key_part(string_view part, std::size_t, error_code&) { return collect(part); }
    bool on_key(string_view part, std::size_t, error_code&) {
        collect(part);
        frames_.back().key = std::exchange(text_, {});
        const auto& object = std::get<Object>(frames_.back().node.value);
        const bool twice = std::ranges::any_of(object, [&](const auto& m) { return m.name == frames_.back().key; });
        if (twice) duplicates_.push_back({path(), {Rule::duplicate_field}});
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) { return collect(part); }
    bool on_string(string_view part, std::size_t, error_code&) {
        collect(part);
        return add(std::exchange(text_, {}));
    }
    bool on_number_part(string_view part, error_code&) { return collect(part); }
    bool on_int64(std::int64_t, string_view part, error_code&) { return number(part, true); }
    bool on_uint64(std::uint64_t, string_view part, error_code&) { return number(part, true); }
    bool on_double(double, string_view part, error_code&) { return number(part, false); }
    bool on_bool(bool value, error_code&) { return add(value); }
    bool on_null(error_code&) { return add(nullptr); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    Node& root() { return root_; }
    std::vector<FieldError>& duplicates() { return duplicates_; }

    // "stops[1].price" for the value being read.
    std::string path() const {
        std::string path;
        for (const Frame& frame : frames_) {
            if (const auto* array = frame.node.as<Array>()) {
                path += '[' + std::to_string(array->size()) + ']';
            } else {
                if (!path.empty() && !frame.key.empty()) path += '.';
                path += frame.key;
            }
        }
        return path;
    }

private:
    bool collect(string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool number(string_view part, bool integral) {
        collect(part);
        return add(Number{std::exchange(text_, {}), integral});
    }
    template <class Container>
    bool open(Container container) {
        frames_.push_back({Node{std::move(container)}, {}});
        return true;
    }
    bool close() {
        Node done = std::move(frames_.back().node);
        frames_.pop_back();
        return add(std::move(done.value));
    }
    template <class Value>
    bool add(Value value) {
        if (frames_.empty()) {
            root_ = Node{std::move(value)};
        } else if (auto* array = std::get_if<Array>(&frames_.back().node.value)) {
            array->push_back(Node{std::move(value)});
        } else {
            auto& object = std::get<Object>(frames_.back().node.value);
            object.push_back({std::exchange(frames_.back().key, {}), Node{std::move(value)}});
        }
        return true;
    }

    Node root_;
    std::vector<Frame> frames_;
    std::string text_;
    std::vector<FieldError> duplicates_;
};

std::unexpected<Error> malformed(std::string field, Violation violation) {
    return fail(Error{.code = Code::malformed_request, .fields = {{std::move(field), std::move(violation)}}});
}

Violation why(error_code error) {
    using boost::json::error;
    if (error == error::too_deep) return {Rule::too_deep};
    if (error == error::illegal_leading_surrogate || error == error::illegal_trailing_surrogate)
        return {Rule::bad_encoding};
    if (error == error::array_too_large || error == error::object_too_large) return {Rule::too_many, "", "1000"};
    if (error == error::key_too_large || error == error::string_too_large) return {Rule::too_long, "1048576"};
    return {Rule::bad_format, "JSON"};
}

}  // namespace

Result<Node> read_json(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::basic_parser<Builder> parser(options);
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    Builder& builder = parser.handler();
    if (!error && read < text.size()) error = boost::json::error::extra_data;
    if (error) {
        // The parser calls bytes that are not UTF-8 a syntax error.
        return malformed(builder.path(), is_valid_utf8(text) ? why(error) : Violation{Rule::bad_encoding});
    }
    if (!builder.duplicates().empty()) {
        return fail(Error{.code = Code::validation_failed, .fields = std::move(builder.duplicates())});
    }
    return std::move(builder.root());
}

}  // namespace safargo::contract
