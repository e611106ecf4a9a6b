// Every answer that an operation may give, in the OpenAPI document.
#pragma once

#include "api/operation.hpp"
#include "contract/writer.hpp"

namespace safargo::api {

bool may_be_unchanged(const Operation& operation);  // answers 304 to If-None-Match

void write_answers(contract::Writer& out, const Operation& operation);  // the object after "responses":
// The members "headers" and "responses" of the components: what answers refer to.
void write_answer_components(contract::Writer& out);

}  // namespace safargo::api
