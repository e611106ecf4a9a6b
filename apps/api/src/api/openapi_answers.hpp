// Every answer that an operation may give, in the OpenAPI document.
#pragma once

#include "api/operation.hpp"
#include "contract/examples.hpp"
#include "contract/writer.hpp"

namespace safargo::api {

bool may_be_unchanged(const Operation& operation);  // answers 304 to If-None-Match

// The object after "responses":
void write_answers(contract::Writer& out, contract::Examples& examples, const Operation& operation);
// The members "headers" and "responses" of the components: what answers refer to.
void write_answer_components(contract::Writer& out);

}  // namespace safargo::api
