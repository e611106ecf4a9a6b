#include "contract/errors.hpp"

#include "contract/field_path.hpp"

#include <utility>

namespace safargo::contract {

void Errors::add(Violation violation) {
    add({}, std::move(violation));
}

// Builds a path only for named errors; the others just count.
void Errors::add(std::string_view field, Violation violation) {
    if (full()) {
        ++others_;
        return;
    }
    found_.push_back({path(field), std::move(violation)});
}

void Errors::add_at(std::string path, Violation violation) {
    if (full()) {
        ++others_;
        return;
    }
    found_.push_back({std::move(path), std::move(violation)});
}

std::string Errors::path(std::string_view field) const {
    FieldPath path;
    for (const Step& step : steps_) {
        if (step.name.empty()) {
            path.add_index(step.index);
        } else {
            path.add_name(step.name);
        }
    }
    path.add_name(field);
    return std::move(path).take();
}

Error Errors::take() {
    if (others_ > 0) found_.push_back({"", {Rule::more_errors, std::to_string(others_)}});
    return {.code = Code::validation_failed, .fields = std::move(found_)};
}

std::unexpected<Error> malformed(std::string_view field, Violation violation) {
    FieldPath path;
    path.add_name(field);
    return fail(Error{.code = Code::malformed_request, .fields = {{std::move(path).take(), std::move(violation)}}});
}

}  // namespace safargo::contract
