// How documents and reasons are called, in the reader's language.
#pragma once

#include "core/language.hpp"
#include "features/kyc/types.hpp"

#include <string_view>

namespace safargo::kyc {

std::string_view text_of(DocumentType type, Language reader);
// What is wrong, and what to do.
std::string_view text_of(RejectionReason reason, Language reader);

}  // namespace safargo::kyc
