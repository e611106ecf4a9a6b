#include "contract/errors.hpp"
#include "contract/field_path.hpp"
#include "contract/node.hpp"
#include "core/text.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>

namespace safargo::contract {
namespace {

using boost::json::error_code;
using boost::json::string_view;

// Parser state: open containers, outermost first, each with the key waiting for its value.
struct Frame {
    Node node;
    std::string key;
};

// Boost.JSON's handler: builds Nodes and remembers the path for error messages.
class Builder {
public:
    // Far above the needs of any contract type; larger input is refused as it is read.
    static constexpr std::size_t max_object_size = 200;
    static constexpr std::size_t max_array_size = 1'000;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 1 << 20;
    static constexpr std::size_t max_values = 10'000;  // of the whole document

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(Object{}); }
    bool on_array_begin(error_code&) { return open(Array{}); }
    bool on_object_end(std::size_t, error_code& error) { return close(error); }
    bool on_array_end(std::size_t, error_code& error) { return close(error); }

    bool on_key_part(string_view part, std::size_t, error_code&) { return collect(part); }
    bool on_key(string_view part, std::size_t, error_code&) {
        collect(part);
        frames_.back().key = std::exchange(text_, {});
        const auto& object = std::get<Object>(frames_.back().node.value);
        const bool twice = std::ranges::any_of(object, [&](const auto& m) { return m.name == frames_.back().key; });
        if (twice) duplicates_.add_at(duplicates_.full() ? std::string() : path(), {Rule::duplicate_field});
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) { return collect(part); }
    bool on_string(string_view part, std::size_t, error_code& error) {
        collect(part);
        return add(std::exchange(text_, {}), error);
    }
    bool on_number_part(string_view part, error_code&) { return collect(part); }
    bool on_int64(std::int64_t, string_view part, error_code& error) { return number(part, true, error); }
    bool on_uint64(std::uint64_t, string_view part, error_code& error) { return number(part, true, error); }
    bool on_double(double, string_view part, error_code& error) { return number(part, false, error); }
    bool on_bool(bool value, error_code& error) { return add(value, error); }
    bool on_null(error_code& error) { return add(nullptr, error); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    Node& root() { return root_; }
    Errors& duplicates() { return duplicates_; }

    // "stops[1].price" for the value being read.
    std::string path() const {
        FieldPath path;
        for (const Frame& frame : frames_) {
            if (const auto* array = frame.node.as<Array>()) {
                path.add_index(array->size());
            } else {
                path.add_name(frame.key);
            }
        }
        return std::move(path).take();
    }

private:
    bool collect(string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool number(string_view part, bool integral, error_code& error) {
        collect(part);
        return add(Number{std::exchange(text_, {}), integral}, error);
    }
    template <class Container>
    bool open(Container container) {
        frames_.push_back({Node{std::move(container)}, {}});
        return true;
    }
    bool close(error_code& error) {
        Node done = std::move(frames_.back().node);
        frames_.pop_back();
        return add(std::move(done.value), error);
    }
    template <class Value>
    bool add(Value value, error_code& error) {
        if (++values_ > max_values) {
            error = boost::json::error::exception;  // the count identifies the cause, see why()
            return false;
        }
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
    std::size_t values_ = 0;
    Errors duplicates_;
};

Violation why(error_code error) {
    using boost::json::error;
    if (error == error::too_deep) return {Rule::too_deep};
    if (error == error::illegal_leading_surrogate || error == error::illegal_trailing_surrogate)
        return {Rule::bad_encoding};
    if (error == error::object_too_large) return {Rule::too_many, std::to_string(Builder::max_object_size)};
    if (error == error::array_too_large) return {Rule::too_many, std::to_string(Builder::max_array_size)};
    if (error == error::exception) return {Rule::too_many, std::to_string(Builder::max_values)};
    if (error == error::key_too_large) return {Rule::too_long, std::to_string(Builder::max_key_size)};
    if (error == error::string_too_large) return {Rule::too_long, std::to_string(Builder::max_string_size)};
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
        // The parser reports invalid UTF-8 as a syntax error.
        Violation violation = is_valid_utf8(text) ? why(error) : Violation{Rule::bad_encoding};
        return fail(Error{.code = Code::malformed_request, .fields = {{builder.path(), std::move(violation)}}});
    }
    if (!builder.duplicates().empty()) return fail(builder.duplicates().take());
    return std::move(builder.root());
}

}  // namespace safargo::contract
