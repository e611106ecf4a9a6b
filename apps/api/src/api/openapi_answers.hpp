// The responses of each operation in the OpenAPI document.
#pragma once

#include "api/operation.hpp"
#include "contract/examples.hpp"
#include "contract/writer.hpp"

namespace safargo::api {

bool may_be_unchanged(const Operation& operation);  // answers 304 to If-None-Match

// The object after "responses":
void write_answers(contract::Writer& out, contract::Examples& examples, const Operation& operation);
// The members "headers" and "responses" of the components, which operations refer to.
void write_answer_components(contract::Writer& out);

}  // namespace safargo::api
